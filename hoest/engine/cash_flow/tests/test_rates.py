"""Discount rates: steps, dates, caveats, annuities."""

from __future__ import annotations

import itertools
import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoest.engine.cash_flow import (
    DK_1999,
    DK_2009,
    DK_2013,
    DK_2021,
    RATE_SCHEDULES,
    CaveatCode,
    NoRateScheduleOn,
    RateOutOfRange,
    RateSchedule,
    UnknownRateSchedule,
    annuity_factor,
    discount_factor,
    discount_factors,
    flat_rate,
    schedule_named,
    schedule_on,
)
from hoest.engine.cash_flow.rates import rate_caveats
from hoest.engine.cash_flow.tests.cases import LAWS, rates


@pytest.mark.parametrize(
    ("day", "schedule"),
    [
        (date(1999, 1, 1), DK_1999),
        (date(2010, 6, 1), DK_1999),
        (date(2013, 5, 30), DK_1999),
        (date(2013, 5, 31), DK_2013),
        (date(2021, 1, 6), DK_2013),
        (date(2021, 1, 7), DK_2021),
        (date(2040, 1, 1), DK_2021),
    ],
)
def test_a_date_finds_the_schedule_in_force(day: date, schedule: RateSchedule) -> None:
    assert schedule_on(day) is schedule


def test_a_date_before_the_first_schedule_is_refused() -> None:
    with pytest.raises(NoRateScheduleOn):
        schedule_on(date(1998, 12, 31))


def test_the_general_schedules_follow_each_other_without_gap_or_overlap() -> None:
    dated = [s for s in RATE_SCHEDULES if s.general and s.valid_from is not None]
    for before, after in itertools.pairwise(dated):
        assert before.valid_to is not None
        assert after.valid_from is not None
        assert (after.valid_from - before.valid_to).days == 1
    assert dated[-1].valid_to is None


def test_a_schedule_is_found_by_its_name_and_an_unknown_name_lists_the_known() -> None:
    assert schedule_named("DK-2013") is DK_2013
    with pytest.raises(UnknownRateSchedule) as caught:
        schedule_named("DK-2022")
    assert caught.value.known == ("DK-1999", "DK-2009", "DK-2013", "DK-2021")


@pytest.mark.parametrize("rate", [-1.0, -2.0, math.nan, math.inf])
def test_a_rate_that_is_no_rate_is_refused(rate: float) -> None:
    with pytest.raises(RateOutOfRange):
        flat_rate(rate)


def test_the_unconfirmed_step_is_told_only_when_it_is_used() -> None:
    assert rate_caveats(DK_2021, 70) == ()
    assert [(c.code, dict(c.facts)) for c in rate_caveats(DK_2021, 71)] == [
        (
            CaveatCode.RATE_STEP_UNCONFIRMED,
            {"rate": "DK-2021", "after_year": 70, "step_rate": 0.015},
        )
    ]
    assert rate_caveats(DK_2013, 200) == ()


def test_the_five_per_cent_of_2009_is_told_to_be_no_general_rule() -> None:
    assert [c.code for c in rate_caveats(DK_2009, 1)] == [CaveatCode.RATE_NOT_GENERAL]


@pytest.mark.parametrize("schedule", RATE_SCHEDULES)
def test_the_base_year_is_not_discounted_and_factors_only_fall(schedule: RateSchedule) -> None:
    factors = discount_factors(schedule, 201)
    assert factors.shape == (201,)
    assert factors[0] == 1.0
    assert (factors[1:] < factors[:-1]).all()


@pytest.mark.parametrize("schedule", RATE_SCHEDULES)
def test_each_year_is_discounted_by_the_rate_of_its_own_step(schedule: RateSchedule) -> None:
    for t in range(1, 120):
        rate = next(s.rate for s in schedule.steps if s.last_year is None or t <= s.last_year)
        assert discount_factor(schedule, t - 1) / discount_factor(schedule, t) == pytest.approx(
            1 + rate, rel=1e-13
        )


@LAWS
@given(rate=rates, n=st.integers(0, 60))
def test_an_annuity_at_a_flat_rate_has_its_closed_form(rate: float, n: int) -> None:
    closed = n if rate == 0 else -math.expm1(-n * math.log1p(rate)) / rate
    assert annuity_factor(flat_rate(rate), n) == pytest.approx(closed, rel=1e-6, abs=1e-12)


def test_an_annuity_without_interest_is_the_number_of_years() -> None:
    assert annuity_factor(flat_rate(0), 17) == 17
