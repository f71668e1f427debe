"""Price levels over several years: a chained index, the year used, and one rounding at the end.

A controller keeps the yearly change of prices and wages (p/l-fremskrivning); the index is chained
from it. An amount that passes through several price levels is rounded once, at the end, so that
the way taken does not matter and the way back gives the same øre.

Source: Statens business case-model (all amounts in one fixed price level); chained index as in
the municipal price and wage projection (p/l); roll-up convention 11.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from enum import StrEnum
from itertools import pairwise

from .errors import NoPricePath, PriceChangeOutOfRange, PriceIndexLacksYear
from .prices import CONVERSION, CONVERTED_PLACES, PriceIndex

OERE = Decimal("0.01")


class YearRule(StrEnum):
    """What to do about a year that is not in the index: refuse it, or use the nearest one."""

    EXACT = "exact"
    NEAREST = "nearest"


@dataclass(frozen=True, slots=True)
class IndexPoint:
    """The index number used for a year; by YearRule.NEAREST `year_used` may be another year."""

    year: int
    year_used: int
    value: Decimal

    @property
    def exact(self) -> bool:
        """Whether the index holds the year itself."""
        return self.year == self.year_used


def chained_index(
    name: str,
    source: str,
    *,
    base_year: int,
    changes: Mapping[int, Decimal],
    base_value: Decimal = Decimal(100),
) -> PriceIndex:
    """Return the index chained from yearly changes, with `base_value` in the base year.

    Formula: I_y = I_{y-1} · (1 + g_y) after the base year, I_{y-1} = I_y / (1 + g_y) before it.
    `changes` holds year -> change from the year before, a share (0.032 = 3.2 %), above -1.
    The years must follow each other on to the base year.
    Raises PriceIndexLacksYear naming the first missing year, PriceChangeOutOfRange.
    Source: chained index of yearly price and wage changes (p/l).
    """
    for year, change in changes.items():
        if not change.is_finite() or change <= -1:
            raise PriceChangeOutOfRange(name, year, change)
    last = max([base_year, *changes])
    first = min([base_year, *(year - 1 for year in changes)])
    values = {base_year: base_value}
    for year in range(base_year + 1, last + 1):
        values[year] = CONVERSION.multiply(values[year - 1], _growth(name, changes, year))
    for year in range(base_year, first, -1):
        values[year - 1] = CONVERSION.divide(values[year], _growth(name, changes, year))
    return PriceIndex(name, source, dict(sorted(values.items())))


def _growth(name: str, changes: Mapping[int, Decimal], year: int) -> Decimal:
    if year not in changes:
        raise PriceIndexLacksYear(name, year)
    return CONVERSION.add(Decimal(1), changes[year])


def index_point(index: PriceIndex, year: int, rule: YearRule = YearRule.EXACT) -> IndexPoint:
    """Return the index number used for a year.

    Formula: I_year; by YearRule.NEAREST the year y in the index with the smallest |y - year|, the
    earlier of two. Raises PriceIndexLacksYear (always when the index is empty).
    Source: engine convention: a year is never assumed silently; the year used is told.
    """
    if year in index.values or rule is YearRule.EXACT or not index.values:
        return IndexPoint(year, year, index.at(year))
    used = min(index.values, key=lambda known: (abs(known - year), known))
    return IndexPoint(year, used, index.at(used))


def converted_along(
    amount: Decimal,
    path: Sequence[int],
    index: PriceIndex,
    *,
    places: Decimal = CONVERTED_PLACES,
    rule: YearRule = YearRule.EXACT,
) -> Decimal:
    """Return an amount carried through the price levels of a path, rounded once at the end.

    Formula: a · Π I_{k+1} / I_k = a · I_last / I_first, rounded to `places` half to even; the
    levels between must be known but do not change the answer. A path of one level only rounds.
    Unit as the amount. Raises NoPricePath, PriceIndexLacksYear.
    Source: roll-up convention 11; a product of ratios telescopes, so that any path agrees.
    """
    if not path:
        raise NoPricePath("a conversion needs the price level it begins in")
    points = [index_point(index, year, rule) for year in path] if len(set(path)) > 1 else []
    exact = amount
    if points and points[0].value != points[-1].value:
        scaled = CONVERSION.multiply(amount, points[-1].value)
        exact = CONVERSION.divide(scaled, points[0].value)
    return exact.quantize(places, rounding=ROUND_HALF_EVEN, context=CONVERSION)


def in_oere(amount: Decimal) -> Decimal:
    """Return an amount of kroner in whole øre.

    Formula: a rounded to two decimals, half to even.
    Source: IEEE 754-2008 round half to even.
    """
    return amount.quantize(OERE, rounding=ROUND_HALF_EVEN, context=CONVERSION)


def yearly_changes(index: PriceIndex) -> dict[int, Decimal]:
    """Return the change of each year of an index from the year before it.

    Formula: g_y = I_y / I_{y-1} - 1, for the years whose year before is in the index. A share.
    Source: the inverse of `chained_index`.
    """
    return {
        year: CONVERSION.subtract(
            CONVERSION.divide(index.values[year], index.values[before]), Decimal(1)
        )
        for before, year in pairwise(sorted(index.values))
        if year == before + 1
    }
