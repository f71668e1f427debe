"""Pages in the states a first look does not show: empty, refused, opened, half way, plain.

Each is judged as `test_every_page` judges: axe, anatomy, room on every width.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from hoest.foundation.tenancy.context import acting_for
from tests.support.addresses import Address, all_addresses
from tests.support.axe import assert_accessible
from tests.support.empty import EMPTY, email_of_empty
from tests.support.judging import assert_sound
from tests.support.keyboard import Keyboard
from tests.support.readers import NO_PAGE, read_by
from tests.support.site import Site
from tests.support.states import ABOVE
from tests.support.steps import benefit_called, initiative_called
from tests.support.world import organisation_id

PageFor = Callable[..., Page]


def _group(number: int) -> pytest.MarkDecorator:
    return pytest.mark.xdist_group(f"browser-pages-{number % 2}")


# Pages about the whole municipality: what they say when there is nothing yet.
GENERAL = [
    pytest.param(one, id=one.name, marks=_group(number))
    for number, one in enumerate(all_addresses())
    if not one.parameters
    and one.access == "municipality"
    and one.name not in NO_PAGE
    and not one.name.startswith("ui:")
]


@pytest.mark.parametrize("address", GENERAL)
def test_a_page_is_sound_when_there_is_nothing_yet(
    address: Address, page_for: PageFor, site: Site
) -> None:
    organisation = organisation_id(EMPTY)
    with acting_for(organisation), transaction.atomic():
        path = address.path(organisation)
    reading = read_by(address, path, email_of_empty)
    if not reading.is_page:
        return
    page = page_for(email=reading.email)
    page.goto(path)
    assert_sound(page, "empty", thorough=False)


@pytest.mark.parametrize(
    "role, path, status",
    [
        ("executive", "/findes-ikke/", 404),
        ("executive", "/portefoelje/999999/", 404),
        ("employee", "/regneark/", 403),
        (None, "/kommunen/invitation/en-noegle-der-ikke-findes/", 410),
        (None, "/konto/glemt/1-abc-123/", 200),
    ],
)
def test_a_page_one_cannot_have_is_sound(
    page_for: PageFor, role: str | None, path: str, status: int
) -> None:
    page = page_for(role)
    answer = page.goto(path)
    assert answer is not None
    assert answer.status == status
    assert_sound(page, str(status), thorough=False)


@pytest.mark.parametrize("state", ["ready", "faulty", "applying", "failed"])
def test_an_import_is_sound_in_every_state(page_for: PageFor, state: str) -> None:
    page = page_for("controller")
    page.goto("/regneark/")
    page.get_by_role("link", name=f"{state}.xlsx").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert_sound(page, state)


@pytest.mark.parametrize(
    "word", ["Færre opkald", "Færre møder", "Lavere", "Mindre", "Frigjorte", "Tryg", "Sparet"]
)
def test_a_benefit_is_sound_wherever_it_stands(page_for: PageFor, word: str) -> None:
    page = page_for("benefit_owner")
    page.goto(f"/gevinster/{benefit_called(word).pk}/")
    assert_sound(page, word)


def test_a_sponsor_below_the_mandate_has_a_sound_page_to_recommend_on(page_for: PageFor) -> None:
    page = page_for("unit_leader")
    page.goto(f"/portefoelje/{initiative_called(ABOVE).pk}/port/anbefal/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Din anbefaling om")
    assert_sound(page, "recommend")
    page.get_by_role("button", name="Gem din anbefaling").click()
    expect(page.locator("main [aria-invalid=true]").first).to_be_visible()
    assert_sound(page, "refused")
    page.get_by_role("radio").first.check()
    page.get_by_label("Hvorfor", exact=False).fill("Vi har pladser nok fra januar")
    page.get_by_role("button", name="Gem din anbefaling").click()
    expect(page.locator("main")).to_contain_text("Vi har pladser nok fra januar")
    assert_sound(page, "recommended")


def test_what_is_folded_is_sound_when_it_is_open(page_for: PageFor) -> None:
    page = page_for("portfolio_manager")
    for path in ("/hoestregnskab/", "/portefoelje/", "/portefoelje/1/", "/kommunen/"):
        page.goto(path)
        page.evaluate(
            "document.querySelectorAll('main details:not([data-menu])').forEach(e => e.open = true)"
        )
        assert_sound(page, "unfolded", thorough=False)


@pytest.mark.parametrize("width", [360, 1280])
def test_menus_and_shortcuts_are_accessible_when_they_are_open(
    page_for: PageFor, width: int
) -> None:
    page = page_for("portfolio_manager", width=width)
    page.goto("/portefoelje/")
    keys = Keyboard(page)
    menus = page.locator("details[data-menu] > summary:visible")
    for number in range(menus.count()):
        keys.reach(menus.nth(number))
        keys.press("Enter")
        expect(menus.nth(number).locator("xpath=..")).to_have_attribute("open", "")
        assert_accessible(page, f"menu {number}", within="details[data-menu][open]")
        keys.press("Escape")
        expect(menus.nth(number)).to_be_focused()
    page.locator("h1").click()
    keys.press("?")
    expect(page.locator("#shortcuts")).to_be_visible()
    assert_accessible(page, "shortcuts", within="#shortcuts")


CORE = ["/hoestregnskab/", "/hoestregnskab/raekker/", "/portefoelje/", "/portefoelje/1/",
        "/portefoelje/ny/", "/gevinster/", "/regneark/", "/kommunen/"]  # fmt: skip


@pytest.mark.parametrize("path", CORE)
def test_a_page_says_the_same_without_javascript(page_for: PageFor, path: str) -> None:
    told = []
    for javascript in (True, False):
        page = page_for("portfolio_manager", javascript=javascript)
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200
        told.append(
            (
                page.get_by_role("heading", level=1).inner_text(),
                page.locator("main a[href]").count(),
                page.locator("main form").count(),
                page.locator("main tr").count(),
            )
        )
    assert told[0] == told[1]


@pytest.mark.parametrize("path", CORE)
def test_keys_reach_everything_and_the_focus_is_always_seen(page_for: PageFor, path: str) -> None:
    page = page_for("portfolio_manager")
    page.goto(path)
    keys = Keyboard(page)
    wanted = page.locator(
        "main :is(a[href], button, input:not([type=hidden]), select, textarea, summary):visible"
    )
    keys.reach(wanted.last)
    keys.press("Tab")
    keys.reach(page.locator("main a[href]:visible").first, back=True)
