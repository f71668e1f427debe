"""The checks a leader may ask for: did we look alike before, and does one unit decide it?

Source: Roth (2022), American Economic Review: Insights 4, 305-322 (pre-tests have little power, so
the size that could have been seen is told); Borusyak et al. (2024), section 4.4.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import t

from .errors import EffectError, NumberOutOfRange
from .imputation import imputed
from .panel import Floats, Rollout, as_batch, rollout_of, without
from .randomisation import by_start_weights
from .wild import signs, wild_imputation

DRAWS = 999
LEVEL = 0.05
POWER = 0.8


@dataclass(frozen=True, slots=True)
class Gap:
    """How far the adopters moved apart from the others before they started.

    `ahead` periods before the start; `gap` and `error` in the unit of the values; `p` of the wild
    bootstrap (of the other units, as if they had started, where one stands alone); `detectable` the
    gap that would have been seen four times in five; `power` to see a gap as large as the effect
    that was asked about, None without one; `smallest_p` the least that p can be.
    """

    ahead: int
    gap: float
    error: float
    p: float
    detectable: float
    power: float | None
    smallest_p: float = 0.0


@dataclass(frozen=True, slots=True)
class Pretended:
    """What the method says of a date before the start, when nobody had begun.

    `start` the index of the period, `effect` and `error` in the unit of the values, `p` of this
    date alone.
    """

    start: int
    effect: float
    error: float
    p: float


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The estimate without each unit: its range, and who moves it most.

    `low_unit` and `high_unit` are the units whose absence gives the ends; `sign_holds` whether no
    single unit turns the sign.
    """

    low: float
    high: float
    low_unit: str
    high_unit: str
    sign_holds: bool


def gap_before(
    rollout: Rollout,
    values: Floats,
    ahead: int,
    *,
    effect: float | None = None,
    seed: int = 0,
    draws: int = DRAWS,
) -> Gap | None:
    """Return the effect of pretending that everybody started so many periods earlier.

    Formula: imputation with starts s_i - ahead on the values before the real starts; detectable =
    (t_{1-α/2} + t_{0.8}) SE with n - 1 degrees; power = P(t > t_{1-α/2} - |effect| / SE). With a
    small `ahead` it is a check of anticipation. None when there is too little before the starts.
    `values` (n, T) of one indicator. Raises NumberOutOfRange.
    Source: Borusyak et al. (2024), section 4.4; Roth (2022).
    """
    if ahead < 1:
        raise NumberOutOfRange("ahead", ahead)
    table = as_batch(rollout, values)[0].copy()
    table[rollout.treated] = np.nan
    early = np.where(rollout.adopters, rollout.starts - ahead, rollout.length)
    keep = early >= 1
    if not (keep & rollout.adopters).any():
        return None
    pretended = rollout_of(
        [unit for unit, stays in zip(rollout.units, keep, strict=True) if stays],
        rollout.periods,
        early[keep].tolist(),
    )
    try:
        tested = wild_imputation(
            pretended,
            table[keep],
            signs(pretended.size, draws=draws, seed=seed),
            interval=False,
        )
    except EffectError:
        return None
    seen, power = seen_by(tested.standard_error, max(pretended.size - 1, 1), effect)
    return Gap(ahead, tested.estimate, tested.standard_error, tested.p, seen, power)


def seen_by(error: float, free: int, effect: float | None) -> tuple[float, float | None]:
    """Return the gap that is seen four times in five, and the power to see one like the effect.

    Formula: (t_{1-α/2} + t_{0.8}) SE, and P(t > t_{1-α/2} - |effect| / SE), with `free` degrees.
    Source: Bloom (1995), Evaluation Review 19, 547-556.
    """
    wall = float(t.ppf(1 - LEVEL / 2, free))
    power = None
    if effect is not None and error > 0:
        power = float(t.sf(wall - abs(effect) / error, free))
    return (wall + float(t.ppf(POWER, free))) * error, power


def shown_dates(pretended: tuple[Pretended, ...], level: float = LEVEL) -> tuple[Pretended, ...]:
    """Return the dates at which an effect shows though nobody had begun.

    Formula: those with p <= level / their number.
    Source: Bonferroni's inequality.
    """
    return tuple(one for one in pretended if one.p * len(pretended) <= level)


def false_effect(pretended: tuple[Pretended, ...], level: float = LEVEL) -> float | None:
    """Return the largest effect that shows at a date when nobody had begun, None without any.

    Formula: max |effect| among `shown_dates`. Unit of the values.
    Source: placebo dates in Abadie, Diamond and Hainmueller (2015), American Journal of Political
    Science 59, 495-510.
    """
    return max((abs(one.effect) for one in shown_dates(pretended, level)), default=None)


def _deleted(rollout: Rollout, table: Floats) -> dict[str, float]:
    """The estimate without each unit, one by one, where it can still be made."""
    found: dict[str, float] = {}
    for place, unit in enumerate(rollout.units):
        out = np.arange(rollout.size) == place
        try:
            found[unit] = float(imputed(without(rollout, out), table[~out]).estimates[0, 0])
        except EffectError:
            continue
    return found


def _without_missing(rollout: Rollout, table: Floats) -> dict[str, float]:
    """The same, with one factorisation for each start when no value is missing."""
    if not np.isfinite(table).all():
        return _deleted(rollout, table)
    found: dict[str, float] = {}
    for start in np.unique(rollout.starts):
        members = np.flatnonzero(rollout.starts == start)
        rest = without(rollout, np.arange(rollout.size) == members[0])
        try:
            rows = by_start_weights(rest)
        except EffectError:
            continue
        place = {int(one): k for k, one in enumerate(np.unique(rest.starts))}
        parts = np.array(
            [
                float(rows[place[int(one)]] @ line) if int(one) in place else 0.0
                for one, line in zip(rollout.starts, table, strict=True)
            ]
        )
        for member in members:
            found[rollout.units[member]] = float(parts.sum() - parts[member])
    return found


def leave_one_out(rollout: Rollout, values: Floats) -> LeftOut | None:
    """Return the range of the imputation estimate when each unit in turn is left out.

    Formula: min and max over j of τ without unit j. None when nothing is left to estimate.
    `values` (n, T) of one indicator, NaN missing. Unit of the values.
    Source: Tukey (1958); influence by deletion, Cook (1977), Technometrics 19, 15-18.
    """
    table = as_batch(rollout, values)[0]
    found = _without_missing(rollout, table)
    # A unit whose absence leaves nothing to estimate decides everything.
    return range_without(found, decided=len(found) < rollout.size)


def range_without(found: dict[str, float], *, decided: bool = False) -> LeftOut | None:
    """Return the range of estimates without each unit; None without any.

    Formula: min and max; the sign holds when both lie on the same side of 0 and nothing else has
    `decided` it, such as a unit without which nothing can be said (NaN). Unit of the values.
    Source: influence by deletion, Cook (1977).
    """
    count = len(found)
    found = {name: one for name, one in found.items() if np.isfinite(one)}
    if not found:
        return None
    low, high = min(found, key=lambda one: found[one]), max(found, key=lambda one: found[one])
    decided = decided or len(found) < count
    holds = not decided and (found[low] > 0 or found[high] < 0)
    return LeftOut(found[low], found[high], low, high, holds)
