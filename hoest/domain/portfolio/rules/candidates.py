"""Facts of automation candidates: hours a year, and what speaks for and against.

Source: requirement G-11; OS2autoproces computes occurrences x minutes x per cent / 60 / 100.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from hoest.domain.portfolio.rules.ideas import Frequency

MINUTES_OF_AN_HOUR = 60
DAYS_OF_A_YEAR, WORKDAYS_OF_A_YEAR, WEEKS_OF_A_YEAR, MONTHS_OF_A_YEAR = 365, 250, 52, 12
HUNDREDTH = Decimal("0.01")


class CandidateSource(enum.StrEnum):
    """Where somebody found the candidate."""

    OWN = "own"
    IDEA = "idea"
    KLE = "kle"
    MUNICIPALITY = "municipality"
    OS2AUTOPROCES = "os2autoproces"


class CandidateState(enum.StrEnum):
    """What became of it."""

    OPEN = "open"
    CHOSEN = "chosen"
    DECLINED = "declined"


class Suitability(enum.StrEnum):
    """What is asked of the task."""

    STRUCTURED = "structured"
    DIGITAL = "digital"
    JUDGEMENT = "judgement"
    VARIATION = "variation"
    CHANGE = "change"


class Level(enum.StrEnum):
    """To which degree it holds; unknown is no answer."""

    HIGH = "high"
    SOME = "some"
    LITTLE = "little"
    NONE = "none"
    UNKNOWN = "unknown"


SPEAKS_FOR = frozenset({Suitability.STRUCTURED, Suitability.DIGITAL})
HOLDS = frozenset({Level.HIGH, Level.SOME})


@dataclass(frozen=True)
class Suits:
    """The questions that speak for automating the task, against it, and those not answered."""

    for_it: tuple[Suitability, ...]
    against: tuple[Suitability, ...]
    unknown: tuple[Suitability, ...]


def hours_a_year(
    times_per_year: Decimal | None, minutes_each: Decimal | None, share: Decimal | None
) -> Decimal | None:
    """Return the hours a year that would no longer be worked; None when a fact is missing.

    times x minutes x share / 60, to the nearest hundredth of an hour, halves up. `share` is 0..1.
    """
    if times_per_year is None or minutes_each is None or share is None:
        return None
    hours = times_per_year * minutes_each * share / MINUTES_OF_AN_HOUR
    return hours.quantize(HUNDREDTH, ROUND_HALF_UP)


def frequency_of(times_per_year: Decimal | None) -> Frequency | None:
    """Return how often a task is met in the words of ideas; None when nobody has counted.

    The steps are those of the calendar: more than one a day, a day, a week, a month of the year.
    """
    if times_per_year is None:
        return None
    steps = (
        (DAYS_OF_A_YEAR * 2, Frequency.SEVERAL_A_DAY),
        (WORKDAYS_OF_A_YEAR, Frequency.DAILY),
        (WEEKS_OF_A_YEAR, Frequency.WEEKLY),
        (MONTHS_OF_A_YEAR, Frequency.MONTHLY),
    )
    return next((word for least, word in steps if times_per_year >= least), Frequency.RARELY)


def suits(answers: Mapping[str, str]) -> Suits:
    """Sort the questions by what the answers say; never one number."""
    for_it, against, unknown = [], [], []
    for question in Suitability:
        level = Level(answers.get(question.value, Level.UNKNOWN.value))
        if level is Level.UNKNOWN:
            unknown.append(question)
        elif (level in HOLDS) is (question in SPEAKS_FOR):
            for_it.append(question)
        else:
            against.append(question)
    return Suits(tuple(for_it), tuple(against), tuple(unknown))
