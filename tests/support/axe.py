"""axe-core on a page: no violations, and nothing left open without a written reason.

Rules of WCAG 2.0, 2.1 and 2.2, A and AA. axe answers `incomplete` where a machine cannot judge;
each kind of that is accepted here with a reason, or it fails.
Source: axe-core 4.14.1 (tests/support/vendor); reliability notes, section 2.5.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

TALLEST = 16_000
AXE = Path(__file__).parent / "vendor" / "axe" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN = """async ([tags, within]) => {
  const found = await axe.run(within || document, {
    runOnly: {type: 'tag', values: tags},
    rules: {'target-size': {enabled: true}},
    resultTypes: ['violations', 'incomplete'],
  });
  const short = (results) => results.flatMap((rule) => rule.nodes.map((node) => ({
    rule: rule.id,
    target: node.target.flat().join(' '),
    html: node.html.slice(0, 160),
    reasons: [...node.any, ...node.all, ...node.none].map(
      (check) => (check.data && check.data.messageKey) || check.id),
    message: node.failureSummary || '',
  })));
  return {violations: short(found.violations), incomplete: short(found.incomplete)};
}"""

# What a machine cannot judge: the rule, axe's reason, how the element begins, and why it is right.
# The colours themselves are computed in hoest/ui/tests/test_palette.py.
DRAWN = "Words on a drawn ground: every pair of colours is computed in test_palette."
ACCEPTED: list[tuple[str, str, str, str]] = [
    ("color-contrast", "bgOverlap", "<text", DRAWN),
    ("color-contrast", "bgOverlap", "<tspan", DRAWN),
    ("color-contrast", "imgNode", "<text", DRAWN),
    ("color-contrast", "imgNode", "<tspan", DRAWN),
    ("color-contrast", "bgImage", "<select", "The image is the arrow at the right edge."),
    ("color-contrast", "shortTextContent", "<", "One figure, in the colours of its neighbours."),
    ("color-contrast", "emptyValue", "<input", "An empty date shows no letters of ours."),
    ("color-contrast", "emptyValue", "<textarea", "An empty field shows no letters at all."),
    (
        "color-contrast",
        "elmPartiallyObscured",
        "<t",
        "A cell of a wide table lies under the edge of the part that scrolls, as it should.",
    ),
    (
        "color-contrast",
        "elmPartiallyObscured",
        "<span",
        "What stands in such a cell does so too.",
    ),
    ("color-contrast", "pseudoContent", "<", "The line of the ladder is drawn beside the words."),
    (
        "color-contrast",
        "elmPartiallyObscured",
        "<a href",
        "A tab lies under the edge of the row of tabs that scrolls, as it should.",
    ),
]


@cache
def _source() -> str:
    return AXE.read_text(encoding="utf-8")


def findings(page: Page, within: str = "") -> dict[str, list[dict[str, Any]]]:
    """Return axe's `violations` and those `incomplete` that no written reason covers.

    `within` is a selector of the part that is judged; without it, the whole page.
    """
    if not page.evaluate("() => typeof axe !== 'undefined'"):
        page.evaluate(_source())
    found: dict[str, list[dict[str, Any]]] = page.evaluate(RUN, [TAGS, within])
    found["incomplete"] = [
        one
        for one in found["incomplete"]
        if not any(
            rule == one["rule"] and reason in one["reasons"] and one["html"].startswith(begins)
            for rule, reason, begins, _why in ACCEPTED
        )
    ]
    return found


def make_tall(page: Page, width: int, height: int) -> None:
    """Set the window so tall that what sticks to its edges lies over nothing.

    What the page still fetches comes first, because it makes the page longer.
    """
    page.wait_for_function("() => !document.querySelector('.htmx-request')")
    page.set_viewport_size({"width": width, "height": height})
    tall = page.evaluate("() => document.scrollingElement.scrollHeight")
    page.set_viewport_size({"width": width, "height": min(max(tall + 80, height), TALLEST)})


def accessibility_faults(page: Page, state: str = "", within: str = "") -> list[str]:
    """Return every finding of axe on the page as it stands, in words, the alike together."""
    lines = []
    for kind, several in findings(page, within).items():
        alike: dict[str, list[dict[str, Any]]] = {}
        for one in several:
            alike.setdefault(f"{state} {kind} {one['rule']} {one['reasons']}", []).append(one)
        for what, ones in alike.items():
            lines.append(f"{what}, {len(ones)} times: {ones[0]['message']}")
            lines += [f"  {one['target']}\n    {one['html']}" for one in ones[:3]]
    return lines


def assert_accessible(page: Page, state: str = "", within: str = "") -> None:
    """Fail with every finding of axe on the page as it stands."""
    size = page.viewport_size or {"width": 1280, "height": 800}
    make_tall(page, size["width"], size["height"])
    faults = accessibility_faults(page, within=within)
    page.set_viewport_size(size)
    assert not faults, f"{page.url} {state}\n" + "\n".join(faults)
