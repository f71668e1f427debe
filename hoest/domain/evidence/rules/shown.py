"""When an estimate lifts a benefit, and when its owner is told.

Source: the harvest ladder of the product notes; Påvist needs "vist" at grade 3 or higher.
"""

from __future__ import annotations

from hoest.domain.evidence.rules.codes import Wanted

LOWEST_GRADE = 3
SHOWN = "vist"
CHANGED = ("first", "now_shown", "no_longer_shown", "other_verdict", "same")


def shown_as_wanted(estimate: float, grade: int, verdict: str, wanted: Wanted) -> bool:
    """Tell whether an estimate shows the change that was wished for.

    `estimate` in the unit of the series. A change shown the other way is shown, but it is no gain.
    """
    if verdict != SHOWN or grade < LOWEST_GRADE:
        return False
    return estimate < 0 if wanted is Wanted.LOWER else estimate > 0


def told_change(before: tuple[str, bool] | None, now: tuple[str, bool]) -> str:
    """Return what changed from one (verdict, shown as wanted) to the next: one of `CHANGED`."""
    if before is None:
        return "first"
    if before[1] != now[1]:
        return "now_shown" if now[1] else "no_longer_shown"
    return "same" if before[0] == now[0] else "other_verdict"
