"""A person without a mouse: Tab, Shift-Tab, Enter, Space, arrows, Escape and letters only."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

FAR = 400
IS_FOCUSED = "(element) => element === document.activeElement"
# What of the focused element's look could show that it has the focus.
FOCUS_SHOWN = """() => {
  const element = document.activeElement;
  if (!element || element === document.body) return 'nothing has the focus';
  const shows = (look) => look.boxShadow !== 'none'
    || (look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) >= 2);
  const looks = [getComputedStyle(element), getComputedStyle(element, '::before'),
    getComputedStyle(element, '::after'), getComputedStyle(element.parentElement)];
  // A tick or a dot is drawn by its label.
  const beside = element.nextElementSibling;
  if (beside) looks.push(getComputedStyle(beside, '::before'));
  if (!looks.some(shows)) return 'focus is not visible: ' + element.outerHTML.slice(0, 160);
  const box = element.getBoundingClientRect();
  if (box.width === 0 || box.height === 0) return 'focus is on what cannot be seen: '
    + element.outerHTML.slice(0, 160);
  return '';
}"""


class Keyboard:
    """Moves through a page with keys and demands that the focus is seen at every step."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, *keys: str) -> None:
        """Press keys one after another."""
        for key in keys:
            self.page.keyboard.press(key)

    def write(self, text: str) -> None:
        """Write into what has the focus, in place of what stood there."""
        self.press("Control+a")
        self.page.keyboard.type(text)

    def reach(self, target: Locator, *, back: bool = False) -> None:
        """Press Tab until the target has the focus; fail when it is never reached."""
        target = target.first
        target.wait_for(state="attached")
        seen: list[str] = []
        for _ in range(FAR):
            if target.evaluate(IS_FOCUSED):
                return
            self.press("Shift+Tab" if back else "Tab")
            if self.page.evaluate("() => document.activeElement === document.body"):
                continue
            fault = self.page.evaluate(FOCUS_SHOWN)
            assert not fault, fault
            seen.append(self.page.evaluate("() => document.activeElement.outerHTML.slice(0, 80)"))
        raise AssertionError(f"never reached {target}; passed {seen[-30:]}")

    def choose(self, target: Locator) -> None:
        """Reach a link or button and press Enter."""
        self.reach(target)
        self.press("Enter")

    def fill(self, target: Locator, text: str) -> None:
        """Reach a field and write into it."""
        self.reach(target)
        self.write(text)
