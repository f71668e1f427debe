"""Days of the demo: written relative to today, so that the demo never grows stale.

`-14m` is a working day in the month 14 months before this one, the same for the same story and
different between stories; `-20d` is 20 days before today; `0m` is not used, since it may be past
or future.
"""

from __future__ import annotations

import datetime as dt
import re
import zlib
from dataclasses import dataclass

from hoest.domain.benefits.rules.ladder import add_months
from hoest.foundation.faults import Fault

_SPEC = re.compile(r"([+-]\d+)([md])")
# Days of a month that a month's spec may fall on: enough to differ, never the end of a month.
SPREAD_DAYS = 20
SATURDAY = 5


class NotADemoDay(Fault):
    """A day in the demo's files is not written as -14m or -20d."""


@dataclass(frozen=True)
class Calendar:
    """The day the demo is built, and what relative days mean on it."""

    today: dt.date

    def day(self, spec: str, salt: str = "") -> dt.date:
        """Return the day a spec means; the same salt and spec give the same day."""
        found = _SPEC.fullmatch(str(spec))
        if found is None:
            raise NotADemoDay(f"Demodatoen '{spec}' skal skrives som -14m eller -20d.")
        number, unit = int(found[1]), found[2]
        if unit == "d":
            return self.today + dt.timedelta(days=number)
        day = add_months(self.month(0), number) + dt.timedelta(
            days=zlib.crc32(f"{salt}{number}".encode()) % SPREAD_DAYS
        )
        weekend = day.weekday() - SATURDAY
        return day if weekend < 0 else day + dt.timedelta(days=2 - weekend)

    def month(self, offset: int) -> dt.date:
        """Return the first day of a month, counted from this one."""
        return add_months(self.today.replace(day=1), offset)

    def month_end(self, offset: int) -> dt.date:
        """Return the last day of a month, counted from this one."""
        return self.month(offset + 1) - dt.timedelta(days=1)

    def year(self, offset: int) -> int:
        """Return a year, counted from this one."""
        return self.today.year + offset
