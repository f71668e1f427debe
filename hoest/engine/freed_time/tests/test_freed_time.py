"""Freed hours: by year, as a range, their worth, and OS2autoproces' two roundings."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoest.engine.cash_flow import AmountOutOfRange, ShareOutOfRange
from hoest.engine.freed_time import (
    AdoptionLacksYear,
    HoursRange,
    Rounding,
    TimeEstimate,
    YearsNotPositive,
    freed_hours,
    hours_a_year,
    hours_range,
    manual_hours,
    net_per_hour,
    potential_hours,
    value_of_hours,
    value_range,
    yearly_hours,
)
from hoest.engine.uncertainty import ThreePoint, certain

LAWS = settings(deadline=None, max_examples=100)
ONE = Decimal(1)


def three(strategy: st.SearchStrategy[Decimal]) -> st.SearchStrategy[ThreePoint]:
    return st.lists(strategy, min_size=3, max_size=3).map(sorted).map(lambda f: ThreePoint(*f))


volumes = st.decimals(0, 10**6, places=0)
minutes = st.decimals(0, 600, places=1)
shares = st.decimals(0, 1, places=2)
estimates = st.builds(TimeEstimate, three(volumes), three(minutes), three(minutes), three(shares))


def points(low: str, likely: str, high: str) -> ThreePoint:
    return ThreePoint(Decimal(low), Decimal(likely), Decimal(high))


def test_each_year_has_its_own_volume_and_its_own_adoption() -> None:
    hours = yearly_hours(
        {2028: Decimal(2400), 2026: Decimal(1200), 2027: Decimal(1200)},
        Decimal(15),
        Decimal(5),
        {2026: Decimal("0.25"), 2027: Decimal("0.5"), 2028: ONE, 2029: ONE},
    )
    assert hours == {2026: 50, 2027: 100, 2028: 400}
    assert list(hours) == [2026, 2027, 2028]


def test_a_year_without_adoption_is_refused_and_not_guessed() -> None:
    with pytest.raises(AdoptionLacksYear) as caught:
        yearly_hours({2026: ONE, 2027: ONE}, ONE, Decimal(0), {2026: ONE})
    assert caught.value.year == 2027


def test_nothing_to_do_frees_nothing_and_longer_minutes_cost_hours() -> None:
    assert yearly_hours({}, ONE, ONE, {}) == {}
    assert yearly_hours({2026: Decimal(0)}, Decimal(9), ONE, {2026: ONE}) == {2026: 0}
    assert yearly_hours({2026: Decimal(60)}, Decimal(5), Decimal(7), {2026: ONE}) == {2026: -2}


def test_the_range_is_everything_against_and_everything_in_favour() -> None:
    found = hours_range(
        TimeEstimate(
            points("600", "1200", "1800"),
            points("10", "12", "15"),
            points("3", "4", "5"),
            points("0.5", "0.8", "1"),
        )
    )
    assert found == HoursRange(Decimal(25), Decimal(128), Decimal(360))


def test_when_it_may_take_longer_more_volume_makes_the_worst_worse() -> None:
    found = hours_range(
        TimeEstimate(
            points("60", "60", "120"),
            points("4", "6", "6"),
            points("5", "5", "5"),
            certain(ONE),
        )
    )
    assert found == HoursRange(Decimal(-2), Decimal(1), Decimal(2))


@LAWS
@given(estimate=estimates)
def test_the_likely_hours_lie_in_the_range(estimate: TimeEstimate) -> None:
    found = hours_range(estimate)
    assert found.low <= found.likely <= found.high


@LAWS
@given(estimate=estimates, mix=st.tuples(*[st.decimals(0, 1, places=2)] * 4))
def test_no_values_between_the_ends_leave_the_range(
    estimate: TimeEstimate, mix: tuple[Decimal, ...]
) -> None:
    parts = (
        estimate.volume,
        estimate.minutes_before,
        estimate.minutes_after,
        estimate.adoption_share,
    )
    inside = [part.low + m * (part.high - part.low) for part, m in zip(parts, mix, strict=True)]
    found, slack = hours_range(estimate), Decimal("1e-12")
    assert found.low - slack <= freed_hours(*inside) <= found.high + slack


@LAWS
@given(volume=volumes, other=volumes, before=minutes, after=minutes, share=shares)
def test_hours_add_over_volumes_and_turn_when_before_and_after_change_places(
    volume: Decimal, other: Decimal, before: Decimal, after: Decimal, share: Decimal
) -> None:
    apart = freed_hours(volume, before, after, share) + freed_hours(other, before, after, share)
    slack = Decimal("1e-15")
    assert abs(freed_hours(volume + other, before, after, share) - apart) <= slack
    turned = freed_hours(volume, after, before, share)
    assert abs(turned + freed_hours(volume, before, after, share)) <= slack


def test_hours_are_worth_their_price_and_lost_hours_cost() -> None:
    assert value_of_hours(Decimal(12), Decimal("350.50")) == Decimal(4206)
    assert value_of_hours(Decimal(-2), Decimal(300)) == -600
    for wrong in ("-1", "NaN", "Infinity"):
        with pytest.raises(AmountOutOfRange):
            value_of_hours(ONE, Decimal(wrong))


def test_the_range_of_the_worth_takes_the_dear_hour_for_what_is_lost() -> None:
    both = HoursRange(Decimal(-10), Decimal(5), Decimal(20))
    assert value_range(both, Decimal(300), Decimal(400)) == (-4000, 8000)
    gained = HoursRange(Decimal(10), Decimal(15), Decimal(20))
    assert value_range(gained, Decimal(300), Decimal(400)) == (3000, 8000)


def test_hours_over_several_years_need_years() -> None:
    assert hours_a_year(Decimal(300), 3) == 100
    assert hours_a_year(Decimal(300), 1) == 300
    for years in (0, -1):
        with pytest.raises(YearsNotPositive):
            hours_a_year(Decimal(1), years)


def test_without_freed_hours_there_is_no_amount_for_each() -> None:
    assert net_per_hour(Decimal(100), Decimal(40)) == Decimal("2.5")
    assert net_per_hour(Decimal(-100), Decimal(40)) == Decimal("-2.5")
    assert net_per_hour(Decimal(100), Decimal(0)) is None
    assert net_per_hour(Decimal(100), Decimal(-1)) is None


def test_the_registers_screen_and_server_round_the_same_process_differently() -> None:
    process = (Decimal(1234), Decimal("7.5"), Decimal(60))
    assert potential_hours(*process) == Decimal("92.55")
    assert potential_hours(*process, Rounding.SCREEN) == Decimal("92.55")
    assert potential_hours(*process, Rounding.SERVER) == 92
    assert manual_hours(Decimal(1234), Decimal("7.5")) == Decimal("154.25")
    assert manual_hours(Decimal(1234), Decimal("7.5"), Rounding.SERVER) == 154
    assert potential_hours(Decimal(1), Decimal("0.3"), Decimal(100), Rounding.SCREEN) == Decimal(
        "0.01"
    )


@pytest.mark.parametrize("degree", ["-1", "100.1", "NaN"])
def test_an_automation_degree_lies_between_nothing_and_a_hundred(degree: str) -> None:
    with pytest.raises(ShareOutOfRange):
        potential_hours(ONE, ONE, Decimal(degree))


@LAWS
@given(times=volumes, taken=minutes, degree=st.decimals(0, 100, places=0))
def test_the_potential_is_a_part_of_the_manual_time_and_the_server_never_shows_more(
    times: Decimal, taken: Decimal, degree: Decimal
) -> None:
    exact = potential_hours(times, taken, degree)
    assert 0 <= exact <= manual_hours(times, taken)
    server = potential_hours(times, taken, degree, Rounding.SERVER)
    assert 0 <= exact - server < 1
    assert abs(exact - potential_hours(times, taken, degree, Rounding.SCREEN)) <= Decimal("0.005")
