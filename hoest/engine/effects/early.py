"""Were the first ones different already? Other orders are a fair comparison only if they were not.

The keen often start first. If those who start early lie higher, or move otherwise, before anybody
has started, the order should be exchanged only within groups that look alike (strata).

Source: Hennessy, Dasgupta, Miratrix, Pattanayak and Sarkar (2016), Journal of Causal Inference 4,
61-80 (permutation within strata); Spearman (1904), American Journal of Psychology 15, 72-101.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import rankdata

from .panel import Floats, Rollout, as_batch
from .randomisation import Orders

FEWEST_PERIODS = 4
ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Early:
    """How the order goes together with what was there before the first start.

    `level` and `trend` are rank correlations of the start with the mean and the slope before, -1 to
    1 (negative: the early ones were higher); `level_p`, `trend_p` from other orders of the starts,
    within their strata.
    """

    level: float
    level_p: float
    trend: float
    trend_p: float


def _ranks(values: Floats) -> Floats:
    ranks = rankdata(values)
    ranks = ranks - ranks.mean()
    size = float(np.sqrt((ranks**2).sum()))
    return np.asarray(ranks / size if size > 0 else ranks, dtype=np.float64)


def early_adopters(rollout: Rollout, values: Floats, orders: Orders) -> Early | None:
    """Return whether those who started early were different before anybody started.

    Formula: Spearman's ρ between start_i and the mean (slope) of y_it, t < first start;
    p = #{b : |ρ_b| >= |ρ|} / B with all orders, (1 + #) / (B + 1) with drawn ones. `values` (n, T)
    of one indicator, NaN missing. None with fewer than four periods before, or a unit without
    four values there.
    Source: Spearman (1904); Hennessy et al. (2016).
    """
    first = int(rollout.dates[0])
    table = as_batch(rollout, values)[0][:, :first]
    there = np.isfinite(table)
    if first < FEWEST_PERIODS or int(there.sum(1).min()) < FEWEST_PERIODS:
        return None
    counts = there.sum(1)
    filled = np.where(there, table, 0.0)
    level = filled.sum(1) / counts
    time = np.where(there, np.arange(first)[None, :], 0.0)
    centred = np.where(there, time - (time.sum(1) / counts)[:, None], 0.0)
    trend = (centred * filled).sum(1) / (centred**2).sum(1)
    own = _ranks(rollout.starts.astype(np.float64))
    # Every order has the same starts, so their ranks are those of the real order moved around.
    values_of, where = np.unique(rollout.starts, return_index=True)
    others = own[where][np.searchsorted(values_of, orders.starts)]
    extra = 0 if orders.exact else 1
    found = []
    for before in (_ranks(level), _ranks(trend)):
        rho = float(own @ before)
        extreme = int((np.abs(others @ before) >= abs(rho) - ROUNDING).sum())
        found += [rho, min((extreme + extra) / (len(others) + extra), 1.0)]
    return Early(*found)
