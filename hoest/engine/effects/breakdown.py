"""How wrong may the assumption of parallel trends be, before the conclusion falls?

First every unit is given a straight trend of its own, so that a difference in slope does no harm.
Then the gap between adopters and the others may bend, by at most M each period; that moves the
estimate by at most M times a known number. The conclusion holds as long as the range, widened by
that, leaves out zero. The range comes from other orders of the starts, not from a covariance: a
dozen units cannot give one, and the usual confidence set then calls half of all empty worlds safe.

Source: Rambachan and Roth (2023), Review of Economic Studies 90, 2555-2591 (smoothness, Δ^SD);
Borusyak, Jaravel and Spiess (2024), section 4 (unit trends); Athey and Imbens (2022).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .errors import NothingToCompare, NumberOutOfRange, PeriodsNotConnected
from .panel import Floats, Rollout, as_batch
from .randomisation import Orders, randomised
from .two_way import RANK_TOLERANCE

HORIZON = 12
FEWEST_FOR_TREND = 4
LEVEL = 0.05


@dataclass(frozen=True, slots=True)
class Breakdown:
    """What is left when each unit may have a trend of its own, and how much bend it bears.

    `horizon` periods after the start are averaged; `estimate`, `low`, `high` in the unit of the
    values, `p` from other orders; `bias_per_bend` how far a bend of one unit per period, each
    period, can move the estimate; `holds_to` the largest bend (unit of the values per period per
    period) at which the sign still holds, None when straight trends alone could explain it.
    """

    horizon: int
    estimate: float
    low: float
    high: float
    p: float
    bias_per_bend: float
    holds_to: float | None


def trend_weights(rollout: Rollout, horizon: int = HORIZON) -> Floats:
    """Return the imputation weights with a straight trend for each unit, by start.

    Formula: v = w on treated cells, -(u_c + g_c t + λ_t) on untreated ones, from the normal
    equations of unit levels, unit slopes and periods on untreated cells; w even over the first
    `horizon` periods of each start that somebody untreated shares. Shape (C, T), starts ascending;
    all values there. Raises NumberOutOfRange, NothingToCompare, PeriodsNotConnected.
    Source: Borusyak, Jaravel and Spiess (2024), equation (6), with unit-specific trends.
    """
    if horizon < 1:
        raise NumberOutOfRange("horizon", horizon)
    starts, sizes = np.unique(rollout.starts, return_counts=True)
    length, first = rollout.length, int(starts[0])
    if first < FEWEST_FOR_TREND:
        raise NothingToCompare()
    time = np.arange(length)
    untreated = time[None, :] < starts[:, None]
    since = time[None, :] - starts[:, None]
    wanted = (since >= 0) & (since < horizon) & (time < int(starts[-1]))[None, :]
    total = float(sizes @ wanted.sum(1))
    if total == 0:
        raise NothingToCompare()
    shares = wanted / total
    centred = (time - time.mean()) / max(length - 1, 1)
    lines = np.stack([np.ones(length), centred], 1)
    schur = np.zeros((length, length))
    by_period = sizes @ shares
    inverses = []
    for c, count in enumerate(sizes):
        own = lines * untreated[c][:, None]
        inverse = np.linalg.inv(own.T @ own)
        inverses.append(inverse)
        schur += count * (np.diag(untreated[c].astype(np.float64)) - own @ inverse @ own.T)
        by_period = by_period - count * (own @ (inverse @ (lines.T @ shares[c])))
    active = untreated.any(0)
    roots, vectors = np.linalg.eigh(schur[np.ix_(active, active)])
    loose = int((roots <= RANK_TOLERANCE * max(float(roots[-1]), 1.0)).sum())
    if loose > 2:
        raise PeriodsNotConnected(loose - 1)
    kept = vectors[:, loose:]
    periods = np.zeros(length)
    periods[active] = (kept / roots[loose:]) @ (kept.T @ by_period[active])
    rows = np.empty((len(starts), length))
    for c, inverse in enumerate(inverses):
        own = lines * untreated[c][:, None]
        unit = inverse @ (lines.T @ shares[c] - own.T @ periods)
        rows[c] = shares[c] - (lines @ unit + periods) * untreated[c]
    return rows


def worst_bias(rollout: Rollout, rows: Floats) -> float:
    """Return how far a bend of 1 each period in the adopters' common gap moves an estimate.

    Formula: Σ_k |Σ_{j<=k} Σ_{i<=j} u_i|, u_e = Σ_{starts c} n_c v_{c, c+e} by periods since the
    start; by summation by parts the largest Σ u_e δ_e over |δ_{e+1} - 2δ_e + δ_{e-1}| <= 1.
    `rows` (C, T) as from `trend_weights`. Periods squared.
    Source: Rambachan and Roth (2023), section 2.3 (Δ^SD) and equation 8.
    """
    starts, sizes = np.unique(rollout.starts, return_counts=True)
    length = rollout.length
    since = np.zeros(2 * length)
    for row, start, count in zip(rows, starts.tolist(), sizes.tolist(), strict=True):
        if start < length:
            since[length - start : 2 * length - start] += count * row
    return float(np.abs(np.cumsum(np.cumsum(since))).sum())


def breakdown(
    rollout: Rollout,
    values: Floats,
    orders: Orders,
    *,
    horizon: int = HORIZON,
    level: float = LEVEL,
) -> Breakdown | None:
    """Return how much the adopters' gap may bend each period before the sign is lost.

    Formula: M* = (distance from 0 to the range of the estimate with unit trends) / worst bias, the
    range from other orders of the starts. None when a value is missing, a start comes before the
    fifth period, or trends cannot be told from periods. `values` (n, T) of one indicator. Raises
    NumberOutOfRange.
    Source: Rambachan and Roth (2023), section 5 (breakdown value), with Athey and Imbens (2022).
    """
    table = as_batch(rollout, values)[0]
    if not np.isfinite(table).all():
        return None
    try:
        rows = trend_weights(rollout, horizon)
    except (NothingToCompare, PeriodsNotConnected):
        return None
    tried = randomised(rollout, table, orders, level, by_start=rows)
    low, high = float(tried.low[0]), float(tried.high[0])
    bias = worst_bias(rollout, rows)
    reach = low if low > 0 else (-high if high < 0 else None)
    shown = reach is not None and float(tried.p[0]) <= level and bias > 0
    return Breakdown(
        horizon,
        float(tried.estimates[0]),
        low,
        high,
        float(tried.p[0]),
        bias,
        reach / bias if shown and reach is not None else None,
    )
