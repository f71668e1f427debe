"""Cash flows: signs, sums that are exact, views and price levels that never mix."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoest.engine.cash_flow import (
    CashFlow,
    Kind,
    Line,
    NoLines,
    PriceLevelsMixed,
    View,
    ViewsMixed,
    YearsDiffer,
    YearsOutOfRange,
    as_floats,
    by_view,
    cash_flow,
    combined,
)
from hoest.engine.cash_flow.tests.cases import BASE_YEAR, HORIZON, LAWS, line, lines


def flow_of(made: list[Line]) -> CashFlow:
    return cash_flow(made, base_year=BASE_YEAR, horizon=HORIZON)


def test_benefits_count_up_and_both_kinds_of_cost_count_down() -> None:
    flow = cash_flow(
        [
            line("investment", {2024: 10}),
            line("operation", {2025: 1}, recurring=True),
            line("benefit", {2025: 4, 2026: 6}, recurring=True),
        ],
        base_year=2024,
        horizon=2027,
    )
    assert flow.years == (2024, 2025, 2026, 2027)
    assert flow.gross_benefits == (0, 4, 6, 6)
    assert flow.costs == (10, 1, 1, 1)
    assert flow.net == (-10, 3, 5, 5)
    assert flow.accumulated == (-10, -7, -2, 3)
    assert flow.total_investment == 10


def test_recurring_benefits_are_told_apart_from_one_off_ones() -> None:
    flow = flow_of([line("benefit", {2024: 5}), line("benefit", {2024: 2}, recurring=True)])
    assert flow.gross_benefits[:2] == (7, 2)
    assert flow.recurring_benefits[:2] == (2, 2)


def test_no_lines_make_no_cash_flow() -> None:
    with pytest.raises(NoLines):
        flow_of([])
    with pytest.raises(NoLines):
        combined([])


def test_treasury_and_society_are_never_added() -> None:
    treasury = line("benefit", {2024: 1})
    society = line("benefit", {2024: 1}, view=View.SOCIETY)
    with pytest.raises(ViewsMixed) as caught:
        flow_of([treasury, society])
    assert caught.value.views == ("society", "treasury")
    with pytest.raises(ViewsMixed):
        combined([flow_of([treasury]), flow_of([society])])


def test_price_levels_are_never_added_without_an_index() -> None:
    old, new = line("benefit", {2024: 1}, price_level=2019), line("benefit", {2024: 1})
    with pytest.raises(PriceLevelsMixed) as caught:
        flow_of([new, old])
    assert caught.value.price_levels == (2019, 2024)
    with pytest.raises(PriceLevelsMixed):
        combined([flow_of([old]), flow_of([new])])


def test_flows_over_different_years_are_not_added() -> None:
    first = flow_of([line("benefit", {2024: 1})])
    longer = cash_flow([line("benefit", {2024: 1})], base_year=2024, horizon=2040)
    with pytest.raises(YearsDiffer):
        combined([first, longer])


def test_a_backward_horizon_is_refused_before_anything_is_computed() -> None:
    with pytest.raises(YearsOutOfRange):
        cash_flow([line("benefit", {2024: 1})], base_year=2024, horizon=2020)


def test_lines_are_parted_by_view_and_none_is_lost() -> None:
    treasury, society = line("benefit", {2024: 1}), line("benefit", {2024: 2}, view=View.SOCIETY)
    assert by_view([society, treasury]) == {View.TREASURY: (treasury,), View.SOCIETY: (society,)}


def signed(made: Line) -> int:
    return 1 if made.kind is Kind.BENEFIT else -1


@LAWS
@given(made=st.lists(lines, min_size=1, max_size=8))
def test_net_and_accumulated_are_the_exact_sums_of_the_lines(made: list[Line]) -> None:
    flow = flow_of(made)
    expected = Fraction(0)
    for t, year in enumerate(flow.years):
        for each in made:
            filled = [y for y in each.amounts if y <= year]
            if year in each.amounts or (each.recurring and filled):
                expected += signed(each) * Fraction(each.amounts[max(filled)])
        assert Fraction(flow.accumulated[t]) == expected
        before = Fraction(flow.accumulated[t - 1]) if t else Fraction(0)
        assert Fraction(flow.net[t]) == expected - before


@LAWS
@given(left=st.lists(lines, min_size=1, max_size=5), right=st.lists(lines, min_size=1, max_size=5))
def test_flows_added_are_the_flow_of_all_lines(left: list[Line], right: list[Line]) -> None:
    together = flow_of(left + right)
    added = combined([flow_of(left), flow_of(right)])
    assert (added.net, added.accumulated, added.recurring_benefits, added.caveats) == (
        together.net,
        together.accumulated,
        together.recurring_benefits,
        together.caveats,
    )


@LAWS
@given(made=st.permutations([line("benefit", {2024: f"0.{n}"}) for n in range(1, 8)]))
def test_the_order_of_lines_never_changes_a_sum(made: list[Line]) -> None:
    assert flow_of(made).net[0] == Decimal("2.8")


def test_floats_are_the_nearest_to_the_decimals() -> None:
    assert as_floats((Decimal("0.1"), Decimal(-3))).tolist() == [0.1, -3.0]
