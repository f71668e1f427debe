"""Imputation: what the adopters would have had, from everything that was not yet treated.

Unit and period effects are fitted on untreated values only, carried over to the treated ones, and
the differences are averaged. The estimate is a fixed weight matrix times the values, so that one
factorisation serves every indicator. Early adopters are never used as a comparison.

Source: Borusyak, Jaravel and Spiess (2024), Review of Economic Studies 91, 3253-3285.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .errors import MissingDiffers, NobodyStarted, NothingToCompare
from .panel import Bools, Floats, Ints, Rollout, as_batch
from .two_way import TwoWay, two_way


@dataclass(frozen=True, slots=True, eq=False)
class ImputationWeights:
    """The estimates as weights on values: estimate_k = Σ weights[k] · values.

    `weights` (K, n, T); `design` the untreated cells; `averaged` (n, T) the treated cells that can
    be compared; `left_out` how many treated and observed cells cannot.
    """

    weights: Floats
    design: TwoWay
    averaged: Bools
    left_out: int


@dataclass(frozen=True, slots=True, eq=False)
class Imputation:
    """Estimated effects of m indicators and K averages, in the unit of the values.

    `estimates` and `standard_errors` (m, K); `scores` (m, n, K) each unit's part of the error;
    `weights` as used; `left_out` treated cells that nothing untreated can be compared with.
    """

    estimates: Floats
    standard_errors: Floats
    scores: Floats
    weights: Floats
    left_out: int


def _observed(batch: Floats) -> Bools:
    found = np.isfinite(batch)
    if not (found == found[0]).all():
        raise MissingDiffers()
    return found[0]


def imputation_weights(
    rollout: Rollout, observed: Bools, averages: Floats | None = None
) -> ImputationWeights:
    """Return the weights that make the imputation estimates out of the values.

    Formula: v = w on treated cells and -(a_i + b_t) on untreated ones, where (a, b) solves the
    two-way normal equations of the untreated cells with the sums of w on the right. `observed`
    (n, T); `averages` (K, n, T) says which treated cells are averaged with which weight, each
    divided by its sum; without it all count alike. Raises NobodyStarted, NothingToCompare.
    Source: Borusyak, Jaravel and Spiess (2024), equation (6) and section 4.
    """
    if not rollout.adopters.any():
        raise NobodyStarted()
    treated = rollout.treated & observed
    untreated = observed & ~rollout.treated
    reach = (untreated.sum(1) > 0)[:, None] & (untreated.sum(0) > 0)[None, :]
    usable = treated & reach
    wanted = np.ones((1, *treated.shape)) if averages is None else averages
    parts = wanted * usable
    totals = parts.sum((1, 2))
    if (totals <= 0).any():
        raise NothingToCompare()
    parts = parts / totals[:, None, None]
    design = two_way(untreated)
    units, periods = design.solve(parts.sum(2), parts.sum(1))
    weights = parts - (units[:, :, None] + periods[:, None, :]) * untreated
    return ImputationWeights(weights, design, usable, int((treated & ~reach).sum()))


def _errors(rollout: Rollout, batch: Floats, found: ImputationWeights) -> Floats:
    """Untreated residuals, and treated effects around the mean of their cohort and period."""
    design = found.design
    kept = batch * design.used
    units, periods = design.solve(kept.sum(2), kept.sum(1))
    errors = batch - units[:, :, None] - periods[:, None, :]
    for date in rollout.dates:
        rows = np.flatnonzero(rollout.starts == date)
        cells = found.averaged[rows][:, date:]
        part = errors[:, rows, date:]
        counted = np.maximum(cells.sum(0), 1)
        errors[:, rows, date:] = part - ((part * cells).sum(1) / counted)[:, None, :]
    errors *= (design.used > 0) | found.averaged
    return errors


def imputed(rollout: Rollout, values: Floats, averages: Floats | None = None) -> Imputation:
    """Return the average effects and their errors clustered by unit.

    Formula: τ = Σ v · y; SE² = Σ_i (Σ_t v_it ε_it)², ε the untreated residuals and the treated
    effects less the mean of their cohort and period. `values` (n, T) or (m, n, T), NaN missing,
    the same ones in each indicator; `averages` (K, n, T) as in `imputation_weights`. Unit of the
    values. Raises MissingDiffers, NobodyStarted, NothingToCompare, PeriodsNotConnected.
    Source: Borusyak, Jaravel and Spiess (2024), section 4.3; R didimputation.
    """
    batch = as_batch(rollout, values)
    observed = _observed(batch)
    found = imputation_weights(rollout, observed, averages)
    filled = batch if observed.all() else np.where(observed, batch, 0.0)
    flat = found.weights.reshape(len(found.weights), -1)
    estimates = filled.reshape(len(filled), -1) @ flat.T
    errors = _errors(rollout, filled, found)
    scores = np.einsum("knt,mnt->mnk", found.weights, errors, optimize=True)
    return Imputation(estimates, np.sqrt((scores**2).sum(1)), scores, found.weights, found.left_out)


def event_averages(rollout: Rollout, since: Ints) -> Floats:
    """Return the averages that give the effect so many periods after the start.

    Formula: w_k = 1{t - start_i = since_k}. Shape (K, n, T).
    Source: Borusyak, Jaravel and Spiess (2024), section 2.2 (horizon-specific effects).
    """
    passed = np.arange(rollout.length)[None, :] - rollout.starts[:, None]
    hits = passed[None] == np.asarray(since)[:, None, None]
    return np.asarray(hits & rollout.treated[None], dtype=np.float64)


def cohort_averages(rollout: Rollout) -> Floats:
    """Return the averages that give the effect of each date of start.

    Formula: w_g = 1{start_i = g}. Shape (number of dates, n, T), in the order of `dates`.
    Source: Borusyak, Jaravel and Spiess (2024), section 2.2.
    """
    same = rollout.starts[None, :] == rollout.dates[:, None]
    return np.asarray(same[:, :, None] & rollout.treated[None], dtype=np.float64)
