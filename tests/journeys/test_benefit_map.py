"""A benefit map is drawn: by keyboard only, by mouse, by finger, and without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.support.axe import assert_accessible
from tests.support.keyboard import Keyboard
from tests.support.steps import initiative_called

PageFor = Callable[..., Page]


def _address(word: str) -> str:
    return f"/gevinster/diagram/{initiative_called(word).pk}/"


def _node(page: Page, title: str) -> Locator:
    return page.locator(f'.flow-node[data-title^="{title}"] a')


def _arrows(word: str) -> set[tuple[str, str]]:
    """Return the arrows between nodes that have a title of their own, by their titles."""
    from django.db import transaction

    from hoest.domain.benefits.models import MapArrow
    from hoest.foundation.tenancy.context import acting_for
    from tests.support.world import HERE, organisation_id

    initiative = initiative_called(word)
    with acting_for(organisation_id(HERE)), transaction.atomic():
        rows = MapArrow.objects.filter(benefit_map__initiative_id=initiative.pk)
        return set(rows.values_list("source__title", "target__title"))


def _add(keys: Keyboard, page: Page, title: str) -> None:
    """Write the title of a node whose form has the focus, and wait until it is drawn."""
    expect(page.locator("#nyt_title")).to_be_focused()
    keys.write(title)
    keys.press("Enter")
    expect(page.locator("#map-status")).to_contain_text(f"»{title}« er sat på")


def test_a_map_is_built_by_keyboard_only(page_for: PageFor) -> None:
    page = page_for("portfolio_manager")
    keys = Keyboard(page)
    page.goto(_address("Robotter på"))
    keys.choose(page.get_by_role("button", name="Begynd uden skabelon"))
    purpose = page.locator('.flow-node[data-kind="purpose"] a')
    keys.reach(purpose)
    # Backwards from the purpose: a benefit, what gives it, and so on to the deliverable.
    keys.press("b")
    _add_benefit(keys, page, "Hurtigere svar")
    for letter, kind, title in (
        ("b", "effect", "Færre blanketter"),
        ("b", "behaviour", "Alle skriver på telefonen"),
        ("b", "capability", "Kan bruge appen"),
        ("b", "deliverable", "App til telefonen"),
    ):
        page.keyboard.press("Escape")
        keys.reach(page.locator(".flow-node.is-chosen a"), back=True)
        keys.press(letter)
        expect(page.locator("#nyt_kind")).to_have_value(kind)
        _add(keys, page, title)
    expect(page.get_by_role("heading", level=2, name="2 ting at se på")).to_be_visible()
    assert_accessible(page, "drawn")
    _walk_and_connect(keys, page)
    assert_accessible(page, "connected")


def _add_benefit(keys: Keyboard, page: Page, title: str) -> None:
    expect(page.locator("#nyt_kind")).to_have_value("benefit")
    keys.write(title)
    keys.reach(page.locator("#nyt_benefit_type"))
    keys.press("ArrowDown")
    keys.choose(page.get_by_role("button", name="Sæt på"))
    expect(page.locator("#map-status")).to_contain_text(f"»{title}« er sat på")


def _walk_and_connect(keys: Keyboard, page: Page) -> None:
    """Walk by arrows, draw an arrow with F, regret one with Escape, undo, open and own."""
    keys.reach(page.locator(".flow-node.is-chosen a"), back=True)
    expect(_node(page, "App til telefonen")).to_be_focused()
    keys.press("ArrowRight")
    expect(_node(page, "Kan bruge appen")).to_be_focused()
    keys.press("ArrowRight")
    expect(_node(page, "Alle skriver")).to_be_focused()
    keys.press("ArrowLeft", "ArrowLeft", "f")
    expect(page.locator("#map-status")).to_contain_text("Vælg det led, det fører til")
    keys.press("Escape")
    keys.press("f", "ArrowRight", "ArrowRight", "Enter")
    expect(page.locator("#map-status")).to_have_text("Pilen er tegnet.")
    new = ("App til telefonen", "Alle skriver på telefonen")
    assert new in _arrows("Robotter på")
    # An arrow against the flow is refused in words.
    keys.press("ArrowRight", "ArrowRight", "f", "ArrowLeft", "Enter")
    expect(page.locator("#map-status")).to_contain_text("Pile går fra venstre mod højre")
    keys.reach(page.locator(".flow-node.is-chosen a"), back=True)
    keys.press("Control+z")
    expect(page.locator("#map-status")).to_contain_text("Fortrudt")
    assert new not in _arrows("Robotter på")
    keys.press("Enter")
    sheet = page.locator("#sheet")
    expect(sheet.get_by_label("Ejer")).to_be_visible()
    keys.reach(sheet.get_by_label("Ejer"))
    keys.press("ArrowDown")
    keys.choose(sheet.get_by_role("button", name="Gem leddet"))
    expect(page.locator("#messages")).to_contain_text("Leddet er rettet.")
    expect(page.locator(".map-list")).to_contain_text("Ejer:")


def test_a_map_is_drawn_with_the_mouse(page_for: PageFor) -> None:
    page = page_for("portfolio_manager")
    page.goto(_address("Digital hjemmetræning"))
    support, plan = _node(page, "Support og"), _node(page, "Lederne kan planlægge")
    support.click()
    handle = page.locator(".flow-node.is-chosen .flow-handle circle").last
    _drag(page, handle, plan)
    expect(page.locator("#map-status")).to_have_text("Pilen er tegnet.")
    pair = ("Support og reservedele er aftalt", "Lederne kan planlægge besøg på en ny måde")
    assert pair in _arrows("Digital hjemmetræning")
    _node(page, "Support og").click()
    page.get_by_role("button", name="Tilføj efter").click()
    page.locator("#nyt_title").fill("Kan skifte et batteri")
    page.get_by_role("button", name="Sæt på").click()
    expect(_node(page, "Kan skifte et batteri")).to_be_visible()
    page.get_by_role("button", name="Fortryd dit seneste").click()
    expect(_node(page, "Kan skifte et batteri")).to_have_count(0)
    with page.expect_download() as kept:
        page.get_by_text("Hent diagrammet").click()
        page.get_by_role("link", name="PDF til papir").click()
    assert kept.value.suggested_filename.endswith(".pdf")
    assert_accessible(page)


def test_on_a_phone_the_list_comes_first_and_edits_and_the_picture_pans(page_for: PageFor) -> None:
    page = page_for("portfolio_manager", width=360)
    page.goto(_address("Digital hjemmetræning"))
    head, box = page.locator("#map-list-head"), page.locator(".map-scroll")
    first, later = head.bounding_box(), box.bounding_box()
    assert first is not None
    assert later is not None
    assert first["y"] < later["y"]
    wide = "() => document.scrollingElement.scrollWidth > innerWidth"
    assert not page.evaluate(wide)
    assert box.evaluate("(one) => one.scrollWidth > one.clientWidth")
    assert_accessible(page, "phone")
    page.locator(".map-list .map-title", has_text="Mindre kørsel").tap()
    page.get_by_label("Hvad hedder det?").fill("Færre kilometer")
    page.get_by_role("button", name="Gem leddet").tap()
    expect(page.locator("main")).to_contain_text("Færre kilometer")
    _node(page, "Færre kilometer").tap()
    page.get_by_role("button", name="Forbind med").tap()
    page.locator('.flow-node[data-kind="purpose"] a').tap()
    expect(page.locator("#map-status")).to_have_text("Pilen er tegnet.")


def test_the_list_edits_everything_without_javascript(page_for: PageFor) -> None:
    page = page_for("portfolio_manager", javascript=False)
    page.goto(_address("Digital hjemmetræning"))
    page.get_by_role("link", name=re.compile("Tilføj det, der fører hertil: Mindre kørsel")).click()
    page.get_by_label("Hvad hedder det?").fill("Ruterne følger aftalerne")
    page.get_by_role("button", name="Sæt leddet på").click()
    made = page.locator(".map-list .map-title", has_text="Ruterne følger aftalerne")
    made.click()
    choice = page.get_by_label("Lad det komme af")
    choice.select_option(label="Leverance: Support og reservedele er aftalt")
    page.get_by_role("region", name="Kommer af").get_by_role("button", name="Forbind").click()
    pair = ("Support og reservedele er aftalt", "Ruterne følger aftalerne")
    assert pair in _arrows("Digital hjemmetræning")
    made.click()
    page.get_by_role("button", name="Fjern pilen fra Support").click()
    assert pair not in _arrows("Digital hjemmetræning")
    made.click()
    page.get_by_role("button", name="Tag leddet af diagrammet").click()
    expect(made).to_have_count(0)
    page.get_by_role("button", name="Fortryd dit seneste").click()
    expect(made).to_have_count(1)


def _drag(page: Page, start: Locator, end: Locator) -> None:
    one, two = start.bounding_box(), end.bounding_box()
    assert one is not None
    assert two is not None
    page.mouse.move(one["x"] + one["width"] / 2, one["y"] + one["height"] / 2)
    page.mouse.down()
    page.mouse.move(two["x"] + 20, two["y"] + 10, steps=5)
    page.mouse.move(two["x"] + two["width"] / 2, two["y"] + two["height"] / 2, steps=3)
    page.mouse.up()
