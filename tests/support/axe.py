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

AXE = Path(__file__).parent / "vendor" / "axe" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN = """async (tags) => {
  const found = await axe.run(document, {
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

# What a machine cannot judge, why it cannot, and why it is right: (rule, axe's reason) -> why.
ACCEPTED: dict[tuple[str, str], str] = {}


@cache
def _source() -> str:
    return AXE.read_text(encoding="utf-8")


def findings(page: Page) -> dict[str, list[dict[str, Any]]]:
    """Return axe's `violations` and those `incomplete` that no written reason covers."""
    if not page.evaluate("() => typeof axe !== 'undefined'"):
        page.evaluate(_source())
    found: dict[str, list[dict[str, Any]]] = page.evaluate(RUN, TAGS)
    found["incomplete"] = [
        one
        for one in found["incomplete"]
        if not any((one["rule"], reason) in ACCEPTED for reason in one["reasons"])
    ]
    return found


def assert_accessible(page: Page, state: str = "") -> None:
    """Fail with every finding of axe on the page as it stands."""
    found = findings(page)
    lines = [
        f"{kind} {one['rule']} {one['reasons']} at {one['target']}\n"
        f"  {one['html']}\n  {one['message']}"
        for kind, several in found.items()
        for one in several
    ]
    assert not lines, f"{page.url} {state}\n" + "\n".join(lines)
