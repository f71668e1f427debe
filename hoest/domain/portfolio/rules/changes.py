"""Facts about change: what lands on the same people at once, and a plan for each group. No Django.

Source: requirement O-10 (respect the differences of professional cultures), S0 on the load of
change; the same initiative comes to care staff and to caseworkers in two ways.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from hoest.domain.portfolio.rules.capacity import quarter_of

LOOK_AHEAD_MONTHS = 24


@dataclass(frozen=True)
class Landing:
    """Something new that reaches some people on a day: where, how many, and of what."""

    place_id: int | str
    initiative_id: int
    title: str
    on: dt.date
    people: int | None = None
    is_live: bool = False


@dataclass(frozen=True)
class Load:
    """What lands at one place in one quarter, in the order of its days."""

    landings: tuple[Landing, ...] = ()
    most: int = 2

    @property
    def count(self) -> int:
        """How many different initiatives land."""
        return len({one.initiative_id for one in self.landings})

    @property
    def is_heavy(self) -> bool:
        """Tell whether more lands than the limit allows."""
        return self.count > self.most

    @property
    def people(self) -> int | None:
        """The most people one of them reaches; the same people may meet several, so no sum."""
        known = [one.people for one in self.landings if one.people is not None]
        return max(known, default=None)


@dataclass(frozen=True)
class Window:
    """A time of the year when a group has no room: a name and months 1 to 12."""

    name: str
    months: tuple[int, ...]


@dataclass(frozen=True)
class ProfileFacts:
    """What a group's profile says, as a plan reads it."""

    concerns: str = ""
    arguments: str = ""
    told: str = ""
    windows: tuple[Window, ...] = ()
    super_users: int | None = None


@dataclass(frozen=True)
class ProposedPlan:
    """What a plan for one group begins with, and why it starts when it does."""

    starts_on: dt.date | None
    message: str
    training: str
    moved_by: tuple[Window, ...] = field(default_factory=tuple)


def loads(
    landings: Iterable[Landing], quarters: Sequence[dt.date], most: int
) -> dict[int | str, dict[dt.date, Load]]:
    """Return what lands per place and quarter; places in the order they are met."""
    found: dict[int | str, dict[dt.date, list[Landing]]] = {}
    shown = set(quarters)
    for one in landings:
        quarter = quarter_of(one.on)
        if quarter in shown:
            found.setdefault(one.place_id, {}).setdefault(quarter, []).append(one)
    return {
        place: {
            quarter: Load(tuple(sorted(here, key=lambda one: (one.on, one.title))), most)
            for quarter, here in by_quarter.items()
        }
        for place, by_quarter in found.items()
    }


def in_window(day: dt.date, windows: Iterable[Window]) -> Window | None:
    """Return the first window a day lies in, or None."""
    return next((one for one in windows if day.month in one.months), None)


def proposed_plan(
    profile: ProfileFacts, wanted_on: dt.date | None, title: str, practice: str = ""
) -> ProposedPlan:
    """Return a plan as a group's profile makes it.

    The start is the wanted day, or the first day of the first month after it outside the group's
    windows. The message is the group's own good arguments, and the training is told its own way.
    """
    start, moved = wanted_on, []
    for _month in range(LOOK_AHEAD_MONTHS):
        window = in_window(start, profile.windows) if start else None
        if start is None or window is None:
            break
        if window not in moved:
            moved.append(window)
        last = calendar.monthrange(start.year, start.month)[1]
        start = start.replace(day=last) + dt.timedelta(days=1)
    else:
        start = wanted_on
    message = " ".join(part for part in (practice or title, profile.arguments) if part).strip()
    return ProposedPlan(start, message, profile.told, tuple(moved))


def told_alike(messages: Mapping[str, str]) -> tuple[str, ...]:
    """Return the groups that are told word for word the same as another; empty when none are."""
    by_words: dict[str, list[str]] = {}
    for group, message in messages.items():
        words = " ".join(message.casefold().split())
        if words:
            by_words.setdefault(words, []).append(group)
    return tuple(group for alike in by_words.values() if len(alike) > 1 for group in alike)
