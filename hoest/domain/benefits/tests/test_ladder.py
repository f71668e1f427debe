"""The harvest ladder: a table of cases. The laws stand in test_ladder_laws.py."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from hoest.domain.benefits.rules import (
    BenefitFacts,
    BenefitType,
    Decision,
    Frequency,
    LadderLimits,
    MeasurementFact,
    Rung,
    next_measurement_due,
    stand,
)
from hoest.domain.benefits.tests import events

TODAY = dt.date(2026, 11, 22)
LIVE = dt.date(2026, 3, 1)

PROMISED = BenefitFacts(BenefitType.BUDGET)
OWNED = BenefitFacts(
    BenefitType.BUDGET,
    has_owner=True,
    owner_accepted_on=dt.date(2026, 1, 10),
    has_indicator=True,
    has_baseline=True,
    has_target=True,
    has_method=True,
    frequency=Frequency.QUARTER,
    target_on=dt.date(2027, 12, 31),
)
LIVE_ONLY = replace(OWNED, live_on=LIVE)
IN_USE = replace(LIVE_ONLY, adoption_share=0.8, old_way_closes_on=dt.date(2026, 12, 31))
MEASURED = replace(LIVE_ONLY, measurements=(MeasurementFact(dt.date(2026, 10, 1)),))
STALE = replace(LIVE_ONLY, measurements=(MeasurementFact(dt.date(2026, 3, 31)),))
PROVEN = replace(MEASURED, effect_shown_on=dt.date(2026, 10, 15))
IN_HAND = replace(MEASURED, decisions=(events.money(dt.date(2026, 11, 1)),))
D1, D2 = dt.date(2026, 10, 10), dt.date(2026, 11, 11)
LEVEL = replace(MEASURED, benefit_type=BenefitType.QUALITY)

CASES: list[tuple[str, BenefitFacts, Rung, str | None]] = [
    ("an expected effect alone", PROMISED, Rung.PROMISED, "owner_named"),
    ("no owner", replace(OWNED, has_owner=False), Rung.PROMISED, "owner_named"),
    ("owner not asked", replace(OWNED, owner_accepted_on=None), Rung.PROMISED, "owner_accepted"),
    (
        "the project lead owns it",
        replace(OWNED, owner_is_initiative_lead=True),
        Rung.PROMISED,
        "owner_not_lead",
    ),
    ("no indicator", replace(OWNED, has_indicator=False), Rung.PROMISED, "indicator"),
    ("no baseline", replace(OWNED, has_baseline=False), Rung.PROMISED, "baseline"),
    ("no target", replace(OWNED, has_target=False), Rung.PROMISED, "target"),
    ("no method", replace(OWNED, has_method=False), Rung.PROMISED, "method"),
    ("no frequency", replace(OWNED, frequency=None), Rung.PROMISED, "frequency"),
    ("owned", OWNED, Rung.OWNED, "went_live"),
    (
        "goes live tomorrow",
        replace(OWNED, live_on=TODAY + dt.timedelta(days=1)),
        Rung.OWNED,
        "went_live",
    ),
    ("live, neither adopted nor measured", LIVE_ONLY, Rung.OWNED, "measured_after_live"),
    (
        "adopted a little too little",
        replace(IN_USE, adoption_share=0.79),
        Rung.OWNED,
        "adopted",
    ),
    (
        "agreed share reached",
        replace(IN_USE, adoption_share=0.5, agreed_adoption_share=0.5),
        Rung.IN_USE,
        "measured_after_live",
    ),
    (
        "the old way neither closed nor dated",
        replace(IN_USE, old_way_closes_on=None),
        Rung.OWNED,
        "old_way_closed",
    ),
    ("in use", IN_USE, Rung.IN_USE, "measured_after_live"),
    ("measured", MEASURED, Rung.MEASURED, "harvest_decided"),
    (
        "measured before go-live only",
        replace(LIVE_ONLY, measurements=(MeasurementFact(LIVE - dt.timedelta(days=1)),)),
        Rung.OWNED,
        "measured_after_live",
    ),
    (
        "measured on the day of go-live",
        replace(LIVE_ONLY, measurements=(MeasurementFact(LIVE),), frequency=Frequency.YEAR),
        Rung.MEASURED,
        "harvest_decided",
    ),
    (
        "measured by another method",
        replace(LIVE_ONLY, measurements=(MeasurementFact(TODAY, by_agreed_method=False),)),
        Rung.OWNED,
        "measured_after_live",
    ),
    (
        "measured tomorrow",
        replace(LIVE_ONLY, measurements=(MeasurementFact(TODAY + dt.timedelta(days=1)),)),
        Rung.OWNED,
        "measured_after_live",
    ),
    ("the re-measurement was missed", STALE, Rung.OWNED, "measurement_fresh"),
    (
        "missed, but in use",
        replace(IN_USE, measurements=STALE.measurements),
        Rung.IN_USE,
        "measurement_fresh",
    ),
    ("proven", PROVEN, Rung.PROVEN, "harvest_decided"),
    (
        "effect shown without measurement",
        replace(LIVE_ONLY, effect_shown_on=dt.date(2026, 10, 15)),
        Rung.OWNED,
        None,
    ),
    ("a budget line was cut", IN_HAND, Rung.IN_HAND, None),
    (
        "an amount without a budget place",
        replace(MEASURED, decisions=(Decision(TODAY, has_amount=True),)),
        Rung.MEASURED,
        "harvest_decided",
    ),
    (
        "hours with a named use",
        replace(MEASURED, decisions=(events.hours(TODAY),)),
        Rung.IN_HAND,
        None,
    ),
    (
        "hours without a named use",
        replace(MEASURED, decisions=(Decision(TODAY, has_hours=True),)),
        Rung.MEASURED,
        "harvest_decided",
    ),
    (
        "decided next month",
        replace(MEASURED, decisions=(events.money(dt.date(2026, 12, 1)),)),
        Rung.MEASURED,
        "harvest_decided",
    ),
    (
        "decided but never measured",
        replace(LIVE_ONLY, decisions=IN_HAND.decisions),
        Rung.OWNED,
        "measured_after_live",
    ),
    (
        "decided, and the re-measurement was missed later",
        replace(STALE, decisions=IN_HAND.decisions),
        Rung.IN_HAND,
        None,
    ),
    (
        "decided and measured, but nobody owns it",
        replace(IN_HAND, has_owner=False),
        Rung.PROMISED,
        "owner_named",
    ),
    (
        "a level confirmed twice by both",
        replace(LEVEL, owner_confirmed_on=(D1, D2), controller_confirmed_on=(D2, D1)),
        Rung.IN_HAND,
        None,
    ),
    (
        "a level confirmed twice on one day",
        replace(LEVEL, owner_confirmed_on=(D1, D1), controller_confirmed_on=(D1, D2)),
        Rung.MEASURED,
        "level_confirmed_twice",
    ),
    (
        "a level confirmed by the owner alone",
        replace(LEVEL, owner_confirmed_on=(D1, D2)),
        Rung.MEASURED,
        "level_confirmed_twice",
    ),
    (
        "kroner are not confirmed, they are decided",
        replace(MEASURED, owner_confirmed_on=(D1, D2), controller_confirmed_on=(D1, D2)),
        Rung.MEASURED,
        "harvest_decided",
    ),
    ("given up", replace(IN_HAND, lapsed_on=TODAY), Rung.LAPSED, None),
]


@pytest.mark.parametrize(
    ("facts", "rung", "next_fact"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_the_facts_put_the_benefit_on_its_rung(
    facts: BenefitFacts, rung: Rung, next_fact: str | None
) -> None:
    standing = stand(facts, TODAY)
    assert standing.rung is rung
    if next_fact is not None:
        assert standing.next_fact is not None
        assert standing.next_fact.code == next_fact


@pytest.mark.parametrize(
    ("frequency", "last_day"),
    [
        (Frequency.MONTH, dt.date(2026, 5, 14)),
        (Frequency.QUARTER, dt.date(2026, 7, 30)),
        (Frequency.HALF_YEAR, dt.date(2026, 11, 14)),
        (Frequency.YEAR, dt.date(2027, 6, 29)),
    ],
)
def test_a_measurement_is_missed_the_day_after_its_grace(
    frequency: Frequency, last_day: dt.date
) -> None:
    facts = replace(STALE, frequency=frequency, target_on=None)
    assert stand(facts, last_day).rung is Rung.MEASURED
    assert stand(facts, last_day + dt.timedelta(days=1)).rung is Rung.OWNED


def test_follow_up_ends_two_years_after_the_target() -> None:
    facts = replace(STALE, target_on=dt.date(2024, 6, 29))
    assert next_measurement_due(facts, TODAY) is None
    assert stand(facts, dt.date(2040, 1, 1)).rung is Rung.MEASURED
    later = replace(STALE, target_on=dt.date(2024, 6, 30))
    assert next_measurement_due(later, TODAY) == dt.date(2026, 6, 30)
    assert stand(later, dt.date(2040, 1, 1)).rung is Rung.OWNED


def test_the_next_measurement_is_due_a_frequency_after_the_last_or_after_go_live() -> None:
    assert next_measurement_due(LIVE_ONLY, TODAY) == dt.date(2026, 6, 1)
    assert next_measurement_due(MEASURED, TODAY) == dt.date(2027, 1, 1)
    assert next_measurement_due(OWNED, TODAY) is None
    assert next_measurement_due(replace(MEASURED, lapsed_on=TODAY), TODAY) is None


def test_the_limits_are_named_and_followed() -> None:
    strict = LadderLimits(confirmations=3)
    facts = replace(LEVEL, owner_confirmed_on=(D1, D2), controller_confirmed_on=(D1, D2))
    assert stand(facts, TODAY).rung is Rung.IN_HAND
    assert stand(facts, TODAY, strict).rung is Rung.MEASURED
