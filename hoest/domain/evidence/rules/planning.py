"""A roll-out in waves before it begins: which plans are shown, and how long they are compared.

Every plan beside another has equally long to show something, so only the waves differ.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from enum import StrEnum

from hoest.domain.evidence.rules.codes import Step
from hoest.domain.evidence.rules.periods import from_first

SHOWN_WAVES = (1, 2, 3, 4, 6, 12)
FEWEST_PLACES = 2
# How long one measures after the last start, and how far waves lie apart, unless somebody says.
USUAL_AFTER = {Step.MONTH: 6, Step.QUARTER: 4, Step.YEAR: 2}
USUAL_EVERY = {Step.MONTH: 2, Step.QUARTER: 1, Step.YEAR: 1}


class Part(StrEnum):
    """What a place does in a plan."""

    DRAWN = "lod"
    NEVER = "aldrig"
    OUT = "ude"


def window(waves: int, every: int, after: int) -> int:
    """Return the periods from the first start until the plan has been seen to the end."""
    return (waves - 1) * every + after


def spread(length: int, waves: int) -> int:
    """Return the periods between waves when they are spread evenly over a window."""
    return max(1, length // waves)


def plans_beside(places: int, length: int, chosen: int) -> list[int]:
    """Return the numbers of waves to show beside each other: those there is room for."""
    fitting = {one for one in SHOWN_WAVES if one <= places and one <= length}
    return sorted({*fitting, chosen})


def starts_on(first_on: dt.date, every: int, waves: int, step: Step) -> list[dt.date]:
    """Return the first day of each wave; the first as it was given."""
    return [first_on, *(from_first(first_on, step, every * wave) for wave in range(1, waves))]


def wished_waves(wish: Mapping[str, int], waves: int) -> list[list[str]]:
    """Return the places wave by wave as somebody wishes them; waves nobody is in fall away."""
    found = [sorted(name for name, wave in wish.items() if wave == one) for one in range(waves)]
    return [names for names in found if names]


def moved(drawn: Sequence[Sequence[str]], wish: Sequence[Sequence[str]]) -> list[str]:
    """Return the places that a wish puts in another wave than the lot did."""
    lot = {name: wave for wave, names in enumerate(drawn) for name in names}
    return sorted(n for wave, names in enumerate(wish) for n in names if lot.get(n) != wave)
