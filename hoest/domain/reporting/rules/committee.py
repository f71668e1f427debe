"""What was promised to a committee and what came of it: sums per price level. No Django.

Kroner and hours are never added, and neither are amounts of different price levels. A promise
counts as it was first made, whatever became of it. Source: product notes, the harvest ladder.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from hoest.domain.reporting.rules.account import ZERO, BenefitFigures, share


@dataclass(frozen=True)
class Amount:
    """A sum a year at full effect with its range, and what comes once; hours have no level."""

    price_level: int | None
    a_year: Decimal = ZERO
    low: Decimal = ZERO
    high: Decimal = ZERO
    once: Decimal = ZERO

    @property
    def has_range(self) -> bool:
        """Tell whether the sum is more than one number."""
        return self.low != self.high

    def plus(self, other: Amount) -> Amount:
        """Return the sum of two amounts of one price level."""
        return Amount(
            self.price_level,
            self.a_year + other.a_year,
            self.low + other.low,
            self.high + other.high,
            self.once + other.once,
        )


def promised(rows: Iterable[BenefitFigures], *, in_hours: bool = False) -> list[Amount]:
    """Return the first promises, one sum per price level, the newest first; hours as one."""
    found: dict[int | None, Amount] = {}
    for row in rows:
        line = row.promised_hours if in_hours else row.promised
        if line is None:
            continue
        full = line.full_effect or ZERO
        one = Amount(
            None if in_hours else line.price_level,
            full,
            full * share(line.low_share),
            full * share(line.high_share),
            line.one_off,
        )
        _add(found, one)
    return _in_order(found)


def in_hand(rows: Iterable[BenefitFigures], *, in_hours: bool = False) -> list[Amount]:
    """Return what decisions took home, one sum per price level, the newest first; hours as one."""
    found: dict[int | None, Amount] = {}
    for row in rows:
        if not row.is_taken_home:
            continue
        worth = row.worth_hours if in_hours else row.worth_dkk
        once = ZERO if in_hours else row.worth_once_dkk
        _add(found, Amount(None if in_hours else row.price_level, worth, worth, worth, once))
    return _in_order(found)


def without_amount(rows: Iterable[BenefitFigures]) -> int:
    """Count the benefits that were promised neither kroner nor hours."""
    return sum(1 for row in rows if row.promised is None and row.promised_hours is None)


def _add(found: dict[int | None, Amount], one: Amount) -> None:
    if one.a_year or one.once:
        found[one.price_level] = found.get(one.price_level, Amount(one.price_level)).plus(one)


def _in_order(found: dict[int | None, Amount]) -> list[Amount]:
    return sorted(found.values(), key=lambda one: -(one.price_level or 0))
