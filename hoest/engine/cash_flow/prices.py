"""Price levels: amounts meet only in one price level, and only an index carries them there.

Source: Statens business case-model (all amounts in one fixed price level); pris- og lønniveau
(p/l) as in Copenhagen's budget tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Context, Decimal
from types import MappingProxyType

from .errors import PriceIndexLacksYear, PriceIndexNotPositive
from .lines import Line

# Converted amounts are rounded once, here: to ten decimals of the unit, half to even.
CONVERTED_PLACES = Decimal("1e-10")
CONVERSION = Context(prec=60)


@dataclass(frozen=True, slots=True)
class PriceIndex:
    """A price and wage index: year -> index number (> 0), with its name and source.

    Raises PriceIndexNotPositive.
    """

    name: str
    source: str
    values: Mapping[int, Decimal]

    def __post_init__(self) -> None:
        """Refuse index numbers that are not positive; keep the numbers read-only."""
        for year, value in self.values.items():
            if not value.is_finite() or value <= 0:
                raise PriceIndexNotPositive(self.name, year, value)
        object.__setattr__(self, "values", MappingProxyType(dict(self.values)))

    def at(self, year: int) -> Decimal:
        """The index number of a year. Raises PriceIndexLacksYear."""
        if year not in self.values:
            raise PriceIndexLacksYear(self.name, year)
        return self.values[year]


def converted_amount(amount: Decimal, from_level: int, to_level: int, index: PriceIndex) -> Decimal:
    """Return an amount of one price level in another.

    Formula: a_to = a_from · I_to / I_from, rounded to ten decimals half to even; unchanged when
    the levels are the same. Unit: as the amount. Raises PriceIndexLacksYear.
    Source: textbook chain-free index conversion; roll-up convention 11.
    """
    if from_level == to_level:
        return amount
    scaled = CONVERSION.multiply(amount, index.at(to_level))
    exact = CONVERSION.divide(scaled, index.at(from_level))
    return exact.quantize(CONVERTED_PLACES, context=CONVERSION)


def converted_line(line: Line, to_level: int, index: PriceIndex) -> Line:
    """Return the line with every amount in another price level.

    Formula: a_t · I_to / I_from for every filled year; three-point shares are unchanged.
    Raises PriceIndexLacksYear.
    Source: roll-up convention 11, "price-level conversion before adding".
    """
    amounts = {
        year: converted_amount(amount, line.price_level, to_level, index)
        for year, amount in line.amounts.items()
    }
    return replace(line, amounts=amounts, price_level=to_level)


def on_one_price_level(lines: Iterable[Line], to_level: int, index: PriceIndex) -> tuple[Line, ...]:
    """Return all lines in one price level.

    Formula: as `converted_line`, line by line. Raises PriceIndexLacksYear.
    Source: roll-up convention 11.
    """
    return tuple(converted_line(line, to_level, index) for line in lines)


def by_price_level(lines: Iterable[Line]) -> dict[int, tuple[Line, ...]]:
    """Return the lines parted by price level: without an index each level is shown on its own.

    Formula: a partition by `price_level`, levels ascending.
    Source: rule that price levels are never mixed without an index.
    """
    kept = tuple(lines)
    levels = sorted({line.price_level for line in kept})
    return {level: tuple(line for line in kept if line.price_level == level) for level in levels}
