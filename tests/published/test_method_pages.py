"""Every worked example on a method page is run, and every page has the same four parts.

The page of the cash flow is run through its command, beside the command
(hoest/config/valuation/tests/test_method_page.py).
"""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

METHODS = Path(__file__).parents[2] / "docs/reference/methods"
PAGES = sorted(page for page in METHODS.glob("*.md") if page.name != "cash-flow.md")
PARTS = ["Eksempel", "Forudsætninger", "Formler", "Kilder"]


def examples(text: str) -> doctest.DocTest:
    """Return what the page shows in its `pycon` blocks, as one session."""
    shown = "\n".join(re.findall(r"^```pycon\n(.*?)^```$", text, re.MULTILINE | re.DOTALL))
    return doctest.DocTestParser().get_doctest(shown, {"__name__": "page"}, "page", None, 0)


def faults(text: str) -> tuple[int, str]:
    """Run a page's examples; return how many were tried and what went wrong."""
    said: list[str] = []
    runner = doctest.DocTestRunner(optionflags=doctest.IGNORE_EXCEPTION_DETAIL, verbose=False)
    found = runner.run(examples(text), out=said.append)
    return found.attempted, "".join(said) if found.failed else ""


def test_there_is_a_page_for_each_method() -> None:
    assert {page.stem for page in PAGES} >= {
        "depreciation",
        "freed-time",
        "price-levels",
        "risk-pool",
        "sensitivity",
        "track-record",
        "uncertainty",
        "views",
    }


@pytest.mark.parametrize("page", PAGES, ids=[page.stem for page in PAGES])
def test_the_example_on_the_page_gives_what_the_page_says(page: Path) -> None:
    tried, wrong = faults(page.read_text(encoding="utf-8"))
    assert tried > 5
    assert wrong == ""


@pytest.mark.parametrize("page", PAGES, ids=[page.stem for page in PAGES])
def test_the_page_has_example_assumptions_formulas_and_sources(page: Path) -> None:
    headings = re.findall(r"^## (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    assert headings == PARTS


def test_a_page_that_says_something_else_is_found() -> None:
    tried, wrong = faults("```pycon\n>>> 1 + 1\n3\n\n```\n")
    assert tried == 1
    assert "Expected" in wrong
