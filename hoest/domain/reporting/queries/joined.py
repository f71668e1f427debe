"""The accounts of several price levels joined, by the municipality's own price index.

Nothing is joined in silence: without an index that covers every level there is no joined account,
and the years that are missing are named.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from hoest.domain.business_cases import queries as cases
from hoest.domain.business_cases.calculations import price_index
from hoest.domain.business_cases.rules import IndexYear
from hoest.domain.reporting.rules.account import Account, BenefitFigures, accounts_of
from hoest.domain.reporting.rules.joined import Convert, in_one_level, levels_in
from hoest.domain.reporting.rules.sums import Sums


@dataclass(frozen=True)
class Joined:
    """One account of all price levels in the newest, or the years the index lacks for it."""

    price_levels: tuple[int, ...]
    account: Account | None = None
    missing: tuple[int, ...] = ()
    index_years: tuple[IndexYear, ...] = ()
    convert: Convert | None = field(default=None, compare=False)
    odd: tuple[BenefitFigures, ...] = field(default=(), compare=False)
    carry: Callable[[Sums], Sums] | None = field(default=None, compare=False)

    def carried(self, sums: Sums) -> Sums:
        """Return the sums of a part in the price level that all were carried to."""
        return self.carry(sums) if self.carry else sums

    @property
    def price_level(self) -> int:
        """The level every amount was carried to: the newest there is."""
        return self.price_levels[-1]

    @property
    def sources(self) -> tuple[str, ...]:
        """Where the numbers of the index that were used come from."""
        return tuple(dict.fromkeys(one.source_text for one in self.index_years))


def joined_account(
    organisation_id: int, rows: Sequence[BenefitFigures], accounts: Sequence[Account]
) -> Joined | None:
    """Return the accounts of some benefits as one; None when they share one price level.

    One query, and none when there is nothing to join.
    """
    levels = levels_in(accounts)
    if len(levels) < 2:
        return None
    index = price_index(cases.index_years(organisation_id))
    missing = index.lacks(levels)
    if missing:
        return Joined(levels, missing=missing)
    newest = levels[-1]
    (account,) = accounts_of([in_one_level(row, newest, index.convert) for row in rows])
    return Joined(levels, account, index_years=index.between(levels))
