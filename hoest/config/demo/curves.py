"""The shapes of the demo's measurements: level before, ramp after go-live, season, noise, slip.

value = (baseline + (target − baseline) · reached) · (1 + season) · (1 + noise), where `reached`
climbs from 0 at go-live to `reach` over `ramp_months` as a smooth S, and from `slip_on` falls to
`slip_to` over half a year. Everything random comes from the seed, so a series is the same anew.
"""

from __future__ import annotations

import datetime as dt
import math
import random
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

DAYS_A_MONTH = 30.44
SLIP_MONTHS = 6.0
LARGEST_NOISE = 2.5


@dataclass(frozen=True)
class Curve:
    """The shape of one series. Shares are of the way from baseline to target."""

    baseline: float
    target: float
    live_on: dt.date | None
    reach: float = 0.9
    ramp_months: float = 8.0
    season: float = 0.0
    peak_month: int = 1
    noise: float = 0.03
    slip_on: dt.date | None = None
    slip_to: float = 0.0
    decimals: int = 0

    def reached(self, day: dt.date) -> float:
        """Return the share of the way that is reached on a day, without season and noise."""
        if self.live_on is None or day < self.live_on:
            return 0.0
        risen = self.reach * _smooth((day - self.live_on).days / DAYS_A_MONTH / self.ramp_months)
        if self.slip_on is None or day < self.slip_on:
            return risen
        fallen = _smooth((day - self.slip_on).days / DAYS_A_MONTH / SLIP_MONTHS)
        return risen + (self.slip_to - risen) * fallen

    def values(self, days: Iterable[dt.date], seed: str) -> list[tuple[dt.date, Decimal]]:
        """Return (day, value) for each day, in the unit of the indicator."""
        chance = random.Random(seed)  # noqa: S311 - shapes of a demo, not a secret
        places = Decimal(1).scaleb(-self.decimals)
        found = []
        for day in days:
            level = self.baseline + (self.target - self.baseline) * self.reached(day)
            turn = math.cos((day.month - self.peak_month) / 12 * 2 * math.pi)
            wobble = max(-LARGEST_NOISE, min(LARGEST_NOISE, chance.gauss(0, 1)))
            value = level * (1 + self.season * turn) * (1 + self.noise * wobble)
            found.append(
                (day, Decimal(str(max(value, 0.0))).quantize(places, rounding=ROUND_HALF_UP))
            )
        return found


def _smooth(share: float) -> float:
    """Return an S from 0 to 1 (smoothstep)."""
    share = min(1.0, max(0.0, share))
    return share * share * (3 - 2 * share)
