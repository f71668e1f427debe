"""Facts about capacity: hours asked for against hours offered, per role and quarter. No Django.

Over-booking is the hours asked for beyond those offered. Without a figure for what is offered it
is unknown, never zero and never a hundred per cent. Hours stay hours; they are never kroner.
Source: requirement O-03 (be clear whether there is the organisational capacity), ST-08 (a limit
on simultaneous work).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from hoest.domain.portfolio.rules.initiatives import Phase
from hoest.domain.portfolio.rules.rollouts import THOUSANDTH

# What takes hands before it is live; an idea does not yet, and what is live is daily life.
WORKING_PHASES = (Phase.ANALYSIS, Phase.EXECUTION)


@dataclass(frozen=True)
class Asked:
    """Hours one initiative asks of one role in one quarter (its first day)."""

    initiative_id: int
    role: str
    quarter: dt.date
    hours: int


@dataclass(frozen=True)
class Booking:
    """One role in one quarter: hours asked for, and offered (None: nobody has written it)."""

    role: str
    quarter: dt.date
    asked_hours: int
    offered_hours: int | None

    @property
    def over_hours(self) -> int | None:
        """Return the hours asked for beyond those offered, at least 0; None when unknown."""
        if self.offered_hours is None:
            return None
        return max(0, self.asked_hours - self.offered_hours)

    @property
    def load_share(self) -> Decimal | None:
        """Return the asked hours over the offered, 1 = exactly full.

        None when nothing is offered, whether it is unknown or zero.
        """
        if not self.offered_hours:
            return None
        share = Decimal(self.asked_hours) / Decimal(self.offered_hours)
        return share.quantize(THOUSANDTH, ROUND_HALF_UP)

    @property
    def over_share(self) -> Decimal | None:
        """Return the over-booked hours over the offered, at least 0; None as `load_share`."""
        load = self.load_share
        return None if load is None else max(Decimal(0), load - 1)


def quarter_of(day: dt.date) -> dt.date:
    """Return the first day of the quarter a day lies in."""
    return dt.date(day.year, day.month - (day.month - 1) % 3, 1)


def next_quarter(quarter: dt.date) -> dt.date:
    """Return the first day of the quarter after."""
    return (
        dt.date(quarter.year + 1, 1, 1)
        if quarter.month > 9
        else quarter.replace(month=quarter.month + 3, day=1)
    )


def quarters_from(day: dt.date, count: int) -> list[dt.date]:
    """Return so many quarters, beginning with the one a day lies in."""
    found = [quarter_of(day)]
    while len(found) < count:
        found.append(next_quarter(found[-1]))
    return found[:count]


def bookings(
    asked: Iterable[Asked],
    offered: dict[tuple[str, dt.date], int],
    without: Collection[int] = (),
) -> dict[tuple[str, dt.date], Booking]:
    """Return each role and quarter that is asked for or offered.

    `without` names initiatives that are thought away; what they ask for is left out.
    """
    hours: dict[tuple[str, dt.date], int] = dict.fromkeys(offered, 0)
    for one in asked:
        place = (one.role, one.quarter)
        hours.setdefault(place, 0)
        if one.initiative_id not in without:
            hours[place] += one.hours
    return {place: Booking(*place, total, offered.get(place)) for place, total in hours.items()}


def over_hours(found: Iterable[Booking]) -> int:
    """Return the over-booked hours together; hours left over elsewhere do not make up for them."""
    return sum(one.over_hours or 0 for one in found)


def worst(found: Iterable[Booking]) -> Booking | None:
    """Return the most over-booked, by hours, the earliest first; None when nothing is."""
    over = [one for one in found if one.over_hours]
    return min(over, key=lambda one: (-(one.over_hours or 0), one.quarter, one.role), default=None)


def gives_way(asked_hours: int, booking: Booking) -> int:
    """Return how many over-booked hours go when an initiative's hours there are taken away."""
    return min(asked_hours, booking.over_hours or 0)


@dataclass(frozen=True)
class AtOnce:
    """How much a unit works on at once, and how much it means to."""

    count: int
    most: int

    @property
    def is_full(self) -> bool:
        """Tell whether one more would pass the limit."""
        return self.count >= self.most

    @property
    def is_over(self) -> bool:
        """Tell whether the limit is passed."""
        return self.count > self.most
