"""Payback in four named definitions, each with its own answer and its own silence."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hoest.engine.cash_flow import (
    DK_2021,
    CashFlow,
    CaveatCode,
    Line,
    Payback,
    annual_full_effect,
    cash_flow,
    flat_rate,
    payback,
    simple_payback,
)
from hoest.engine.cash_flow.payback import first_spending_year
from hoest.engine.cash_flow.tests.cases import LAWS, amounts, line, rates


def flow_of(*lines: Line, base_year: int = 2024, horizon: int = 2029) -> CashFlow:
    return cash_flow(lines, base_year=base_year, horizon=horizon)


def codes(answer: Payback) -> list[CaveatCode]:
    return [caveat.code for caveat in answer.caveats]


def test_an_investment_is_repaid_in_four_named_ways() -> None:
    flow = flow_of(line("investment", {2024: 10}), line("benefit", {2025: 4}, recurring=True))
    answer = payback(flow, flat_rate(0.1))
    assert answer.simple == 2.5
    assert answer.calendar_year == 2027
    assert answer.interpolated == 2.5
    # 4/1.1 + 4/1.21 + 4/1.331 = 9.9474; the rest, 0.0526, is 0.0193 of 4/1.4641
    assert answer.discounted == pytest.approx(3.0192500)
    assert answer.first_spending_year == 2024
    assert answer.caveats == ()


def test_years_are_counted_from_the_first_spending_year_not_the_base_year() -> None:
    flow = flow_of(line("investment", {2026: 10}), line("benefit", {2027: 8}, recurring=True))
    answer = payback(flow, flat_rate(0))
    assert answer.first_spending_year == 2026
    assert answer.calendar_year == 2028
    assert answer.interpolated == answer.discounted == 1.25


def test_a_year_that_lands_exactly_on_zero_is_paid_back_in_that_year() -> None:
    """In floats -0.4 + 0.1 + 0.1 + 0.2 is a hair below zero; in money it is zero."""
    flow = flow_of(
        line("investment", {2024: "0.4"}),
        line("benefit", {2025: "0.1", 2026: "0.1", 2027: "0.2"}),
    )
    assert -0.4 + 0.1 + 0.1 + 0.2 < 0
    answer = payback(flow, flat_rate(0))
    assert answer.calendar_year == 2027
    assert answer.interpolated == 3.0
    assert answer.discounted == pytest.approx(3.0)


def test_a_case_that_never_earns_its_cost_has_no_payback_by_year() -> None:
    flow = flow_of(line("investment", {2024: 100}), line("benefit", {2025: 1}, recurring=True))
    answer = payback(flow, DK_2021)
    assert (answer.calendar_year, answer.interpolated, answer.discounted) == (None, None, None)
    assert answer.simple == 100
    assert codes(answer) == [CaveatCode.NOT_PAID_BACK]
    assert dict(answer.caveats[0].facts) == {
        "definitions": ("calendar_year", "interpolated", "discounted"),
        "horizon": 2029,
    }


def test_a_case_repaid_only_before_interest_says_which_definition_fails() -> None:
    flow = flow_of(line("investment", {2024: 10}), line("benefit", {2025: 2}, recurring=True))
    answer = payback(flow, flat_rate(0.1))
    assert (answer.calendar_year, answer.interpolated, answer.discounted) == (2029, 5.0, None)
    assert [dict(c.facts)["definitions"] for c in answer.caveats] == [("discounted",)]


def test_a_total_above_zero_is_no_payback_when_the_years_never_turn() -> None:
    """Income first: the total is positive, yet there was never anything to pay back."""
    flow = flow_of(line("benefit", {2024: 20}), line("investment", {2026: 5}))
    answer = payback(flow, DK_2021)
    assert flow.accumulated[-1] == 15
    assert (answer.calendar_year, answer.interpolated, answer.discounted) == (None, None, None)
    assert CaveatCode.NOTHING_TO_PAY_BACK in codes(answer)


def test_a_payback_that_is_lost_again_is_told() -> None:
    flow = flow_of(
        line("investment", {2024: 5, 2027: 20}),
        line("benefit", {2025: 6, 2026: 1}),
    )
    answer = payback(flow, flat_rate(0))
    assert answer.calendar_year == 2025
    assert [dict(c.facts) for c in answer.caveats if c.code is CaveatCode.PAYBACK_LOST_AGAIN] == [
        {"paid_back": 2025, "negative_again": 2027}
    ]


def test_the_annual_full_effect_is_read_when_all_is_phased_in_and_after_operation() -> None:
    flow = flow_of(
        line("benefit", {2025: 1, 2026: 3, 2027: 6}, recurring=True),
        line("operation", {2025: 1}, recurring=True),
        line("benefit", {2029: 50}),
    )
    assert annual_full_effect(flow) == (5, 2029)


def test_benefits_entered_year_by_year_have_a_full_effect_in_their_last_year() -> None:
    flow = flow_of(line("benefit", {2025: 1, 2026: 3, 2027: 6}), line("investment", {2024: 12}))
    assert annual_full_effect(flow) == (6, 2027)
    assert payback(flow, DK_2021).simple == 2.0


def test_without_benefits_there_is_no_full_effect() -> None:
    flow = flow_of(line("investment", {2024: 1}))
    assert annual_full_effect(flow) == (0, None)
    answer = payback(flow, DK_2021)
    assert answer.simple is None
    assert codes(answer) == [CaveatCode.NOT_PAID_BACK, CaveatCode.NO_SIMPLE_PAYBACK]
    assert answer.caveats[-1].facts["reason"] == "no_annual_effect"


def test_without_investment_there_is_no_simple_payback_and_nothing_to_pay_back() -> None:
    answer = payback(flow_of(line("benefit", {2024: 1})), DK_2021)
    assert answer.first_spending_year is None
    assert codes(answer) == [CaveatCode.NOTHING_TO_PAY_BACK, CaveatCode.NO_SIMPLE_PAYBACK]
    assert answer.caveats[-1].facts["reason"] == "no_investment"


def test_operation_alone_is_spending_too() -> None:
    assert first_spending_year(flow_of(line("operation", {2026: 1}))) == 2026


@LAWS
@given(investment=amounts, effect=amounts)
def test_simple_payback_times_effect_is_the_investment(
    investment: Decimal, effect: Decimal
) -> None:
    years = simple_payback(investment, effect)
    if investment == 0 or effect == 0:
        assert years is None
    else:
        assert years is not None
        assert years * float(effect) == pytest.approx(float(investment))


cost = st.decimals(min_value=1, max_value=10**6, places=2)
yearly = st.lists(st.decimals(min_value=0, max_value=10**5, places=2), min_size=1, max_size=20)


def repaid(investment: Decimal, benefits: list[Decimal], rate: float) -> Payback:
    flow = cash_flow(
        [
            line("investment", {2024: str(investment)}),
            line("benefit", {2025 + k: str(b) for k, b in enumerate(benefits)}),
        ],
        base_year=2024,
        horizon=2024 + len(benefits),
    )
    return payback(flow, flat_rate(rate))


def later(first: float | None, second: float | None) -> bool:
    """Whether the first answer is later than the second; never paid back is latest of all."""
    if second is None:
        return False
    return first is None or first > second + 1e-9


@LAWS
@given(investment=cost, benefits=yearly, more=yearly, rate=rates)
def test_more_benefit_never_delays_any_payback(
    investment: Decimal, benefits: list[Decimal], more: list[Decimal], rate: float
) -> None:
    extra = (more + [Decimal(0)] * len(benefits))[: len(benefits)]
    before = repaid(investment, benefits, rate)
    after = repaid(investment, [b + e for b, e in zip(benefits, extra, strict=True)], rate)
    assert not later(after.calendar_year, before.calendar_year)
    assert not later(after.interpolated, before.interpolated)
    assert not later(after.discounted, before.discounted)


@LAWS
@given(investment=cost, benefits=yearly, low=rates, high=rates)
def test_a_higher_rate_never_hastens_the_discounted_payback(
    investment: Decimal, benefits: list[Decimal], low: float, high: float
) -> None:
    low, high = sorted((low, high))
    slow = repaid(investment, benefits, high)
    quick = repaid(investment, benefits, low)
    assert not later(quick.discounted, slow.discounted)
    assert not later(quick.interpolated, slow.discounted)


@LAWS
@given(investment=cost, benefits=yearly)
def test_the_interpolated_moment_lies_in_the_calendar_year(
    investment: Decimal, benefits: list[Decimal]
) -> None:
    answer = repaid(investment, benefits, 0)
    assume(answer.calendar_year is not None)
    assert answer.calendar_year is not None
    assert answer.interpolated is not None
    years = answer.calendar_year - 2024
    assert years - 1 <= answer.interpolated <= years
    assert answer.discounted == pytest.approx(answer.interpolated)
