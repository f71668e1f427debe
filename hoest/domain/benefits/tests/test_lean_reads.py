"""The lean reads of a whole municipality say what the slow ones say, whatever was measured.

Slow: every measurement as a row, judged by the pure rules. Lean: the last that counts, found by
the database. Facts are drawn at random, with days before go-live, days to come, withdrawn values,
other methods and several values in a year.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoest.domain.benefits import queries
from hoest.domain.benefits.models import Benefit, HarvestDecision, LevelConfirmation, Measurement
from hoest.domain.benefits.queries.standings import facts_of, ladder_limits
from hoest.domain.benefits.rules import next_measurement_due, stand
from hoest.domain.benefits.rules.achievement import achieved_share, shares_by_year
from hoest.domain.portfolio.models import Initiative
from hoest.domain.reporting.queries import figures_of
from hoest.foundation import clock
from hoest.foundation.access.actor import Actor

Actors = Callable[[str], Actor]
DAY = dt.timedelta(days=1)


def _drawn(organisation: int, drawn: random.Random) -> list[Benefit]:
    """Benefits whose facts lie around every border there is."""
    today = clock.today()
    own: dict[str, Any] = {"organisation_id": organisation}
    unit = Initiative.objects.filter(**own).values_list("unit_id", flat=True)[0]
    initiatives = Initiative.objects.bulk_create(
        Initiative(
            **own, key=f"TILF-{n}", title=f"Tilfældigt {n}", unit_id=unit, phase="realisation",
            live_on=drawn.choice([None, today - 900 * DAY, today - 40 * DAY, today, today + DAY]),
            adoption_share=drawn.choice([None, Decimal("0.9")]), old_way_closed_on=today,
        )
        for n in range(20)
    )  # fmt: skip
    person = Benefit.objects.filter(**own, owner__isnull=False)[0].owner_id
    benefits = Benefit.objects.bulk_create(
        Benefit(
            **own, initiative=drawn.choice(initiatives), key=f"TILF-{n}", title=f"Tilfældig {n}",
            benefit_type=drawn.choice(["budget", "freed_time", "quality"]),
            owner_id=person, owner_accepted_on=today - 900 * DAY, indicator="tal",
            method="optælling",
            baseline_value=drawn.choice([None, *[Decimal(10)] * 4]), baseline_on=today - 900 * DAY,
            target_value=drawn.choice([Decimal(10), Decimal(5), Decimal(8), Decimal(20)]),
            target_on=drawn.choice([today - 800 * DAY, today + 300 * DAY]),
            frequency=drawn.choice(["month", "quarter", "year"]),
            lapsed_on=today if n % 13 == 0 else None, lapse_reason="x" if n % 13 == 0 else "",
        )
        for n in range(60)
    )  # fmt: skip
    days = [0, 1, -1, 13, 31, 40, 41, 44, 300, 365, 400, 700, 899, 900, 901]
    for benefit in benefits:
        for age in drawn.sample(days, drawn.randint(0, 9)):
            Measurement.objects.create(
                **own, benefit=benefit, on=today - age * DAY, value=Decimal(drawn.randint(-5, 30)),
                by_agreed_method=drawn.random() > 0.2, recorded_at=clock.now(),
                withdrawn_at=clock.now() if drawn.random() < 0.2 else None,
            )  # fmt: skip
        if drawn.random() < 0.4:
            HarvestDecision.objects.create(
                **own, benefit=benefit, decided_on=today - drawn.choice([-1, 0, 5]) * DAY,
                decision="Byrådet", year=today.year, amount_dkk=1, price_level=2026,
                budget_place=drawn.choice(["", "Funktion 5.30"]), recorded_at=clock.now(),
                withdrawn_on=today if drawn.random() < 0.3 else None, withdrawn_reason="fejl",
            )  # fmt: skip
        for role in ("owner", "controller"):
            for age in drawn.sample([-1, 0, 3, 9], drawn.randint(0, 3)):
                LevelConfirmation.objects.create(
                    **own, benefit=benefit, on=today - age * DAY, role=role, person_name="A"
                )
    return benefits


def _slow(benefit: Benefit) -> Benefit:
    """The benefit without anything read for it, so that every row is read."""
    return Benefit.objects.select_related("initiative").get(pk=benefit.pk)


@pytest.mark.parametrize("seed", range(4))
def test_the_last_measurement_gives_the_standing_that_all_measurements_give(
    here: int, actor: Actors, seed: int
) -> None:
    drawn = _drawn(here, random.Random(seed))
    seen = queries.visible_to(actor("executive")).filter(pk__in=[b.pk for b in drawn])
    today, limits = clock.today(), ladder_limits()
    slow = {b.pk: facts_of(_slow(b)) for b in drawn}
    assert queries.standings_in(seen) == {pk: stand(f, today, limits) for pk, f in slow.items()}
    assert queries.rungs_in(seen) == {
        pk: standing.rung for pk, standing in queries.standings_in(seen).items()
    }
    lean = {b.pk: facts_of(b) for b in queries.with_rows(seen)}
    for pk, facts in slow.items():
        assert stand(lean[pk], today, limits) == stand(facts, today, limits)
        assert next_measurement_due(lean[pk], today, limits) == next_measurement_due(
            facts, today, limits
        )
    rungs = {standing.rung for standing in queries.standings_in(seen).values()}
    assert len(rungs) >= 4


def _achieved_of_all_rows(benefit: Benefit, carries: bool) -> dict[int, Decimal]:
    """The share of each year by asking every measurement, year by year."""
    live, today = benefit.initiative.live_on, clock.today()
    counting = [
        (m.on, m.value)
        for m in benefit.measurements.all()
        if m.withdrawn_at is None and m.by_agreed_method and live and live <= m.on <= today
    ]
    if not counting:
        return {}
    last_year = today.year if carries else max(counting)[0].year
    found = {}
    for year in range(min(counting)[0].year, last_year + 1):
        last = max(one for one in counting if one[0].year <= year)
        share = achieved_share(benefit.baseline_value, benefit.target_value, last[1])
        if share is None:
            return {}
        found[year] = share
    return found


@pytest.mark.parametrize("seed", range(4))
def test_the_account_measures_what_all_measurements_give(
    here: int, actor: Actors, seed: int
) -> None:
    drawn = {b.pk: b for b in _drawn(here, random.Random(seed))}
    shown = 0
    for row in figures_of(actor("executive")):
        if row.benefit_id in drawn:
            carries = row.rung in ("measured", "proven", "in_hand")
            expected = _achieved_of_all_rows(_slow(drawn[row.benefit_id]), carries)
            assert dict(row.achieved_by_year) == expected
            shown += bool(expected)
    assert shown > 5


days = st.dates(dt.date(2020, 1, 1), dt.date(2026, 12, 31))
values = st.decimals(-100, 100, places=2)


@given(st.dictionaries(days, values, max_size=30), st.sampled_from([None, 2026, 2030]))
def test_the_last_of_each_year_is_enough_for_the_shares_of_the_years(
    measured: dict[dt.date, Decimal], carried_to: int | None
) -> None:
    last = {day.year: (day, measured[day]) for day in sorted(measured)}
    baseline, target = Decimal(10), Decimal(4)
    assert shares_by_year(measured.items(), baseline, target, carried_to) == shares_by_year(
        last.values(), baseline, target, carried_to
    )


def test_a_line_that_two_benefits_name_counts_for_the_first_and_on_every_page(
    here: int, actor: Actors
) -> None:
    first = Benefit.objects.get(organisation_id=here, title__startswith="Lavere indkøb")
    second = Benefit.objects.create(
        organisation_id=here, initiative_id=first.initiative_id, key="GEV-900",
        title="Den samme post", benefit_type="budget", line_key=first.line_key,
    )  # fmt: skip
    promises = queries.promises_of([second, first])
    assert promises[first.pk].latest_dkk is not None
    assert promises[second.pk].is_empty
    rows = {row.benefit_id: row for row in figures_of(actor("executive"))}
    assert rows[first.pk].approved is not None
    assert rows[second.pk].approved is None
    assert queries.claims_in(here, [first.initiative_id])[
        first.initiative_id, first.line_key
    ] == first.pk  # fmt: skip
