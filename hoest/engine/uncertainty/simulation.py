"""Simulation with a told seed: draws of three-point amounts, quantiles and their standard errors.

Every line has a stream of its own, made from the seed and the line's name (NumPy SeedSequence and
PCG64). The same input gives the same numbers on every machine with the same NumPy; a new NumPy may
draw differently (NEP 19), so a stored result keeps its numbers and not only its seed.

The State took simulation out of its model in 2017 because it could not be seen through, and let it
back in 2020 as a choice: here it is always beside simple arithmetic, never instead of it.

Source: digst.dk, "Ny version af business case-modellen" (2017); risk-id.dk 12.03.2021; NumPy
Enhancement Proposal 19; H. A. David and H. N. Nagaraja (2003), Order Statistics, 3rd ed., 7.1.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .errors import DrawsOutOfRange, ProbabilityOutOfRange, SeedNegative
from .three_point import Shape, ThreePoint, mode_share

FEWEST_DRAWS = 100
MANY_DRAWS = 20_000
MOST_DRAWS = 1_000_000

Draws = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class SimulatedQuantile:
    """A simulated quantile and its standard error, in the unit of the amounts."""

    probability: float
    value: float
    standard_error: float


def stream(seed: int, name: str) -> np.random.Generator:
    """Return the random stream of one name.

    Formula: PCG64 seeded with SeedSequence(seed, length of the name, its UTF-8 bytes).
    Raises SeedNegative.
    Source: NumPy random, SeedSequence; one stream per line gives common random numbers.
    """
    if seed < 0:
        raise SeedNegative(seed)
    written = name.encode()
    return np.random.Generator(
        np.random.PCG64(np.random.SeedSequence([seed, len(written), *written]))
    )


def check_draws(draws: int) -> None:
    """Raise DrawsOutOfRange unless the number of draws is within bounds.

    Formula: 100 <= draws <= 1,000,000.
    Source: below a hundred a quantile has no usable error; above a million memory is the limit.
    """
    if not FEWEST_DRAWS <= draws <= MOST_DRAWS:
        raise DrawsOutOfRange(draws, FEWEST_DRAWS, MOST_DRAWS)


def amounts_drawn(
    points: ThreePoint, shape: Shape, draws: int, random: np.random.Generator
) -> Draws:
    """Return drawn amounts of three points.

    Formula: X = a + (b - a) · U, U drawn from the standard beta or triangular distribution with
    the mode of the points. Shape (draws,), unit as the points.
    Source: NumPy Generator.beta and Generator.triangular.
    """
    low, width = float(points.low), float(points.width)
    if points.certain:
        return np.full(draws, low)
    mode = mode_share(points)
    if shape is Shape.PERT:
        return low + width * random.beta(1 + 4 * mode, 1 + 4 * (1 - mode), draws)
    return low + width * random.triangular(0.0, mode, 1.0, draws)


def drawn(lines: Mapping[str, ThreePoint], *, shape: Shape, draws: int, seed: int) -> Draws:
    """Return simulated sums of independent lines, sorted ascending.

    Formula: S_k = Σᵢ X_{i,k}, added in the order of the names. Shape (draws,), unit as the lines.
    Raises DrawsOutOfRange, SeedNegative.
    Source: Monte Carlo summation; D. Vose (2008), Risk Analysis.
    """
    check_draws(draws)
    if seed < 0:
        raise SeedNegative(seed)
    totals = np.zeros(draws)
    for name in sorted(lines):
        totals += amounts_drawn(lines[name], shape, draws, stream(seed, name))
    totals.sort()
    return totals


def mean_with_error(draws: Draws) -> tuple[float, float]:
    """Return the mean of the draws and its standard error.

    Formula: x̄ = Σ x / n, SE = s / √n. Unit as the draws.
    Source: standard error of a mean.
    """
    return float(draws.mean()), float(draws.std(ddof=1)) / math.sqrt(draws.size)


def quantile_with_error(ascending: Draws, probability: float) -> SimulatedQuantile:
    """Return a quantile of sorted draws and its standard error.

    Formula: q = x_(⌈np⌉); SE = (x_(k + s) - x_(k - s)) / 2, s = √(n p (1 - p)) rounded up, the
    ranks kept within 1..n. `ascending` has shape (n,). Raises ProbabilityOutOfRange.
    Source: David and Nagaraja (2003), Order Statistics, 7.1: the rank of a quantile is binomial.
    """
    if not 0 < probability < 1:
        raise ProbabilityOutOfRange(probability)
    n = ascending.size
    # A probability written in decimals must not be lifted a rank by its binary rounding.
    rank = min(max(math.ceil(round(n * probability, 9)), 1), n)
    spread = math.ceil(math.sqrt(n * probability * (1 - probability)))
    lower, upper = max(rank - spread, 1), min(rank + spread, n)
    error = float(ascending[upper - 1] - ascending[lower - 1]) / 2
    return SimulatedQuantile(probability, float(ascending[rank - 1]), error)
