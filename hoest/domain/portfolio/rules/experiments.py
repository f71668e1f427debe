"""Facts about experiments: small ships with a ceiling of money and weeks. No Django.

Past its limit an experiment asks for one of three: stop, scale, or one reasoned extension.
Source: requirements ST-08 and F-01.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class ExperimentState(StrEnum):
    """Where an experiment stands."""

    RUNNING = "running"
    STOPPED = "stopped"
    SCALED = "scaled"


class Breach(StrEnum):
    """Which limit an experiment has gone past."""

    TIME = "time"
    MONEY = "money"


class Way(StrEnum):
    """What may be decided about a running experiment."""

    STOP = "stop"
    SCALE = "scale"
    EXTEND = "extend"


@dataclass(frozen=True)
class ExperimentFacts:
    """A running experiment: the limits that hold now, and what is spent (None: not told)."""

    ends_on: dt.date
    money_ceiling_dkk: Decimal
    spent_dkk: Decimal | None = None
    was_extended: bool = False
    is_running: bool = True


def breaches(facts: ExperimentFacts, today: dt.date) -> tuple[Breach, ...]:
    """Return the limits a running experiment has gone past; the last day is within."""
    if not facts.is_running:
        return ()
    found = []
    if facts.ends_on < today:
        found.append(Breach.TIME)
    if facts.spent_dkk is not None and facts.spent_dkk > facts.money_ceiling_dkk:
        found.append(Breach.MONEY)
    return tuple(found)


def ways(facts: ExperimentFacts) -> tuple[Way, ...]:
    """Return what may be decided: an experiment is extended once and no more."""
    if not facts.is_running:
        return ()
    return (Way.STOP, Way.SCALE) if facts.was_extended else (Way.STOP, Way.SCALE, Way.EXTEND)


def last_day(starts_on: dt.date, weeks: int) -> dt.date:
    """Return the last day an experiment may run when it starts on a day."""
    return starts_on + dt.timedelta(weeks=weeks)


def carries_too_much(active_roles: int, most: int) -> bool:
    """Tell whether a champion carries more than is wise. It never stops anything."""
    return active_roles > most
