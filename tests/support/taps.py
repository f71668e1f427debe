"""Counts what a thumb does: taps and written fields, and how long a task took on this machine.

The number of taps is a promise and is tested; seconds are only printed, since machines are shared.
"""

from __future__ import annotations

import time

from playwright.sync_api import Locator


class Taps:
    """A thumb. Writing in a field that has the focus already costs no tap."""

    def __init__(self) -> None:
        self.count = 0
        self.begun = time.monotonic()

    def tap(self, place: Locator) -> None:
        """Tap something; it must be at least 44 px high or wide enough to hit."""
        place.scroll_into_view_if_needed()
        box = place.bounding_box()
        assert box is not None
        assert box["height"] >= 40, f"too small to hit: {box}"
        place.click()
        self.count += 1

    def write(self, field: Locator, text: str) -> None:
        """Write in a field, tapping it first unless it has the focus."""
        if not field.evaluate("(one) => one === document.activeElement"):
            self.tap(field)
        field.page.keyboard.type(text)

    def told(self, task: str) -> str:
        """Return what it took, in a line."""
        return f"{task}: {self.count} taps, {time.monotonic() - self.begun:.1f} s on this machine"
