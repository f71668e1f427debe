"""Breaks: days from which a series is counted in another way.

Nothing is joined across a break by itself. Somebody says which side is used; until then the series
cannot be estimated.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from hoest.domain.evidence.rules.codes import BreakHandling


@dataclass(frozen=True)
class BreakFact:
    """A day from which a series is counted in another way, and which side is used."""

    on: dt.date
    handling: BreakHandling


class UnhandledBreak(Exception):
    """A series has a break and nobody has said which side is used."""

    def __init__(self, on: dt.date) -> None:
        super().__init__(on)
        self.on = on


def usable(breaks: Iterable[BreakFact]) -> tuple[dt.date | None, dt.date | None]:
    """Return from which day, and to before which day, values may be used together.

    None where there is no limit. The latest "after" and the earliest "before" hold. Raises
    UnhandledBreak for the first one nobody has decided.
    """
    given = sorted(breaks, key=lambda one: one.on)
    for one in given:
        if one.handling is BreakHandling.NOT_DECIDED:
            raise UnhandledBreak(one.on)
    after = [one.on for one in given if one.handling is BreakHandling.AFTER]
    before = [one.on for one in given if one.handling is BreakHandling.BEFORE]
    return max(after, default=None), min(before, default=None)
