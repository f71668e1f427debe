"""Checks of one that stands alone: without each of the others, and at dates when nobody had begun.

A unit that is compared with a weighted neighbour, or with its own line, has no other orders to be
tried against. Then the same method is asked again, without one unit at a time, and as if the start
had come earlier, on the time before the real start, where no effect can be.

Source: Abadie, Diamond and Hainmueller (2015), American Journal of Political Science 59, 495-510
(leave one out, placebo dates); Cook (1977), Technometrics 19, 15-18.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from .checks import Gap, LeftOut, Pretended, range_without, seen_by
from .compared import mean_line
from .errors import EffectError
from .panel import Floats, Rollout, rollout_of
from .structural import Structural
from .synthetic import FEWEST_BEFORE, synthetic, synthetic_without

# Ranges and ranks need not the last digits of the weights; a tenth of the steps is enough.
STEPS = 1_000
MOST_LEFT_OUT = 12
QUARTERS = (1, 2, 3)
FEWEST_LEARNT = 8
FEWEST_FORETOLD = 4


def synthetic_left_out(rollout: Rollout, values: Floats) -> LeftOut | None:
    """Return the range of the synthetic estimate when each other unit in turn is left out.

    Formula: min and max over j of τ without unit j, of all units (but an adopter that is alone).
    `values` (n, T) of one indicator, none missing. Unit of the values.
    Source: Abadie et al. (2015), section 5.
    """
    return range_without(synthetic_without(rollout, values, steps=STEPS))


def synthetic_gap(
    rollout: Rollout, values: Floats, ahead: int, *, effect: float | None = None, seed: int = 0
) -> Gap | None:
    """Return the synthetic effect of pretending that the start came so many periods earlier.

    Formula: τ of `synthetic` with the start s - ahead on the periods before s; error and p from the
    same pretended date of the other units. None with fewer than three periods before, or nobody to
    pretend for. `values` (n, T) of one indicator, none missing.
    Source: Abadie et al. (2015), section 5 (placebo dates and units).
    """
    start = int(rollout.dates[0])
    if ahead < 1 or start - ahead < FEWEST_BEFORE:
        return None
    early = np.where(rollout.adopters, start - ahead, start)
    pretended = rollout_of(rollout.units, rollout.periods[:start], early.tolist())
    found = synthetic(pretended, values[:, :start], seed=seed, steps=STEPS)
    count = len(found.placebos)
    if count < 2:
        return None
    seen, power = seen_by(found.placebo_error, count - 1, effect)
    error, smallest = found.placebo_error, found.smallest_p
    return Gap(ahead, found.estimate, error, found.p, seen, power, smallest)


Asked = Callable[[Floats, int], tuple[float, float, float]]


def pretended_dates(series: Floats, start: int, answered: Asked) -> tuple[Pretended, ...]:
    """Return what a method says of the quarter points of the time before, where no effect can be.

    Formula: the method on y_1..y_{s-1} with the starts ⌊s q / 4⌋, q = 1, 2, 3, that leave at least
    eight periods before and four after. `series` (..., T); `answered` takes the series before the
    start and the pretended start, and gives effect, error and p.
    Source: Abadie et al. (2015), section 5.
    """
    found = []
    for early in sorted({start * quarter // 4 for quarter in QUARTERS}):
        if early < FEWEST_LEARNT or start - early < FEWEST_FORETOLD:
            continue
        try:
            effect, error, p = answered(series[..., :start], early)
        except EffectError:
            continue
        found.append(Pretended(early, effect, error, p))
    return tuple(found)


def own_line_without(
    rollout: Rollout, values: Floats, answered: Callable[[Floats], float]
) -> dict[str, float]:
    """Return what is said of the mean of those who started without each of them, by its name.

    Formula: the method on the mean over i ≠ j of y_i; nothing where only one started; NaN
    where nothing is left to estimate. `values` (n, T), NaN missing. Unit of the values.
    Source: Cook (1977).
    """
    rows = np.flatnonzero(rollout.adopters)
    if len(rows) < 2:
        return {}
    every = np.arange(rollout.size)
    return {
        rollout.units[one]: _if_any(answered, mean_line(values, rollout.adopters & (every != one)))
        for one in rows
    }


def untouched_without(
    names: tuple[str, ...],
    untouched: Floats,
    found: Structural,
    answered: Callable[[Floats], Structural],
) -> dict[str, float]:
    """Return the structural estimate without each untouched unit that weighs, by its name.

    Formula: the twelve with the largest |pull| in turn; the others hardly move the answer. Without
    the only one, ours stands on its own past. `names` and `untouched` (k, T) as they were given.
    Unit of the values.
    Source: Cook (1977).
    """
    heavy = np.argsort(-np.abs(found.pulls), kind="stable")[:MOST_LEFT_OUT]
    return {
        names[one]: _if_any(
            lambda rest: answered(rest).estimate, untouched[found.used[found.used != one]]
        )
        for one in found.used[heavy].tolist()
    }


def _if_any(answered: Callable[[Floats], float], table: Floats) -> float:
    """Return what is said of a table, or NaN where nothing can be said."""
    try:
        return answered(table)
    except EffectError:
        return math.nan
