"""What counts in the track record: the day, the phase-in, what came, and what is left out."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoest.domain.reporting.calculations import (
    months_late_of,
    needed_cases,
    record_of,
    share_of,
)
from hoest.domain.reporting.rules import BenefitFigures, LineFigures
from hoest.domain.reporting.rules.track_record import (
    ANSWERED,
    Background,
    case_of,
    counted,
    full_from,
    grouped,
    phase_in_months,
    promised_day,
)
from tests.published.test_intervals import TABLE

TODAY = dt.date(2026, 11, 22)
LINE = LineFigures({2024: Decimal(40), 2025: Decimal(100)}, True, 2024)
FIGURES = BenefitFigures(1, "Gevinst", "budget", "measured", 1, "Initiativ", promised=LINE)
LIVE = dt.date(2024, 1, 1)
BACKGROUND = Background(
    live_on=LIVE,
    baseline=Decimal(0),
    first_target=Decimal(10),
    measured_on=dt.date(2026, 1, 1),
    measured_value=Decimal(6),
)


def case(figures=FIGURES, background=BACKGROUND, measure="dkk", today=TODAY, least=12):
    return case_of(figures, background, measure, today, least)


def test_what_was_measured_gives_its_share_of_the_promise():
    found = case()
    assert (found.state, found.promised, found.realised) == ("measured", 100, 60)
    assert share_of(found) == 0.6


def test_the_full_amount_begins_in_the_first_of_the_years_that_have_it():
    line = LineFigures({2024: Decimal(40), 2025: Decimal(100), 2026: Decimal(100)}, True, 2024)
    assert full_from(line) == 2025
    assert phase_in_months(line) == 12
    assert promised_day(line, None) == dt.date(2025, 1, 1)
    assert promised_day(line, dt.date(2025, 9, 1)) == dt.date(2025, 9, 1)


def test_an_amount_that_was_reached_left_and_reached_again_begins_the_last_time():
    line = LineFigures({2024: Decimal(9), 2025: Decimal(5), 2026: Decimal(9)}, True, 2024)
    assert full_from(line) == 2026


def test_nothing_counts_before_its_promised_day():
    later = replace(BACKGROUND, first_target_on=TODAY + dt.timedelta(days=1))
    assert case(background=later) is None
    assert case(background=replace(later, first_target_on=TODAY)) is not None


def test_one_that_has_not_been_live_for_the_limit_waits():
    young = replace(BACKGROUND, live_on=dt.date(2025, 11, 23))
    assert case(background=young).state == "waiting"
    assert case(background=replace(young, live_on=dt.date(2025, 11, 22))).state == "measured"
    assert case(background=replace(young, live_on=None)).state == "waiting"


def test_a_longer_promised_phase_in_is_waited_for():
    slow = LineFigures({2022: Decimal(1), 2025: Decimal(100)}, True, 2024)
    figures = replace(FIGURES, promised=slow)
    late = replace(BACKGROUND, live_on=dt.date(2023, 11, 23))
    assert case(figures, late).state == "waiting"
    assert case(figures, replace(late, live_on=dt.date(2023, 11, 22))).state == "measured"


def test_what_fell_away_counts_as_zero_from_its_promised_day_whether_live_or_not():
    gone = replace(FIGURES, rung="lapsed")
    found = case(gone, replace(BACKGROUND, live_on=None, reached_on=LIVE))
    assert (found.state, found.realised, found.reached_on) == ("lapsed", 0, None)
    assert case(gone, today=dt.date(2024, 12, 31)) is None


def test_what_was_decided_in_hand_counts_in_the_price_level_of_the_promise():
    taken = replace(FIGURES, rung="in_hand", harvested_dkk={2024: {2026: Decimal(45)}})
    assert (case(taken).state, case(taken).realised) == ("in_hand", 45)
    in_other_money = replace(taken, harvested_dkk={2026: {2026: Decimal(45)}})
    assert (case(in_other_money).state, case(in_other_money).realised) == ("measured", 60)


def test_one_that_nobody_measured_is_told_and_left_out():
    found = case(background=replace(BACKGROUND, measured_value=None))
    assert (found.state, found.realised, share_of(found)) == ("not_measured", None, None)
    assert counted([found]) == []


def test_kroner_and_hours_are_cases_of_their_own():
    both = replace(FIGURES, promised_hours=replace(LINE, amounts={2024: Decimal(7)}))
    assert case(both, measure="hours").promised == 7
    assert case(both).promised == 100
    assert case(measure="hours") is None


def test_a_promise_of_nothing_a_loss_or_something_once_is_no_case():
    for line in (
        replace(LINE, amounts={2024: Decimal(0)}),
        replace(LINE, amounts={2024: Decimal(-5)}),
        replace(LINE, is_recurring=False),
        None,
    ):
        assert case(replace(FIGURES, promised=line)) is None


def test_a_target_not_reached_is_told_and_not_counted_in_the_time():
    on_time = case(background=replace(BACKGROUND, reached_on=dt.date(2025, 8, 3)))
    assert months_late_of(on_time) == 7
    found = record_of([case(), on_time], 1)
    assert (found.reached, found.not_reached, found.late) == (1, 1, None)


@pytest.mark.parametrize("count", [6, 9, 12, 17, 20])
def test_the_interval_of_the_cases_has_the_published_ranks(count):
    """Ranks of the table in tests/published: the narrowest with at least 95 per cent."""
    rank = max(rank for rank, level in TABLE[count] if level >= 95)
    cases = [
        case(background=replace(BACKGROUND, measured_value=Decimal(k) / 10))
        for k in range(1, count + 1)
    ]
    share = record_of(cases, 1).share
    assert share.low == pytest.approx(rank / 100)
    assert share.high == pytest.approx((count + 1 - rank) / 100)


def test_nothing_is_said_of_fewer_than_the_limit_and_never_below_an_interval():
    assert (needed_cases(1), needed_cases(6), needed_cases(9)) == (6, 6, 9)
    assert record_of([case()] * 5, 1).too_few
    assert not record_of([case()] * 6, 1).too_few
    assert record_of([case()] * 8, 9).too_few


amounts = st.decimals(1, 10**7, places=2, allow_nan=False, allow_infinity=False)
values = st.decimals(-20, 40, places=2, allow_nan=False, allow_infinity=False)
cases = st.builds(
    lambda amount, value, rung, unit, live: case(
        replace(FIGURES, rung=rung, unit_id=unit, promised=replace(LINE, amounts={2024: amount})),
        replace(BACKGROUND, measured_value=value, live_on=live),
    ),
    amounts,
    st.none() | values,
    st.sampled_from(["measured", "lapsed", "in_use"]),
    st.sampled_from([None, 1, 2]),
    st.sampled_from([None, LIVE]),
)


@given(cases)
def test_a_case_has_an_answer_exactly_when_it_counts(found):
    assert (found.realised is not None) == (found.state in ANSWERED) == found.is_answered


@given(amounts, values, st.integers(1, 1000))
def test_the_share_does_not_depend_on_the_size_of_the_promise(amount, value, times):
    one, more = (
        case(
            replace(FIGURES, promised=replace(LINE, amounts={2024: amount * factor})),
            replace(BACKGROUND, measured_value=value),
        )
        for factor in (1, times)
    )
    assert share_of(one) == pytest.approx(share_of(more))


@given(st.lists(cases, max_size=30))
def test_groups_divide_the_cases_and_the_record_keeps_its_order(found):
    parts = grouped(found, "unit")
    assert sorted(id(c) for _key, _name, part in parts for c in part) == sorted(map(id, found))
    record = record_of(found, 1)
    assert record.counted == sum(record_of(part, 1).counted for _key, _name, part in parts)
    if record.share is not None:
        shares = [share_of(c) for c in counted(found)]
        low, high = record.share.low, record.share.high
        assert min(shares) <= low <= record.share.median <= high <= max(shares)


@given(st.lists(cases, min_size=6, max_size=20))
def test_one_more_that_fell_away_never_makes_the_record_better(found):
    gone = case(replace(FIGURES, rung="lapsed"))
    kept = [c for c in found if c.realised is None or c.realised >= 0]
    before, after = record_of(kept, 1), record_of([*kept, gone], 1)
    if before.share is not None:
        assert after.share.median <= before.share.median
