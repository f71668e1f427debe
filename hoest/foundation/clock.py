"""The one clock. Nothing else in Høst asks what time it is, so tests and replays can set it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from zoneinfo import ZoneInfo

DANISH_TIME = ZoneInfo("Europe/Copenhagen")
_frozen: ContextVar[dt.datetime | None] = ContextVar("frozen_clock", default=None)


def now() -> dt.datetime:
    """Return the present moment, aware, in Danish time."""
    return _frozen.get() or dt.datetime.now(DANISH_TIME)


def today() -> dt.date:
    """Return the present date in Denmark."""
    return now().date()


@contextmanager
def frozen_at(moment: dt.datetime | dt.date) -> Iterator[None]:
    """Let the clock stand still at a moment (a date means noon in Denmark)."""
    if not isinstance(moment, dt.datetime):
        moment = dt.datetime(moment.year, moment.month, moment.day, 12, tzinfo=DANISH_TIME)
    token = _frozen.set(moment)
    try:
        yield
    finally:
        _frozen.reset(token)
