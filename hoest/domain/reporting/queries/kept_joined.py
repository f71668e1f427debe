"""The accounts of several price levels joined, from what is kept (as `joined`, from rows)."""

from __future__ import annotations

from collections.abc import Sequence

from hoest.domain.business_cases import queries as cases
from hoest.domain.business_cases.calculations import price_index
from hoest.domain.reporting.queries.figures import AccountFilter
from hoest.domain.reporting.queries.joined import Joined
from hoest.domain.reporting.queries.kept import Ground
from hoest.domain.reporting.rules.account import Account
from hoest.domain.reporting.rules.joined import in_one_level as row_in_one_level
from hoest.domain.reporting.rules.joined import levels_in
from hoest.domain.reporting.rules.sums import Sums, accounts_from, in_one_level, sums_of


def joined_sums(
    ground: Ground,
    wanted: AccountFilter,
    benefit_type: str,
    sums: Sums,
    accounts: Sequence[Account],
) -> Joined | None:
    """Return the accounts of some sums as one; None when they share one price level.

    Benefits that are taken home in several price levels are read and carried by themselves.
    """
    levels = levels_in(accounts)
    if len(levels) < 2:
        return None
    index = price_index(cases.index_years(ground.actor.organisation_id))
    missing = index.lacks(levels)
    if missing:
        return Joined(levels, missing=missing)
    newest = levels[-1]
    odd = ground.odd(wanted, benefit_type)
    even = ground.sums(wanted, benefit_type, [row.benefit_id for row in odd]) if odd else sums

    def carried(some: Sums) -> Sums:
        return in_one_level(some, newest, index.convert)

    of_odd = tuple(row_in_one_level(row, newest, index.convert) for row in odd)
    (account,) = accounts_from(carried(even).add(sums_of(of_odd)))
    return Joined(
        levels,
        account,
        index_years=index.between(levels),
        convert=index.convert,
        odd=of_odd,
        carry=carried,
    )
