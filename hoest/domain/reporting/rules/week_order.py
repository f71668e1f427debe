"""Min uge in its order: the needs of benefits and initiatives beside what other subjects ask for.

Source: requirement P-12; product notes, the harvest ladder. No Django.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from hoest.domain.reporting.rules.week import Need, WeekItem
from hoest.foundation.asks import Ask


@dataclass(frozen=True)
class AskItem:
    """One thing another subject asks of a person; it carries its own words.

    Nothing is at stake in kroner or hours, so it weighs as one typical benefit, as a benefit
    without an amount does. It can be put aside, but not passed on: whom it may be given to is
    for its own page to say.
    """

    ask: Ask
    weight: Decimal = Decimal(1)

    @property
    def key(self) -> tuple[str, int]:
        """What makes it the same thing from day to day."""
        return self.ask.kind, self.ask.subject_id

    def is_late(self, today: dt.date) -> bool:
        """Tell whether its day has passed."""
        return self.ask.due_on is not None and self.ask.due_on < today


def in_order(items: Iterable[WeekItem], asks: Iterable[AskItem]) -> list[WeekItem | AskItem]:
    """Return both as one list: what a person asked for, then by weight, then by its day.

    Among equals what has a day comes first, the earliest day ahead; a need keeps its own order.
    """
    known = ranked(items)
    last = dt.date.max
    dated = sorted(asks, key=lambda item: (item.ask.due_on or last, item.key))
    ahead: list[WeekItem | AskItem] = [one for one in known if one.passed_on_by]
    rest: list[WeekItem | AskItem] = [
        *(one for one in dated if one.ask.due_on is not None),
        *(one for one in known if not one.passed_on_by),
        *(one for one in dated if one.ask.due_on is None),
    ]
    return ahead + sorted(rest, key=lambda item: -item.weight)


def ranked(items: Iterable[WeekItem]) -> list[WeekItem]:
    """Return the items in the order they are shown, without what another one says better.

    First what a person asked for, then by weight. Silence about an initiative is left out when
    something else about it is on the list: that already says that it needs her.
    """
    found = list(items)
    spoken = {item.initiative.initiative_id for item in found if item.need not in _SILENCES}
    kept = [
        item
        for item in found
        if item.need not in _SILENCES
        or item.passed_on_by
        or item.initiative.initiative_id not in spoken
    ]
    silent_twice = {item.subject_id for item in kept if item.need is Need.SPONSOR_SILENCE}
    kept = [
        item
        for item in kept
        if item.need is not Need.STATUS_SILENCE
        or item.passed_on_by
        or item.subject_id not in silent_twice
    ]
    order = list(Need)
    return sorted(
        kept,
        key=lambda item: (
            not item.passed_on_by,
            -item.weight,
            order.index(item.need),
            item.subject_id,
        ),
    )


_SILENCES = (Need.SPONSOR_SILENCE, Need.STATUS_SILENCE)
