"""The way of a benefit: written down, owned, used, measured, and home in the hand."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from hoest.foundation import clock
from tests.support.axe import assert_accessible
from tests.support.keyboard import Keyboard
from tests.support.steps import benefit_called, choose_more, expect_rung, initiative_called

PageFor = Callable[..., Page]


def test_a_measurement_is_made_on_a_phone_by_keys_alone_and_undone(page_for: PageFor) -> None:
    benefit = benefit_called("Færre opkald")
    page = page_for("benefit_owner", width=360)
    page.goto(f"/gevinster/{benefit.pk}/maaling/")
    keys = Keyboard(page)
    keys.fill(page.get_by_label("Værdi"), "mange")
    keys.press("Enter")
    expect(page.get_by_label("Værdi")).to_have_attribute("aria-invalid", "true")
    assert_accessible(page, "not a number")
    keys.fill(page.get_by_label("Værdi"), "1.234,5")
    keys.choose(page.get_by_role("button", name="Gem målingen"))
    page.wait_for_url(re.compile(rf"/gevinster/{benefit.pk}/"))
    told = page.locator("#messages")
    expect(told).to_contain_text("Målingen er gemt: 1.234,5 opkald")
    expect(told).to_have_attribute("aria-live", "polite")
    expect(page.locator("main")).to_contain_text("1.234,5")
    assert_accessible(page, "measured")
    keys.choose(told.get_by_role("button", name="Fortryd"))
    expect(told).to_contain_text("Målingen er taget tilbage")
    expect(page.locator("main tr.is-withdrawn")).to_contain_text("1.234,5")
    assert_accessible(page)


def test_a_benefit_goes_from_the_roof_to_the_hand_by_its_buttons(page_for: PageFor) -> None:
    initiative = initiative_called("Digital")
    manager = page_for("portfolio_manager")
    manager.goto(f"/portefoelje/{initiative.pk}/")
    manager.get_by_role("link", name=re.compile("Skriv en gevinst")).first.click()
    manager.get_by_label("Titel").fill("Færre taxature")
    manager.get_by_label("Gevinsttype").select_option("budget")
    manager.get_by_role("button", name="Skriv gevinsten ned").click()
    expect_rung(manager, "På taget")
    address = re.search(r"/gevinster/\d+/", manager.url)
    assert address, manager.url
    _describe(manager)
    manager.goto(address[0])
    _ask_the_owner(manager)
    owner = page_for("benefit_owner", width=360)
    owner.goto(address[0])
    owner.locator("main .row-actions a.button-primary").first.click()
    owner.get_by_role("button", name="Sig ja til at eje gevinsten").click()
    expect(owner.locator("#messages")).to_contain_text("Du ejer nu gevinsten")
    # The initiative is in use already, so the rung of use is reached at once.
    expect_rung(owner, "I brug")
    assert_accessible(owner, "owned")
    owner.locator("main .row-actions a.button-primary").first.click()
    owner.get_by_label("Værdi").fill("310")
    owner.get_by_role("button", name="Gem målingen").click()
    expect_rung(owner, "Målt")
    _take_home(page_for("controller"), address[0])


def _describe(page: Page) -> None:
    """Fill in what is measured and how, portion by portion."""
    choose_more(page, "Ret gevinsten")
    page.get_by_role("link", name="Hvordan det måles").click()
    year = clock.today().year
    for name, value in (
        ("Indikator", "Ture med taxa om måneden"),
        ("Måleenhed", "ture"),
        ("Baseline", "400"),
        ("Baseline målt den", f"{year - 1}-01-15"),
        ("Mål", "300"),
        ("Målet er nået senest", f"{year + 1}-01-15"),
    ):
        page.get_by_label(re.compile(rf"^{name}( \(|$)")).fill(value)
    page.get_by_label("Målemetode").fill("Fakturaer fra taxaselskabet")
    page.get_by_label("Hvor tit måles der?").select_option("quarter")
    assert_accessible(page, "method")
    page.get_by_role("button", name="Gem denne del").click()


def _ask_the_owner(page: Page) -> None:
    """Choose an owner in the sheet over the page; the focus comes back."""
    choose_more(page, "Vælg gevinstejer")
    sheet = page.locator("#sheet[open]")
    sheet.get_by_label("Gevinstejer").select_option(label="Gevinstejer i Ådal Kommune")
    assert_accessible(page, "sheet")
    sheet.get_by_role("button", name="Spørg ejeren").click()
    expect(page.locator("#messages")).to_contain_text("er spurgt")


def _take_home(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("main").get_by_role("link", name="Tag gevinsten hjem").first.click()
    page.get_by_label(re.compile("^Budgetnedsættelse")).check()
    page.get_by_role("button", name="Fortsæt").click()
    page.get_by_label(re.compile("^Jeres egen aftale")).check()
    page.get_by_role("button", name="Fortsæt").click()
    page.get_by_label(re.compile(rf"^{clock.today().year + 1}")).fill("1.250.000")
    page.get_by_label(re.compile("^Besluttet")).check()
    page.get_by_label(re.compile("^Hvem besluttede")).fill("Økonomiudvalget")
    page.get_by_label(re.compile("^Hvor står")).fill("punkt 4")
    page.get_by_role("button", name="Gem aftalen").click()
    expect(page.get_by_label("Budgetsted")).to_have_attribute("aria-invalid", "true")
    assert_accessible(page, "no place in the budget")
    page.get_by_label("Budgetsted").fill("Hjemmeplejen, kørsel")
    page.get_by_role("button", name="Gem aftalen").click()
    page.get_by_label(re.compile("^Vi kender advarslen")).check()
    page.get_by_role("button", name="Gem aftalen").click()
    expect_rung(page, "I hånden")
    expect(page.locator("main")).to_contain_text("Økonomiudvalget, punkt 4")
    assert_accessible(page)
