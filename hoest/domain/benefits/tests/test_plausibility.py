"""What can hardly be in a profile: a table of cases, and laws."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoest.domain.benefits.rules.plausibility import (
    SETTLED_IN,
    Doubt,
    Neighbour,
    Stated,
    doubts_about,
)

D = Decimal
SUMMER, LAST_YEAR = dt.date(2026, 6, 1), dt.date(2025, 11, 1)
OTHER = Neighbour(7, "Anden gevinst", "Kørte kilometer om måneden", takes_hours=True)
HOLDER = Neighbour(8, "Tredje gevinst", "", takes_hours=True, has_claim=True)


@pytest.mark.parametrize(
    ("stated", "doubts"),
    [
        ({"benefit_type": "quality"}, []),
        # Physically possible ends.
        ({"benefit_type": "quality", "measure_unit": "minutter", "target": D(-1)}, ["below_zero"]),
        ({"benefit_type": "quality", "measure_unit": "minutter", "target": D(0)}, []),
        ({"benefit_type": "quality", "measure_unit": "kr.", "target": D(-500)}, []),
        (
            {"benefit_type": "quality", "measure_unit": "grader", "target": D(-5),
             "baseline": D(-2)},
            [],
        ),
        ({"benefit_type": "quality", "measure_unit": "%", "target": D(104)}, ["above_all"]),
        ({"benefit_type": "quality", "measure_unit": "procent", "target": D(100)}, []),
        (
            {"benefit_type": "quality", "measure_unit": "% af budgettet", "target": D(110),
             "baseline": D(130)},
            [],
        ),
        # The cost base.
        ({"benefit_type": "budget", "promised_dkk": D(700)}, ["base_not_known"]),
        (
            {"benefit_type": "budget", "promised_dkk": D(700), "cost_base_dkk": D(600)},
            ["larger_than_base"],
        ),
        ({"benefit_type": "budget", "promised_dkk": D(700), "cost_base_dkk": D(700)}, []),
        ({"benefit_type": "budget", "dkk": D(700), "cost_base_dkk": D(600)}, ["larger_than_base"]),
        ({"benefit_type": "budget", "is_disbenefit": True, "dkk": D(700)}, []),
        # Hours.
        (
            {"benefit_type": "freed_time", "promised_hours": D(500), "task_hours": D(400)},
            ["more_hours_than_the_task"],
        ),
        ({"benefit_type": "freed_time", "hours": D(-3), "task_hours": D(9)}, ["no_time_freed"]),
        ({"benefit_type": "freed_time", "is_disbenefit": True, "hours": D(-3)}, []),
        # Two claim the same.
        (
            {"benefit_type": "budget", "indicator": "kørte  kilometer om måneden.",
             "neighbours": (OTHER,)},
            ["same_indicator"],
        ),
        (
            {"benefit_type": "freed_time", "promised_hours": D(5), "neighbours": (OTHER, HOLDER)},
            ["same_hours"],
        ),
        (
            {"benefit_type": "freed_time", "promised_hours": D(5), "claimed_hours": D(5),
             "neighbours": (OTHER,)},
            [],
        ),
        ({"benefit_type": "freed_time", "promised_hours": D(5), "neighbours": (HOLDER,)}, []),
        (
            {"benefit_type": "freed_time", "promised_hours": D(9), "claimed_hours": D(5)},
            ["beyond_its_claim"],
        ),
        # Everything in year one.
        (
            {"benefit_type": "quality", "live_on": SUMMER, "by_year": {2026: D(90), 2027: D(100)}},
            ["all_in_year_one"],
        ),
        (
            {"benefit_type": "quality", "live_on": SUMMER, "by_year": {2026: D(450)}},
            ["all_in_year_one"],
        ),
        (
            {"benefit_type": "quality", "live_on": SUMMER, "by_year": {2026: D(50), 2027: D(100)}},
            [],
        ),
        ({"benefit_type": "quality", "live_on": LAST_YEAR, "by_year": {2026: D(450)}}, []),
        ({"benefit_type": "quality", "by_year": {2026: D(450)}}, []),
        # The sum and the promise.
        (
            {"benefit_type": "budget", "cost_base_dkk": D(9_000), "dkk": D(500),
             "promised_dkk": D(700)},
            ["not_the_promise"],
        ),
        (
            {"benefit_type": "budget", "cost_base_dkk": D(9_000), "dkk": D(640),
             "promised_dkk": D(700)},
            [],
        ),
    ],
)  # fmt: skip
def test_a_profile_is_doubted_for_a_reason(stated: dict[str, Any], doubts: list[str]) -> None:
    assert [str(one.doubt) for one in doubts_about(Stated(**stated))] == doubts


def test_a_doubt_carries_its_numbers_and_the_others() -> None:
    (base,) = doubts_about(
        Stated("budget", promised_dkk=D(700_000), cost_base_dkk=D(600_000), dkk=D(700_000))
    )
    assert (base.stands, base.against) == (D(700_000), D(600_000))
    (same,) = doubts_about(Stated("quality", indicator=OTHER.indicator, neighbours=(OTHER,)))
    assert same.others == (OTHER,)


def test_kroner_are_never_held_against_hours() -> None:
    stated = Stated(
        "freed_time", dkk=D(9_000_000), promised_hours=D(4), hours=D(4), cost_base_dkk=D(10**8)
    )
    assert doubts_about(stated) == ()


@given(
    promised=st.decimals(1, 10**9, places=2),
    base=st.decimals(0, 10**9, places=2),
)
def test_a_larger_base_never_brings_a_doubt(promised: Decimal, base: Decimal) -> None:
    small = doubts_about(Stated("budget", promised_dkk=promised, cost_base_dkk=base))
    large = doubts_about(Stated("budget", promised_dkk=promised, cost_base_dkk=base + promised))
    assert [one.doubt for one in small] == ([Doubt.LARGER_THAN_BASE] if promised > base else [])
    assert large == ()


def test_the_most_serious_doubt_comes_first_and_each_has_its_place() -> None:
    found = doubts_about(
        Stated("budget", measure_unit="minutter", target=D(-1), promised_dkk=D(5), dkk=D(9))
    )
    assert [str(one.doubt) for one in found] == ["below_zero", "not_the_promise", "base_not_known"]
    assert all(doubt in SETTLED_IN for doubt in (one.doubt for one in found))
