"""How far a benefit has come from its baseline to its target. No Django.

Source: the formula in production in Norwegian municipalities (måloppnåelse), benefits-methods 2.2.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal


def achieved_share(
    baseline: Decimal | None, target: Decimal | None, value: Decimal | None
) -> Decimal | None:
    """Return the achieved share of the way from baseline to target, 1 = the target is reached.

    Formula: (value − baseline) / (target − baseline); works for falling indicators too. None when
    something is not known, or when baseline and target are the same (nothing was promised).
    """
    if baseline is None or target is None or value is None or baseline == target:
        return None
    return (value - baseline) / (target - baseline)


def expected_share(
    live_on: dt.date | None, target_on: dt.date | None, on: dt.date
) -> Decimal | None:
    """Return the share of the way the straight line from go-live to the target day has on a day.

    Formula: (day − go-live) / (target day − go-live), between 0 and 1. None without the two days;
    all of the way when the target day is not after go-live.
    """
    if live_on is None or target_on is None:
        return None
    if target_on <= live_on:
        return Decimal(1)
    gone = Decimal((on - live_on).days) / Decimal((target_on - live_on).days)
    return min(Decimal(1), max(Decimal(0), gone))


def expected_value(
    baseline: Decimal | None,
    target: Decimal | None,
    live_on: dt.date | None,
    target_on: dt.date | None,
    on: dt.date,
) -> Decimal | None:
    """Return the value the straight line from baseline to target has on a day; unit as the values.

    None before go-live, and when a value or a day of the line is not known.
    """
    share = expected_share(live_on, target_on, on)
    if baseline is None or target is None or share is None or (live_on and on < live_on):
        return None
    return baseline + (target - baseline) * share


def is_a_leap(value: Decimal, last: Decimal | None, times: int) -> bool:
    """Tell whether a value is so far from the last one that somebody should look once more.

    So it is when one of them is at least `times` the other in size, or their signs differ. Unit:
    as the values. Without a last value, or with a zero among the two, nothing can be told.
    """
    if not last or not value:
        return False
    large, small = max(abs(value), abs(last)), min(abs(value), abs(last))
    return large >= times * small or (value < 0) != (last < 0)


def latest_value(
    measured: Iterable[tuple[dt.date, Decimal]], live_on: dt.date | None, today: dt.date
) -> tuple[dt.date, Decimal] | None:
    """Return the last (day, value) after go-live that has come, or None."""
    if live_on is None:
        return None
    return max((m for m in measured if live_on <= m[0] <= today), default=None)


def shares_by_year(
    measured: Iterable[tuple[dt.date, Decimal]],
    baseline: Decimal | None,
    target: Decimal | None,
    carried_to: int | None = None,
) -> dict[int, Decimal]:
    """Return the achieved share of each year: its last measurement, carried on to the next one.

    `measured` are the (day, value) that count; the last of each year is enough. A year counts from
    the first measurement on; the last level goes on to the year `carried_to`, without one it ends
    with its own year. Empty when the share of the way cannot be told (see `achieved_share`).
    """
    taken = sorted(measured)
    by_year: dict[int, Decimal] = {}
    for index, (on, value) in enumerate(taken):
        share = achieved_share(baseline, target, value)
        if share is None:
            return {}
        is_last = index + 1 == len(taken)
        until = (carried_to or on.year) if is_last else taken[index + 1][0].year
        for year in range(on.year, until + 1):
            by_year[year] = share
    return by_year
