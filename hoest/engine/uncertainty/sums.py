"""The sum of uncertain lines, at its two ends: independent, and all moving together.

Independent lines even each other out: variances add. Lines that all go badly together (fully
correlated) do not: standard deviations add (an upper bound when their shapes differ), and so do
the quantiles, which is exact. The truth of a case lies
between; which end is meant is always said.

The quantiles of the independent sum have no closed form. They are simulated with a fixed seed, and
the standard error is told; the normal approximation stands beside as a check that needs no draws.

Source: variance of a sum; J. Dhaene et al. (2002), Insurance: Mathematics and Economics 31, 3-33
(quantiles of comonotonic sums add); engine conventions 6 and 8 (P50, P80, P95).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from scipy.special import ndtri

from hoest.engine.cash_flow import exact_sum
from hoest.engine.cash_flow.three_point import MEANS

from .errors import NamesRepeat, ProbabilityOutOfRange
from .simulation import MANY_DRAWS, SimulatedQuantile, drawn, mean_with_error, quantile_with_error
from .three_point import Shape, ThreePoint, mean_of, quantile_of, variance_of

# Half of the outcomes, four in five, nineteen in twenty stay at or below.
SHOWN_PROBABILITIES = (0.5, 0.8, 0.95)


@dataclass(frozen=True, slots=True)
class UncertainLine:
    """One line of a sum: its name, which must be its own, and its three points with sign."""

    name: str
    points: ThreePoint


@dataclass(frozen=True, slots=True)
class SumMoments:
    """Likely total, mean and standard deviations of a sum, in the unit of the lines.

    `sd_independent` <= `sd_together`: the two ends between which the truth lies.
    """

    likely: Decimal
    mean: Decimal
    sd_independent: float
    sd_together: float


@dataclass(frozen=True, slots=True)
class Quantile:
    """The value a sum stays at or below with a probability; no simulation behind it."""

    probability: float
    value: float


@dataclass(frozen=True, slots=True)
class UncertainSum:
    """A sum of uncertain lines; the three tuples have one entry for each probability asked for.

    `independent` is simulated (with standard errors), `normal` is the approximation of the same,
    `together` is exact for lines that all move together. `simulated_mean` is for checking the
    simulation against `moments.mean`.
    """

    shape: Shape
    moments: SumMoments
    seed: int
    draws: int
    simulated_mean: float
    simulated_mean_error: float
    independent: tuple[SimulatedQuantile, ...]
    normal: tuple[Quantile, ...]
    together: tuple[Quantile, ...]


def sum_moments(lines: Sequence[UncertainLine], shape: Shape = Shape.PERT) -> SumMoments:
    """Return likely total, mean and the two standard deviations of a sum.

    Formula: m = Σ mᵢ; μ = Σ μᵢ; σ independent = √Σ σᵢ²; σ together = Σ σᵢ. Unit as the lines.
    Source: variance of a sum of independent, and of perfectly correlated, amounts.
    """
    variances = [float(variance_of(line.points, shape)) for line in lines]
    mean = Decimal(0)
    for part in sorted(mean_of(line.points, shape) for line in lines):
        mean = MEANS.add(mean, part)
    return SumMoments(
        likely=exact_sum(line.points.likely for line in lines),
        mean=mean,
        sd_independent=math.sqrt(math.fsum(variances)),
        sd_together=math.fsum(math.sqrt(variance) for variance in variances),
    )


def normal_quantile(mean: float, sd: float, probability: float) -> float:
    """Return the quantile of a normal distribution.

    Formula: q = μ + σ · Φ⁻¹(p). Unit as the mean. Raises ProbabilityOutOfRange.
    Source: central limit theorem; good for many lines of like size, poor for few or skew ones.
    """
    if not 0 < probability < 1:
        raise ProbabilityOutOfRange(probability)
    return mean + sd * float(ndtri(probability))


def quantile_together(
    lines: Sequence[UncertainLine], probability: float, shape: Shape = Shape.PERT
) -> float:
    """Return the quantile of a sum whose lines all move together.

    Formula: q(p) = Σ qᵢ(p), exact for comonotonic lines. Unit as the lines.
    Raises ProbabilityOutOfRange.
    Source: Dhaene et al. (2002), Insurance: Mathematics and Economics 31, 3-33.
    """
    return math.fsum(quantile_of(line.points, probability, shape) for line in lines)


def uncertain_sum(
    lines: Sequence[UncertainLine],
    *,
    seed: int,
    shape: Shape = Shape.PERT,
    draws: int = MANY_DRAWS,
    probabilities: Sequence[float] = SHOWN_PROBABILITIES,
) -> UncertainSum:
    """Return a sum of uncertain lines with its quantiles at both ends, and how sure they are.

    Formula: see `sum_moments`, `quantile_together`, `normal_quantile`; the independent quantiles
    are the order statistics of `draws` simulated sums. The draws of a line depend on the seed and
    on its name alone: the order of the lines changes nothing, and a line added leaves the others'
    draws as they were. No lines: everything is 0.
    Raises NamesRepeat, ProbabilityOutOfRange, DrawsOutOfRange, SeedNegative.
    Source: engine conventions 6 and 8; D. Vose (2008), Risk Analysis.
    """
    names = sorted(line.name for line in lines)
    repeated = {name for name, after in pairwise(names) if name == after}
    if repeated:
        raise NamesRepeat(tuple(sorted(repeated)))
    moments = sum_moments(lines, shape)
    totals = drawn({line.name: line.points for line in lines}, shape=shape, draws=draws, seed=seed)
    simulated_mean, error = mean_with_error(totals)
    mean, sd = float(moments.mean), moments.sd_independent
    return UncertainSum(
        shape=shape,
        moments=moments,
        seed=seed,
        draws=draws,
        simulated_mean=simulated_mean,
        simulated_mean_error=error,
        independent=tuple(quantile_with_error(totals, p) for p in probabilities),
        normal=tuple(Quantile(p, normal_quantile(mean, sd, p)) for p in probabilities),
        together=tuple(Quantile(p, quantile_together(lines, p, shape)) for p in probabilities),
    )
