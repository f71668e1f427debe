"""Three points and the two distributions they can stand for: PERT and triangular.

The three points are low, likely and high in value. What is pessimistic depends on the line: a high
cost, a low benefit. Which distribution is used is a setting and always shown, because the weights
of the State's own sheet are not public in the sources read.

PERT is the beta distribution on [a, b] with mode m and weight 4:
alpha = 1 + 4 (m - a) / (b - a), beta = 1 + 4 (b - m) / (b - a).

Source: D. G. Malcolm et al. (1959), Operations Research 7(5), 646-669 (PERT); D. Vose (2008), Risk
Analysis, 3rd ed. (modified PERT as a beta distribution); triangular distribution.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from scipy.special import betaincinv

from hoest.engine.cash_flow import pert_mean, triangular_mean
from hoest.engine.cash_flow.lines import EXACT
from hoest.engine.cash_flow.three_point import MEANS

from .errors import PointsOutOfOrder, ProbabilityOutOfRange


class Shape(StrEnum):
    """Which distribution three points stand for."""

    PERT = "pert"
    TRIANGULAR = "triangular"


@dataclass(frozen=True, slots=True)
class ThreePoint:
    """Low, likely and high value of one amount, low <= likely <= high; any unit, any sign.

    Raises PointsOutOfOrder.
    """

    low: Decimal
    likely: Decimal
    high: Decimal

    def __post_init__(self) -> None:
        """Refuse points that are not finite or not in order."""
        points = (self.low, self.likely, self.high)
        if not all(point.is_finite() for point in points) or not self.low <= self.likely:
            raise PointsOutOfOrder(*points)
        if not self.likely <= self.high:
            raise PointsOutOfOrder(*points)

    @property
    def width(self) -> Decimal:
        """The distance from low to high: w = b - a."""
        return EXACT.subtract(self.high, self.low)

    @property
    def certain(self) -> bool:
        """Whether the three points are one value."""
        return self.low == self.high


def certain(amount: Decimal) -> ThreePoint:
    """Return the three points of an amount that is known.

    Formula: a = m = b. Source: an amount without an estimate is certain (share 1).
    """
    return ThreePoint(amount, amount, amount)


def from_outlooks(pessimistic: Decimal, probable: Decimal, optimistic: Decimal) -> ThreePoint:
    """Return the three points of a pessimistic, probable and optimistic value, in value order.

    Formula: a = min(pessimistic, optimistic), b = max of them, m = probable. For a cost the
    pessimistic value is the high one, for a benefit the low one. Raises PointsOutOfOrder.
    Source: engine convention 6 (pessimistisk, sandsynlig, optimistisk per line).
    """
    low, high = sorted((pessimistic, optimistic))
    return ThreePoint(low, probable, high)


def negated(points: ThreePoint) -> ThreePoint:
    """Return the three points of the opposite amount, such as a cost among benefits.

    Formula: (-b, -m, -a). Source: sign convention benefits +, costs -.
    """
    zero = Decimal(0)
    return ThreePoint(
        EXACT.subtract(zero, points.high),
        EXACT.subtract(zero, points.likely),
        EXACT.subtract(zero, points.low),
    )


def mean_of(points: ThreePoint, shape: Shape = Shape.PERT) -> Decimal:
    """Return the mean of three points, to 40 digits.

    Formula: PERT (a + 4m + b) / 6, triangular (a + m + b) / 3. Unit as the points.
    Source: Malcolm et al. (1959); mean of the triangular distribution.
    """
    mean = pert_mean if shape is Shape.PERT else triangular_mean
    return mean(points.low, points.likely, points.high)


def variance_of(points: ThreePoint, shape: Shape = Shape.PERT) -> Decimal:
    """Return the variance of three points, to 40 digits; the square of their unit.

    Formula: PERT (μ - a)(b - μ) / 7, the variance of the beta distribution that is simulated;
    triangular (a² + m² + b² - am - ab - mb) / 18, computed from the widths
    ((b - a)² - (m - a)(b - m)) / 18.
    Source: D. Vose (2008), Risk Analysis (modified PERT); variance of the triangular distribution.
    """
    if points.certain:
        return Decimal(0)
    if shape is Shape.PERT:
        mean = mean_of(points, shape)
        below, above = MEANS.subtract(mean, points.low), MEANS.subtract(points.high, mean)
        return MEANS.divide(MEANS.multiply(below, above), Decimal(7))
    below = MEANS.subtract(points.likely, points.low)
    above = MEANS.subtract(points.high, points.likely)
    width = MEANS.multiply(points.width, points.width)
    return MEANS.divide(MEANS.subtract(width, MEANS.multiply(below, above)), Decimal(18))


def classic_variance(points: ThreePoint) -> Decimal:
    """Return the variance as PERT of 1959 assumed it, for comparison with older sheets.

    Formula: ((b - a) / 6)². Unit: the square of the points'. Not used in any sum here.
    Source: Malcolm et al. (1959), Operations Research 7(5), 646-669.
    """
    sixth = MEANS.divide(points.width, Decimal(6))
    return MEANS.multiply(sixth, sixth)


def quantile_of(points: ThreePoint, probability: float, shape: Shape = Shape.PERT) -> float:
    """Return the value that the amount stays at or below with a probability.

    Formula: PERT a + (b - a) · I⁻¹(p; alpha, beta); triangular, with c = (m - a) / (b - a):
    a + (b - a) · √(p c) for p <= c, else b - (b - a) · √((1 - p)(1 - c)). Unit as the points.
    Raises ProbabilityOutOfRange.
    Source: inverse distribution functions of the beta and the triangular distribution.
    """
    if not 0 < probability < 1:
        raise ProbabilityOutOfRange(probability)
    low, width = float(points.low), float(points.width)
    if points.certain:
        return low
    mode = mode_share(points)
    if shape is Shape.PERT:
        return low + width * float(betaincinv(1 + 4 * mode, 1 + 4 * (1 - mode), probability))
    if probability <= mode:
        return low + width * math.sqrt(probability * mode)
    return low + width * (1 - math.sqrt((1 - probability) * (1 - mode)))


def mode_share(points: ThreePoint) -> float:
    """Return where between the ends the likely value lies.

    Formula: c = (m - a) / (b - a), between 0 and 1; points that are not certain.
    Source: standard form of the triangular and the beta distribution.
    """
    below = EXACT.subtract(points.likely, points.low)
    return float(MEANS.divide(below, points.width))
