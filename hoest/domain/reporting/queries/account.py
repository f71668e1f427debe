"""Reads of the harvest account: accounts, stated totals, what moved, the JSON answer."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from hoest.domain.benefits import queries as benefits
from hoest.domain.benefits.permissions import VIEW_BENEFITS
from hoest.domain.reporting.models import StatedTotal
from hoest.domain.reporting.queries.figures import (
    EVERYTHING,
    MEASURED_RUNGS,
    AccountFilter,
    figures_of,
)
from hoest.domain.reporting.queries.joined import Joined, joined_account
from hoest.domain.reporting.rules.account import (
    COLUMNS,
    ZERO,
    Account,
    BenefitFigures,
    StatedCheck,
    accounts_of,
    whole_kroner,
)
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import units_where


def accounts(actor: Actor, wanted: AccountFilter = EVERYTHING) -> list[Account]:
    """Return the harvest accounts, one per price level, newest price level first."""
    return accounts_of(figures_of(actor, wanted))


def stated_checks(
    actor: Actor, price_level: int | None, everything: Iterable[BenefitFigures]
) -> list[StatedCheck]:
    """Return the totals that sources state beside the sum of the rows they gave.

    `everything` is the figures of all benefits: a total is of a whole source, whatever type its
    rows have and whatever price level they have been estimated in since. There is nothing to
    compare for an actor who sees only a part of them.
    """
    if price_level is None or units_where(actor, VIEW_BENEFITS) is not None:
        return []
    stated = StatedTotal.objects.filter(
        organisation_id=actor.organisation_id, price_level=price_level
    ).select_related("source")
    promised = [
        row.promised
        for row in everything
        if row.promised and row.promised.price_level == price_level
    ]
    checks = []
    for total in stated.order_by("year"):
        rows = [line for line in promised if line.source_id == total.source_id]
        if rows:
            summed = sum((row.over(total.year).get(total.year, ZERO) for row in rows), ZERO)
            checks.append(
                StatedCheck(
                    total.year,
                    total.amount_dkk,
                    summed,
                    total.rounding_unit_dkk,
                    len(rows),
                    str(total.source),
                    content.limit_decimal("stated_total_tolerance"),
                )
            )
    return checks


@dataclass(frozen=True)
class Moved:
    """A benefit that changed rung since a day, with what it is worth a year."""

    benefit_id: int
    from_rung: str | None
    to_rung: str
    dkk: Decimal
    hours: Decimal
    benefit_type: str = ""
    price_level: int | None = None


def moved_since(rows: Iterable[BenefitFigures], actor: Actor, since: dt.date) -> list[Moved]:
    """Return the benefits that stand on another rung than at the end of a day, or are new since."""
    before = benefits.rungs_at(actor.organisation_id, since)
    return [
        Moved(
            row.benefit_id,
            before.get(row.benefit_id),
            row.rung,
            row.worth_dkk,
            row.worth_hours,
            row.benefit_type,
            row.price_level,
        )
        for row in rows
        if before.get(row.benefit_id) != row.rung
    ]


def account_facts(actor: Actor) -> dict[str, Any]:
    """Return the account as JSON gives it: whole kroner, one account per price level.

    `years` and `rungs` add kroner of all benefit types named in `includes`; `types` holds the
    same for each type by itself. Hours are never added to kroner. `joined` is all price levels in
    the newest one by the municipality's price index; it is null without an index that covers them
    (`joined_lacks_years` says what to write) and when there is one level only.
    """
    everything = figures_of(actor)
    accounts = accounts_of(everything)
    joined = joined_account(actor.organisation_id, everything, accounts)
    return {
        "accounts": [_facts(actor, one, everything) for one in accounts],
        "joined": _joined_facts(joined),
        "joined_lacks_years": list(joined.missing) if joined else [],
    }


def _joined_facts(joined: Joined | None) -> dict[str, Any] | None:
    if joined is None or joined.account is None:
        return None
    return {
        "price_level": joined.price_level,
        "price_levels": list(joined.price_levels),
        "index": [
            {
                "year": one.year,
                "change_share": str(one.change_share.normalize()),
                "source": one.source_text,
            }
            for one in joined.index_years
        ],
        **_amounts(joined.account),
        "known": _known(joined.account),
        "includes": list(joined.account.types),
        "types": _of_types(joined.account),
    }


def _of_types(account: Account) -> dict[str, Any]:
    return {
        code: _amounts(of_type)
        for code in account.types
        for of_type in accounts_of([r for r in account.rows if r.benefit_type == code])
        if of_type.price_level == account.price_level
    }


def _facts(actor: Actor, account: Account, everything: list[BenefitFigures]) -> dict[str, Any]:
    return {
        "price_level": account.price_level,
        **_amounts(account),
        "known": _known(account),
        "includes": list(account.types),
        "types": _of_types(account),
        "stated_totals": [
            {
                "year": check.year,
                "stated": whole_kroner(check.stated),
                "summed": whole_kroner(check.summed),
                "difference": whole_kroner(check.difference),
                "is_rounding": check.is_rounding,
                "source": check.source_title,
                "text": stated_sentence(check),
            }
            for check in stated_checks(actor, account.price_level, everything)
        ],
        "sources": sorted({r.promised.source_title for r in account.rows if r.promised}),
    }


def _known(account: Account) -> list[dict[str, Any]]:
    """Return how the measured benefits are known: grade, verdict, and how many of each."""
    proofs = Counter(
        (int(row.proof.grade), row.proof.verdict.value)
        for row in account.rows
        if row.rung in MEASURED_RUNGS
    )
    return [
        {"grade": grade, "verdict": verdict, "benefits": n}
        for (grade, verdict), n in sorted(proofs.items())
    ]


def _amounts(account: Account) -> dict[str, Any]:
    return {
        "years": {
            str(year): {column: whole_kroner(amounts[column]) for column in COLUMNS}
            for year, amounts in account.years.items()
        },
        "years_hours": {
            str(year): {column: whole_kroner(amounts[column]) for column in COLUMNS}
            for year, amounts in account.hour_years.items()
        },
        "rungs": [
            {
                "rung": line.rung,
                "count": line.count,
                "dkk": whole_kroner(line.dkk),
                "hours": whole_kroner(line.hours),
                "dkk_one_off": whole_kroner(line.one_off_dkk),
            }
            for line in account.rungs
        ],
    }


def stated_sentence(check: StatedCheck) -> str:
    """Say in Danish how a stated total and the sum of its rows agree."""
    from hoest.ui.formats import kroner

    summed = f"{check.year}: rækkerne giver {kroner(check.summed)}"
    if not check.difference:
        return f"{summed}, præcis som kilden oplyser."
    why = (
        "Forskellen svarer til afrunding"
        if check.is_rounding
        else "Forskellen er større, end afrunding kan forklare"
    )
    return f"{summed}; kilden oplyser {kroner(check.stated)}. {why} ({kroner(check.difference)})."
