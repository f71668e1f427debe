"""The pulse: leaders' own rating of how hard it is to harvest, half-year by half-year.

Answers are counts of a group, never rows of a person, and are shown when the half-year is over and
only for groups that are large enough.

Source: requirement G-05; the 46 % of leaders in technical departments who called it one of the
really big challenges (COK in Teknik & Miljø, about 2017).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class PulseAnswer(StrEnum):
    """How big a challenge it is to harvest the gains."""

    GREAT = "great"
    SOME = "some"
    SMALL = "small"


@dataclass(frozen=True)
class Rated:
    """The answers of a group: how many, and the share that called it one of the big challenges.

    `share` is 0..1, None when the group is too small to be shown.
    """

    answers: int
    share: float | None


@dataclass(frozen=True)
class Realised:
    """Of the gains that were to be there by now: how many are measured or further."""

    due: int
    measured: int


def round_of(day: dt.date) -> dt.date:
    """Return the first day of the half-year a day lies in."""
    return dt.date(day.year, 1 if day.month <= 6 else 7, 1)


def round_before(first: dt.date) -> dt.date:
    """Return the first day of the half-year before."""
    return dt.date(first.year - 1, 7, 1) if first.month == 1 else dt.date(first.year, 1, 1)


def rated(counts: Mapping[str, int], smallest: int) -> Rated:
    """Return what may be shown of a group's answers. `smallest` is the fewest people shown."""
    total = sum(counts.values())
    if total < smallest:
        return Rated(total, None)
    return Rated(total, counts.get(PulseAnswer.GREAT, 0) / total)


def shown_apart(groups: Mapping[int | None, int], smallest: int) -> set[int]:
    """Return the departments whose answers may stand apart.

    What is left when they are taken from the whole must be large enough too, or nothing, so that
    nobody's answer can be found by subtraction.
    """
    large = {unit for unit, count in groups.items() if unit is not None and count >= smallest}
    rest = sum(count for unit, count in groups.items() if unit not in large)
    while large and 0 < rest < smallest:
        least = min(large, key=lambda unit: (groups[unit], unit))
        large.discard(least)
        rest += groups[least]
    return {unit for unit in large if unit is not None}
