"""Drawing the order: who starts when by lot, and what each plan can tell.

A drawn order makes randomisation inference exact. All at once tells nothing: its precision is 0.

Source: Hussey and Hughes (2007), Contemporary Clinical Trials 28, 182-191; Hemming et al. (2015),
British Medical Journal 350, h391.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .errors import NothingToCompare, NumberOutOfRange, PeriodsNotConnected, TooFewUnits
from .panel import Floats, Ints, Rollout, rollout_of
from .power import LEVEL, POWER, Noise, detectable, error_of_plan

MOST_WAVES = 12


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """A roll-out in waves: `precision` is 1 / SE² of the estimate, 0 when it can tell nothing.

    `error` and `detectable` in the unit of the values, infinite when precision is 0.
    """

    rollout: Rollout
    waves: int
    precision: float
    error: float
    detectable: float


def drawn_order(
    units: Sequence[str], waves: int, *, seed: int, strata: Sequence[int] | Ints | None = None
) -> Ints:
    """Return the wave (from 0) of each unit, drawn by lot.

    Formula: units shuffled within each stratum (PCG64 of the seed, units in order of their names),
    then dealt one by one to the waves, the first wave of each round drawn by lot too when the units
    do not fill it. Shape (n,). The same units and seed give the same order in whatever order they
    come. Raises NumberOutOfRange, TooFewUnits.
    Source: restricted randomisation, Hemming et al. (2015).
    """
    if not 1 <= waves <= len(units):
        raise TooFewUnits(len(units), max(waves, 1))
    if seed < 0:
        raise NumberOutOfRange("seed", seed)
    layers = np.zeros(len(units), np.int64) if strata is None else np.asarray(strata)
    random = np.random.Generator(np.random.PCG64(seed))
    queue: list[int] = []
    by_name = sorted(range(len(units)), key=lambda place: units[place])
    for layer in sorted(set(layers.tolist())):
        members = [place for place in by_name if layers[place] == layer]
        queue += [members[one] for one in random.permutation(len(members))]
    found = np.empty(len(units), np.int64)
    whole = len(queue) // waves * waves
    for turn, place in enumerate(queue[:whole]):
        found[place] = turn % waves
    for place, wave in zip(queue[whole:], random.permutation(waves), strict=False):
        found[place] = wave
    return found


def plan_of(
    units: Sequence[str],
    wave_of: Ints,
    *,
    periods: int,
    first: int,
    every: int,
    noise: Noise,
    level: float = LEVEL,
    power: float = POWER,
) -> Plan:
    """Return what a plan can tell.

    Formula: start of wave w = first + w · every; precision = 1 / SE², SE of `error_of_plan`, 0 when
    no treated value can be compared with an untreated one. Periods and starts are counted from 0.
    Raises NumberOutOfRange.
    Source: Hussey and Hughes (2007); the variance of the imputation estimate.
    """
    for name, value, least in (("periods", periods, 2), ("first", first, 1), ("every", every, 0)):
        if value < least:
            raise NumberOutOfRange(name, value)
    starts = first + np.asarray(wave_of) * every
    waves = len(np.unique(starts))
    rollout = rollout_of(units, range(periods), starts.tolist())
    if not rollout.adopters.any():
        raise NumberOutOfRange("first", first)
    try:
        error = error_of_plan(rollout, noise)
        seen = detectable(rollout, noise, level=level, power=power)
    except (NothingToCompare, PeriodsNotConnected):
        error = seen = float("inf")
    precision = 0.0 if not np.isfinite(error) else (1 / error**2 if error > 0 else float("inf"))
    return Plan(rollout, waves, precision, error, seen)


def wedge_variance(treated: Floats, within: float, between: float) -> float:
    """Return the variance of a stepped wedge's effect in a mixed model, infinite for all at once.

    Formula: [Σ_i X_i' V⁻¹ X_i]⁻¹ at the effect, X the periods and the treatment, V = within · I +
    between · 11'; equal to Iσ²(σ² + Tτ²) / {(IU - W)σ² + (U² + ITU - TW - IV)τ²}. `treated` (I, T)
    of 0 and 1, `within` the variance of one cell's mean, `between` that of the units.
    Raises NumberOutOfRange.
    Source: Hussey and Hughes (2007), equation 8.
    """
    if not within > 0 or between < 0:
        raise NumberOutOfRange("within" if not within > 0 else "between", within)
    x = np.asarray(treated, dtype=np.float64)
    units, periods = x.shape
    by_unit, by_period = x.sum(1), x.sum(0)
    total = float(x.sum())
    w, v = float((by_period**2).sum()), float((by_unit**2).sum())
    ground = (units * total - w) * within + (
        total**2 + units * periods * total - periods * w - units * v
    ) * between
    if ground <= 1e-12 * units * units * periods * (within + between):
        return float("inf")
    return units * within * (within + periods * between) / ground
