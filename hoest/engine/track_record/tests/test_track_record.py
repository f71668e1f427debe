"""Track record: ratios, months, ranges, medians with intervals, and too few to say."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from math import comb
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from hoest.engine.track_record import (
    ConfidenceOutOfRange,
    CountOutOfRange,
    Promise,
    PromiseOutOfOrder,
    fewest_for_interval,
    median_interval,
    months_late,
    realised_share,
    share_interval,
    track_record,
    was_in_range,
)

LAWS = settings(deadline=None, max_examples=100)
amounts = st.decimals(-(10**6), 10**6, places=2)
values = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=60)
confidences = st.floats(0.5, 0.999)


def promise(promised: str, actual: str, low: str = "", high: str = "") -> Promise:
    return Promise(
        Decimal(promised),
        Decimal(actual),
        Decimal(low) if low else None,
        Decimal(high) if high else None,
    )


def test_a_ratio_needs_something_promised() -> None:
    assert realised_share(promise("200", "92")) == 0.46
    assert realised_share(promise("200", "-50")) == -0.25
    assert realised_share(promise("0", "10")) is None
    assert realised_share(promise("-5", "-5")) is None


@pytest.mark.parametrize(
    ("by", "came", "late"),
    [
        (date(2024, 1, 31), date(2024, 8, 1), 7),
        (date(2024, 11, 1), date(2025, 2, 28), 3),
        (date(2024, 5, 1), date(2024, 5, 31), 0),
        (date(2024, 5, 1), date(2023, 4, 1), -13),
    ],
)
def test_lateness_is_counted_in_calendar_months(by: date, came: date, late: int) -> None:
    assert months_late(by, came) == late


def test_the_ends_of_the_promised_range_are_inside_it() -> None:
    assert was_in_range(promise("10", "8", "8", "12")) is True
    assert was_in_range(promise("10", "12", "8", "12")) is True
    assert was_in_range(promise("10", "7.99", "8", "12")) is False
    assert was_in_range(promise("10", "12.01", "8", "12")) is False
    assert was_in_range(promise("10", "10")) is None
    assert was_in_range(promise("10", "10", low="8")) is None


@pytest.mark.parametrize(
    ("low", "high", "actual"), [("12", "8", "1"), ("11", "", "NaN"), ("1", "Infinity", "1")]
)
def test_a_range_upside_down_or_without_end_is_refused(low: str, high: str, actual: str) -> None:
    with pytest.raises(PromiseOutOfOrder):
        promise("10", actual, low, high)


def test_an_even_number_of_values_has_its_median_between_the_middle_two() -> None:
    found = median_interval([5.0, 1.0, 2.0, 8.0])
    assert (found.count, found.median, found.low, found.high, found.coverage) == (
        4,
        3.5,
        None,
        None,
        None,
    )


def test_six_values_are_the_fewest_for_an_interval_at_95_per_cent() -> None:
    assert fewest_for_interval() == 6
    assert fewest_for_interval(0.9) == 5
    assert fewest_for_interval(0.5) == 2
    assert fewest_for_interval(0.96875) == 6
    six = median_interval([6.0, 5.0, 4.0, 3.0, 2.0, 1.0])
    assert (six.low, six.high, six.coverage) == (1, 6, 0.96875)


@LAWS
@given(found=values, confidence=confidences)
def test_the_interval_is_the_narrowest_pair_of_ranks_that_holds(
    found: list[float], confidence: float
) -> None:
    interval = median_interval(found, confidence)
    assert interval.median == pytest.approx(median(found))
    n, ascending = len(found), sorted(found)

    def held(rank: int) -> float:
        return 1 - 2 * sum(comb(n, k) for k in range(rank)) / 2**n

    ranks = [rank for rank in range(1, (n + 1) // 2 + 1) if held(rank) >= confidence]
    if not ranks:
        assert (interval.low, interval.high, interval.coverage) == (None, None, None)
        assert n < fewest_for_interval(confidence)
    else:
        assert (interval.low, interval.high) == (ascending[ranks[-1] - 1], ascending[-ranks[-1]])
        assert interval.coverage == pytest.approx(held(ranks[-1]))
        assert interval.low <= interval.median <= interval.high


@LAWS
@given(found=values, shift=st.floats(-1e3, 1e3), order=st.randoms(use_true_random=False))
def test_the_interval_follows_its_values_and_not_their_order(
    found: list[float], shift: float, order: object
) -> None:
    mixed = list(found)
    order.shuffle(mixed)  # type: ignore[attr-defined]
    assert median_interval(mixed) == median_interval(found)
    kept, moved = median_interval(found), median_interval([value + shift for value in found])
    assert moved.median == pytest.approx(kept.median + shift, abs=1e-6)
    assert moved.coverage == kept.coverage
    if kept.low is not None:
        assert moved.low == pytest.approx(kept.low + shift, abs=1e-6)


def test_a_large_number_of_values_is_answered_with_the_same_rule() -> None:
    found = median_interval([float(k) for k in range(1, 100_001)])
    assert (found.median, found.low, found.high) == (50_000.5, 49_690, 50_311)
    assert found.coverage == pytest.approx(0.95, abs=5e-4)


@LAWS
@given(tries=st.integers(1, 200), part=st.floats(0, 1), confidence=confidences)
def test_the_interval_of_a_share_leaves_half_the_doubt_on_each_side(
    tries: int, part: float, confidence: float
) -> None:
    hits = round(part * tries)
    found = share_interval(hits, tries, confidence)
    tail = (1 - confidence) / 2
    assert 0 <= found.low <= found.share <= found.high <= 1
    if hits:
        assert binom.sf(hits - 1, tries, found.low) == pytest.approx(tail, rel=1e-6)
    else:
        assert found.low == 0
    if hits < tries:
        assert binom.cdf(hits, tries, found.high) == pytest.approx(tail, rel=1e-6)
    else:
        assert found.high == 1


@pytest.mark.parametrize(("hits", "tries"), [(0, 0), (-1, 5), (6, 5)])
def test_what_is_no_count_is_refused(hits: int, tries: int) -> None:
    with pytest.raises(CountOutOfRange):
        share_interval(hits, tries)


@pytest.mark.parametrize("confidence", [0.0, 1.0, -0.5, 1.5])
def test_a_confidence_lies_between_nothing_and_certainty(confidence: float) -> None:
    for asked in (
        lambda: fewest_for_interval(confidence),
        lambda: median_interval([1.0], confidence),
        lambda: share_interval(1, 2, confidence),
        lambda: track_record([], confidence=confidence),
    ):
        with pytest.raises(ConfidenceOutOfRange):
            asked()


CASES = [
    Promise(
        Decimal(100),
        Decimal(actual),
        Decimal(80),
        Decimal(120),
        date(2024, 1, 1),
        date(2024, 1 + late, 1),
    )
    for actual, late in [(20, 9), (30, 8), (40, 7), (50, 7), (85, 1), (115, 0), (130, 11)]
]


def test_seven_cases_say_how_much_came_how_late_and_how_often_in_range() -> None:
    found = track_record(CASES)
    assert (found.cases, found.needed, found.too_few) == (7, 6, False)
    assert found.realised_share is not None
    assert (found.realised_share.median, found.realised_share.low, found.realised_share.high) == (
        0.5,
        0.2,
        1.3,
    )
    assert found.months_late is not None
    assert (found.months_late.median, found.months_late.low, found.months_late.high) == (7, 0, 11)
    assert found.in_range is not None
    assert (found.in_range.hits, found.in_range.tries) == (2, 7)


def test_five_cases_are_too_few_to_say_anything_but_their_number() -> None:
    found = track_record(CASES[:5])
    assert (found.cases, found.with_dates, found.with_range, found.too_few) == (5, 5, 5, True)
    assert (found.realised_share, found.months_late, found.in_range) == (None, None, None)
    assert track_record([]).cases == 0


def test_six_cases_are_enough_for_every_answer() -> None:
    found = track_record(CASES[1:])
    assert found.realised_share is not None
    assert found.months_late is not None
    assert found.in_range is not None
    assert (found.in_range.hits, found.in_range.tries) == (2, 6)


def test_a_limit_above_the_fewest_is_kept_and_one_below_is_not_enough() -> None:
    assert track_record(CASES, least=8).realised_share is None
    assert track_record(CASES, least=8).needed == 8
    assert track_record(CASES, least=7).realised_share is not None
    assert track_record(CASES[:5], least=2).needed == 6


def test_cases_that_promised_nothing_are_counted_and_left_out_of_the_ratio() -> None:
    found = track_record([*CASES, promise("0", "5")])
    assert (found.cases, found.without_ratio, found.with_dates, found.with_range) == (8, 1, 7, 7)
    assert found.realised_share is not None
    assert found.realised_share.count == 7


def test_each_answer_needs_enough_cases_of_its_own() -> None:
    undated = [promise("100", str(k)) for k in range(10, 17)]
    found = track_record([*undated, CASES[0]])
    assert found.realised_share is not None
    assert (found.with_dates, found.months_late) == (1, None)
    assert (found.with_range, found.in_range) == (1, None)


@LAWS
@given(
    pairs=st.lists(st.tuples(st.decimals(1, 10**6, places=2), amounts), min_size=6, max_size=30),
    unit=st.sampled_from([Decimal(1000), Decimal("0.001")]),
)
def test_the_unit_of_the_promises_does_not_matter(
    pairs: list[tuple[Decimal, Decimal]], unit: Decimal
) -> None:
    kept = track_record([Promise(promised, actual) for promised, actual in pairs])
    moved = track_record([Promise(unit * promised, unit * actual) for promised, actual in pairs])
    assert kept.realised_share is not None
    assert moved.realised_share is not None
    assert moved.realised_share.median == pytest.approx(kept.realised_share.median)
