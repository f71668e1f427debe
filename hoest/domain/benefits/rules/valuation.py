"""What a profile says a benefit is worth, as inputs: unit × price, and minutes before and after.

Kroner and hours are two answers and never one. Hours become kroner only through a take-out
agreement: `hour_price_dkk` gives a value to talk about, not money in the treasury. The arithmetic
of hours is the engine's (`calculations`). Source: method notes §7.4; OS2autoproces' two formulas.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

ORE = Decimal("0.01")


@dataclass(frozen=True)
class UnitPrice:
    """A price for each unit: 39.000 km × 3,81 kr., of a year's money, with its source."""

    units_a_year: Decimal
    price_dkk: Decimal
    price_level: int

    @property
    def dkk_a_year(self) -> Decimal:
        """Return kroner a year: units × price, to whole øre."""
        return (self.units_a_year * self.price_dkk).quantize(ORE, rounding=ROUND_HALF_UP)


@dataclass(frozen=True)
class TimeInputs:
    """What freed time is made of: cases a year, minutes of each before and after, share in use."""

    cases_a_year: Decimal
    minutes_before: Decimal
    minutes_after: Decimal
    adoption_share: Decimal
    is_os2autoproces: bool = False


@dataclass(frozen=True)
class FreedTime:
    """Hours a year, and what the task takes today; for OS2autoproces its own two roundings.

    `value_dkk` is what the hours are worth (kr.) at an hour's price; None without one.
    """

    inputs: TimeInputs
    hours: Decimal
    base_hours: Decimal
    value_dkk: Decimal | None = None
    hours_on_screen: Decimal | None = None
    hours_on_server: Decimal | None = None


@dataclass(frozen=True)
class Valuation:
    """What a profile says: kroner a year, hours a year, and the base each is taken from."""

    price: UnitPrice | None = None
    time: FreedTime | None = None
    cost_base_dkk: Decimal | None = None

    @property
    def dkk_a_year(self) -> Decimal | None:
        """Kroner a year by unit × price, or None."""
        return self.price.dkk_a_year if self.price else None

    @property
    def hours_a_year(self) -> Decimal | None:
        """Hours a year by volume × minutes × adoption, or None."""
        return self.time.hours if self.time else None
