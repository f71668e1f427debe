"""What counts in the track record, and how a case stands to its promise. No Django.

A case is one benefit in one measure: kroner or hours, never added. Its promise is the yearly full
effect of the first approved version, its promised day the target day as it was first written, or
else 1 January of the first year with the full amount.

The rule of what counts. A case counts once its promised day has passed **and** its initiative has
been live for the longer of the promised phase-in (from the first filled year to the first year at
full effect) and the named limit `track_record_live_months`. Earlier, full effect was never
promised, and every new case would drag the record down. A case that was given up counts as zero
from its promised day: left out it would make the record look better than it is, and counted
sooner it would make it look worse, since what fails is known before what succeeds.

What it gave is what was decided in hand, in the price level of the promise; else the promise
times the share of the way to the target, as the target was first written, that the last
measurement shows. One that nobody measured is told and left out: nothing is known of it.

Source: requirement G-03; Rigsrevisionen 21/2019 and 5/2020 (the original baseline stays).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from hoest.domain.benefits.rules.achievement import achieved_share
from hoest.domain.benefits.rules.ladder import add_months
from hoest.domain.reporting.rules.account import BenefitFigures, LineFigures, latest

MEASURES = ("dkk", "hours")
GROUPINGS = ("unit", "owner_unit", "author_unit", "benefit_type", "initiative_type", "purpose_type")
# How a case stands. The first three have an answer; the others are told and left out.
IN_HAND, MEASURED, LAPSED = "in_hand", "measured", "lapsed"
NOT_MEASURED, WAITING = "not_measured", "waiting"
ANSWERED = (IN_HAND, MEASURED, LAPSED)
STATES = (*ANSWERED, NOT_MEASURED, WAITING)
MONTHS_A_YEAR = 12


@dataclass(frozen=True)
class Background:
    """What the track record needs of a benefit beside its figures in the account."""

    live_on: dt.date | None = None
    initiative_type: str = ""
    owner_unit_id: int | None = None
    owner_unit_name: str = ""
    owner_id: int | None = None
    author_id: int | None = None
    author_unit_id: int | None = None
    author_unit_name: str = ""
    baseline: Decimal | None = None
    first_target: Decimal | None = None
    first_target_on: dt.date | None = None
    reached_on: dt.date | None = None
    """The first measurement after go-live that reached the target as first written."""
    measured_on: dt.date | None = None
    measured_value: Decimal | None = None

    @property
    def share(self) -> Decimal | None:
        """The share of the way to the first target that the last measurement shows."""
        return achieved_share(self.baseline, self.first_target, self.measured_value)


@dataclass(frozen=True)
class Case:
    """One promise in one measure whose day has come, and what came of it.

    `promised`, `low`, `high` and `realised` are per year in the unit of the measure; `realised` is
    None while nothing is known.
    """

    figures: BenefitFigures
    background: Background
    measure: str
    line: LineFigures
    promised: Decimal
    promised_by: dt.date
    state: str
    realised: Decimal | None

    @property
    def low(self) -> Decimal | None:
        """The low end of the promised range, if a whole range was promised."""
        return self._end(self.line.low_share)

    @property
    def high(self) -> Decimal | None:
        """The high end of the promised range, if a whole range was promised."""
        return self._end(self.line.high_share)

    def _end(self, share: Decimal | None) -> Decimal | None:
        if self.line.low_share is None or self.line.high_share is None or share is None:
            return None
        return self.promised * share

    @property
    def is_answered(self) -> bool:
        """Tell whether it is known what came of the promise."""
        return self.state in ANSWERED

    @property
    def reached_on(self) -> dt.date | None:
        """The day the target was reached; what was given up never reached it."""
        return None if self.state == LAPSED else self.background.reached_on

    @property
    def is_not_reached(self) -> bool:
        """Tell whether it is measured towards its target and has not reached it yet."""
        return (
            self.state not in (LAPSED, WAITING)
            and self.background.share is not None
            and self.background.reached_on is None
        )

    def group(self, grouping: str) -> tuple[object, str]:
        """Return the key and the name (or code) of the group the case belongs to."""
        if grouping == "unit":
            return self.figures.unit_id, self.figures.unit_name
        if grouping == "owner_unit":
            return self.background.owner_unit_id, self.background.owner_unit_name
        if grouping == "author_unit":
            return self.background.author_unit_id, self.background.author_unit_name
        code = {
            "benefit_type": self.figures.benefit_type,
            "initiative_type": self.background.initiative_type,
            "purpose_type": self.figures.purpose_type,
        }[grouping]
        return code or None, code


def full_from(line: LineFigures) -> int:
    """Return the first year of a recurring line from which the full amount is promised."""
    first = last = max(line.amounts)
    for year in sorted(line.amounts, reverse=True):
        if line.amounts[year] != line.amounts[last]:
            break
        first = year
    return first


def phase_in_months(line: LineFigures) -> int:
    """Return the promised months from the first filled year to the first year at full effect."""
    return MONTHS_A_YEAR * (full_from(line) - min(line.amounts))


def promised_day(line: LineFigures, first_target_on: dt.date | None) -> dt.date:
    """Return the day full effect was promised: the first target day, else the year's first day.

    A year's full amount takes full effect from 1 January.
    """
    return first_target_on or dt.date(full_from(line), 1, 1)


def case_of(
    figures: BenefitFigures,
    background: Background,
    measure: str,
    today: dt.date,
    least_months: int,
) -> Case | None:
    """Return the case a benefit is in one measure; None without a promise whose day has come."""
    line = figures.promised if measure == "dkk" else figures.promised_hours
    promised = line.full_effect if line else None
    if line is None or promised is None or promised <= 0:
        return None
    due = promised_day(line, background.first_target_on)
    if due > today:
        return None
    state, realised = _answer(figures, background, measure, line, promised)
    if state != LAPSED and not _has_been_live(background.live_on, line, today, least_months):
        state, realised = WAITING, None
    return Case(figures, background, measure, line, promised, due, state, realised)


def _has_been_live(
    live_on: dt.date | None, line: LineFigures, today: dt.date, least_months: int
) -> bool:
    months = max(least_months, phase_in_months(line))
    return live_on is not None and add_months(live_on, months) <= today


def _answer(
    figures: BenefitFigures,
    background: Background,
    measure: str,
    line: LineFigures,
    promised: Decimal,
) -> tuple[str, Decimal | None]:
    """Return how the case stands and what it gave a year."""
    if figures.rung == LAPSED:
        return LAPSED, Decimal(0)
    in_hours = measure == "hours"
    taken = figures.harvested_hours if in_hours else figures.harvested_dkk.get(line.price_level)
    if figures.rung == IN_HAND and taken:
        return IN_HAND, latest(taken)
    share = background.share
    return (NOT_MEASURED, None) if share is None else (MEASURED, promised * share)


def counted(cases: Iterable[Case]) -> list[Case]:
    """Return the cases that it is known what came of."""
    return [case for case in cases if case.is_answered]


def grouped(cases: Sequence[Case], grouping: str) -> list[tuple[object, str, list[Case]]]:
    """Divide the cases into groups: (key, name or code, cases), in the order they are met.

    The page sorts them by name: the record is no ranking.
    """
    groups: dict[object, tuple[str, list[Case]]] = {}
    for case in cases:
        key, name = case.group(grouping)
        groups.setdefault(key, (name, []))[1].append(case)
    return [(key, name, found) for key, (name, found) in groups.items()]


@dataclass
class Values:
    """What a track record is made of: shares and months of the cases with a known answer."""

    shares: list[float] = field(default_factory=list)
    late: list[float] = field(default_factory=list)
    hits: int = 0
    with_range: int = 0
    not_reached: int = 0
    lapsed: int = 0

    def plus(self, other: Values) -> Values:
        """Return both together."""
        return Values(
            self.shares + other.shares,
            self.late + other.late,
            self.hits + other.hits,
            self.with_range + other.with_range,
            self.not_reached + other.not_reached,
            self.lapsed + other.lapsed,
        )


@dataclass
class GroupValues:
    """A group of cases: its key and name, its values, and the people it is made of.

    `cases` are those whose values are not among `values` yet.
    """

    key: object
    name: str
    values: Values = field(default_factory=Values)
    people: set[int] = field(default_factory=set)
    cases: list[Case] = field(default_factory=list)
