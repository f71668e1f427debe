"""Paste 36 months of values with three faults, mend them on the page, and see them stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from hoest.foundation import clock
from hoest.foundation.tenancy.context import acting_for
from tests.support.axe import assert_accessible
from tests.support.world import HERE, organisation_id

PageFor = Callable[..., Page]


def months() -> list[dt.date]:
    """Return the last day of the 36 months before this one, oldest first."""
    day, found = clock.today().replace(day=1), []
    for _month in range(36):
        day = day - dt.timedelta(days=1)
        found.append(day)
        day = day.replace(day=1)
    return found[::-1]


def lines() -> list[str]:
    """Return one line per month as a spreadsheet copies it."""
    return [
        f"{day:%d.%m.%Y}\t{20 + place // 10},{place % 10}" for place, day in enumerate(months())
    ]


@pytest.mark.parametrize("width", [360, 1280])
def test_36_months_with_three_faults_are_mended_and_saved(page_for: PageFor, width: int) -> None:
    from hoest.domain.benefits.models import Benefit

    with acting_for(organisation_id(HERE)), transaction.atomic():
        benefit = Benefit.objects.get(title__startswith="Færre opkald")
    right = lines()
    wrong = list(right)
    wrong[4] = "30.02.2024\t20,4"
    wrong[11] = right[11].split("\t")[0] + "\tmange"
    wrong[20] = right[20] + "\t9"
    page = page_for("controller", width=width)
    page.goto(f"/gevinster/{benefit.pk}/maalinger/indsaet/")
    page.get_by_label("Datoer og værdier").fill("\n".join(wrong))
    page.get_by_role("button", name="Se, hvad der gemmes").click()
    main = page.locator("main")
    expect(page.get_by_role("heading", level=1)).to_contain_text("3 linjer kan ikke læses")
    for place in (5, 12, 21):
        expect(main).to_contain_text(f"Linje {place}")
    expect(main).to_contain_text("Datoen findes ikke")
    expect(main).to_contain_text("Se de 33 linjer, der kan læses")
    assert_accessible(page, "faults")
    # What was pasted stands there still, so only the three lines are mended.
    text = page.get_by_label("Datoer og værdier")
    expect(text).to_have_value("\n".join(wrong))
    text.fill("\n".join(right))
    page.get_by_role("button", name="Se, hvad der gemmes").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("36 målinger er klar")
    assert_accessible(page, "ready")
    page.get_by_role("button", name="Gem målingerne").click()
    expect(page.locator("#messages")).to_contain_text("36 målinger er gemt")
    expect(main).to_contain_text("23,5")
    assert_accessible(page, "saved")
