"""Synthetic difference-in-differences: a weighted neighbour made to move like us before.

For one or a few adopters with one start. Units and periods are weighted so that the comparison runs
parallel before the start. The error comes from pretending that each untreated unit (or each group
of as many) had started instead: all of them, never a sample, whose spread is noise.

Source: Arkhangelsky, Athey, Hirshberg, Imbens and Wager (2021), American Economic Review 111,
4088-4118; R synthdid 0.0.9 (Frank-Wolfe with sparsified restart).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

import numpy as np

from .errors import StartsDiffer, TooFewPeriods, TooFewUnits, ValuesMissing
from .panel import Floats, Ints, Rollout, as_batch

MOST_PLACEBOS = 999
FIRST_STEPS = 100
STEPS = 10_000
FEWEST_BEFORE = 3


class Comparison(StrEnum):
    """Which comparison the weights make."""

    SDID = "sdid"
    SYNTHETIC = "sc"
    INTERCEPT = "difp"
    PLAIN = "did"


@dataclass(frozen=True, slots=True, eq=False)
class Synthetic:
    """An estimate with its weights, and the same estimate for everybody who had not started.

    `unit_weights` (controls,) and `period_weights` (periods before) sum to 1; `placebos` one per
    group of untreated units; `placebo_error` their root mean square around their mean; `p` the
    share of estimates at least as large, our own counted; `smallest_p` the least it can be. Values
    in the unit of the outcome; `controls`, `adopters` indices of units.
    """

    estimate: float
    placebos: Floats
    placebo_error: float
    p: float
    smallest_p: float
    unit_weights: Floats
    period_weights: Floats
    controls: Ints
    adopters: Ints
    before_gap: float


def _weights(
    tables: Floats, ridge: float, intercept: bool, least: float, steps: int, begin: Floats | None
) -> Floats:
    """Frank-Wolfe for min |A x - b|²/N + ridge² |x|² over the simplex, for J tables at once.

    `tables` (J, N, w + 1), b the last column; a table stops when its value falls by at most least².
    """
    count, rows, width = tables.shape[0], tables.shape[1], tables.shape[2] - 1
    moved = tables - tables.mean(1, keepdims=True) if intercept else tables
    left, right = moved[:, :, :width], moved[:, :, width]
    result = np.full((count, width), 1 / width) if begin is None else begin.copy()
    grams = np.matmul(left.transpose(0, 2, 1), left)
    pulls = np.einsum("jnw,jn->jw", left, right)
    levels = (right**2).sum(1)
    curve = rows * ridge**2
    active, x = np.arange(count), result.copy()
    gx = np.einsum("jvw,jw->jv", grams, x)
    previous = np.full(count, np.inf)
    for _ in range(steps):
        each = np.arange(len(active))
        corner = np.argmin(gx - pulls + curve * x, axis=1)
        towards = -x
        towards[each, corner] += 1
        slope = np.einsum("jw,jw->j", gx - pulls + curve * x, towards)
        g_towards = grams[each, corner] - gx
        bend = np.einsum("jw,jw->j", towards, g_towards + curve * towards)
        step = np.divide(-slope, bend, out=np.zeros_like(slope), where=bend > 0)
        step = np.clip(step, 0.0, 1.0)[:, None]
        x = x + step * towards
        gx = gx + step * g_towards
        misfit = np.einsum("jw,jw->j", x, gx - 2 * pulls) + levels
        value = ridge**2 * np.einsum("jw,jw->j", x, x) + misfit / rows
        done = previous - value <= least**2
        previous = value
        if done.any():
            result[active[done]] = x[done]
            stay = ~done
            active, x, gx, previous = active[stay], x[stay], gx[stay], previous[stay]
            grams, pulls, levels = grams[stay], pulls[stay], levels[stay]
            if not len(active):
                break
    result[active] = x
    return result


def _sparse(x: Floats) -> Floats:
    kept = np.where(x <= x.max(1, keepdims=True) / 4, 0.0, x)
    return kept / kept.sum(1, keepdims=True)


def _fit(tables: Floats, ridge: float, intercept: bool, least: float) -> Floats:
    first = _weights(tables, ridge, intercept, least, FIRST_STEPS, None)
    return _weights(tables, ridge, intercept, least, STEPS, _sparse(first))


@dataclass(frozen=True, slots=True)
class _Scale:
    units: float
    periods: float
    least: float


def _scale(controls: Floats, before: int, adopters: int, after: int) -> _Scale:
    noise = float(np.diff(controls[:, :before], axis=1).std(ddof=1))
    return _Scale((adopters * after) ** 0.25 * noise, 1e-6 * noise, 1e-5 * noise)


def _estimates(
    controls: Floats,
    ours: Floats,
    before: int,
    kind: Comparison,
    scale: _Scale,
) -> tuple[Floats, Floats, Floats]:
    """Estimate from J groups of controls (J, N0, T) and means (J, T); return also the weights."""
    count, width = controls.shape[:2]
    after_mean = controls[:, :, before:].mean(2, keepdims=True)
    units, periods = np.full((count, width), 1 / width), np.full((count, before), 1 / before)
    by_period = np.concatenate([controls[:, :, :before], ours[:, None, :before]], 1)
    by_period = by_period.transpose(0, 2, 1)
    if kind is Comparison.SDID:
        by_unit = np.concatenate([controls[:, :, :before], after_mean], 2)
        periods = _fit(by_unit, scale.periods, True, scale.least)
        units = _fit(by_period, scale.units, True, scale.least)
    elif kind is not Comparison.PLAIN:
        intercept = kind is Comparison.INTERCEPT
        units = _weights(by_period, scale.periods, intercept, scale.least, STEPS, None)
    if kind is Comparison.SYNTHETIC:
        periods = np.zeros((count, before))
    gap = ours - np.einsum("jn,jnt->jt", units, controls)
    counted = np.einsum("jt,jt->j", gap[:, :before], periods)
    return gap[:, before:].mean(1) - counted, units, periods


def _placebos(
    controls: Floats,
    size: int,
    before: int,
    kind: Comparison,
    scale: _Scale,
) -> Floats:
    """The estimate of every group of as many controls, as if it had started.

    Its weights are fitted from the same beginning as our own. To begin at our own weights is
    quicker, but they have seen the group's time after: with more periods before than controls
    they fit it exactly, the search stops at once, and the spread is far too small.
    """
    groups = list(_groups(len(controls), size))
    every = np.arange(len(controls))
    rest = np.array([np.delete(every, group) for group in groups])
    fakes = np.stack([controls[list(group)].mean(0) for group in groups])
    return _estimates(controls[rest], fakes, before, kind, scale)[0]


def _groups(count: int, size: int) -> Iterator[tuple[int, ...]]:
    """All groups of the controls, or evenly spread ones when there are too many."""
    total = math.comb(count, size)
    every = max(1, -(-total // MOST_PLACEBOS))
    for index, group in enumerate(combinations(range(count), size)):
        if index % every == 0:
            yield group


def synthetic(
    rollout: Rollout,
    values: Floats,
    *,
    kind: Comparison = Comparison.SDID,
    placebos: bool = True,
) -> Synthetic:
    """Return the synthetic difference-in-differences of one common start, with all placebos.

    Formula: τ = (ȳ_us,after - λ·y_us,before) - ω·(ȳ_controls,after - λ·y_controls,before), with
    ω = argmin |ω_0 + ω·Y - ȳ_us|² + ζ² T_0 |ω|², ζ = (N_1 T_1)^¼ σ(first differences), λ likewise
    over periods with 1e-6 σ; p = (1 + #{|τ_j| >= |τ|}) / (J + 1). `values` (n, T) of one indicator,
    none missing. With more than 999 groups of controls, every k-th in their order is tried.
    Raises StartsDiffer, TooFewPeriods, TooFewUnits, ValuesMissing.
    Source: Arkhangelsky et al. (2021), algorithms 1 and 4; Abadie et al. (2010) on placebos.
    """
    table = as_batch(rollout, values)[0]
    if not np.isfinite(table).all():
        raise ValuesMissing(int((~np.isfinite(table)).sum()))
    if len(rollout.dates) != 1:
        raise StartsDiffer(len(rollout.dates))
    before = int(rollout.dates[0])
    ours, others = np.flatnonzero(rollout.adopters), np.flatnonzero(~rollout.adopters)
    if before < FEWEST_BEFORE:
        raise TooFewPeriods(before, FEWEST_BEFORE)
    if len(others) < 2:
        raise TooFewUnits(len(others), 2)
    controls, mine = table[others], table[ours].mean(0)
    scale = _scale(controls, before, len(ours), rollout.length - before)
    own = _estimates(controls[None], mine[None], before, kind, scale)
    estimate, units, periods = float(own[0][0]), own[1][0], own[2][0]
    found = np.zeros(0)
    if placebos and len(others) - len(ours) >= 2:
        found = _placebos(controls, len(ours), before, kind, scale)
    least = 1e-9 * max(float(np.abs(table).max()), 1e-300)
    larger = int((np.abs(found) >= abs(estimate) - least).sum())
    gap = mine - units @ controls
    return Synthetic(
        estimate,
        found,
        float(found.std()) if len(found) else math.nan,
        (1 + larger) / (1 + len(found)),
        1 / (1 + len(found)),
        units,
        periods,
        others,
        ours,
        float(np.sqrt(((gap[:before] - gap[:before].mean()) ** 2).mean())),
    )
