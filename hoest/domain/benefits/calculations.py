"""The only door from benefits to the engine: freed hours, and what hours are worth.

Hours are exact decimals. Method page: docs/reference/methods/freed-time.md.
"""

from __future__ import annotations

from decimal import Decimal

from hoest.domain.benefits.models import Profile
from hoest.domain.benefits.rules.portions import TimeBasis
from hoest.domain.benefits.rules.valuation import FreedTime, TimeInputs, UnitPrice, Valuation
from hoest.engine import freed_time as engine

ALL_OF_IT = Decimal(1)


def freed_time(inputs: TimeInputs, hour_price_dkk: Decimal | None = None) -> FreedTime:
    """Return the hours a year that inputs free, what the task takes now, and the hours' worth.

    Formula: cases · (minutes before - after) / 60 · adoption; the task today: cases · before / 60.
    For OS2autoproces: times · minutes / 60 · degree, also in its screen's and server's rounding.
    Raises AmountOutOfRange, ShareOutOfRange. Source: engine/freed_time.
    """
    hours = engine.freed_hours(
        inputs.cases_a_year, inputs.minutes_before, inputs.minutes_after, inputs.adoption_share
    )
    base = engine.freed_hours(inputs.cases_a_year, inputs.minutes_before, Decimal(0), ALL_OF_IT)
    value = None if hour_price_dkk is None else engine.value_of_hours(hours, hour_price_dkk)
    screen = server = None
    if inputs.is_os2autoproces:
        screen, server = (
            engine.potential_hours(
                inputs.cases_a_year,
                inputs.minutes_before,
                inputs.adoption_share * 100,
                rounding,
            )
            for rounding in (engine.Rounding.SCREEN, engine.Rounding.SERVER)
        )
    return FreedTime(inputs, hours, base, value, screen, server)


def valuation_of(profile: Profile) -> Valuation:
    """Return what a profile says a benefit is worth: kroner and hours apart, None when unknown."""
    price = None
    if (
        profile.units_a_year is not None
        and profile.unit_price_dkk is not None
        and profile.price_level is not None
    ):
        price = UnitPrice(profile.units_a_year, profile.unit_price_dkk, profile.price_level)
    time = None
    if (
        profile.cases_a_year is not None
        and profile.minutes_before is not None
        and profile.minutes_after is not None
        and profile.adoption_share is not None
    ):
        time = freed_time(
            TimeInputs(
                profile.cases_a_year,
                profile.minutes_before,
                profile.minutes_after,
                profile.adoption_share,
                profile.time_basis == TimeBasis.OS2AUTOPROCES,
            ),
            profile.hour_price_dkk,
        )
    return Valuation(price, time, profile.cost_base_dkk)
