"""Laws of net present value and of the internal rate."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hoest.engine.cash_flow import (
    DK_2013,
    DK_2021,
    CaveatCode,
    Line,
    as_floats,
    cash_flow,
    discount_factors,
    flat_rate,
    irr,
    npv,
    present_values,
    sign_changes,
)
from hoest.engine.cash_flow.tests.cases import (
    BASE_YEAR,
    HORIZON,
    LAWS,
    conventional,
    flows,
    lines,
    rates,
)

schedules = st.one_of(st.sampled_from([DK_2013, DK_2021]), rates.map(flat_rate))


def size(flow: list[float]) -> float:
    return math.fsum(abs(amount) for amount in flow) + 1


@LAWS
@given(flow=flows, factor=st.floats(-100, 100), rate=schedules)
def test_npv_is_linear_in_the_amounts(flow: list[float], factor: float, rate: object) -> None:
    scaled = npv([factor * amount for amount in flow], rate)  # type: ignore[arg-type]
    error = abs(scaled - factor * npv(flow, rate))  # type: ignore[arg-type]
    assert error <= 1e-11 * size(flow) * (abs(factor) + 1)


@LAWS
@given(made=st.lists(lines, min_size=1, max_size=6), rate=schedules)
def test_npv_is_additive_over_lines(made: list[Line], rate: object) -> None:
    def of(part: list[Line]) -> float:
        net = cash_flow(part, base_year=BASE_YEAR, horizon=HORIZON).net
        return npv(as_floats(net), rate)  # type: ignore[arg-type]

    assert of(made) == pytest.approx(math.fsum(of([each]) for each in made), rel=1e-9, abs=1e-4)


@LAWS
@given(made=st.lists(lines, min_size=1, max_size=6))
def test_without_interest_npv_is_the_sum(made: list[Line]) -> None:
    flow = cash_flow(made, base_year=BASE_YEAR, horizon=HORIZON)
    assert npv(as_floats(flow.net), flat_rate(0)) == pytest.approx(
        float(flow.accumulated[-1]), rel=1e-12, abs=1e-6
    )


@LAWS
@given(flow=conventional, low=rates, high=rates)
def test_npv_falls_as_the_rate_rises_when_money_goes_out_first(
    flow: list[float], low: float, high: float
) -> None:
    low, high = sorted((low, high))
    assert npv(flow, flat_rate(high)) <= npv(flow, flat_rate(low)) + 1e-9 * size(flow)


@LAWS
@given(flow=flows)
def test_a_flat_schedule_and_its_steps_give_the_same_factors(flow: list[float]) -> None:
    first_35 = flow[:30]
    assert npv(first_35, DK_2021) == pytest.approx(
        npv(first_35, flat_rate(0.035)), rel=1e-12, abs=1e-9
    )


def test_present_values_keep_the_shape_and_leave_the_base_year() -> None:
    values = present_values([-3.0, 1.8, 1.8], DK_2021)
    assert values.shape == (3,)
    assert values[0] == -3.0
    assert values[2] == pytest.approx(1.8 / 1.035**2)


def test_a_flow_of_nothing_is_worth_zero_and_not_minus_zero() -> None:
    assert math.copysign(1, npv([-0.0, -0.0], DK_2021)) == 1


# --- internal rate -----------------------------------------------------------------------------


@LAWS
@given(flow=flows)
def test_every_internal_rate_found_makes_npv_zero(flow: list[float]) -> None:
    assume(max(abs(amount) for amount in flow) > 1e-3)
    for root in irr(flow).roots:
        growth = math.log1p(root)
        shift = 0 if growth >= 0 else len(flow) - 1
        terms = [amount * math.exp((shift - t) * growth) for t, amount in enumerate(flow)]
        # One ulp of the rate moves 1 + r by ulp / (1 + r), and each term by up to t times that.
        ulps = 1e-12 + 4 * math.ulp(1) / (1 + root)
        assert abs(math.fsum(terms)) <= ulps * len(flow) * math.fsum(map(abs, terms))


@LAWS
@given(flow=conventional)
def test_one_sign_change_gives_one_rate_whose_sign_is_that_of_the_sum(flow: list[float]) -> None:
    assume(any(amount > 1e-3 for amount in flow[1:]))
    found = irr(flow)
    assert found.sign_changes == 1
    assert found.caveats == () or found.caveats[0].code is CaveatCode.IRR_NOT_FOUND
    assume(found.rate is not None)
    assert found.rate is not None
    assert len(found.roots) == 1
    total = math.fsum(flow)
    assume(abs(total) > 1e-6 * size(flow))
    assert (found.rate > 0) == (total > 0)


@LAWS
@given(flow=conventional, scale=st.floats(1e-3, 1e3), lead=st.integers(0, 5))
def test_the_internal_rate_ignores_unit_and_empty_years_around(
    flow: list[float], scale: float, lead: int
) -> None:
    assume(any(amount > 1 for amount in flow[1:]))
    rate = irr(flow).rate
    moved = irr([0.0] * lead + [scale * amount for amount in flow] + [0.0] * lead).rate
    assert (rate is None) == (moved is None)
    if rate is not None:
        assert moved == pytest.approx(rate, rel=1e-7, abs=1e-9)


@pytest.mark.parametrize("flow", [[], [0.0], [1.0, 2.0, 3.0], [-1.0, -2.0], [0.0, 0.0, -4.0]])
def test_no_sign_change_gives_no_rate_and_says_so(flow: list[float]) -> None:
    found = irr(flow)
    assert (found.rate, found.roots) == (None, ())
    assert [c.code for c in found.caveats] == [CaveatCode.IRR_NO_SIGN_CHANGE]


def test_several_sign_changes_tell_every_rate_and_report_the_one_nearest_zero() -> None:
    found = irr([100.0, -230.0, 132.0])
    assert found.roots == pytest.approx((0.1, 0.2))
    assert found.rate == pytest.approx(0.1)
    assert [c.code for c in found.caveats] == [CaveatCode.IRR_SEVERAL_SIGN_CHANGES]
    assert found.caveats[0].facts["sign_changes"] == 2
    assert found.caveats[0].facts["roots"] == found.roots


def test_several_sign_changes_without_a_rate_say_both() -> None:
    found = irr([1.0, -3.0, 2.5])
    assert found.rate is None
    assert [c.code for c in found.caveats] == [
        CaveatCode.IRR_SEVERAL_SIGN_CHANGES,
        CaveatCode.IRR_NOT_FOUND,
    ]


def test_a_rate_outside_the_bracket_is_not_found() -> None:
    found = irr([-1.0, 20_000.0])
    assert found.rate is None
    assert [c.code for c in found.caveats] == [CaveatCode.IRR_NOT_FOUND]
    assert irr([-1.0, 9_999.0]).rate == pytest.approx(9_998)


def test_income_before_spending_is_told() -> None:
    found = irr([100.0, -110.0])
    assert found.rate == pytest.approx(0.1)
    assert [c.code for c in found.caveats] == [CaveatCode.IRR_INCOME_FIRST]


def test_zeros_between_do_not_count_as_sign_changes() -> None:
    assert sign_changes([-1.0, 0.0, 0.0, 2.0, 0.0]) == 1
    assert sign_changes([-1.0, 0.0, -2.0]) == 0


def test_two_hundred_years_of_alternating_signs_are_answered() -> None:
    found = irr([-100.0, 101.0] * 100)
    assert found.sign_changes == 199
    assert found.rate == pytest.approx(0.01)


def test_factors_of_no_years_are_an_empty_array() -> None:
    assert discount_factors(DK_2021, 0).shape == (0,)
