"""The gallery: every component and picture in every state, without a violation, for every hand.

What axe leaves open is contrast on drawn ground, on a select's arrow, in an empty date and in a
scrolled table; `hoest/ui/tests/test_palette.py` computes each of those colours.
"""

from __future__ import annotations

import pytest

from tests.support.axe import findings
from tests.support.keyboard import Keyboard

PAGES = ["", "billeder/", "ark/", "besked/"]
ERRORS = [f"fejl/{code}/" for code in (400, 403, 404, 409, 422, 500, 503)]
WIDTHS = [360, 768, 1280]
DRAWN_GROUND = {
    ("color-contrast", reason)
    for reason in (
        "bgOverlap",
        "bgImage",
        "imgNode",
        "shortTextContent",
        "elmPartiallyObscured",
        "emptyValue",
    )
}
OVERFLOWING = """() => {
  const wide = document.documentElement.scrollWidth - window.innerWidth;
  if (wide <= 0) return '';
  const out = [...document.querySelectorAll('main *, header *')].filter((e) =>
    e.getBoundingClientRect().right > window.innerWidth + 1 && !e.closest('.table-wrap, .tabs'));
  return wide + ' px: ' + out.slice(0, 3).map((e) => e.outerHTML.slice(0, 80)).join(' | ');
}"""


@pytest.mark.parametrize("width", [360, 1280])
def test_no_page_of_the_gallery_has_a_violation(page_for, width):
    page = page_for("executive", width=width)
    for path in PAGES + ERRORS:
        page.goto(f"/galleri/{path}")
        page.evaluate("document.querySelectorAll('main details').forEach((e) => e.open = true)")
        found = findings(page)
        assert found["violations"] == [], path
        left_open = {
            (one["rule"], reason) for one in found["incomplete"] for reason in one["reasons"]
        }
        assert left_open <= DRAWN_GROUND, path


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_leaves_the_page_at_any_width(page_for, width):
    page = page_for("executive", width=width)
    for path in PAGES + ERRORS:
        page.goto(f"/galleri/{path}")
        assert page.evaluate(OVERFLOWING) == "", path


def test_text_of_double_size_stays_on_the_page(page_for):
    page = page_for("executive", width=1280)
    for path in PAGES:
        page.goto(f"/galleri/{path}")
        page.evaluate("document.documentElement.style.fontSize = '125%'")
        page.set_viewport_size({"width": 720, "height": 800})
        assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= 34
        assert page.evaluate(OVERFLOWING) == "", path


def test_the_picture_is_narrow_on_a_phone_and_wide_on_a_desk(page_for):
    for width, shown, hidden in ((360, "narrow", "wide"), (1280, "wide", "narrow")):
        page = page_for("executive", width=width)
        page.goto("/galleri/billeder/")
        assert page.locator(f".harvest-{shown}").first.is_visible()
        assert not page.locator(f".harvest-{hidden}").first.is_visible()


def test_every_rung_of_the_picture_is_reached_by_key_and_leads_to_its_rows(page_for):
    page = page_for("executive")
    page.goto("/galleri/billeder/")
    keys = Keyboard(page)
    for code in ("promised", "owned", "in_use", "measured", "proven", "in_hand"):
        keys.reach(page.locator(f".harvest-wide a[href='?trin={code}']").first)
    keys.press("Enter")
    page.wait_for_url("**/galleri/billeder/?trin=in_hand")


def test_the_shortcuts_go_to_the_search_and_to_the_help(page_for):
    page = page_for("executive")
    page.goto("/galleri/billeder/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "site-search"
    page.keyboard.type("?")
    assert not page.locator("#shortcuts").is_visible()
    page.locator("h1").click()
    page.keyboard.press("?")
    assert page.locator("#shortcuts").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#shortcuts").is_visible()


def test_the_first_key_offers_the_way_past_the_frame(page_for):
    page = page_for("executive")
    page.goto("/galleri/billeder/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skipnav"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main-content"


def test_a_sheet_lies_over_the_page_on_a_desk_and_gives_the_focus_back(page_for):
    page = page_for("executive")
    page.goto("/galleri/")
    page.get_by_role("link", name="Åbn et ark").click()
    page.locator("#sheet[open] #id_sheet-value").wait_for()
    assert page.evaluate("document.activeElement.id") == "id_sheet-value"
    assert page.url.endswith("/galleri/")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.textContent.trim()") == "Åbn et ark"


def test_a_sheet_is_a_page_of_its_own_on_a_phone_and_without_javascript(page_for):
    for page in (page_for("executive", width=360), page_for("executive", javascript=False)):
        page.goto("/galleri/")
        page.get_by_role("link", name="Åbn et ark").click()
        page.wait_for_url("**/galleri/ark/")
        assert page.locator("main #id_sheet-value").is_visible()


def test_undo_counts_down_and_leaves_the_message(page_for):
    page = page_for("executive")
    page.clock.install()
    page.goto("/galleri/besked/")
    message = page.locator(".message[data-undo]")
    assert message.get_by_role("button", name="Fortryd").is_visible()
    page.clock.run_for(4_000)
    assert message.locator(".undo-left").inner_text().startswith("Fortryd inden for ")
    page.clock.run_for(9_000)
    assert message.locator("form").count() == 0
    assert "Målingen er gemt." in message.inner_text()


def test_more_opens_by_key_and_closes_on_escape_on_a_phone(page_for):
    page = page_for("executive", width=360)
    page.goto("/galleri/ark/")
    more = page.locator(".bottom summary")
    more.focus()
    page.keyboard.press("Enter")
    assert page.locator(".bottom .menu").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator(".bottom .menu").is_visible()
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_everything_can_be_read_and_opened_without_javascript(page_for):
    page = page_for("executive", javascript=False)
    page.goto("/galleri/")
    page.locator("main .why summary").first.click()
    assert page.locator("main .why .why-facts").first.is_visible()
    page.locator(".side summary").click()
    assert page.locator(".side details ul").is_visible()
