"""Plausibility: what in a profile can hardly be, told calmly with its numbers. No Django.

A warning never stops anybody; it says what stands, what it is held against, and where to look.
Source: issue of the profile; method notes §8 (no double counting), peers 3.5.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from hoest.domain.benefits.rules.codes import LEVEL_TYPES, BenefitType
from hoest.domain.benefits.rules.portions import Portion

ZERO, HUNDRED = Decimal(0), Decimal(100)


class Doubt(StrEnum):
    """What may be wrong, most serious first."""

    BELOW_ZERO = "below_zero"
    ABOVE_ALL = "above_all"
    LARGER_THAN_BASE = "larger_than_base"
    MORE_HOURS_THAN_THE_TASK = "more_hours_than_the_task"
    NO_TIME_FREED = "no_time_freed"
    BEYOND_ITS_CLAIM = "beyond_its_claim"
    SAME_INDICATOR = "same_indicator"
    SAME_HOURS = "same_hours"
    ALL_IN_YEAR_ONE = "all_in_year_one"
    NOT_THE_PROMISE = "not_the_promise"
    BASE_NOT_KNOWN = "base_not_known"


# The portion of the profile in which a doubt is settled.
SETTLED_IN: dict[Doubt, Portion] = {
    Doubt.BELOW_ZERO: Portion.MEASURED,
    Doubt.ABOVE_ALL: Portion.MEASURED,
    Doubt.LARGER_THAN_BASE: Portion.WORTH,
    Doubt.MORE_HOURS_THAN_THE_TASK: Portion.WORTH,
    Doubt.NO_TIME_FREED: Portion.WORTH,
    Doubt.SAME_INDICATOR: Portion.MEASURED,
    Doubt.NOT_THE_PROMISE: Portion.WORTH,
    Doubt.BASE_NOT_KNOWN: Portion.WORTH,
}


@dataclass(frozen=True)
class Neighbour:
    """Another living benefit that measures or takes from the same place."""

    benefit_id: int
    title: str
    indicator: str = ""
    takes_hours: bool = False
    has_claim: bool = False


@dataclass(frozen=True)
class DoubtLimits:
    """The named limits; they live in content/limits.yaml. Shares of an amount, 0..1."""

    year_one_share: Decimal = Decimal("0.9")
    promise_apart_share: Decimal = Decimal("0.1")


@dataclass(frozen=True)
class Stated:
    """What a benefit states. Amounts a year; `by_year` is the line of the business case.

    `neighbours` are those of the same unit and sign. Hours and kroner are never compared.
    """

    benefit_type: str
    is_disbenefit: bool = False
    indicator: str = ""
    measure_unit: str = ""
    baseline: Decimal | None = None
    target: Decimal | None = None
    live_on: dt.date | None = None
    dkk: Decimal | None = None
    promised_dkk: Decimal | None = None
    cost_base_dkk: Decimal | None = None
    hours: Decimal | None = None
    promised_hours: Decimal | None = None
    task_hours: Decimal | None = None
    claimed_dkk: Decimal | None = None
    claimed_hours: Decimal | None = None
    by_year: Mapping[int, Decimal] = field(default_factory=dict)
    neighbours: tuple[Neighbour, ...] = ()


@dataclass(frozen=True)
class Suspicion:
    """A doubt with its numbers: what stands, and what it is held against; others by name."""

    doubt: Doubt
    stands: Decimal | None = None
    against: Decimal | None = None
    unit: str = ""
    year: int | None = None
    others: tuple[Neighbour, ...] = ()


def doubts_about(said: Stated, limits: DoubtLimits | None = None) -> tuple[Suspicion, ...]:
    """Return what can hardly be, most serious first. Empty for a sound profile."""
    limits = limits or DoubtLimits()
    found = [
        *_impossible_target(said),
        *_larger_than_base(said),
        *_hours(said),
        *_claims(said),
        *_twice(said),
        *_year_one(said, limits),
        *_apart(said, limits),
    ]
    order = list(Doubt)
    return tuple(sorted(found, key=lambda one: order.index(one.doubt)))


def _impossible_target(said: Stated) -> Iterable[Suspicion]:
    """A count or a duration ends at zero, and a share at a hundred; kroner may go below."""
    if said.target is None or _is_money(said.measure_unit):
        return
    started_there = said.baseline is not None and said.baseline < ZERO
    if said.target < ZERO and not started_there:
        yield Suspicion(Doubt.BELOW_ZERO, said.target, ZERO, said.measure_unit)
    grows_past = said.baseline is not None and said.baseline > HUNDRED
    if _is_share(said.measure_unit) and said.target > HUNDRED and not grows_past:
        yield Suspicion(Doubt.ABOVE_ALL, said.target, HUNDRED, said.measure_unit)


def _is_money(unit: str) -> bool:
    word = unit.strip().casefold().rstrip(".")
    return word.startswith(("kr", "t.kr", "tkr", "mio", "dkk"))


def _is_share(unit: str) -> bool:
    word = unit.strip().casefold().rstrip(".")
    return word in ("%", "pct", "procent") or word.startswith("% ")


def _larger_than_base(said: Stated) -> Iterable[Suspicion]:
    taken = said.promised_dkk if said.promised_dkk is not None else said.dkk
    if taken is None or said.is_disbenefit or said.benefit_type in LEVEL_TYPES:
        return
    if said.cost_base_dkk is None:
        yield Suspicion(Doubt.BASE_NOT_KNOWN, taken)
    elif taken > said.cost_base_dkk:
        yield Suspicion(Doubt.LARGER_THAN_BASE, taken, said.cost_base_dkk)


def _hours(said: Stated) -> Iterable[Suspicion]:
    if said.is_disbenefit:
        return
    if said.hours is not None and said.hours <= ZERO:
        yield Suspicion(Doubt.NO_TIME_FREED, said.hours)
    promised = said.promised_hours if said.promised_hours is not None else said.hours
    if promised is not None and said.task_hours is not None and promised > said.task_hours:
        yield Suspicion(Doubt.MORE_HOURS_THAN_THE_TASK, promised, said.task_hours)


def _claims(said: Stated) -> Iterable[Suspicion]:
    for promised, claimed, unit in (
        (said.promised_hours, said.claimed_hours, "hours"),
        (said.promised_dkk, said.claimed_dkk, "dkk"),
    ):
        if promised is not None and claimed is not None and promised > claimed:
            yield Suspicion(Doubt.BEYOND_ITS_CLAIM, promised, claimed, unit)


def _twice(said: Stated) -> Iterable[Suspicion]:
    own = _folded(said.indicator)
    same = tuple(n for n in said.neighbours if own and _folded(n.indicator) == own)
    if same:
        yield Suspicion(Doubt.SAME_INDICATOR, others=same)
    takes = said.benefit_type == BenefitType.FREED_TIME and not said.is_disbenefit
    hours = said.promised_hours if said.promised_hours is not None else said.hours
    others = tuple(n for n in said.neighbours if n.takes_hours and not n.has_claim)
    if takes and hours and said.claimed_hours is None and others:
        yield Suspicion(Doubt.SAME_HOURS, hours, others=others)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".")


def _year_one(said: Stated, limits: DoubtLimits) -> Iterable[Suspicion]:
    """The first year may be whole only when the new way was in operation before it began."""
    years = sorted(year for year, amount in said.by_year.items() if amount > ZERO)
    if not years or said.live_on is None:
        return
    first, full = years[0], max(said.by_year.values())
    if said.live_on <= dt.date(first, 1, 1):
        return
    amount = said.by_year[first]
    if amount >= full * limits.year_one_share:
        yield Suspicion(Doubt.ALL_IN_YEAR_ONE, amount, full, year=first)


def _apart(said: Stated, limits: DoubtLimits) -> Iterable[Suspicion]:
    """The sum in the profile and the promise in the business case are to be the same."""
    for own, promised, unit in (
        (said.dkk, said.promised_dkk, "dkk"),
        (said.hours, said.promised_hours, "hours"),
    ):
        if own is None or not promised:
            continue
        if abs(own - promised) > abs(promised) * limits.promise_apart_share:
            yield Suspicion(Doubt.NOT_THE_PROMISE, own, promised, unit)
