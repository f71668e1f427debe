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
    table: Floats, ridge: float, intercept: bool, least: float, steps: int, begin: Floats | None
) -> Floats:
    """Frank-Wolfe for min |A x - b|²/N + ridge² |x|² over the simplex; b is the last column."""
    rows, width = table.shape[0], table.shape[1] - 1
    x = np.full(width, 1 / width) if begin is None else begin.copy()
    moved = table - table.mean(0) if intercept else table
    left, right = moved[:, :width], moved[:, width]
    gram, pull, level = left.T @ left, left.T @ right, float(right @ right)
    curve = rows * ridge**2
    gx = gram @ x
    previous = math.inf
    for _ in range(steps):
        slope = gx - pull + curve * x
        corner = int(np.argmin(slope))
        towards = -x
        towards[corner] += 1
        g_towards = gram[:, corner] - gx
        bend = float(towards @ g_towards) + curve * float(towards @ towards)
        if bend > 0:
            step = min(1.0, max(0.0, -float(slope @ towards) / bend))
            x = x + step * towards
            gx = gx + step * g_towards
        misfit = float(x @ gx) - 2 * float(x @ pull) + level
        value = ridge**2 * float(x @ x) + misfit / rows
        if previous - value <= least**2:
            break
        previous = value
    return x


def _sparse(x: Floats) -> Floats:
    kept = np.where(x <= x.max() / 4, 0.0, x)
    return kept / kept.sum()


def _fit(
    table: Floats, ridge: float, intercept: bool, least: float, begin: Floats | None
) -> Floats:
    first = _weights(table, ridge, intercept, least, FIRST_STEPS, begin)
    return _weights(table, ridge, intercept, least, STEPS, _sparse(first))


@dataclass(frozen=True, slots=True)
class _Scale:
    units: float
    periods: float
    least: float


def _scale(controls: Floats, before: int, adopters: int, after: int) -> _Scale:
    noise = float(np.diff(controls[:, :before], axis=1).std(ddof=1))
    return _Scale((adopters * after) ** 0.25 * noise, 1e-6 * noise, 1e-5 * noise)


def _estimate(
    controls: Floats,
    ours: Floats,
    before: int,
    kind: Comparison,
    scale: _Scale,
    begin: tuple[Floats | None, Floats | None],
) -> tuple[float, Floats, Floats]:
    """Estimate from the controls (N0, T) and our mean (T,); return it with its weights."""
    after_mean = controls[:, before:].mean(1, keepdims=True)
    count = len(controls)
    units, periods = np.full(count, 1 / count), np.full(before, 1 / before)
    by_period = np.vstack([controls[:, :before], ours[None, :before]]).T
    if kind is Comparison.SDID:
        by_unit = np.hstack([controls[:, :before], after_mean])
        periods = _fit(by_unit, scale.periods, True, scale.least, begin[0])
        units = _fit(by_period, scale.units, True, scale.least, begin[1])
    elif kind is not Comparison.PLAIN:
        intercept = kind is Comparison.INTERCEPT
        units = _weights(by_period, scale.periods, intercept, scale.least, STEPS, None)
    if kind is Comparison.SYNTHETIC:
        periods = np.zeros(before)
    gap = ours - units @ controls
    return float(gap[before:].mean() - gap[:before] @ periods), units, periods


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
    estimate, units, periods = _estimate(controls, mine, before, kind, scale, (None, None))
    tried: list[float] = []
    if placebos and len(others) - len(ours) >= 2:
        for group in _groups(len(others), len(ours)):
            rest = np.delete(np.arange(len(others)), group)
            part = units[rest]
            begin = part / part.sum() if part.sum() > 0 else None
            fake = controls[list(group)].mean(0)
            given = (periods if kind is Comparison.SDID else None, begin)
            tried.append(_estimate(controls[rest], fake, before, kind, scale, given)[0])
    found = np.array(tried)
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
