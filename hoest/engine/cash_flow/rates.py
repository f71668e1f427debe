"""Discount rates: the Danish real, social rates by step and by date, and any flat rate.

Rates are real: they belong to amounts in one fixed price level. t = 0 is the base year and is not
discounted; year t counts whole years from it, flows fall at the end of the year.

Sources: 6 % from 1999 and 5 % in some planning areas from 2009: A. Chr. Hansen, "Den
samfundsøkonomiske kalkulationsrente", Nationaløkonomisk Tidsskrift 148 (2010), and
Finansministeriet 31.05.2013 ("i de senere år 5 pct."). 4/3/2 % from 31.05.2013:
Finansministeriet 31.05.2013; ft.dk FIU 2017-18, answer 418, table 1. 3.5/2.5 % from 07.01.2021:
Finansministeriet, Dokumentationsnotat for den samfundsøkonomiske diskonteringsrente, 07.01.2021;
its last step (1.5 % after year 70) could not be read in the source and is marked unconfirmed.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np
from numpy.typing import NDArray

from .caveats import Caveat, CaveatCode, Fact
from .errors import NoRateScheduleOn, RateOutOfRange, UnknownRateSchedule


@dataclass(frozen=True, slots=True)
class RateStep:
    """One step: `rate` (share a year) up to and including year `last_year` (None: for ever)."""

    last_year: int | None
    rate: float
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class RateSchedule:
    """A discount rate by year.

    `valid_from`/`valid_to` are the dates between which the schedule is the general Danish rule;
    None for a flat rate and for a schedule that never was the general rule.
    """

    name: str
    steps: tuple[RateStep, ...]
    source: str
    valid_from: date | None = None
    valid_to: date | None = None
    general: bool = True


DK_1999 = RateSchedule(
    name="DK-1999",
    steps=(RateStep(None, 0.06),),
    source="Finansministeriet (1999), cited in Nationaløkonomisk Tidsskrift 148 (2010)",
    valid_from=date(1999, 1, 1),
    valid_to=date(2013, 5, 30),
)
DK_2009 = RateSchedule(
    name="DK-2009",
    steps=(RateStep(None, 0.05),),
    source="Nationaløkonomisk Tidsskrift 148 (2010); Finansministeriet 31.05.2013",
    general=False,
)
DK_2013 = RateSchedule(
    name="DK-2013",
    steps=(RateStep(35, 0.04), RateStep(70, 0.03), RateStep(None, 0.02)),
    source="Finansministeriet 31.05.2013; ft.dk FIU 2017-18, svar 418, tabel 1",
    valid_from=date(2013, 5, 31),
    valid_to=date(2021, 1, 6),
)
DK_2021 = RateSchedule(
    name="DK-2021",
    steps=(RateStep(35, 0.035), RateStep(70, 0.025), RateStep(None, 0.015, confirmed=False)),
    source="Finansministeriet, Dokumentationsnotat 07.01.2021",
    valid_from=date(2021, 1, 7),
)
RATE_SCHEDULES: tuple[RateSchedule, ...] = (DK_1999, DK_2009, DK_2013, DK_2021)


def flat_rate(rate: float) -> RateSchedule:
    """Return a schedule with the same rate in every year.

    Formula: DF(t) = (1 + r)^-t. `rate` is a share a year (0.035 = 3.5 %), finite and above -1.
    Raises RateOutOfRange.
    Source: textbook present value (numpy-financial npv, end-of-year flows, t = 0 undiscounted).
    """
    if not math.isfinite(rate) or rate <= -1:
        raise RateOutOfRange(rate)
    return RateSchedule(name="flat", steps=(RateStep(None, rate),), source="stated by the user")


def schedule_named(name: str) -> RateSchedule:
    """Return the schedule with this name (DK-1999, DK-2009, DK-2013, DK-2021).

    Formula: a lookup. Raises UnknownRateSchedule.
    Source: the schedules' own sources, see the module.
    """
    for schedule in RATE_SCHEDULES:
        if schedule.name == name:
            return schedule
    raise UnknownRateSchedule(name, tuple(schedule.name for schedule in RATE_SCHEDULES))


def schedule_on(day: date) -> RateSchedule:
    """Return the general Danish schedule in force on a date.

    Formula: the schedule with valid_from <= day <= valid_to. Old cases keep their old rate. DK-2009
    (5 %, some planning areas) is never chosen by date. Raises NoRateScheduleOn before 1999.
    Source: the dates of the Ministry of Finance's decisions, see the module.
    """
    for schedule in RATE_SCHEDULES:
        if schedule.valid_from is None or day < schedule.valid_from:
            continue
        if schedule.valid_to is None or day <= schedule.valid_to:
            return schedule
    raise NoRateScheduleOn(day, date(1999, 1, 1))


def discount_factor(rate: RateSchedule, t: int) -> float:
    """Return the factor that turns an amount in year t into base-year value.

    Formula: DF(t) = Π_k (1 + r_k)^-n_k(t), where n_k(t) is how many of the years 1..t lie in step
    k; for DK-2021 (1.035)^-min(t,35) · (1.025)^-max(0,min(t,70)-35) · (1.015)^-max(0,t-70).
    `t` is whole years from the base year, t >= 0; DF(0) = 1. No unit.
    Source: ft.dk FIU 2017-18 answer 418, note to table 1 (the step applies per span of years).
    """
    factor = 1.0
    first = 0
    for step in rate.steps:
        last = t if step.last_year is None else min(t, step.last_year)
        factor *= (1.0 + step.rate) ** -max(0, last - first)
        first = last
    return factor


@cache
def _factors(rate: RateSchedule, n_years: int) -> tuple[float, ...]:
    return tuple(discount_factor(rate, t) for t in range(n_years))


def discount_factors(rate: RateSchedule, n_years: int) -> NDArray[np.float64]:
    """Return DF(0), ..., DF(n_years - 1).

    Formula: as `discount_factor`. Shape: (n_years,), no unit.
    Source: ft.dk FIU 2017-18 answer 418, table 1 with note.
    """
    return np.array(_factors(rate, n_years), dtype=np.float64)


def annuity_factor(rate: RateSchedule, n_years: int) -> float:
    """Return the present value of 1 at the end of each of the years 1..n_years.

    Formula: a(n) = Σ_{t=1..n} DF(t); at a flat rate r this is (1 - (1 + r)^-n) / r, and n at r = 0.
    `n_years` >= 0. Unit: years.
    Source: published annuity table (EKL, Sweden), 110 cells agree to two decimals.
    """
    return math.fsum(discount_factor(rate, t) for t in range(1, n_years + 1))


def rate_caveats(rate: RateSchedule, last_year: int) -> tuple[Caveat, ...]:
    """Return what must be said of a schedule used up to year `last_year` (t, from the base year).

    Formula: a step is used when last_year > the last year of the step before it.
    Source: the schedules' own sources, see the module.
    """
    caveats: list[Caveat] = []
    if not rate.general:
        caveats.append(Caveat(CaveatCode.RATE_NOT_GENERAL, {"rate": rate.name}))
    before = 0
    for step in rate.steps:
        if not step.confirmed and last_year > before:
            facts: dict[str, Fact] = {
                "rate": rate.name,
                "after_year": before,
                "step_rate": step.rate,
            }
            caveats.append(Caveat(CaveatCode.RATE_STEP_UNCONFIRMED, facts))
        before = before if step.last_year is None else step.last_year
    return tuple(caveats)
