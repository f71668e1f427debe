"""Codes of the register, and how a contract's dates become a date to decide by. No Django."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Origin(StrEnum):
    """Where a row comes from."""

    KITOS = "kitos"
    FILE = "file"


class RunState(StrEnum):
    """Where a reading is."""

    WAITING = "waiting"
    READING = "reading"
    READY = "ready"
    DONE = "done"
    PARTIAL = "partial"
    FAULTY = "faulty"
    FAILED = "failed"
    STOPPED = "stopped"


WORKING = (RunState.WAITING, RunState.READING)


class Tie(StrEnum):
    """What an initiative does with a system."""

    USES = "uses"
    REPLACES = "replaces"


class Kind(StrEnum):
    """What a changed row is."""

    SYSTEM = "system"
    CONTRACT = "contract"
    PROCESSING = "processing"


class What(StrEnum):
    """What happened to a row."""

    NEW = "new"
    CHANGED = "changed"
    GONE = "gone"
    BACK = "back"
    FAULTY = "faulty"


class Segment(StrEnum):
    """A part of the year by whose end notice is given, or from whose end it is counted.

    The values are KITOS' own choices in small letters.
    """

    MONTH = "endofmonth"
    QUARTER = "endofquarter"
    YEAR = "endofcalendaryear"


SEGMENT_MONTHS = {Segment.MONTH: 1, Segment.QUARTER: 3, Segment.YEAR: 12}


@dataclass(frozen=True)
class Deadline:
    """When a contract can be left, and by when that has to be decided."""

    leaves_on: dt.date | None
    decide_by: dt.date | None


def months_before(day: dt.date, months: int) -> dt.date:
    """Return the day some months earlier; the 31st becomes the month's last day."""
    count = day.year * 12 + day.month - 1 - months
    year, month = divmod(count, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last))


def last_end(day: dt.date, segment: Segment) -> dt.date:
    """Return the last day that ends a month, a quarter or a year and is not after `day`."""
    size = SEGMENT_MONTHS[segment]
    tomorrow = day + dt.timedelta(days=1)
    first = (tomorrow.month - 1) // size * size + 1
    return dt.date(tomorrow.year, first, 1) - dt.timedelta(days=1)


def deadline(
    *,
    ends_on: dt.date | None,
    terminated_on: dt.date | None,
    irrevocable_until: dt.date | None,
    is_continuous: bool | None,
    notice_months: int | None,
    notice_by: Iterable[str] = (),
) -> Deadline:
    """Return when a contract can be left and by when to decide. Units: months of notice.

    `notice_by` are the segments by whose end notice is given, or from whose end it is counted:
    either way the last day is the end of a segment with the whole notice after it. With two the
    earlier day holds; a code that is no segment says nothing.
    A contract that was given notice ends on that day and asks for no decision about leaving. A
    continuous one can be left when it no longer is irrevocable. Without a known notice the
    decision is due the day it ends. Source: KITOS' fields validity, agreementPeriod, termination.
    """
    if terminated_on is not None:
        return Deadline(terminated_on, None)
    leaves = irrevocable_until if is_continuous else (ends_on or irrevocable_until)
    if leaves is None:
        return Deadline(None, None)
    latest = months_before(leaves, notice_months or 0)
    known = [Segment(one) for one in notice_by if one in set(Segment)]
    return Deadline(leaves, min([latest, *(last_end(latest, one) for one in known)]))


def last_day(
    *, ends_on: dt.date | None, terminated_on: dt.date | None, is_continuous: bool | None
) -> dt.date | None:
    """Return the last day of a contract; None when it has none.

    Notice ends it on its day. A continuous one goes on after the day it was first agreed to.
    """
    if terminated_on is not None:
        return terminated_on
    return None if is_continuous else ends_on
