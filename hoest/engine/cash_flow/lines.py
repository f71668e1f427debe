"""Lines: what one row of a business case says, year by year, in exact decimals.

Amounts are positive; `kind` gives the direction (benefits +, costs -). A year that is not filled
is "not known", never zero: a recurring line (varig) continues its last filled value through a
blank year and on to the horizon until another amount, zero included, replaces it; before its
first filled year it has not begun. A one-off line (engang) stands only in the years filled.

Source: Statens business case-model (benefit = scenario 0 - scenario 1, amounts in one price
level); workbook convention `varighed`: "varig: the last filled year continues".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Context, Decimal, Inexact, InvalidOperation, Overflow
from enum import StrEnum
from types import MappingProxyType

from .errors import AmountOutOfRange, AmountOutsideYears, ShareOutOfRange, YearsOutOfRange

MOST_YEARS = 200
LARGEST_AMOUNT = Decimal(10) ** 18
MOST_DECIMALS = 60
MOST_SHARE_DECIMALS = 10
LARGEST_SHARE = Decimal(100)

# Wide enough for any sum the limits above allow; inexact arithmetic raises instead of rounding.
EXACT = Context(prec=160, traps=[Inexact, InvalidOperation, Overflow])


class Kind(StrEnum):
    """What a line is; only a benefit comes in, the two others go out."""

    INVESTMENT = "investment"
    OPERATION = "operation"
    BENEFIT = "benefit"


class View(StrEnum):
    """Whose money it is: the municipality's treasury or society's welfare."""

    TREASURY = "treasury"
    SOCIETY = "society"


def _in_range(amount: Decimal, decimals: int, largest: Decimal) -> bool:
    if not amount.is_finite() or (amount.is_signed() and amount != 0):
        return False
    exponent = amount.as_tuple().exponent
    return isinstance(exponent, int) and exponent >= -decimals and amount <= largest


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a case.

    `amounts` holds year -> amount >= 0 in the case's unit (kr., 1.000 kr. or mio. kr.) and in the
    price level `price_level`; `low_share` and `high_share` (optional, low <= 1 <= high) multiply
    the amounts to the low and the high end of a three-point estimate.
    Raises AmountOutOfRange and ShareOutOfRange.
    """

    name: str
    kind: Kind
    recurring: bool
    amounts: Mapping[int, Decimal]
    price_level: int
    view: View = View.TREASURY
    low_share: Decimal | None = None
    high_share: Decimal | None = None

    def __post_init__(self) -> None:
        """Refuse amounts and shares out of range; keep the amounts read-only and by year."""
        for year, amount in self.amounts.items():
            if not _in_range(amount, MOST_DECIMALS, LARGEST_AMOUNT):
                raise AmountOutOfRange(self.name, year, amount)
        for name, share in (("low_share", self.low_share), ("high_share", self.high_share)):
            if share is not None and not _in_range(share, MOST_SHARE_DECIMALS, LARGEST_SHARE):
                raise ShareOutOfRange(name, share)
        if self.low_share is not None and self.low_share > 1:
            raise ShareOutOfRange("low_share", self.low_share)
        if self.high_share is not None and self.high_share < 1:
            raise ShareOutOfRange("high_share", self.high_share)
        object.__setattr__(self, "amounts", MappingProxyType(dict(sorted(self.amounts.items()))))


def exact_sum(amounts: Iterable[Decimal]) -> Decimal:
    """Return the exact sum of decimals; raise decimal.Inexact rather than round.

    Formula: S = Σ aᵢ, carried with 160 digits.
    Source: IEEE 754-2008 decimal arithmetic (Python `decimal`, trap Inexact).
    """
    total = Decimal(0)
    for amount in amounts:
        total = EXACT.add(total, amount)
    return total


def check_years(base_year: int, horizon: int) -> None:
    """Raise YearsOutOfRange unless base_year <= horizon <= base_year + 200.

    Formula: 0 <= horizon - base_year <= 200.
    Source: the longest published step schedule in use ends in years 201-300 (Green Book); no
    municipal case reaches it.
    """
    if not 0 <= horizon - base_year <= MOST_YEARS:
        raise YearsOutOfRange(base_year, horizon, MOST_YEARS)


def yearly_amounts(line: Line, base_year: int, horizon: int) -> tuple[Decimal, ...]:
    """Return the line's amounts for base_year..horizon, unsigned.

    Formula: one-off a_t = amounts[t], else 0; recurring a_t = amounts[max{s <= t : s filled}], and
    0 before the first filled year.
    Shape: (horizon - base_year + 1,), unit as the line's. Raises AmountOutsideYears,
    YearsOutOfRange.
    Source: workbook convention `varighed` (engang, varig: the last filled year continues).
    """
    check_years(base_year, horizon)
    for year in line.amounts:
        if not base_year <= year <= horizon:
            raise AmountOutsideYears(line.name, year, base_year, horizon)
    amounts: list[Decimal] = []
    latest = Decimal(0)
    for year in range(base_year, horizon + 1):
        if line.recurring:
            latest = line.amounts.get(year, latest)
            amounts.append(latest)
        else:
            amounts.append(line.amounts.get(year, Decimal(0)))
    return tuple(amounts)


def continued_gap(line: Line) -> tuple[int, ...]:
    """Return the blank years between two filled years of a recurring line.

    Formula: {t : first filled < t < last filled, t not filled}; empty for a one-off line.
    Source: workbook convention: a blank is "not known", never zero.
    """
    if not line.recurring or not line.amounts:
        return ()
    first, last = min(line.amounts), max(line.amounts)
    return tuple(year for year in range(first, last) if year not in line.amounts)


def ramped_amounts(full_amount: Decimal, shares: Mapping[int, Decimal]) -> dict[int, Decimal]:
    """Return the amounts of a benefit that is phased in.

    Formula: B_t = B_full · profile_t, where profile 1 is full effect (fuld indfasning).
    `full_amount` is a year's amount at full effect, `shares` year -> share (>= 0, at most 100).
    Raises AmountOutOfRange, ShareOutOfRange.
    Source: indfasningsprofil of the Danish State's business case guides.
    """
    if not _in_range(full_amount, MOST_DECIMALS - MOST_SHARE_DECIMALS, LARGEST_AMOUNT):
        raise AmountOutOfRange("ramp", None, full_amount)
    for year, share in shares.items():
        if not _in_range(share, MOST_SHARE_DECIMALS, LARGEST_SHARE):
            raise ShareOutOfRange(f"ramp {year}", share)
    return {year: EXACT.multiply(full_amount, share) for year, share in sorted(shares.items())}
