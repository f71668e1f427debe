"""Synthetic difference-in-differences: a weighted neighbour made to move like us before.

For one or a few adopters with one start. Units and periods are weighted so that the comparison runs
parallel before the start. What chance can do comes from pretending that each other unit, or each
other group of as many, had started instead: all of them while they are few, since a sample's spread
is noise. p is found in the table as it stands, where every unit could have been ours; error and
range where our effect is not, or they would grow with it.

Source: Arkhangelsky, Athey, Hirshberg, Imbens and Wager (2021), American Economic Review 111,
4088-4118; R synthdid 0.0.9 (Frank-Wolfe with sparsified restart).
"""

from __future__ import annotations

import math
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
FEWEST_OTHERS = 2
# How many numbers are weighted side by side; more only take memory.
SIDE_BY_SIDE = 2_000_000


class Comparison(StrEnum):
    """Which comparison the weights make."""

    SDID = "sdid"
    SYNTHETIC = "sc"
    INTERCEPT = "difp"
    PLAIN = "did"


@dataclass(frozen=True, slots=True, eq=False)
class Synthetic:
    """An estimate with its weights, and the same estimate for others than those who started.

    `unit_weights` (controls,) and `period_weights` (periods before) sum to 1; `swaps` one per other
    group of as many units, in the table as it stands; `placebos` likewise without our effect;
    `placebo_error` their root mean square around their mean; `p` the share of swaps, or of placebos
    when that is more, at least as large, our own counted; `smallest_p` the least it can be. Values
    in the unit of the outcome; `controls`, `adopters` indices of units.
    """

    estimate: float
    swaps: Floats
    placebos: Floats
    placebo_error: float
    p: float
    smallest_p: float
    unit_weights: Floats
    period_weights: Floats
    controls: Ints
    adopters: Ints
    before_gap: float

    def reach(self, level: float) -> float:
        """Return how far the range goes to each side; infinite with too few placebos.

        Formula: the ⌊level · (J + 1)⌋-th largest |τ_j| where our effect is not; never less than
        |τ| while p > level, since the range then holds 0. Unit of the outcome.
        Source: Fisher (1935); the range is what is not rejected at the level.
        """
        sizes = np.sort(np.abs(self.placebos))[::-1]
        kept = math.floor(level * (len(sizes) + 1) + 1e-9) - 1
        if not 0 <= kept < len(sizes):
            return math.inf
        return max(float(sizes[kept]), abs(self.estimate) if self.p > level else 0.0)


def _weights(
    tables: Floats, ridge: Floats, intercept: bool, least: Floats, steps: int, begin: Floats | None
) -> Floats:
    """Frank-Wolfe for min |A x - b|²/N + ridge² |x|² over the simplex, for J tables at once.

    `tables` (J, N, w + 1), b the last column; `ridge`, `least` (J,). A table stops when its value
    falls by at most least².
    """
    count, rows, width = tables.shape[0], tables.shape[1], tables.shape[2] - 1
    moved = tables - tables.mean(1, keepdims=True) if intercept else tables
    left, right = moved[:, :, :width], moved[:, :, width]
    result = np.full((count, width), 1 / width) if begin is None else begin.copy()
    curves = np.matmul(left.transpose(0, 2, 1), left)
    curves[:, np.arange(width), np.arange(width)] += rows * ridge[:, None] ** 2
    pulls = np.einsum("jnw,jn->jw", left, right)
    active, x = np.arange(count), result.copy()
    # Half the gradient, x'Gx and x'pulls follow x step by step; nothing is multiplied out again.
    slopes = np.einsum("jvw,jw->jv", curves, x) - pulls
    pulled = np.einsum("jw,jw->j", x, pulls)
    height = np.einsum("jw,jw->j", x, slopes) + pulled
    each = np.arange(count)
    for turn in range(steps):
        corner = np.argmin(slopes, axis=1)
        here, pull = slopes[each, corner], pulls[each, corner]
        across = here + pull - height
        bend = curves[each, corner, corner] - height - 2 * across
        slope = here - height + pulled
        step = np.clip(-slope / np.where(bend > 0, bend, np.inf), 0.0, 1.0)
        x *= (1 - step)[:, None]
        x[each, corner] += step
        slopes += step[:, None] * (curves[each, corner] - pulls - slopes)
        height += step * (2 * across + step * bend)
        pulled += step * (pull - pulled)
        done = -step * (2 * slope + step * bend) <= rows * least[active] ** 2
        if turn and done.any():
            result[active[done]] = x[done]
            stay = ~done
            active, x, slopes = active[stay], x[stay], slopes[stay]
            curves, pulls, height, pulled = curves[stay], pulls[stay], height[stay], pulled[stay]
            each = np.arange(len(active))
            if not len(active):
                break
    result[active] = x
    return result


def _sparse(x: Floats) -> Floats:
    kept = np.where(x <= x.max(1, keepdims=True) / 4, 0.0, x)
    return kept / kept.sum(1, keepdims=True)


@dataclass(frozen=True, slots=True)
class _Scale:
    """How large the ridges are and when to stop, for each of J tables (J,)."""

    units: Floats
    periods: Floats
    least: Floats
    steps: int

    def same(self, count: int) -> _Scale:
        """The scale of one table, for as many."""
        units, periods = np.repeat(self.units, count), np.repeat(self.periods, count)
        return _Scale(units, periods, np.repeat(self.least, count), self.steps)


def _fit(tables: Floats, ridge: Floats, scale: _Scale) -> Floats:
    first = _weights(tables, ridge, True, scale.least, FIRST_STEPS, None)
    return _weights(tables, ridge, True, scale.least, scale.steps, _sparse(first))


def _scale(controls: Floats, before: int, adopters: int, steps: int) -> _Scale:
    """The scales of J groups of controls (J, N0, T) and as many adopters in each."""
    steps_of = np.diff(controls[:, :, :before], axis=2)
    noise = steps_of.reshape(len(controls), -1).std(axis=1, ddof=1)
    treated = adopters * (controls.shape[2] - before)
    return _Scale(treated**0.25 * noise, 1e-6 * noise, 1e-5 * noise, steps)


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
        periods = _fit(by_unit, scale.periods, scale)
        units = _fit(by_period, scale.units, scale)
    elif kind is not Comparison.PLAIN:
        intercept = kind is Comparison.INTERCEPT
        units = _weights(by_period, scale.periods, intercept, scale.least, scale.steps, None)
    if kind is Comparison.SYNTHETIC:
        periods = np.zeros((count, before))
    gap = ours - np.einsum("jn,jnt->jt", units, controls)
    counted = np.einsum("jt,jt->j", gap[:, :before], periods)
    return gap[:, before:].mean(1) - counted, units, periods


def _parts(count: int, units: int, length: int) -> list[Ints]:
    """Divide as many tables of so many units and periods into parts that memory holds."""
    most = max(1, SIDE_BY_SIDE // (units * (units + length)))
    return np.array_split(np.arange(count), max(1, -(-count // most)))


def _instead(
    pool: Floats, groups: Ints, before: int, kind: Comparison, steps: int, scale: _Scale | None
) -> Floats:
    """The estimate of each group of a pool of units, as if it had started and the rest had not.

    Each starts from even weights, as ours does. From our weights, which already know the group's
    own future as one of the others, the groups would fit too well and p would be too small. Without
    a `scale` each has its own, so that a group gives what it would give had it been ours.
    """
    found = []
    for part in _parts(len(groups), *pool.shape):
        picked = groups[part]
        rest = pool[np.array([np.setdiff1d(np.arange(len(pool)), group) for group in picked])]
        own = scale.same(len(part)) if scale else _scale(rest, before, groups.shape[1], steps)
        found.append(_estimates(rest, pool[picked].mean(1), before, kind, own)[0])
    return np.concatenate(found)


def _groups(count: int, ours: Ints, seed: int) -> Ints:
    """All other groups of as many units, or 999 drawn ones when there are more.

    Ours are among the units that may be picked. Groups of the untouched alone overlap so much that
    one odd unit among ours is met in none of them, and p would be too small.
    """
    size = len(ours)
    if math.comb(count, size) - 1 <= MOST_PLACEBOS:
        every = np.array(list(combinations(range(count), size)))
        return every[(every != np.sort(ours)).any(1)]
    random = np.random.Generator(np.random.PCG64(seed))
    drawn = np.tile(np.arange(count), (MOST_PLACEBOS, 1))
    return np.sort(random.permuted(drawn, axis=1)[:, :size], axis=1)


def synthetic(
    rollout: Rollout,
    values: Floats,
    *,
    kind: Comparison = Comparison.SDID,
    placebos: bool = True,
    seed: int = 0,
    steps: int = STEPS,
) -> Synthetic:
    """Return the synthetic difference-in-differences of one common start, with all placebos.

    Formula: τ = (ȳ_us,after - λ·y_us,before) - ω·(ȳ_controls,after - λ·y_controls,before), with
    ω = argmin |ω_0 + ω·Y - ȳ_us|² + ζ² T_0 |ω|², ζ = (N_1 T_1)^¼ σ(first differences), λ likewise
    over periods with 1e-6 σ; p = (1 + #{|τ_j| >= |τ|}) / (J + 1), the larger of two: τ_j of each
    other group of as many among all units (999 drawn ones, PCG64 of the seed, when they are more),
    and τ_j where our effect is not: of each other unit with ours left out when one started, else of
    the same groups after τ is taken from ours. The latter give the error. At most `steps` steps for
    the weights. `values` (n, T) of one indicator, none missing.
    Raises StartsDiffer, TooFewPeriods, TooFewUnits, ValuesMissing.
    Source: Arkhangelsky et al. (2021), algorithms 1 and 4; Abadie et al. (2010) on placebos;
    Fisher (1935), The Design of Experiments (swaps); Hodges and Lehmann (1963) on aligned values.
    """
    table, ours, others, before = _ground(rollout, values)
    controls, mine = table[others], table[ours].mean(0)
    scale = _scale(controls[None], before, len(ours), steps)
    own = _estimates(controls[None], mine[None], before, kind, scale)
    estimate, units, periods = float(own[0][0]), own[1][0], own[2][0]
    swaps = found = np.zeros(0)
    if placebos and len(others) > FEWEST_OTHERS:
        groups = _groups(len(table), ours, seed)
        swaps = _instead(table, groups, before, kind, steps, None)
        if len(ours) == 1:
            each = np.arange(len(others))[:, None]
            found = _instead(controls, each, before, kind, steps, scale)
        else:
            without = table - estimate * rollout.treated
            found = _instead(without, groups, before, kind, steps, None)
    least = 1e-9 * max(float(np.abs(table).max()), 1e-300)
    larger = max(int((np.abs(one) >= abs(estimate) - least).sum()) for one in (swaps, found))
    gap = mine - units @ controls
    return Synthetic(
        estimate,
        swaps,
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


def synthetic_without(rollout: Rollout, values: Floats, *, steps: int = STEPS) -> dict[str, float]:
    """Return the estimate without each unit in turn, by its name; all of them are tried.

    Formula: τ of `synthetic` again without unit j, with the ζ of all. An adopter that is alone
    cannot be left out; without three others there is nothing to try. `values` (n, T) of one
    indicator. Raises what `synthetic` does.
    Source: influence by deletion, Cook (1977), Technometrics 19, 15-18; Abadie, Diamond and
    Hainmueller (2015), American Journal of Political Science 59, 495-510 (leave one out).
    """
    table, ours, others, before = _ground(rollout, values)
    if len(others) <= FEWEST_OTHERS:
        return {}
    mine, kind = table[ours].mean(0), Comparison.SDID
    scale = _scale(table[others][None], before, len(ours), steps)
    left: dict[str, float] = {}
    for part in _parts(len(others), *table.shape):
        rest = table[np.array([np.delete(others, one) for one in part])]
        same = np.tile(mine, (len(part), 1))
        found = _estimates(rest, same, before, kind, scale.same(len(part)))[0]
        left |= {rollout.units[others[one]]: float(t) for one, t in zip(part, found, strict=True)}
    if len(ours) == 1:
        return left
    for part in _parts(len(ours), *table.shape):
        fewer = np.array([table[np.delete(ours, one)].mean(0) for one in part])
        wide = np.tile(table[others], (len(part), 1, 1))
        found = _estimates(wide, fewer, before, kind, scale.same(len(part)))[0]
        left |= {rollout.units[ours[one]]: float(t) for one, t in zip(part, found, strict=True)}
    return left


def _ground(rollout: Rollout, values: Floats) -> tuple[Floats, Ints, Ints, int]:
    """The table, who started, who did not, and how many periods were before."""
    table = as_batch(rollout, values)[0]
    if not np.isfinite(table).all():
        raise ValuesMissing(int((~np.isfinite(table)).sum()))
    if len(rollout.dates) != 1:
        raise StartsDiffer(len(rollout.dates))
    before = int(rollout.dates[0])
    ours, others = np.flatnonzero(rollout.adopters), np.flatnonzero(~rollout.adopters)
    if before < FEWEST_BEFORE:
        raise TooFewPeriods(before, FEWEST_BEFORE)
    if len(others) < FEWEST_OTHERS:
        raise TooFewUnits(len(others), FEWEST_OTHERS)
    return table, ours, others, before
