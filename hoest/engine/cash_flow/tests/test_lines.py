"""Lines become yearly amounts: one-off, recurring, gaps, zeros, ramps and refusals."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoest.engine.cash_flow import (
    AmountOutOfRange,
    AmountOutsideYears,
    CaveatCode,
    Kind,
    Line,
    ShareOutOfRange,
    YearsOutOfRange,
    cash_flow,
    exact_sum,
    ramped_amounts,
    yearly_amounts,
)
from hoest.engine.cash_flow.tests.cases import BASE_YEAR, HORIZON, LAWS, amounts, line, lines


def listed(made: Line, base_year: int = 2024, horizon: int = 2029) -> list[int]:
    return [int(amount) for amount in yearly_amounts(made, base_year, horizon)]


def test_a_one_off_amount_stands_only_in_its_years() -> None:
    assert listed(line("investment", {2024: 5, 2026: 7})) == [5, 0, 7, 0, 0, 0]


def test_a_recurring_line_continues_its_last_year_to_the_horizon() -> None:
    assert listed(line("benefit", {2025: 5, 2026: 7}, recurring=True)) == [0, 5, 7, 7, 7, 7]


def test_a_blank_between_filled_years_continues_the_earlier_amount_and_says_so() -> None:
    made = line("benefit", {2025: 5, 2028: 9}, recurring=True, name="effekt")
    assert listed(made) == [0, 5, 5, 5, 9, 9]
    flow = cash_flow([made], base_year=2024, horizon=2029)
    assert [(c.code, dict(c.facts)) for c in flow.caveats] == [
        (CaveatCode.GAP_CONTINUED, {"line": "effekt", "years": (2026, 2027)})
    ]


def test_a_gap_in_a_one_off_line_is_no_caveat() -> None:
    made = line("investment", {2024: 5, 2027: 7})
    assert cash_flow([made], base_year=2024, horizon=2029).caveats == ()


def test_a_written_zero_ends_a_recurring_line() -> None:
    assert listed(line("operation", {2025: 5, 2027: 0}, recurring=True)) == [0, 5, 5, 0, 0, 0]


def test_a_line_without_amounts_counts_nothing_and_says_so() -> None:
    flow = cash_flow([line("benefit", {}, recurring=True)], base_year=2024, horizon=2025)
    assert flow.net == (0, 0)
    assert [c.code for c in flow.caveats] == [CaveatCode.LINE_WITHOUT_AMOUNTS]


@pytest.mark.parametrize("year", [2023, 2030])
def test_an_amount_outside_the_years_is_refused_by_name_and_year(year: int) -> None:
    with pytest.raises(AmountOutsideYears) as caught:
        yearly_amounts(line("benefit", {year: 1}, name="effekt"), 2024, 2029)
    assert (caught.value.line, caught.value.year) == ("effekt", year)


@pytest.mark.parametrize("horizon", [2023, 2225])
def test_a_horizon_before_the_base_year_or_two_hundred_years_off_is_refused(horizon: int) -> None:
    with pytest.raises(YearsOutOfRange):
        yearly_amounts(line("benefit", {2024: 1}), 2024, horizon)


def test_a_horizon_of_exactly_two_hundred_years_is_accepted() -> None:
    assert len(yearly_amounts(line("benefit", {2024: 1}), 2024, 2224)) == 201


@pytest.mark.parametrize("amount", ["-1", "NaN", "Infinity", "1e19", "1e-61"])
def test_an_amount_that_is_no_sensible_money_is_refused(amount: str) -> None:
    with pytest.raises(AmountOutOfRange):
        line("benefit", {2024: amount})


@pytest.mark.parametrize(
    "shares", [("1.1", None), (None, "0.9"), ("-0.1", None), (None, "101"), ("NaN", None)]
)
def test_shares_on_the_wrong_side_of_one_are_refused(shares: tuple[str | None, str | None]) -> None:
    with pytest.raises(ShareOutOfRange):
        line("benefit", {2024: 1}, low_share=shares[0], high_share=shares[1])


def test_a_line_cannot_be_changed_after_it_is_made() -> None:
    made = line("benefit", {2024: 1})
    with pytest.raises(TypeError):
        made.amounts[2024] = Decimal(2)  # type: ignore[index]
    with pytest.raises(AttributeError):
        made.name = "andet"  # type: ignore[misc]


def test_a_line_does_not_follow_later_changes_of_the_mapping_it_was_made_from() -> None:
    source = {2024: Decimal(1)}
    made = Line("effekt", Kind.BENEFIT, False, source, 2024)
    source[2024] = Decimal(99)
    assert made.amounts[2024] == 1


def test_a_ramp_is_the_full_amount_times_the_share() -> None:
    ramp = ramped_amounts(Decimal("1.8"), {2017: Decimal("0.25"), 2018: Decimal(1)})
    assert ramp == {2017: Decimal("0.450"), 2018: Decimal("1.8")}


def test_a_ramp_refuses_a_negative_share_and_a_negative_amount() -> None:
    with pytest.raises(ShareOutOfRange):
        ramped_amounts(Decimal(1), {2024: Decimal("-0.1")})
    with pytest.raises(AmountOutOfRange):
        ramped_amounts(Decimal(-1), {2024: Decimal(1)})


@LAWS
@given(full=amounts, shares=st.lists(st.decimals(0, 1, places=4), min_size=1, max_size=10))
def test_a_ramp_sums_to_the_full_amount_times_the_sum_of_its_shares(
    full: Decimal, shares: list[Decimal]
) -> None:
    ramp = ramped_amounts(full, dict(enumerate(shares, start=2024)))
    assert exact_sum(ramp.values()) == full * exact_sum(shares)


@LAWS
@given(made=lines)
def test_every_filled_year_keeps_its_amount(made: Line) -> None:
    row = yearly_amounts(made, BASE_YEAR, HORIZON)
    assert all(row[year - BASE_YEAR] == amount for year, amount in made.amounts.items())


@LAWS
@given(made=lines)
def test_a_longer_horizon_never_changes_the_years_already_there(made: Line) -> None:
    short = yearly_amounts(made, BASE_YEAR, HORIZON)
    assert yearly_amounts(made, BASE_YEAR, HORIZON + 15)[: len(short)] == short


def test_an_exact_sum_keeps_an_oere_beside_a_fortune() -> None:
    assert exact_sum([Decimal(10) ** 18, Decimal("1e-50"), -(Decimal(10) ** 18)]) == Decimal(
        "1e-50"
    )
