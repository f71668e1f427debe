"""Vectors from the documentation and the tests of numpy-financial (BSD): npv and irr."""

from __future__ import annotations

import math

import pytest

from hoest.engine.cash_flow import CaveatCode, flat_rate, irr, npv

NPV = [
    (0.08, [-40000, 5000, 8000, 12000, 30000], 3065.22267),
    (0.05, [-15000, 1500, 2500, 3500, 4500, 6000], 122.894854950942692161628715),
]
IRR = [
    ([-150000, 15000, 25000, 35000, 45000, 60000], 0.052432888859413884, 1e-12),
    ([-100, 39, 59, 55, 20], 0.28095, 5e-6),
    ([-100, 0, 0, 74], -0.0955, 5e-5),
    ([-100, 100, 0, 7], 0.06206, 5e-6),
    ([-100, 100, 0, -7], -0.0833, 5e-5),
    ([-5, 10.5, 1, -8, 1], 0.0886, 5e-5),
    ([-5, 10.5, 1, -8, 1, 0, 0, 0], 0.0886, 5e-5),
]


@pytest.mark.parametrize(("rate", "flow", "expected"), NPV)
def test_npv_leaves_the_first_year_undiscounted(
    rate: float, flow: list[float], expected: float
) -> None:
    assert npv(flow, flat_rate(rate)) == pytest.approx(expected, abs=5e-6)


@pytest.mark.parametrize(("flow", "expected", "tolerance"), IRR)
def test_irr(flow: list[float], expected: float, tolerance: float) -> None:
    assert irr(flow).rate == pytest.approx(expected, abs=tolerance)


@pytest.mark.parametrize("flow", [[1, 2, 3], [-1, -2, -3]])
def test_irr_is_not_a_number_there_and_none_with_a_reason_here(flow: list[float]) -> None:
    found = irr(flow)
    assert found.rate is None
    assert [caveat.code for caveat in found.caveats] == [CaveatCode.IRR_NO_SIGN_CHANGE]


def test_npv_at_the_internal_rate_is_zero() -> None:
    flow = [-40000, 5000, 8000, 12000, 30000]
    rate = irr(flow).rate
    assert rate is not None
    assert npv(flow, flat_rate(rate)) == pytest.approx(0, abs=1e-8)


def test_a_rate_a_hair_above_minus_one_is_found() -> None:
    """The flow of numpy-financial's report 15: 3,000 out, next to nothing back."""
    flow = [-3000.0, 2.3926932267015667e-07, 4.1672087103345505e-16, 5.3965110036378706e-25]
    found = irr(flow)
    assert found.rate is not None
    assert math.isfinite(found.rate)
    assert found.rate == pytest.approx(-0.9999999990596069, rel=1e-9)
