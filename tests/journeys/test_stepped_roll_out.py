"""A portfolio manager plans a roll-out in waves: see what could be seen, draw, keep and use it."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.db import transaction
from playwright.sync_api import Page, expect

from hoest.foundation import clock
from tests.support.axe import assert_accessible

PageFor = Callable[..., Page]
NAMES = [f"Plejecenter {letter}" for letter in "ABCDEFGH"]


def _waiting_initiative() -> Any:
    """Give an initiative that nobody has begun with a benefit and a number from eight places."""
    from hoest.domain.benefits.models import Benefit
    from hoest.domain.evidence import actions
    from hoest.domain.evidence.rules import Origin, Step, Wanted, from_first
    from hoest.domain.organisations.actions import add_unit
    from hoest.domain.organisations.queries import system_actor
    from hoest.foundation.tenancy.context import acting_for
    from tests.support.world import HERE, organisation_id

    here = organisation_id(HERE)
    with acting_for(here), transaction.atomic():
        system = system_actor(here, "Opsætning", "test")
        series = actions.new_series(
            actor=system,
            fields={
                "name": "Tilsyn om natten",
                "measure_unit": "tilsyn",
                "step": Step.MONTH,
                "wanted": Wanted.LOWER,
                "definition": "Pr. beboer pr. nat",
            },
        )
        first, given = from_first(clock.today(), Step.MONTH, -18), []
        for number, name in enumerate(NAMES):
            unit = add_unit(actor=system, name=name, kind="team")
            for month in range(18):
                sway = ((number * 7 + month * 5 + number * month) % 11 - 5) / 10
                value = Decimal(str(round(4 + number / 5 + sway, 2)))
                day = from_first(first, Step.MONTH, month)
                given.append(actions.GivenPoint(name, day, value, unit_id=unit.pk))
        actions.add_points(
            actor=system, series_id=series.pk, given=given, origin=Origin.FILE, source="natten.csv"
        )
        benefit = (
            Benefit.objects.filter(organisation_id=here, initiative__live_on__isnull=True)
            .select_related("initiative")
            .order_by("pk")
            .first()
        )
        assert benefit is not None
        Benefit.objects.filter(pk=benefit.pk).update(
            measure_unit="tilsyn", baseline_value=Decimal("4.2"), target_value=Decimal("1.2")
        )
        return benefit


def test_a_portfolio_manager_plans_a_stepped_roll_out(page_for: PageFor) -> None:
    benefit = _waiting_initiative()
    page = page_for("portfolio_manager")
    page.goto(f"/gevinster/{benefit.pk}/effekt/plan/")
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_contain_text("I har lovet 3 tilsyn; med 4 bølger kan I se")
    table = page.get_by_role("table", name="Planerne side om side")
    expect(table.get_by_role("row", name=re.compile("Alle på samme dag"))).to_contain_text(
        "kan intet vise"
    )
    assert_accessible(page, "plan")
    page.get_by_text("Lav planen om").click()
    page.get_by_label("Antal bølger").fill("2")
    page.get_by_label("Frø til lodtrækningen").fill("41")
    page.get_by_role("button", name="Vis planen").click()
    expect(heading).to_contain_text("med 2 bølger kan I se en ændring fra")
    drawn = page.locator(".plan-waves").first.inner_text()
    page.get_by_role("button", name="Gem rækkefølgen").click()
    kept = page.locator(".plan-kept").first
    expect(kept).to_contain_text("trukket ved lod, frø 41")
    for name in NAMES:
        assert name in drawn
        expect(kept).to_contain_text(name)
    kept.get_by_role("link", name="Overtag i udrulningen").click()
    for name in NAMES:
        page.get_by_label(f"Så mange skal bruge det i {name}").fill("40")
    assert_accessible(page, "take over")
    page.get_by_role("button", name="Overtag datoerne").click()
    expect(page.locator("#messages")).to_contain_text("8 steder fik en ny dato")
    for name in NAMES:
        expect(page.locator("main")).to_contain_text(name)
    assert_accessible(page, "roll-out")
