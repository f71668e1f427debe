"""The order of the demo: dated events that happen with the clock set to their day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

from hoest.foundation import clock

# The first act of a day happens at nine, the next ones some minutes later.
MORNING = dt.time(9, 0)
MINUTES_APART = 7
MINUTES_IN_USE = 8 * 60

Act = Callable[[], object]


class NotInThePast(ValueError):
    """The demo tells of something that has not happened yet."""


@dataclass
class Timeline:
    """What happens, by day; on one day in the order in which it was told."""

    today: dt.date
    acts: list[tuple[dt.date, int, Act]] = field(default_factory=list)

    def on(self, day: dt.date, act: Act) -> None:
        """Let an act happen on a day before today. Raises NotInThePast."""
        if day >= self.today:
            raise NotInThePast(f"{day} is not before {self.today}")
        self.acts.append((day, len(self.acts), act))

    def happen(self) -> int:
        """Let everything happen in order; return how many acts there were."""
        present, earlier = None, 0
        for day, _order, act in sorted(self.acts, key=lambda one: one[:2]):
            earlier = earlier + 1 if day == present else 0
            present = day
            with clock.frozen_at(_moment(day, earlier)):
                act()
        return len(self.acts)


def _moment(day: dt.date, earlier: int) -> dt.datetime:
    minutes = earlier * MINUTES_APART % MINUTES_IN_USE
    start = dt.datetime.combine(day, MORNING, tzinfo=clock.DANISH_TIME)
    return start + dt.timedelta(minutes=minutes, seconds=earlier * 13 % 60)
