"""Which reminders a benefit gives rise to on a day: before a measurement, at it, after, upwards.

The due day is the ladder's own (`next_measurement_due`), so what is reminded of is what the ladder
asks for. Follow-ups come 3, 6, 12 and 24 months after go-live by default, whether or not the
project still exists. No Django. Source: requirement G-15; benefits-methods §8.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from hoest.domain.benefits.rules.codes import Frequency
from hoest.domain.benefits.rules.ladder import BenefitFacts, add_months


class Stage(StrEnum):
    """How far a missing measurement has come; each is told once. The values are message kinds."""

    SOON = "measurement_soon"
    DUE = "measurement_due"
    LATE = "measurement_late"
    MISSING = "measurement_missing"


@dataclass(frozen=True)
class ReminderLimits:
    """Days and months of content: how early, how late by frequency, and when the sponsor hears."""

    soon_days: int
    grace_days: Mapping[Frequency, int]
    sponsor_days: int
    follow_up_months: tuple[int, ...]
    follow_up_window_days: int


def stage_of(
    due: dt.date, frequency: Frequency, today: dt.date, limits: ReminderLimits
) -> Stage | None:
    """Return the stage of a measurement on a day; None while it is far ahead."""
    late = due + dt.timedelta(days=limits.grace_days[frequency])
    if today > late + dt.timedelta(days=limits.sponsor_days):
        return Stage.MISSING
    if today > late:
        return Stage.LATE
    if today >= due:
        return Stage.DUE
    return Stage.SOON if today >= due - dt.timedelta(days=limits.soon_days) else None


def follow_up_of(facts: BenefitFacts, today: dt.date, limits: ReminderLimits) -> int | None:
    """Return how many months after go-live a follow-up is for, when one is to be told now.

    A follow-up is told in a window after its day, so that a benefit that is written down late is
    not reminded of everything at once. None for a benefit that was given up.
    """
    if facts.live_on is None or facts.lapsed_on is not None:
        return None
    for months in sorted(limits.follow_up_months, reverse=True):
        on = add_months(facts.live_on, months)
        if on <= today < on + dt.timedelta(days=limits.follow_up_window_days):
            return months
    return None
