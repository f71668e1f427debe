"""The pool simulated: each risk comes or not, and costs a drawn amount when it comes.

Beside the exact count at mean consequences, this shows what the spread of the consequences adds.
The seed is told and every figure has its standard error.

Source: Bernoulli(p) times a three-point amount, benefits method note 1.3; NumPy Generator.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from hoest.engine.uncertainty import (
    MANY_DRAWS,
    SHOWN_PROBABILITIES,
    Shape,
    SimulatedQuantile,
    amounts_drawn,
    check_draws,
    mean_with_error,
    quantile_with_error,
    stream,
)

from .coverage import check_pool
from .risks import Risk, check_risks

# Sums of floats may land this share above the pool that is exactly their size.
ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class SimulatedCoverage:
    """The share of simulated outcomes that a pool covers whole, and its standard error."""

    pool: Decimal
    covered_share: float
    standard_error: float


@dataclass(frozen=True, slots=True)
class SimulatedPool:
    """A simulated pool: mean total, the pools for the coverages asked for, and the reverse.

    `pools` has one entry per probability, `coverage` one per pool asked about; unit as the risks.
    """

    shape: Shape
    seed: int
    draws: int
    mean: float
    mean_error: float
    pools: tuple[SimulatedQuantile, ...]
    coverage: tuple[SimulatedCoverage, ...]


def simulated_pool(
    risks: Sequence[Risk],
    *,
    seed: int,
    shape: Shape = Shape.PERT,
    draws: int = MANY_DRAWS,
    probabilities: Sequence[float] = SHOWN_PROBABILITIES,
    pools: Sequence[Decimal] = (),
) -> SimulatedPool:
    """Return the pool simulated with the spread of the consequences.

    Formula: S_k = Σᵢ 1[U_{i,k} < pᵢ] · X_{i,k}; the pool for p is the order statistic ⌈np⌉; a
    pool's coverage is c = #{S_k <= pool} / n with SE √(c (1 - c) / n). The draws of a risk depend
    on the seed and its name alone.
    Raises TooManyRisks, RiskNamesRepeat, PoolNegative, DrawsOutOfRange, ProbabilityOutOfRange,
    SeedNegative.
    Source: benefits method note 1.3 (Bernoulli times three-point consequence).
    """
    check_risks(risks)
    check_draws(draws)
    for pool in pools:
        check_pool(pool)
    totals = np.zeros(draws)
    for risk in sorted(risks, key=lambda each: each.name):
        random = stream(seed, risk.name)
        comes = random.random(draws) < float(risk.probability)
        totals += np.where(comes, amounts_drawn(risk.consequence, shape, draws, random), 0.0)
    totals.sort()
    mean, error = mean_with_error(totals)
    return SimulatedPool(
        shape=shape,
        seed=seed,
        draws=draws,
        mean=mean,
        mean_error=error,
        pools=tuple(quantile_with_error(totals, p) for p in probabilities),
        coverage=tuple(_coverage(totals, pool) for pool in pools),
    )


def _coverage(ascending: NDArray[np.float64], pool: Decimal) -> SimulatedCoverage:
    reach = float(pool) * (1 + ROUNDING)
    share = float(np.searchsorted(ascending, reach, side="right")) / ascending.size
    return SimulatedCoverage(pool, share, math.sqrt(share * (1 - share) / ascending.size))
