"""Reads of the harvest account: figures per benefit, filters, what moved, the JSON answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from hoest.domain.benefits import queries as benefits
from hoest.domain.benefits.permissions import VIEW_BENEFITS
from hoest.domain.benefits.rules.achievement import achieved_share
from hoest.domain.business_cases import queries as cases
from hoest.domain.reporting.models import StatedTotal
from hoest.domain.reporting.rules.account import (
    COLUMNS,
    ZERO,
    Account,
    BenefitFigures,
    LineFigures,
    StatedCheck,
    accounts_of,
    whole_kroner,
)
from hoest.foundation import clock, content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import units_where


@dataclass(frozen=True)
class AccountFilter:
    """Which benefits the account is of; None means all."""

    unit_ids: frozenset[int] | None = None
    body_id: int | None = None
    purpose_type: str | None = None
    benefit_type: str | None = None

    def takes(self, row: BenefitFigures) -> bool:
        """Tell whether a benefit is in the account."""
        return (
            (self.unit_ids is None or row.unit_id in self.unit_ids)
            and (self.body_id is None or row.body_id == self.body_id)
            and (self.purpose_type is None or row.purpose_type == self.purpose_type)
            and (self.benefit_type is None or row.benefit_type == self.benefit_type)
        )


EVERYTHING = AccountFilter()
LineKey = tuple[int, str, str]
MEASURED_RUNGS = ("measured", "proven", "in_hand")


def figures_of(actor: Actor, wanted: AccountFilter = EVERYTHING) -> list[BenefitFigures]:
    """Return the figures of every benefit the actor may see, in a constant number of queries."""
    found = list(
        benefits.visible_to(actor)
        .select_related("initiative__unit", "initiative__body", "unit")
        .prefetch_related("measurements", "harvest_decisions")
        .order_by("id")
    )
    standings = benefits.standings_of(found)
    originals = _by_key(cases.promised_lines(actor.organisation_id))
    latest = _by_key(cases.approved_lines(actor.organisation_id))
    levels = {line.initiative_id: line.price_level for line in latest.values()}
    claimed: set[LineKey] = set()
    rows = [
        _figures(benefit, standings[benefit.pk].rung, originals, latest, levels, claimed)
        for benefit in found
    ]
    return [row for row in rows if wanted.takes(row)]


def _by_key(lines: Iterable[Any]) -> dict[LineKey, Any]:
    return {
        (line.initiative_id, line.line_key, line.measure): line
        for line in lines
        if line.kind == "benefit"
    }


def _figures(
    benefit: Any,
    rung: str,
    originals: dict[LineKey, Any],
    latest: dict[LineKey, Any],
    levels: dict[int, int],
    claimed: set[LineKey],
) -> BenefitFigures:
    unit = benefit.unit or benefit.initiative.unit
    body = benefit.initiative.body
    keys = {m: (benefit.initiative_id, benefit.line_key, m) for m in ("dkk", "hours")}
    # Two benefits may not count the same line; the first one does.
    mine = {m: key for m, key in keys.items() if benefit.line_key and key not in claimed}
    claimed.update(mine.values())

    def line(lines: dict[LineKey, Any], measure: str) -> LineFigures | None:
        return _line(lines.get(mine[measure])) if measure in mine else None

    harvested_dkk: dict[int, dict[int, Decimal]] = {}
    harvested_hours: dict[int, Decimal] = {}
    for decision in benefit.harvest_decisions.all():
        if decision.withdrawn_on is not None or decision.decided_on > clock.today():
            continue
        if decision.amount_dkk is not None:
            of_level = harvested_dkk.setdefault(decision.price_level, {})
            of_level[decision.year] = of_level.get(decision.year, ZERO) + decision.amount_dkk
        if decision.hours is not None:
            harvested_hours[decision.year] = (
                harvested_hours.get(decision.year, ZERO) + decision.hours
            )
    return BenefitFigures(
        benefit_id=benefit.pk,
        title=benefit.title,
        benefit_type=benefit.benefit_type,
        rung=str(rung),
        initiative_id=benefit.initiative_id,
        initiative_title=benefit.initiative.title,
        unit_id=unit.pk if unit else None,
        unit_name=unit.name if unit else "",
        body_id=body.pk if body else None,
        body_name=body.name if body else "",
        purpose_type=benefit.initiative.purpose_type,
        promised=line(originals, "dkk"),
        approved=line(latest, "dkk"),
        promised_hours=line(originals, "hours"),
        approved_hours=line(latest, "hours"),
        achieved_by_year=_achieved(benefit, str(rung)),
        harvested_dkk=harvested_dkk,
        harvested_hours=harvested_hours,
        fallback_price_level=levels.get(benefit.initiative_id),
    )


def _line(line: Any) -> LineFigures | None:
    if line is None:
        return None
    return LineFigures(
        amounts=line.amounts,
        is_recurring=line.duration == "recurring",
        price_level=line.price_level,
        low_share=line.low_share,
        high_share=line.high_share,
        version=line.number,
        approved_on=line.approved_on,
        approved_by=line.approved_by_name,
        source_title=line.source_title,
        source_place=line.source_place,
        source_id=line.source_id,
    )


def _achieved(benefit: Any, rung: str) -> dict[int, Decimal]:
    """Return the achieved share per year: the last standing measurement after go-live so far.

    A year counts from the first measurement on. The last level is carried on to the present year
    while the benefit stands on a measured rung, and not beyond its own year once a measurement is
    missing. Without a baseline and a target that differ, kroner cannot be measured this way.
    """
    live, today = benefit.initiative.live_on, clock.today()
    if live is None:
        return {}
    taken = sorted(
        (m.on, m.value)
        for m in benefit.measurements.all()
        if m.withdrawn_at is None and m.by_agreed_method and live <= m.on <= today
    )
    by_year: dict[int, Decimal] = {}
    for index, (on, value) in enumerate(taken):
        share = achieved_share(benefit.baseline_value, benefit.target_value, value)
        if share is None:
            return {}
        is_last = index + 1 == len(taken)
        carried_to = today.year if rung in MEASURED_RUNGS else on.year
        until = carried_to if is_last else taken[index + 1][0].year
        for year in range(on.year, until + 1):
            by_year[year] = share
    return by_year


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
        )
        for row in rows
        if before.get(row.benefit_id) != row.rung
    ]


def account_facts(actor: Actor) -> dict[str, Any]:
    """Return the account as JSON gives it: whole kroner, one account per price level.

    `years` and `rungs` add kroner of all benefit types named in `includes`; `types` holds the
    same for each type by itself. Hours are never added to kroner.
    """
    everything = figures_of(actor)
    return {"accounts": [_facts(actor, one, everything) for one in accounts_of(everything)]}


def _facts(actor: Actor, account: Account, everything: list[BenefitFigures]) -> dict[str, Any]:
    return {
        "price_level": account.price_level,
        **_amounts(account),
        "includes": list(account.types),
        "types": {
            code: _amounts(of_type)
            for code in account.types
            for of_type in accounts_of([r for r in account.rows if r.benefit_type == code])
            if of_type.price_level == account.price_level
        },
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
