"""Did it work? A benefit climbs from measured to proven, and one whose effect is not there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from hoest.foundation.tenancy.context import acting_for
from tests.support.axe import assert_accessible
from tests.support.effects import add_series, say_starts
from tests.support.steps import benefit_called, expect_rung
from tests.support.world import HERE, organisation_id

PageFor = Callable[..., Page]
WORD = "Lavere indkøb"


def prepared(name: str, effect: float) -> dt.date:
    organisation = organisation_id(HERE)
    with acting_for(organisation), transaction.atomic():
        return add_series(organisation, name, effect)


def began(benefit_id: int, first: dt.date) -> None:
    organisation = organisation_id(HERE)
    with acting_for(organisation), transaction.atomic():
        say_starts(organisation, benefit_id, first)


def asked(page: Page, benefit_id: int, series: str) -> None:
    """Begin a study of a benefit by hand."""
    page.goto(f"/gevinster/{benefit_id}/effekt/")
    expect(page.locator("h1")).to_contain_text("Ingen har undersøgt endnu")
    assert_accessible(page, "nobody has looked")
    page.get_by_role("link", name="Undersøg, om effekten er der").click()
    page.get_by_label("Hvilken serie skal vise effekten?").select_option(label=series)
    page.get_by_role("button", name="Begynd undersøgelsen").click()
    expect(page.locator("main")).to_contain_text("Ingen af stederne er begyndt endnu")
    assert_accessible(page, "nobody has started")


@pytest.mark.parametrize("width", [360, 1280])
def test_a_benefit_climbs_from_measured_to_proven(page_for: PageFor, width: int) -> None:
    benefit = benefit_called(WORD)
    first = prepared("Tid pr. besøg", -3.1)
    page = page_for("controller", width=width)
    page.goto(f"/gevinster/{benefit.pk}/")
    expect_rung(page, "Målt")
    asked(page, benefit.pk, "Tid pr. besøg")
    began(benefit.pk, first)
    page.reload()
    page.get_by_role("button", name="Regn effekten").click()
    expect(page.locator("h1")).to_contain_text("sparede 3,")
    expect(page.locator("h1")).to_contain_text("sikkert mellem")
    expect(page.locator("h1")).to_contain_text("de fire, der ikke er begyndt")
    expect(page.locator("main")).to_contain_text("trinvis sammenlignet")
    assert_accessible(page, "shown")
    page.goto(f"/gevinster/{benefit.pk}/")
    expect_rung(page, "Påvist")
    page.goto("/effekter/")
    expect(page.locator("main")).to_contain_text(benefit.title)
    assert_accessible(page, "all effects")


def test_an_effect_that_is_not_there_is_told_kindly_and_clearly(page_for: PageFor) -> None:
    benefit = benefit_called(WORD)
    first = prepared("Tid pr. opgave", 0.0)
    page = page_for("controller", width=360)
    asked(page, benefit.pk, "Tid pr. opgave")
    began(benefit.pk, first)
    page.reload()
    page.get_by_role("button", name="Regn effekten").click()
    expect(page.locator("h1")).to_contain_text("Tallene viser ikke, at")
    main = page.locator("main")
    expect(main).to_contain_text("Det betyder ikke, at den ikke virker.")
    expect(main).to_contain_text("Det ville hjælpe med flere målinger efter start.")
    expect(main).not_to_contain_text("sparede")
    assert_accessible(page, "not shown")
    page.goto(f"/gevinster/{benefit.pk}/")
    expect_rung(page, "Målt")
