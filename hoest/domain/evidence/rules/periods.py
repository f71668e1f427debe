"""Periods of a series: each is known by its first day."""

from __future__ import annotations

import datetime as dt

from hoest.domain.evidence.rules.codes import Step

_MONTHS = {Step.MONTH: 1, Step.QUARTER: 3, Step.YEAR: 12}


def months_of(step: Step) -> int:
    """Return how many months a period has."""
    return _MONTHS[step]


def first_day(day: dt.date, step: Step) -> dt.date:
    """Return the first day of the period a day lies in."""
    months = _MONTHS[step]
    return dt.date(day.year, (day.month - 1) // months * months + 1, 1)


def from_first(day: dt.date, step: Step, count: int) -> dt.date:
    """Return the first day of the period `count` periods after the one a day lies in."""
    first = first_day(day, step)
    months = first.year * 12 + first.month - 1 + count * _MONTHS[step]
    return dt.date(months // 12, months % 12 + 1, 1)


def last_day(day: dt.date, step: Step) -> dt.date:
    """Return the last day of the period a day lies in."""
    return from_first(day, step, 1) - dt.timedelta(days=1)


def periods_between(first: dt.date, last: dt.date, step: Step) -> int:
    """Return how many periods there are from the period of one day to that of another."""
    begin, end = first_day(first, step), first_day(last, step)
    return (end.year - begin.year) * 12 // _MONTHS[step] + (end.month - begin.month) // _MONTHS[
        step
    ]
