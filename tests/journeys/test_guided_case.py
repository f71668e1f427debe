"""A business case is written in portions: left on a phone, resumed at a desk, signed out midway."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.support.axe import assert_accessible
from tests.support.steps import initiative_called, sign_in
from tests.support.world import email_of

PageFor = Callable[..., Page]


def _heading(page: Page) -> Any:
    return page.get_by_role("heading", level=1)


def _save(page: Page) -> None:
    page.get_by_role("button", name="Gem og gå videre").click()


def test_a_case_is_written_in_portions_and_nothing_typed_is_lost(page_for: PageFor) -> None:
    initiative = initiative_called("Robotter")
    phone = page_for("controller", width=360)
    phone.goto(f"/business-cases/{initiative.pk}/")
    phone.get_by_role("button", name="Skriv det første udkast").click()
    expect(_heading(phone)).to_contain_text("i små bidder")
    assert_accessible(phone, "overview")
    phone.get_by_role("link", name="Begynd: Behov").click()
    phone.get_by_label("Hvordan er det i dag?").fill("Ansøgningerne tastes to gange.")
    expect(phone.locator("[data-autosave-status]")).to_contain_text("Gemt")
    assert_accessible(phone, "need")
    overflow = phone.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert overflow <= 0
    # The phone rings. An hour later she goes on at her desk, where she left.
    desk = page_for("controller")
    desk.goto(f"/business-cases/{initiative.pk}/")
    desk.get_by_role("link", name="Åbn udkastet").click()
    desk.get_by_role("link", name="Skriv casen trin for trin").click()
    guide = desk.url
    desk.get_by_role("link", name="Fortsæt: Behov").click()
    expect(desk.locator("main")).to_contain_text("Her står din kladde")
    situation = desk.get_by_label("Hvordan er det i dag?")
    expect(situation).to_have_value("Ansøgningerne tastes to gange.")
    desk.get_by_label("Hvad skal blive anderledes?").fill("De skal kun tastes én gang.")
    desk.get_by_label("Hvem mærker det?").fill("800 ansøgere om året")
    desk.get_by_label("Hvilken ændring mærker de?").fill("Svar samme dag")
    # The session ends while she writes.
    desk.context.clear_cookies(name="hoest")
    desk.get_by_label("Hvordan måles det?").fill("Dage til svar, hver måned")
    expect(desk.locator("[data-autosave-status]")).to_contain_text("Du er logget ud")
    _save(desk)
    expect(desk.locator("main")).to_contain_text("Det, du skrev, er gemt")
    assert_accessible(desk, "signed out")
    sign_in(desk, email_of("controller"))
    expect(desk.get_by_label("Hvordan måles det?")).to_have_value("Dage til svar, hver måned")
    expect(situation).to_have_value("Ansøgningerne tastes to gange.")
    _save(desk)
    expect(_heading(desk)).to_contain_text("Alternativer")
    assert_accessible(desk, "alternatives")
    desk.get_by_role("button", name="Svar senere, og gå videre").click()
    expect(_heading(desk)).to_contain_text("Udgifter")
    assert_accessible(desk, "costs")
    _hours(desk)
    _the_rest(desk, guide)


def _hours(desk: Page) -> None:
    """Reckon the own hours of quantity and price."""
    desk.get_by_role("link", name="Timer gange timepris").click()
    expect(desk.get_by_label("Pris eller mængde pr. stk.")).to_have_value("Timepris")
    values = desk.get_by_label("Værdi")
    values.nth(0).fill("400")
    values.nth(1).fill("412,50")
    assert_accessible(desk, "reckoned")
    desk.get_by_role("button", name="Gem posten").click()
    expect(desk.locator("#messages")).to_contain_text("udregnet og gemt")
    expect(desk.locator("main")).to_contain_text(re.compile(r"165\.000\s+kr\. i alt"))


def _the_rest(desk: Page, guide: str) -> None:
    """Change an assumption and see its line follow; then see what is left."""
    desk.goto(guide + "forudsaetninger/")
    expect(desk.locator("main")).to_contain_text("= 165.000 kr.")
    assert_accessible(desk, "assumptions")
    desk.get_by_role("link", name="Timer", exact=True).click()
    sheet = desk.locator("dialog.sheet[open]")
    sheet.get_by_label("Værdi").fill("500")
    sheet.get_by_label("Hvor kommer tallet fra?").fill("Projektplanen, side 4")
    sheet.get_by_role("button", name="Gem forudsætningen").click()
    expect(desk.locator("main")).to_contain_text("= 206.250 kr.")
    desk.goto(guide)
    expect(_heading(desk)).to_contain_text("2 af 9 trin")
    expect(desk.locator("main")).to_contain_text("senere")
    assert_accessible(desk, "overview")
