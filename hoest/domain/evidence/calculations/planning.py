"""Planning: what a roll-out in waves could show, from the history before anybody starts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from hoest.domain.evidence.calculations.estimating import finite
from hoest.engine.effects import (
    EffectError,
    Noise,
    Plan,
    Row,
    comparison_grade,
    distinct_orders,
    drawn_order,
    history_of,
    noise_of,
    plan_of,
    power_of,
    rollout_of,
)

LEVEL = 0.05


class Unknown(Exception):
    """The noise cannot be learnt from the history: the engine's code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Ground:
    """What is known before the first start: places, periods and the noise of one place.

    `deviation` in the unit of the values; `carried` (0-1) what one period hands on to the next.
    """

    places: tuple[str, ...]
    periods: int
    first: dt.date
    last: dt.date
    deviation: float
    carried: float


@dataclass(frozen=True)
class Outlook:
    """What one order of starts could show.

    `detectable` the smallest effect seen four times of five, in the unit of the values, None when
    nothing can be; `power` the probability of seeing the promise (0-1). `orders` how many orders
    the lot could have given; below 20 chance cannot be ruled out. `grade` the highest it can reach.
    """

    waves: int
    detectable: float | None
    error: float | None
    precision: float
    power: float | None
    orders: int
    grade: int

    @property
    def is_blind(self) -> bool:
        """Tell whether the order can show nothing, whatever the size of the effect."""
        return self.detectable is None

    @property
    def can_rule_out_chance(self) -> bool:
        """Tell whether there are enough other orders to rule chance out at 5 %."""
        return self.orders * LEVEL >= 1


def ground_of(rows: Sequence[tuple[str, dt.date, float]]) -> Ground:
    """Return what the history of (place, period, value) tells. Raises Unknown."""
    try:
        panel = history_of(Row(place, period, value, None) for place, period, value in rows)
        noise = noise_of(panel.rollout, panel.values)
    except EffectError as fault:
        raise Unknown(type(fault).__name__) from fault
    periods = [period for period in panel.rollout.periods if isinstance(period, dt.date)]
    return Ground(
        panel.rollout.units,
        len(periods),
        min(periods),
        max(periods),
        noise.deviation,
        noise.carried,
    )


def dealt(strata: Mapping[str, str], waves: int, seed: int) -> tuple[tuple[str, ...], ...]:
    """Return the places wave by wave, drawn by lot within those that resemble each other.

    `strata` the group of each place. Same places and seed: same order.
    """
    places = sorted(strata)
    names = sorted(set(strata.values()))
    layers = [names.index(strata[place]) for place in places]
    wave_of = drawn_order(places, waves, seed=seed, strata=layers).tolist()
    return tuple(
        tuple(place for place, wave in zip(places, wave_of, strict=True) if wave == number)
        for number in range(waves)
    )


def outlook_of(
    ground: Ground,
    waves: Sequence[Sequence[str]],
    never: Sequence[str],
    *,
    before: int,
    after: int,
    every: int,
    promised: float | None,
    strata: Mapping[str, str],
    drawn: bool = True,
) -> Outlook:
    """Return what an order of starts could show.

    `before` and `after` periods before and from the first start, `every` the periods between waves;
    `promised` in the unit of the values. `never` places wait through all of it.
    """
    places = [*(place for wave in waves for place in wave), *never]
    wave_of = [number for number, wave in enumerate(waves) for _place in wave]
    wave_of += [before + after] * len(never)
    noise = Noise(ground.deviation, ground.carried)
    names = sorted(set(strata.values()))
    length = before + after
    rollout = rollout_of(
        places,
        range(length),
        [min(before + wave * every, length) for wave in wave_of],
        strata=[names.index(strata[place]) for place in places],
    )
    plan: Plan = plan_of(
        places,
        np.array(wave_of, np.int64),
        periods=length,
        first=before,
        every=every,
        noise=noise,
    )
    seen = finite(plan.detectable) if plan.precision else None
    return Outlook(
        waves=len(waves),
        detectable=seen,
        error=finite(plan.error),
        precision=plan.precision,
        power=None if promised is None or seen is None else power_of(plan.rollout, noise, promised),
        orders=distinct_orders(rollout),
        grade=int(comparison_grade(rollout, drawn=drawn).grade),
    )
