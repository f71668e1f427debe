"""Price index, three-point estimates, freed time and roll-up."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoest.engine.cash_flow import (
    DK_2021,
    AmountOutOfRange,
    EstimateOutOfOrder,
    Line,
    PriceIndex,
    PriceIndexLacksYear,
    PriceIndexNotPositive,
    ShareOutOfRange,
    by_price_level,
    cash_flow,
    cash_of_hours,
    converted_amount,
    converted_line,
    freed_hours,
    lichtenberg_mean,
    line_range,
    on_one_price_level,
    pert_mean,
    roll_up,
    triangular_mean,
    value,
)
from hoest.engine.cash_flow.tests.cases import LAWS, amounts, line

INDEX = PriceIndex(
    "p/l", "test", {2019: Decimal("100"), 2020: Decimal("102.5"), 2024: Decimal("113.7")}
)


def test_an_amount_moves_with_the_ratio_of_the_index() -> None:
    assert converted_amount(Decimal(200), 2019, 2020, INDEX) == 205
    assert converted_amount(Decimal("0.1"), 2019, 2019, INDEX) == Decimal("0.1")


def test_a_year_missing_in_the_index_is_named() -> None:
    with pytest.raises(PriceIndexLacksYear) as caught:
        converted_amount(Decimal(1), 2019, 2021, INDEX)
    assert (caught.value.index, caught.value.year) == ("p/l", 2021)


@pytest.mark.parametrize("number", ["0", "-1", "NaN"])
def test_an_index_number_must_be_positive(number: str) -> None:
    with pytest.raises(PriceIndexNotPositive):
        PriceIndex("p/l", "test", {2019: Decimal(number)})


def test_lines_of_two_price_levels_can_be_added_once_an_index_joins_them() -> None:
    old = line("benefit", {2024: 200}, price_level=2019, low_share="0.5")
    new = line("benefit", {2024: 10}, price_level=2020)
    flow = cash_flow(on_one_price_level([old, new], 2020, INDEX), base_year=2024, horizon=2024)
    assert (flow.price_level, flow.net) == (2020, (215,))
    assert converted_line(old, 2020, INDEX).low_share == Decimal("0.5")


def test_without_an_index_lines_are_parted_by_price_level() -> None:
    old, new = line("benefit", {2024: 1}, price_level=2019), line("benefit", {2024: 2})
    assert by_price_level([new, old]) == {2019: (old,), 2024: (new,)}


@LAWS
@given(amount=amounts)
def test_there_and_back_is_the_same_amount(amount: Decimal) -> None:
    there = converted_amount(amount, 2019, 2024, INDEX)
    assert abs(converted_amount(there, 2024, 2019, INDEX) - amount) <= Decimal("1e-9")


# --- three-point estimates ---------------------------------------------------------------------

Mean = Callable[[Decimal, Decimal, Decimal], Decimal]
means = st.sampled_from([triangular_mean, pert_mean, lichtenberg_mean])
points = st.lists(amounts, min_size=3, max_size=3).map(sorted)


def test_the_three_means_have_their_documented_weights() -> None:
    low, likely, high = Decimal(10), Decimal(20), Decimal(60)
    assert triangular_mean(low, likely, high) == 30
    assert pert_mean(low, likely, high) == 25
    assert lichtenberg_mean(low, likely, high) * Decimal("4.9") == pytest.approx(Decimal(128))


@LAWS
@given(mean=means, three=points)
def test_a_mean_lies_between_the_ends_and_a_certain_amount_is_its_own(
    mean: Mean, three: list[Decimal]
) -> None:
    low, likely, high = three
    slack = Decimal("1e-25")
    assert low - slack <= mean(low, likely, high) <= high + slack
    assert abs(mean(likely, likely, likely) - likely) <= slack


@pytest.mark.parametrize("mean", [triangular_mean, pert_mean, lichtenberg_mean])
def test_points_out_of_order_are_refused(mean: Mean) -> None:
    with pytest.raises(EstimateOutOfOrder):
        mean(Decimal(3), Decimal(2), Decimal(4))
    with pytest.raises(EstimateOutOfOrder):
        mean(Decimal(1), Decimal(5), Decimal(4))


def test_the_low_end_has_small_benefits_and_large_costs() -> None:
    lines = [
        line("investment", {2024: 10}, low_share="0.9", high_share="1.5"),
        line("benefit", {2025: 20}, low_share="0.5", high_share="1.1"),
    ]
    ends = line_range(lines)
    net = [cash_flow(end, base_year=2024, horizon=2025).net for end in (ends.low, ends.high)]
    assert net == [(-15, 10), (-9, 22)]
    expected = cash_flow(ends.expected, base_year=2024, horizon=2025).net
    assert expected[0] == pytest.approx(Decimal(-10) * Decimal("6.4") / 6)
    assert expected[1] == pytest.approx(Decimal(20) * Decimal("5.6") / 6)


def test_a_case_without_estimates_has_no_range_and_one_with_has_three_ends() -> None:
    certain = [line("investment", {2024: 10}), line("benefit", {2025: 20})]
    assert value(certain, base_year=2024, horizon=2025, rate=DK_2021).range is None
    unsure = [certain[0], line("benefit", {2025: 20}, low_share="0.5")]
    result = value(unsure, base_year=2024, horizon=2025, rate=DK_2021)
    assert result.range is not None
    assert (result.range.low.net_total, result.range.high.net_total) == (0, 10)
    assert result.range.high.npv == pytest.approx(result.npv)


shares = st.tuples(st.decimals(0, 1, places=3), st.decimals(1, 3, places=3))
unsure_lines = st.builds(
    lambda kind, amount, pair: line(
        kind, {2024: str(amount)}, low_share=str(pair[0]), high_share=str(pair[1])
    ),
    st.sampled_from(["investment", "operation", "benefit"]),
    amounts,
    shares,
)


@LAWS
@given(lines=st.lists(unsure_lines, min_size=1, max_size=6))
def test_the_range_holds_the_mean_and_the_likely_case(lines: list[Line]) -> None:
    result = value(lines, base_year=2024, horizon=2024, rate=DK_2021)
    assert result.range is not None
    low, high = result.range.low.net_total, result.range.high.net_total
    assert low <= result.flow.net[0] <= high
    assert low <= result.range.expected.net_total <= high


# --- freed time --------------------------------------------------------------------------------


def test_freed_hours_are_volume_times_minutes_saved_times_adoption() -> None:
    hours = freed_hours(Decimal(12_000), Decimal(15), Decimal(6), Decimal("0.8"))
    assert hours == 1440
    assert cash_of_hours(hours, Decimal(350), Decimal("0.25")) == 126_000


def test_hours_without_a_take_out_agreement_are_no_money() -> None:
    assert cash_of_hours(Decimal(1440), Decimal(350), Decimal(0)) == 0


def test_a_new_way_that_takes_longer_costs_hours() -> None:
    assert freed_hours(Decimal(60), Decimal(5), Decimal(6), Decimal(1)) == -1


@pytest.mark.parametrize("share", ["-0.01", "1.01", "NaN"])
def test_adoption_and_cashable_part_are_shares(share: str) -> None:
    with pytest.raises(ShareOutOfRange):
        freed_hours(Decimal(1), Decimal(1), Decimal(0), Decimal(share))
    with pytest.raises(ShareOutOfRange):
        cash_of_hours(Decimal(1), Decimal(1), Decimal(share))


@pytest.mark.parametrize("bad", ["-1", "NaN", "Infinity"])
def test_volume_minutes_and_price_cannot_be_negative_or_endless(bad: str) -> None:
    one, wrong = Decimal(1), Decimal(bad)
    for volume, before, after in ((wrong, one, one), (one, wrong, one), (one, one, wrong)):
        with pytest.raises(AmountOutOfRange):
            freed_hours(volume, before, after, one)
    with pytest.raises(AmountOutOfRange):
        cash_of_hours(one, wrong, one)


# --- roll-up -----------------------------------------------------------------------------------


def test_a_stated_total_agrees_within_half_a_unit_per_row() -> None:
    rows = [Decimal(1), Decimal(2), Decimal(3)]
    assert roll_up(rows, Decimal("7.5")).agrees
    assert not roll_up(rows, Decimal("7.51")).agrees
    assert roll_up(rows, Decimal(5)).difference == 1
    assert not roll_up(rows, Decimal(5), unit=Decimal("0.1")).agrees


@LAWS
@given(rows=st.lists(amounts, max_size=40))
def test_rounded_rows_always_agree_with_the_rounded_true_total(rows: list[Decimal]) -> None:
    whole = [row.quantize(Decimal(1)) for row in rows]
    assert roll_up(whole, sum(rows, Decimal(0))).agrees
