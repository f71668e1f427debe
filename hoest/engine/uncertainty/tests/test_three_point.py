"""Three points: means, variances, quantiles, and the points that are refused."""

from __future__ import annotations

import math
from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.stats import beta, triang

from hoest.engine.uncertainty import (
    PointsOutOfOrder,
    ProbabilityOutOfRange,
    Shape,
    ThreePoint,
    certain,
    classic_variance,
    from_outlooks,
    mean_of,
    mode_share,
    negated,
    quantile_of,
    variance_of,
)

LAWS = settings(deadline=None, max_examples=100)
amounts = st.decimals(-(10**7), 10**7, places=2)
three = st.lists(amounts, min_size=3, max_size=3).map(sorted).map(lambda found: ThreePoint(*found))
shapes = st.sampled_from(list(Shape))
shares = st.floats(0.001, 0.999)


def points(low: str, likely: str, high: str) -> ThreePoint:
    return ThreePoint(Decimal(low), Decimal(likely), Decimal(high))


@pytest.mark.parametrize(
    ("low", "likely", "high"),
    [("2", "1", "3"), ("1", "4", "3"), ("3", "2", "1"), ("NaN", "1", "2"), ("1", "2", "Infinity")],
)
def test_points_out_of_order_are_refused(low: str, likely: str, high: str) -> None:
    with pytest.raises(PointsOutOfOrder):
        points(low, likely, high)


def test_a_pessimistic_cost_is_high_and_a_pessimistic_benefit_is_low() -> None:
    cost = from_outlooks(Decimal(9), Decimal(5), Decimal(4))
    benefit = from_outlooks(Decimal(4), Decimal(5), Decimal(9))
    assert cost == benefit == points("4", "5", "9")
    with pytest.raises(PointsOutOfOrder):
        from_outlooks(Decimal(4), Decimal(10), Decimal(9))


def test_the_opposite_of_a_cost_is_a_negative_benefit_with_its_ends_turned() -> None:
    assert negated(points("4", "5", "9")) == points("-9", "-5", "-4")


def test_a_certain_amount_has_no_spread_and_is_its_own_mean_and_quantile() -> None:
    known = certain(Decimal("7.5"))
    assert known.certain
    for shape in Shape:
        assert mean_of(known, shape) == Decimal("7.5")
        assert variance_of(known, shape) == 0
        assert quantile_of(known, 0.9, shape) == 7.5
    assert classic_variance(known) == 0


def test_the_likely_value_lies_at_its_share_of_the_width() -> None:
    assert mode_share(points("2", "4", "12")) == 0.2
    assert points("2", "4", "12").width == 10


@pytest.mark.parametrize("probability", [0.0, 1.0, -0.1, 1.1, math.nan])
def test_a_quantile_needs_a_probability_inside(probability: float) -> None:
    with pytest.raises(ProbabilityOutOfRange):
        quantile_of(points("1", "2", "3"), probability)


@LAWS
@given(found=three, probability=shares)
def test_moments_and_quantiles_are_those_of_the_distributions(
    found: ThreePoint, probability: float
) -> None:
    assume(found.width >= 1)
    low, width, mode = float(found.low), float(found.width), mode_share(found)
    for shape, law in (
        (Shape.PERT, beta(1 + 4 * mode, 5 - 4 * mode, loc=low, scale=width)),
        (Shape.TRIANGULAR, triang(mode, loc=low, scale=width)),
    ):
        slack = 1e-9 * (abs(low) + width)
        assert float(mean_of(found, shape)) == pytest.approx(law.mean(), abs=slack)
        assert float(variance_of(found, shape)) == pytest.approx(law.var(), rel=1e-9)
        assert quantile_of(found, probability, shape) == pytest.approx(
            law.ppf(probability), abs=slack
        )


@LAWS
@given(found=three, shape=shapes, one=shares, other=shares)
def test_a_quantile_lies_between_the_ends_and_rises_with_its_probability(
    found: ThreePoint, shape: Shape, one: float, other: float
) -> None:
    lower, upper = (quantile_of(found, p, shape) for p in sorted((one, other)))
    slack = 1e-9 * (1 + float(found.width) + abs(float(found.low)))
    assert float(found.low) - slack <= lower <= upper + slack
    assert upper <= float(found.high) + slack


@LAWS
@given(found=three, shape=shapes, factor=st.decimals("0.01", "100", places=2), shift=amounts)
def test_mean_scales_and_shifts_and_variance_scales_by_the_square(
    found: ThreePoint, shape: Shape, factor: Decimal, shift: Decimal
) -> None:
    moved = ThreePoint(*(factor * value + shift for value in (found.low, found.likely, found.high)))
    slack = Decimal("1e-15")
    assert abs(mean_of(moved, shape) - (factor * mean_of(found, shape) + shift)) <= slack
    spread = variance_of(found, shape)
    assert abs(variance_of(moved, shape) - factor * factor * spread) <= slack * (1 + spread)


@LAWS
@given(found=three, shape=shapes)
def test_the_opposite_amount_has_the_opposite_mean_and_the_same_spread(
    found: ThreePoint, shape: Shape
) -> None:
    assert abs(mean_of(found, shape) + mean_of(negated(found), shape)) <= Decimal("1e-25")
    spread = variance_of(found, shape)
    assert abs(spread - variance_of(negated(found), shape)) <= Decimal("1e-25") * (1 + spread)
    assert negated(negated(found)) == found


@LAWS
@given(found=three)
def test_pert_lies_nearer_the_likely_value_and_spreads_less(found: ThreePoint) -> None:
    slack = Decimal("1e-25") * (1 + found.width)
    pert, triangular = (abs(mean_of(found, shape) - found.likely) for shape in Shape)
    assert pert <= triangular + slack
    spreads = [variance_of(found, shape) for shape in (Shape.PERT, Shape.TRIANGULAR)]
    assert spreads[0] <= spreads[1] + slack * (1 + found.width)


def test_the_median_of_a_triangle_halves_its_area() -> None:
    found = points("0", "3", "10")
    median = quantile_of(found, 0.5, Shape.TRIANGULAR)
    area, _ = quad(triang(0.3, scale=10).pdf, 0, median)
    assert area == pytest.approx(0.5)
    at_mode = quantile_of(found, 0.3, Shape.TRIANGULAR)
    assert at_mode == pytest.approx(3)
