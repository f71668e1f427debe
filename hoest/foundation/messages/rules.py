"""When mail may come, and what a day's digest holds. No Django.

Quiet hours and days are the municipality's (content); the rhythm is the person's own. What must
come also reaches those who have turned mail off, but never outside the open hours.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from hoest.foundation.content import QuietTimes
from hoest.foundation.faults import Fault

MOST_DAYS_AHEAD = 60


class Rhythm(StrEnum):
    """How often a person wants the mail."""

    DAILY = "daily"
    WEEKLY = "weekly"
    NEVER = "never"


class LinkState(StrEnum):
    """How far a link from a mail is."""

    OPEN = "open"
    USED = "used"
    EXPIRED = "expired"


class UnknownAddress(Fault):
    """A message leads to a page of Høst, and nowhere else."""


class LinkNotOpen(Fault):
    """The link is not ours, is used or is too old. `path` is where it led, when it is ours."""

    def __init__(self, state: LinkState | None, path: str = "") -> None:
        super().__init__("Linket kan ikke bruges.")
        self.state = state
        self.path = path


class LinkNeedsOwnSignIn(Fault):
    """The person signs in another way, so a link opens nothing by itself."""


@dataclass(frozen=True)
class Choice:
    """A person's own choice. `weekday` counts from Monday as 0; `since` is the day she chose it."""

    rhythm: Rhythm = Rhythm.DAILY
    weekday: int = 0
    since: dt.date | None = None
    away_until: dt.date | None = None


def easter_sunday(year: int) -> dt.date:
    """Return Easter Sunday of a year in the Gregorian calendar.

    Source: the anonymous computus (Nature, 20 April 1876; Meeus, Astronomical Algorithms, ch. 8).
    """
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (a + 11 * h) // 319
    n = (2 * e + 2 * i - k - h + m + 32) % 7
    month = (h - m + n + 90) // 25
    return dt.date(year, month, (h - m + n + month + 19) % 32)


def is_quiet_day(day: dt.date, times: QuietTimes) -> bool:
    """Tell whether no mail is sent on a day."""
    if day.weekday() in times.weekdays or (day.month, day.day) in times.fixed:
        return True
    return (day - easter_sunday(day.year)).days in times.easter


def may_send(now: dt.datetime, times: QuietTimes) -> bool:
    """Tell whether mail may be sent at a moment. Units: Danish time."""
    return times.opens <= now.hour < times.closes and not is_quiet_day(now.date(), times)


def digest_is_due(now: dt.datetime, choice: Choice, last_on: dt.date | None, must: bool) -> bool:
    """Tell whether a person's digest is to be sent now, when mail may be sent at all.

    `last_on` is the day of her last one; `must` that something waits that comes whatever she
    chose. At most one a day.
    """
    today = now.date()
    if last_on is not None and last_on >= today:
        return False
    if choice.away_until is not None and today <= choice.away_until:
        return False
    if must or choice.rhythm is Rhythm.DAILY:
        return True
    if choice.rhythm is Rhythm.NEVER:
        return False
    known = max((day for day in (last_on, choice.since) if day is not None), default=dt.date.min)
    return known < _week_day_before(today, choice.weekday)


def _week_day_before(today: dt.date, weekday: int) -> dt.date:
    """Return the last day up to today that is a weekday (Monday is 0)."""
    return today - dt.timedelta(days=(today.weekday() - weekday) % 7)


def next_digest(
    now: dt.datetime, choice: Choice, last_on: dt.date | None, must: bool, times: QuietTimes
) -> dt.datetime | None:
    """Return when the next digest is sent at the earliest; None when her choice is none."""
    moment = now
    for _day in range(MOST_DAYS_AHEAD):
        if moment.hour >= times.closes:
            moment = _opening(moment + dt.timedelta(days=1), times)
            continue
        if moment.hour < times.opens:
            moment = _opening(moment, times)
        if may_send(moment, times) and digest_is_due(moment, choice, last_on, must):
            return moment
        moment = _opening(moment + dt.timedelta(days=1), times)
    return None


def _opening(moment: dt.datetime, times: QuietTimes) -> dt.datetime:
    return moment.replace(hour=times.opens, minute=0, second=0, microsecond=0)


def chosen(musts: Sequence[bool], rhythm: Rhythm) -> list[int]:
    """Return the places of the messages a digest takes: all, or those that must come."""
    return [place for place, must in enumerate(musts) if must or rhythm is not Rhythm.NEVER]


def link_state(
    *, used_at: dt.datetime | None, expires_at: dt.datetime, now: dt.datetime
) -> LinkState:
    """Return the state of a link; used counts before expired."""
    if used_at is not None:
        return LinkState.USED
    return LinkState.EXPIRED if now >= expires_at else LinkState.OPEN
