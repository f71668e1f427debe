"""Grade and verdict: how the figure was made, and what it may be called.

The grade says which rung of method was reached and steps down by itself when its ground is missing.
The verdict is one of four words. Reasons and remedies are codes; the words for people come later.

Source: the ladder of methods, docs/reference/methods/effects.md; Benjamini and Hochberg (1995),
Journal of the Royal Statistical Society B 57, 289-300.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum

import numpy as np

from .errors import NumberOutOfRange
from .panel import Floats, Rollout

LEVEL = 0.05
WEAK_LEVEL = 0.10
FEWEST_ADOPTERS = 4
FEWEST_DATES = 2
FEWEST_NOT_YET = 3


class Grade(IntEnum):
    """Which rung of method a figure stands on."""

    CLAIMED = 0
    COUNTED = 1
    DETRENDED = 2
    COMPARED = 3
    STEPWISE = 4
    DRAWN = 5


class Verdict(StrEnum):
    """What the figure may be called."""

    SHOWN = "vist"
    INDICATED = "antydet"
    NOT_SHOWN = "ikke vist"
    CANNOT = "kan ikke vises"


class Reason(StrEnum):
    """Why a grade or a verdict is not higher."""

    NO_COMPARISON = "no_comparison"
    ONE_SERIES = "one_series"
    SHORT_BEFORE = "short_before"
    FEW_ADOPTERS = "few_adopters"
    ONE_DATE = "one_date"
    FEW_NOT_YET = "few_not_yet"
    FEW_ORDERS = "few_orders"
    P_ABOVE_LEVEL = "p_above_level"
    P_NEAR_LEVEL = "p_near_level"
    WILD_DISAGREES = "wild_disagrees"
    ONE_UNIT_DECIDES = "one_unit_decides"
    MOVED_APART_BEFORE = "moved_apart_before"
    LITTLE_POWER = "little_power"
    MANY_LOOKED_AT = "many_looked_at"
    EFFECT_WITHOUT_START = "effect_without_start"


class Remedy(StrEnum):
    """What would make it possible to say more."""

    MORE_UNITS = "more_units"
    UNTOUCHED_UNITS = "untouched_units"
    MORE_DATES = "more_dates"
    LONGER_BEFORE = "longer_before"
    LONGER_AFTER = "longer_after"
    CHOOSE_BEFORE = "choose_before"
    DRAW_THE_ORDER = "draw_the_order"


REMEDIES: dict[Reason, Remedy] = {
    Reason.NO_COMPARISON: Remedy.UNTOUCHED_UNITS,
    Reason.ONE_SERIES: Remedy.UNTOUCHED_UNITS,
    Reason.SHORT_BEFORE: Remedy.LONGER_BEFORE,
    Reason.FEW_ADOPTERS: Remedy.MORE_UNITS,
    Reason.ONE_DATE: Remedy.MORE_DATES,
    Reason.FEW_NOT_YET: Remedy.UNTOUCHED_UNITS,
    Reason.FEW_ORDERS: Remedy.MORE_UNITS,
    Reason.P_ABOVE_LEVEL: Remedy.LONGER_AFTER,
    Reason.P_NEAR_LEVEL: Remedy.LONGER_AFTER,
    Reason.WILD_DISAGREES: Remedy.MORE_UNITS,
    Reason.ONE_UNIT_DECIDES: Remedy.MORE_UNITS,
    Reason.MOVED_APART_BEFORE: Remedy.DRAW_THE_ORDER,
    Reason.LITTLE_POWER: Remedy.MORE_UNITS,
    Reason.MANY_LOOKED_AT: Remedy.CHOOSE_BEFORE,
    Reason.EFFECT_WITHOUT_START: Remedy.LONGER_BEFORE,
}


@dataclass(frozen=True, slots=True)
class Graded:
    """A grade, and why it is not higher."""

    grade: Grade
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Doubts:
    """What may weaken a figure: p of the wild bootstrap, sign without one unit, p of a gap before.

    None where it was not looked at. `detectable` is the effect that could have been seen;
    `false_effect` the largest that shows at a date when nobody had begun, None without any.
    """

    wild_p: float | None = None
    sign_holds: bool | None = None
    gap_p: float | None = None
    estimate: float = 0.0
    detectable: float | None = None
    false_effect: float | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict, its reasons and what would make more possible."""

    verdict: Verdict
    reasons: tuple[Reason, ...]
    remedies: tuple[Remedy, ...]


def comparison_grade(rollout: Rollout, *, drawn: bool = False) -> Graded:
    """Return the grade of a comparison between units, stepped down where its ground is missing.

    Formula: 4 when >= 4 adopters start at >= 2 dates at each of which >= 3 others had not started,
    5 when their order was also drawn by lot, else 3; 1 when nobody could be compared.
    Source: docs/reference/methods/effects.md; below these numbers false alarms were measured.
    """
    later = {date: int((rollout.starts > date).sum()) for date in rollout.dates.tolist()}
    if not any(later.values()):
        return Graded(Grade.COUNTED, (Reason.NO_COMPARISON,))
    dates = [date for date, count in later.items() if count >= FEWEST_NOT_YET]
    adopters = int(np.isin(rollout.starts, dates).sum())
    reasons = []
    if len(rollout.dates) < FEWEST_DATES:
        reasons.append(Reason.ONE_DATE)
    if int(rollout.adopters.sum()) < FEWEST_ADOPTERS:
        reasons.append(Reason.FEW_ADOPTERS)
    elif len(dates) < min(FEWEST_DATES, len(rollout.dates)) or adopters < FEWEST_ADOPTERS:
        reasons.append(Reason.FEW_NOT_YET)
    if reasons:
        return Graded(Grade.COMPARED, tuple(reasons))
    return Graded(Grade.DRAWN if drawn else Grade.STEPWISE, ())


def judged(
    grade: Grade,
    p: float,
    smallest_p: float,
    doubts: Doubts | None = None,
    *,
    level: float = LEVEL,
) -> Judgement:
    """Return what a figure may be called.

    Formula: "kan ikke vises" below grade 2 or when the smallest possible p > level; "vist" at
    grade >= 3 with p <= level and no doubt (wild p > 0.10, sign that one unit turns, a gap before
    with p <= level, an effect at a date when nobody had begun); "antydet" at p <= level otherwise,
    or p <= 0.10; else "ikke vist". Below grade 3 "antydet" falls to "ikke vist" when one unit turns
    the sign or an effect at least as large shows when nobody had begun.
    Raises NumberOutOfRange.
    Source: docs/reference/methods/effects.md.
    """
    if not 0 <= p <= 1:
        raise NumberOutOfRange("p", p)
    unsure = doubts or Doubts()
    reasons: list[Reason] = []
    if grade < Grade.DETRENDED:
        reasons.append(Reason.NO_COMPARISON)
        return _judgement(Verdict.CANNOT, reasons)
    if smallest_p > level:
        return _judgement(Verdict.CANNOT, [Reason.FEW_ORDERS])
    if p > level:
        near = p <= WEAK_LEVEL
        upset = _upset(grade, unsure) if near else []
        reasons.append(Reason.P_NEAR_LEVEL if near else Reason.P_ABOVE_LEVEL)
        if unsure.detectable is not None and unsure.detectable > abs(unsure.estimate):
            reasons.append(Reason.LITTLE_POWER)
        verdict = Verdict.INDICATED if near and not upset else Verdict.NOT_SHOWN
        return _judgement(verdict, [*reasons, *upset])
    if grade < Grade.COMPARED:
        reasons.append(Reason.ONE_SERIES)
    if unsure.wild_p is not None and unsure.wild_p > WEAK_LEVEL:
        reasons.append(Reason.WILD_DISAGREES)
    if unsure.sign_holds is False:
        reasons.append(Reason.ONE_UNIT_DECIDES)
    if unsure.gap_p is not None and unsure.gap_p <= level:
        reasons.append(Reason.MOVED_APART_BEFORE)
    if unsure.false_effect is not None:
        reasons.append(Reason.EFFECT_WITHOUT_START)
    if _upset(grade, unsure):
        return _judgement(Verdict.NOT_SHOWN, reasons)
    return _judgement(Verdict.INDICATED if reasons else Verdict.SHOWN, reasons)


def _upset(grade: Grade, unsure: Doubts) -> list[Reason]:
    """What takes even the sign away from a series that stands alone."""
    if grade >= Grade.COMPARED:
        return []
    found = [Reason.ONE_UNIT_DECIDES] if unsure.sign_holds is False else []
    if unsure.false_effect is not None and unsure.false_effect >= abs(unsure.estimate):
        found.append(Reason.EFFECT_WITHOUT_START)
    return found


def judged_among_many(
    grade: Grade, found: Judgement, p: float, q: float, doubts: Doubts, *, level: float = LEVEL
) -> Judgement:
    """Return what a figure may be called when many indicators were looked at.

    Formula: `judged` with q, the p adjusted for their number, in the place of p; where p alone
    would have been enough, the number of indicators is the reason. "Kan ikke vises" stays.
    Raises NumberOutOfRange.
    Source: Benjamini and Hochberg (1995).
    """
    if found.verdict is Verdict.CANNOT:
        return found
    again = judged(grade, q, 0.0, doubts, level=level)
    if not p <= level < q:
        return again
    chance = (Reason.P_ABOVE_LEVEL, Reason.P_NEAR_LEVEL)
    rest = [one for one in again.reasons if one not in chance]
    return _judgement(again.verdict, [Reason.MANY_LOOKED_AT, *rest])


def _judgement(verdict: Verdict, reasons: list[Reason]) -> Judgement:
    remedies = tuple(dict.fromkeys(REMEDIES[one] for one in reasons))
    return Judgement(verdict, tuple(reasons), remedies)


def benjamini_hochberg(p: Floats) -> Floats:
    """Return p values of many secondary indicators, adjusted for their number.

    Formula: q_(i) = min over j >= i of p_(j) m / j, at most 1. Shape (m,).
    Raises NumberOutOfRange.
    Source: Benjamini and Hochberg (1995).
    """
    given = np.asarray(p, dtype=np.float64)
    if given.size and not ((given >= 0) & (given <= 1)).all():
        raise NumberOutOfRange("p", float(given[~((given >= 0) & (given <= 1))][0]))
    order = np.argsort(given, kind="stable")
    raised = given[order] * given.size / np.arange(1, given.size + 1)
    smallest = np.minimum.accumulate(raised[::-1])[::-1]
    adjusted = np.empty_like(given)
    adjusted[order] = np.minimum(smallest, 1.0)
    return adjusted
