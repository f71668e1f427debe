"""The shell by hand and key: shortcuts that can be turned off, targets for a thumb, forced colours.

Source: WCAG 2.2: 2.1.4 (character key shortcuts), 2.5.5 (target size), 1.4.11, 2.4.7.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.support.axe import assert_accessible
from tests.support.steps import benefit_called

PageFor = Callable[..., Page]
TOUCH = 44
# What one aims at with a thumb: buttons, fields, links that are not within a sentence.
SMALL = """(least) => [...document.querySelectorAll(
    '.button, .form-input, .form-select, .bottom a, .bottom summary, .menu a, .menu button')]
  .filter((e) => e.checkVisibility()).filter((e) => {
    const box = e.getBoundingClientRect();
    return box.height < least - 0.5 || (e.matches('.button') && box.width < least - 0.5);
  }).map((e) => e.outerHTML.slice(0, 100))"""


def test_g_and_a_letter_go_to_a_place_and_can_be_turned_off(page_for: PageFor) -> None:
    page = page_for("executive")
    page.goto("/genveje/")
    page.keyboard.press("g")
    page.keyboard.press("p")
    page.wait_for_url("**/portefoelje/")
    page.keyboard.press("?")
    expect(page.locator("#shortcuts")).to_be_visible()
    page.locator("#shortcuts").get_by_label("Brug genveje på tastaturet").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.locator("#shortcuts")).to_be_hidden()
    page.keyboard.press("g")
    page.keyboard.press("h")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") != "site-search"
    page.goto("/genveje/")
    expect(page.locator("main").get_by_label("Brug genveje på tastaturet")).not_to_be_checked()
    page.locator("main").get_by_label("Brug genveje på tastaturet").check()
    page.locator("h1").click()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "site-search"


def test_letters_one_writes_are_no_shortcuts(page_for: PageFor) -> None:
    page = page_for("executive")
    page.goto("/genveje/")
    page.locator("#site-search").fill("")
    page.locator("#site-search").press_sequentially("gp?/")
    expect(page.locator("#site-search")).to_have_value("gp?/")
    page.keyboard.press("Enter")
    page.wait_for_url("**/soeg/?q=*")


@pytest.mark.parametrize("path", ["/", "/galleri/ark/", "/soeg/?q=hjemme", "/genveje/"])
def test_what_one_taps_is_large_enough_for_a_thumb(page_for: PageFor, path: str) -> None:
    page = page_for("benefit_owner", width=360)
    page.goto(path)
    assert page.evaluate(SMALL, TOUCH) == []


def test_a_measurement_can_be_typed_and_saved_with_one_thumb(page_for: PageFor) -> None:
    page = page_for("benefit_owner", width=360)
    page.goto(f"/gevinster/{benefit_called('Færre opkald').pk}/maaling/")
    assert page.evaluate(SMALL, TOUCH) == []
    expect(page.get_by_label("Værdi")).to_have_attribute("inputmode", "decimal")
    box = page.get_by_role("button", name="Gem målingen").bounding_box()
    assert box is not None
    # Within the lower half of the screen, where a thumb reaches.
    assert page.viewport_size is not None
    assert box["y"] > page.viewport_size["height"] / 2


@pytest.mark.parametrize("path", ["/galleri/", "/hoestregnskab/", "/"])
def test_forced_colours_lose_neither_words_nor_focus(page_for: PageFor, path: str) -> None:
    page = page_for("executive", forced_colors="active")
    page.goto(path)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    shown = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert shown != "none"
    steps = page.locator(".ladder-small-steps span").first
    if steps.count():
        borders = "(e) => getComputedStyle(e).borderTopStyle"
        assert steps.evaluate(borders) == "solid"


@pytest.mark.parametrize("width", [360, 1280])
def test_a_page_one_may_not_see_keeps_the_way_on(page_for: PageFor, width: int) -> None:
    page = page_for("employee", width=width)
    for path in ("/gevinster/999999/", "/findes-ikke/", "/regneark/"):
        page.goto(path)
        menu = page.get_by_role("navigation", name="Hovedmenu")
        expect(menu.locator("visible=true").first).to_be_visible()
        expect(page.get_by_role("link", name="Gå til forsiden")).to_be_visible()
        page.locator("main input[type=search]").fill("hjemme")
        page.locator("main").get_by_role("button", name="Søg").click()
        page.wait_for_url("**/soeg/?q=hjemme")
    assert_accessible(page, "found")


def test_who_has_not_signed_in_meets_no_menu_on_a_page_that_is_not_there(page_for: PageFor) -> None:
    page = page_for(None)
    page.goto("/findes-ikke/")
    expect(page.get_by_role("navigation", name="Hovedmenu")).to_have_count(0)


def test_waiting_for_more_than_a_second_is_said(page_for: PageFor) -> None:
    page = page_for("benefit_owner")
    benefit = benefit_called("Færre opkald")
    page.goto(f"/gevinster/{benefit.pk}/")

    def answer_late(route: Route) -> None:
        page.wait_for_timeout(1500)
        route.continue_()

    page.route("**/maaling/", answer_late)
    page.locator("main details.overflow > summary").first.click()
    page.locator("main .menu a[data-sheet]").first.click()
    expect(page.locator("#waiting")).to_contain_text("Henter")
    expect(page.locator("#sheet[open]")).to_be_visible()
    expect(page.locator("#waiting")).to_be_hidden()
