"""How well a benefit's figure is known: its method grade and its verdict. No Django.

The grade says how the figure was made, the verdict what it may be called. Both are made by an
effect estimate; until there is one, the facts give them: a promise is claimed, a measurement after
go-live is counted, and neither can show anything, since there is nothing to compare with.
Source: the ladder of methods, docs/reference/methods/effects.md.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import IntEnum, StrEnum


class MethodGrade(IntEnum):
    """Which rung of method a figure stands on: the same numbers as the engine's."""

    CLAIMED = 0
    COUNTED = 1
    DETRENDED = 2
    COMPARED = 3
    STEPWISE = 4
    DRAWN = 5

    @property
    def code(self) -> str:
        """The code of the grade among the words."""
        return self.name.lower()


class Verdict(StrEnum):
    """What a figure may be called: the same words as the engine's."""

    SHOWN = "vist"
    INDICATED = "antydet"
    NOT_SHOWN = "ikke vist"
    CANNOT = "kan ikke vises"

    @property
    def code(self) -> str:
        """The code of the verdict among the words."""
        return self.name.lower()


# Below it there was nothing to compare with, and nothing is called shown.
LOWEST_PROOF = MethodGrade.COMPARED


@dataclass(frozen=True, slots=True)
class Proof:
    """The grade and verdict of a figure, and the day of the estimate or measurement behind it.

    `shown_on` is since when the effect is shown in the wished direction; None when it is not.
    `is_estimated` tells an estimate from what the facts alone give.
    """

    grade: MethodGrade
    verdict: Verdict
    on: dt.date | None = None
    shown_on: dt.date | None = None
    is_estimated: bool = False

    @property
    def is_shown(self) -> bool:
        """Whether the figure may carry the rung Påvist: shown, compared, in the wished direction.

        Source: the harvest ladder of the product notes.
        """
        return (
            self.shown_on is not None
            and self.verdict is Verdict.SHOWN
            and self.grade >= LOWEST_PROOF
        )


CLAIMED = Proof(MethodGrade.CLAIMED, Verdict.CANNOT)


@dataclass(frozen=True, slots=True)
class NotedEffect:
    """What the last estimate of a benefit said, as it is noted on the benefit."""

    grade: int
    verdict: str
    on: dt.date
    shown_on: dt.date | None = None


def noted(
    grade: int | None, verdict: str, on: dt.date | None, shown_on: dt.date | None
) -> NotedEffect | None:
    """Return what is noted on a benefit, or None when nothing was ever estimated."""
    if grade is None or not verdict or on is None:
        return None
    return NotedEffect(grade, verdict, on, shown_on)


def proof_of(
    *, measured_on: dt.date | None, has_baseline: bool, effect: NotedEffect | None = None
) -> Proof:
    """Return the grade and verdict of a benefit's figure.

    `measured_on` is the last measurement after go-live by the agreed method. An estimate speaks
    for itself; else a measurement with a baseline is counted and a promise is claimed, and both
    "kan ikke vises". Raises ValueError for a grade or verdict there is none of.
    Source: docs/reference/methods/effects.md.
    """
    if effect is not None:
        return Proof(
            MethodGrade(effect.grade), Verdict(effect.verdict), effect.on, effect.shown_on, True
        )
    if measured_on is not None and has_baseline:
        return Proof(MethodGrade.COUNTED, Verdict.CANNOT, measured_on)
    return CLAIMED


def allows(effect: NotedEffect) -> bool:
    """Tell whether an estimate may say that: a known grade and verdict, nothing shown uncompared.

    Shown in the wished direction needs the verdict *vist* at grade >= 3, by a day that has been
    estimated. The database holds the same law.
    """
    if effect.grade not in list(MethodGrade) or effect.verdict not in list(Verdict):
        return False
    is_shown = effect.verdict == Verdict.SHOWN
    if is_shown and effect.grade < LOWEST_PROOF:
        return False
    return effect.shown_on is None or (is_shown and effect.shown_on <= effect.on)
