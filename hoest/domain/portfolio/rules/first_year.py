"""Facts about the way from zero: when a milestone is due, and how far a municipality is. No Django.

Source: requirement ST-10 (a plan of 12 to 18 months with milestones).
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class MilestoneState(StrEnum):
    """Where a milestone stands."""

    DONE = "done"
    LATE = "late"
    SOON = "soon"
    AHEAD = "ahead"


@dataclass(frozen=True)
class MilestoneFacts:
    """A milestone: when it is due, and the day it was done, by people or by facts."""

    id: int
    due_on: dt.date
    done_on: dt.date | None = None


@dataclass(frozen=True)
class Progress:
    """How far the plan is: n of m, what is next (the earliest that is not done), what is late."""

    done: int
    total: int
    late: int
    next_id: int | None


def months_after(day: dt.date, months: int) -> dt.date:
    """Return the day so many months later, or the last of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def milestone_state(facts: MilestoneFacts, today: dt.date, soon_days: int) -> MilestoneState:
    """Return where a milestone stands; soon is within so many days."""
    if facts.done_on is not None:
        return MilestoneState.DONE
    if facts.due_on < today:
        return MilestoneState.LATE
    if facts.due_on <= today + dt.timedelta(days=soon_days):
        return MilestoneState.SOON
    return MilestoneState.AHEAD


def progress(milestones: Iterable[MilestoneFacts], today: dt.date) -> Progress:
    """Return how far the plan is."""
    rows = list(milestones)
    waiting = sorted((one for one in rows if one.done_on is None), key=lambda m: (m.due_on, m.id))
    return Progress(
        done=len(rows) - len(waiting),
        total=len(rows),
        late=sum(one.due_on < today for one in waiting),
        next_id=waiting[0].id if waiting else None,
    )
