"""Whether places started as a drawn order said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence


def as_drawn(waves: Sequence[Sequence[str]], starts: Mapping[str, dt.date | None]) -> bool:
    """Tell whether those who have started did so in the order of the waves.

    `waves` names of places, wave by wave; `starts` the day of each, None when not yet. Nobody of a
    later wave started before somebody of an earlier one, and nobody started who was not drawn.
    """
    wave_of = {name: number for number, names in enumerate(waves) for name in names}
    begun = {name: on for name, on in starts.items() if on is not None}
    if not begun or not set(begun) <= set(wave_of):
        return False
    last: dt.date | None = None
    for number in range(len(waves)):
        days = [begun.get(name) for name in waves[number] if name in starts]
        started = [day for day in days if day is not None]
        if last is not None and started and min(started) <= last:
            return False
        if started:
            if any(day is None for day in days):
                later = [n for n in begun if wave_of[n] > number]
                return not later
            last = max(started)
    return True
