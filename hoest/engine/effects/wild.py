"""The wild cluster bootstrap: errors keep their unit, and only their sign is drawn.

Beside randomisation inference, because it asks another question: not "another order?" but "other
shocks to the same units?". The null is imposed (restricted), which keeps the error rate with few
units. With at most 12 units every sign is tried.

Source: Cameron, Gelbach and Miller (2008), Review of Economics and Statistics 90, 414-427;
MacKinnon, Nielsen and Webb (2023), Journal of Econometrics 232, 272-299.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq

from .errors import NumberOutOfRange
from .imputation import imputation_weights
from .panel import Floats, Rollout, as_batch
from .two_way import residuals, two_way

DRAWS = 999
LEVEL = 0.05
MOST_ENUMERATED = 12
ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class WildTest:
    """An estimate with its cluster error, t and bootstrapped p and interval.

    An end is infinite when no value that far out is rejected.
    """

    estimate: float
    standard_error: float
    t: float
    p: float
    low: float
    high: float


def signs(clusters: int, *, draws: int = DRAWS, seed: int = 0) -> Floats:
    """Return the signs to try: all when there are at most 12 clusters, else drawn ones.

    Formula: Rademacher ±1 with probability ½ each; all 2^G when G <= 12. Shape (B, G).
    Raises NumberOutOfRange.
    Source: Davidson and Flachaire (2008), Journal of Econometrics 146, 162-169.
    """
    if draws < 19 or seed < 0:
        raise NumberOutOfRange("draws" if draws < 19 else "seed", draws if draws < 19 else seed)
    if clusters <= MOST_ENUMERATED:
        bits = (np.arange(2**clusters)[:, None] >> np.arange(clusters)) & 1
        return np.asarray(bits * 2.0 - 1.0, dtype=np.float64)
    random = np.random.Generator(np.random.PCG64(seed))
    return np.asarray(random.integers(0, 2, (draws, clusters)) * 2.0 - 1.0, dtype=np.float64)


def _inverted(p_of: Callable[[float], float], centre: float, step: float, level: float) -> Floats:
    ends = []
    for side in (-1.0, 1.0):
        reach = step
        while p_of(centre + side * reach) > level and reach < step * 1e4:
            reach *= 2
        if reach >= step * 1e4:
            ends.append(side * np.inf)
            continue
        inside = 0.0 if reach == step else reach / 2
        ends.append(
            brentq(
                lambda x: p_of(x) - level,
                centre + side * inside,
                centre + side * reach,
                xtol=step * 1e-4,
            )
        )
    return np.array(ends)


def wild_regression(
    outcome: Floats,
    regressors: Floats,
    column: int,
    clusters: Floats,
    flips: Floats,
    level: float = LEVEL,
) -> WildTest:
    """Return the restricted wild cluster bootstrap of one coefficient of a regression.

    Formula: t* from y* = X b_r + s_g u_r, the restricted fit with signs per cluster; CR1 errors
    with G/(G-1) · (N-1)/(N-k); p = share of |t*| >= |t|; the interval inverts the test. `outcome`
    (N,), `regressors` (N, k), `clusters` (N,), `flips` (B, G). Unit of the outcome.
    Source: Cameron, Gelbach and Miller (2008); R fwildclusterboot, type 11.
    """
    names, index = np.unique(clusters, return_inverse=True)
    count, (rows, width) = len(names), regressors.shape
    inverse = np.linalg.inv(regressors.T @ regressors)
    pick = inverse[column]
    small = count / (count - 1) * (rows - 1) / (rows - width)
    grams = np.zeros((count, width, width))
    np.add.at(grams, index, regressors[:, :, None] * regressors[:, None, :])
    spread = grams @ pick
    others = np.delete(regressors, column, axis=1)

    def scores(left: Floats) -> Floats:
        summed = np.zeros((count, width))
        np.add.at(summed, index, regressors * left[:, None])
        return summed

    beta = inverse @ (regressors.T @ outcome)
    full = scores(outcome - regressors @ beta) @ pick
    error = float(np.sqrt(small * (full**2).sum()))

    def p_of(value: float) -> float:
        moved = outcome - value * regressors[:, column]
        left = moved - others @ np.linalg.lstsq(others, moved, rcond=None)[0]
        restricted = scores(left)
        drawn = flips @ restricted @ inverse
        parts = flips * (restricted @ pick)[None, :] - drawn @ spread.T
        t_drawn = np.abs(drawn[:, column]) / np.sqrt(small * (parts**2).sum(1))
        t = abs(float(beta[column]) - value) / error
        return float((t_drawn >= t - ROUNDING).mean())

    estimate = float(beta[column])
    low, high = _inverted(p_of, estimate, error, level)
    return WildTest(estimate, error, estimate / error, p_of(0.0), float(low), float(high))


def wild_imputation(
    rollout: Rollout,
    values: Floats,
    flips: Floats,
    level: float = LEVEL,
    *,
    interval: bool = True,
) -> WildTest:
    """Return the restricted wild cluster bootstrap of the imputation estimate.

    Formula: u the residuals of units, periods and a constant effect x removed from the values;
    τ* = Σ_i s_i Σ_t v_it u_it, studentised by the unit sums of v times the residuals made again
    from s_i u_i with the effect free; p = share of |t*| >= |t|, the interval inverts it. `values`
    (n, T) of one indicator, NaN missing; `flips` (B, n). Unit of the values. Without `interval`
    its ends are infinite. Raises what `imputed` does.
    Source: MacKinnon, Nielsen and Webb (2023), section 4, with the weights of Borusyak, Jaravel and
    Spiess (2024).
    """
    given = as_batch(rollout, values)[0]
    observed = np.isfinite(given)
    filled = np.where(observed, given, 0.0)
    weights = imputation_weights(rollout, observed).weights[0]
    everything = two_way(observed)
    begun = (rollout.treated & observed).astype(np.float64)
    plain, effect = residuals(everything, np.stack([filled, begun]))
    size = float((effect * effect).sum())
    pull = (weights * effect).sum(1)
    across = weights @ everything.inverse
    small = rollout.size / (rollout.size - 1)
    # All signs hold the real ones; drawn ones do not, so the real ones are counted too.
    extra = 0 if rollout.size <= MOST_ENUMERATED else 1
    estimate = float((weights * filled).sum())

    def studentised(left: Floats, drawn: Floats) -> tuple[Floats, Floats]:
        """Estimates and errors of values whose within-part is signs times `left`."""
        own = (weights * left).sum(1)
        slope = drawn @ (effect * left).sum(1) / size
        parts = drawn * own[None, :] - drawn @ (left @ across.T) - slope[:, None] * pull[None, :]
        return drawn @ own, np.sqrt(small * (parts**2).sum(1))

    def p_of(value: float) -> float:
        left = plain - value * effect
        drawn, errors = studentised(left, flips)
        here, error = studentised(left, np.ones((1, rollout.size)))
        least = ROUNDING + 1e-9 * float(errors.max())
        extreme = np.abs(drawn) * (error[0] + least) >= (abs(here[0]) - least) * (errors + least)
        return (float(extreme.sum()) + extra) / (len(flips) + extra)

    error = float(studentised(plain, np.ones((1, rollout.size)))[1][0])
    if error <= ROUNDING * max(float(np.abs(filled).max()), 1.0):
        return WildTest(estimate, 0.0, np.inf if estimate else 0.0, 1.0, estimate, estimate)
    low, high = _inverted(p_of, estimate, error, level) if interval else (-np.inf, np.inf)
    return WildTest(estimate, error, estimate / error, p_of(0.0), float(low), float(high))
