"""Figures of several price levels carried to one, so that they can be added. No Django.

The amounts as they were written stay beside the converted ones. Hours are the same hours in every
price level. Source: roll-up convention 11, docs/reference/methods/price-levels.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from hoest.domain.reporting.rules.account import (
    ZERO,
    Account,
    BenefitFigures,
    LineFigures,
    Yearly,
)

Convert = Callable[[Decimal, int, int], Decimal]
"""An amount of one price level (first year) in another (second year)."""


def levels_in(accounts: Iterable[Account]) -> tuple[int, ...]:
    """Return the price levels of some accounts, oldest first."""
    return tuple(sorted({a.price_level for a in accounts if a.price_level is not None}))


def in_one_level(row: BenefitFigures, to_level: int, convert: Convert) -> BenefitFigures:
    """Return a benefit's figures in one price level, with what was written beside them."""
    return replace(
        row,
        promised=_line(row.promised, to_level, convert),
        approved=_line(row.approved, to_level, convert),
        harvested_dkk=_taken(row.harvested_dkk, to_level, convert),
        unplaced_dkk=_taken(row.unplaced_dkk, to_level, convert),
        fallback_price_level=None if row.fallback_price_level is None else to_level,
        as_written=row,
    )


def _line(line: LineFigures | None, to_level: int, convert: Convert) -> LineFigures | None:
    if line is None:
        return None
    return replace(
        line,
        amounts={y: convert(a, line.price_level, to_level) for y, a in line.amounts.items()},
        price_level=to_level,
    )


def _taken(by_level: Mapping[int, Yearly], to_level: int, convert: Convert) -> dict[int, Yearly]:
    """Return what decisions took in one level; decisions of several levels meet here."""
    years: dict[int, Decimal] = {}
    for level, amounts in by_level.items():
        for year, amount in amounts.items():
            years[year] = years.get(year, ZERO) + convert(amount, level, to_level)
    return {to_level: dict(sorted(years.items()))} if by_level else {}
