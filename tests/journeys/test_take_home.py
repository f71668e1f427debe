"""Take out a benefit, and see the account and the unit's budget gap move, on desk and phone."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from hoest.foundation import clock
from tests.support.axe import assert_accessible
from tests.support.steps import benefit_called, expect_rung

PageFor = Callable[..., Page]
Y = clock.today().year


@pytest.mark.parametrize("width", [360, 1280])
def test_a_benefit_is_taken_out_and_account_and_gap_move(page_for: PageFor, width: int) -> None:
    benefit = benefit_called("Lavere indkøb")
    level = Y - 2
    page = page_for("controller", width=width)
    page.goto(f"/gevinster/hjemtagning/enhed/{benefit.unit_id}/?pl={level}")
    expect(page.locator("h1")).to_contain_text("Der er ikke taget noget hjem")
    page.goto(f"/gevinster/{benefit.pk}/")
    page.locator("main").get_by_role("link", name="Tag gevinsten hjem").first.click()
    assert_accessible(page, "how")
    page.get_by_label(re.compile("^Budgetnedsættelse")).check()
    page.get_by_role("button", name="Fortsæt").click()
    page.get_by_label(re.compile("^Budgettet sættes ned ved godkendelsen")).check()
    page.get_by_label("Første budgetår").fill(str(Y))
    assert_accessible(page, "which model")
    page.get_by_role("button", name="Fortsæt").click()
    expect(page.get_by_label(re.compile(f"^{Y}"))).to_have_value("700000")
    expect(page.locator("main")).to_contain_text("Medarbejderne er ikke inddraget")
    page.get_by_label("Budgetsted").fill("Indkøb, forbrugsartikler")
    page.get_by_label(re.compile("^Besluttet")).check()
    page.get_by_label(re.compile("^Hvem besluttede")).fill("Økonomiudvalget")
    page.get_by_label(re.compile("^Hvor står")).fill("Møde i november, punkt 4")
    page.get_by_role("button", name="Gem aftalen").click()
    page.get_by_label(re.compile("^Vi kender advarslen")).check()
    assert_accessible(page, "warned")
    page.get_by_role("button", name="Gem aftalen").click()
    expect(page.locator("#messages")).to_contain_text("Gevinsten er taget hjem")
    expect_rung(page, "I hånden")
    assert_accessible(page, "in hand")
    page.get_by_role("link", name="Se aftalen").first.click()
    expect(page.locator("main")).to_contain_text("før grundlaget var på plads")
    assert_accessible(page, "agreement")
    page.goto(page.url.rstrip("/") + "/lag/")
    expect(page.locator("main form").first).to_be_visible()
    assert_accessible(page, "a new layer")
    # 550,000 of the 800,000 on the way to the target have come: 68.75 % of 700,000.
    page.goto(f"/gevinster/hjemtagning/enhed/{benefit.unit_id}/?pl={level}&aar={Y}")
    expect(page.locator("h1")).to_contain_text("218.750 kr. ikke kommet")
    expect(page.locator("main")).to_contain_text("nhederne bærer 218.750 kr.")
    assert_accessible(page, "the gap of the unit")
    page.goto(f"/hoestregnskab/?type=budget&pl={level}")
    row = page.locator("table tr", has=page.get_by_role("rowheader", name=str(Y), exact=True))
    expect(row.first).to_contain_text("700.000")
