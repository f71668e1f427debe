"""Facts about stages, delays and the way use grows: when a stage may open, and who is late.

A stage opens when every stage before it is learnt from, or skipped with a reason, and none of
them was decided to pause. No Django. Source: requirement F-04 (step by step, with learnings).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class StageDecision(StrEnum):
    """What is decided when a stage is learnt from."""

    GO_ON = "go_on"
    ADJUST = "adjust"
    PAUSE = "pause"


class LateCause(StrEnum):
    """Why a roll-out comes later than planned."""

    SUPPLIER = "supplier"
    PEOPLE = "people"
    TECHNOLOGY = "technology"
    LAW = "law"
    WAITS = "waits"
    LEARNING = "learning"
    OTHER = "other"


class StageState(StrEnum):
    """Where a stage stands, in the order of its life."""

    WAITING = "waiting"
    READY = "ready"
    OPEN = "open"
    LEARNT = "learnt"
    SKIPPED = "skipped"


class OpeningHindrance(StrEnum):
    """What keeps a stage from being opened."""

    OPEN_ALREADY = "open_already"
    NOT_LEARNT = "not_learnt"
    NOT_DECIDED = "not_decided"
    PAUSED = "paused"


class EarlyCause(StrEnum):
    """Why a place of a stage may not be live on a day."""

    NOT_OPENED = "not_opened"
    BEFORE_OPENING = "before_opening"


@dataclass(frozen=True)
class StageFacts:
    """One stage in its order."""

    place: int
    is_opened: bool = False
    opened_on: dt.date | None = None
    learnt: str = ""
    skipped_because: str = ""
    decision: StageDecision | None = None

    @property
    def is_done(self) -> bool:
        """Tell whether something was learnt, or the stage was skipped with a reason."""
        return bool(self.learnt or self.skipped_because)


def stage_state(stage: StageFacts, earlier: Iterable[StageFacts]) -> StageState:
    """Return where a stage stands among those before it."""
    if stage.learnt:
        return StageState.LEARNT
    if stage.skipped_because:
        return StageState.SKIPPED
    if stage.is_opened:
        return StageState.OPEN
    return StageState.WAITING if opening_hindrances(stage, earlier) else StageState.READY


def opening_hindrances(
    stage: StageFacts, earlier: Iterable[StageFacts]
) -> tuple[OpeningHindrance, ...]:
    """Return what keeps a stage from being opened, heaviest first.

    Only the stage next before decides: a pause before that was answered by going on since.
    """
    before = sorted((one for one in earlier if one.place < stage.place), key=lambda s: s.place)
    found = []
    if stage.is_opened or stage.is_done:
        found.append(OpeningHindrance.OPEN_ALREADY)
    if any(not one.is_done for one in before):
        found.append(OpeningHindrance.NOT_LEARNT)
    elif before and before[-1].decision is None and not before[-1].skipped_because:
        found.append(OpeningHindrance.NOT_DECIDED)
    elif before and before[-1].decision is StageDecision.PAUSE:
        found.append(OpeningHindrance.PAUSED)
    return tuple(found)


def going_live_early(
    stage: StageFacts | None, earlier: Iterable[StageFacts], live_on: dt.date | None
) -> EarlyCause | None:
    """Return why a place of a stage may not go live on a day; None when it may.

    It may from the day its stage was opened. A stage whose learning was skipped before it was
    opened lets its places go live when nothing before it keeps it shut. A place outside the stages
    is free.
    """
    if stage is None or live_on is None:
        return None
    if stage.is_opened:
        is_before = stage.opened_on is not None and live_on < stage.opened_on
        return EarlyCause.BEFORE_OPENING if is_before else None
    return EarlyCause.NOT_OPENED if keeps_shut(stage, earlier) else None


def keeps_shut(stage: StageFacts, earlier: Iterable[StageFacts]) -> bool:
    """Tell whether the places of a stage must wait: it is not opened, nor skipped in its turn."""
    if stage.is_opened:
        return False
    if not stage.skipped_because:
        return True
    return bool(set(opening_hindrances(stage, earlier)) - {OpeningHindrance.OPEN_ALREADY})


def earliest_opening(earlier: Iterable[dt.date | None]) -> dt.date | None:
    """Return the first day a stage can have been opened: the last day one before was learnt from.

    `earlier` are the days on which the stages before it were learnt from. None: any day.
    """
    return max((day for day in earlier if day is not None), default=None)


def days_late(planned_on: dt.date | None, live_on: dt.date | None, today: dt.date) -> int:
    """Return how many days after its planned day a place went live, or is now; 0 when in time."""
    if planned_on is None:
        return 0
    end = live_on if live_on is not None and live_on <= today else today
    return max(0, (end - planned_on).days)


@dataclass(frozen=True)
class Count:
    """A count of users on a day. A later count of the same day puts the earlier right."""

    on: dt.date
    users: int
    planned: int
    serial: int = 0

    @property
    def share(self) -> Decimal:
        """The share of the planned users, 0 to 1."""
        return min(Decimal(1), Decimal(self.users) / Decimal(self.planned))


def adoption_curve(counts: Iterable[Count]) -> tuple[Count, ...]:
    """Return the counts day by day: the newest of each day, in the order of the days."""
    newest: dict[dt.date, Count] = {}
    for one in sorted(counts, key=lambda c: c.serial):
        newest[one.on] = one
    return tuple(newest[day] for day in sorted(newest))


def together(curves: Sequence[tuple[int, Sequence[Count]]]) -> tuple[tuple[dt.date, Decimal], ...]:
    """Return the share over several places day by day.

    `curves` holds (planned users now, counts by day) of each place. On each day a place counts
    what was last counted there, and nobody before its first count.
    """
    planned = sum(users for users, _counts in curves)
    days = sorted({count.on for _users, counts in curves for count in counts})
    found = []
    for day in days:
        used = 0
        for users, counts in curves:
            last = [count.users for count in counts if count.on <= day]
            used += min(last[-1], users) if last else 0
        found.append((day, Decimal(used) / Decimal(planned) if planned else Decimal(0)))
    return tuple(found)
