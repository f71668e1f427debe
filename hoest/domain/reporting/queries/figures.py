"""The figures of every benefit an actor may see, read for a whole municipality at once.

Tuples and not models, and of all measurements the last of each year: the account of 2,000 benefits
with 36 measurements each reads 8,000 rows and not 72,000.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import QuerySet

from hoest.domain.benefits import queries as benefits
from hoest.domain.benefits.rules import BenefitFacts, proof_from
from hoest.domain.benefits.rules.achievement import shares_by_year
from hoest.domain.business_cases import queries as cases
from hoest.domain.business_cases.rules import CaseLineFigures
from hoest.domain.reporting.rules.account import ZERO, BenefitFigures, LineFigures
from hoest.foundation import clock
from hoest.foundation.access.actor import Actor


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
_COLUMNS = (
    "pk",
    "title",
    "benefit_type",
    "line_key",
    "baseline_value",
    "target_value",
    "unit_id",
    "unit__name",
    "initiative_id",
    "initiative__title",
    "initiative__purpose_type",
    "initiative__live_on",
    "initiative__unit_id",
    "initiative__unit__name",
    "initiative__body_id",
    "initiative__body__name",
)


class _Row(NamedTuple):
    """A benefit with where it belongs, in the order of `_COLUMNS`."""

    pk: int
    title: str
    benefit_type: str
    line_key: str
    baseline: Decimal | None
    target: Decimal | None
    unit_id: int | None
    unit_name: str | None
    initiative_id: int
    initiative_title: str
    purpose_type: str
    live_on: dt.date | None
    initiative_unit_id: int | None
    initiative_unit_name: str | None
    body_id: int | None
    body_name: str | None


@dataclass
class _Harvested:
    """What decisions took of one benefit: kroner per price level and year, hours per year.

    Kroner count with the budget place they left, hours with their use, as on the ladder
    (`rules.ladder.Decision`); what was decided without stands apart.
    """

    dkk: dict[int, dict[int, Decimal]] = field(default_factory=dict)
    hours: dict[int, Decimal] = field(default_factory=dict)
    unplaced_dkk: dict[int, dict[int, Decimal]] = field(default_factory=dict)
    unplaced_hours: dict[int, Decimal] = field(default_factory=dict)


def figures_of(
    actor: Actor,
    wanted: AccountFilter = EVERYTHING,
    facts: Mapping[int, BenefitFacts] | None = None,
    *,
    with_disbenefits: bool = False,
) -> list[BenefitFigures]:
    """Return the figures of every benefit the actor may see, in a constant number of queries.

    Dis-benefits are no benefits: they are left out of every count and sum unless asked for.
    `facts` are the ladder's facts of the same benefits, for a caller who has read them already.
    """
    seen = benefits.visible_to(actor) if with_disbenefits else benefits.gains_of(actor)
    rows = figures_in(actor.organisation_id, seen, facts=facts)
    return [row for row in rows if wanted.takes(row)]


def figures_in(
    organisation_id: int,
    seen: QuerySet[Any],
    *,
    facts: Mapping[int, BenefitFacts] | None = None,
    initiative_ids: Collection[int] | None = None,
) -> list[BenefitFigures]:
    """Return the figures of the benefits of a query, in a constant number of queries.

    `initiative_ids` are those of the benefits, when they are few: only their cases are read.
    """
    found = [_Row(*row) for row in seen.order_by("pk").values_list(*_COLUMNS)]
    known = benefits.facts_in(seen) if facts is None else facts
    rungs = benefits.rungs_by(known)
    measured = benefits.last_of_each_year({row.pk: row.live_on for row in found})
    harvested = _harvested(benefits.standing_decisions(row.pk for row in found))
    claims = benefits.claims_in(organisation_id, initiative_ids)
    promised, approved = cases.lines_of_initiatives(organisation_id, initiative_ids, kind="benefit")
    originals, latest = _by_key(promised), _by_key(approved)
    levels = {key[0]: line.price_level for key, line in latest.items()}
    rows = []
    for row in found:
        if row.pk not in rungs:
            continue  # written down between the two reads
        rung = str(rungs[row.pk])
        carried_to = clock.today().year if rung in MEASURED_RUNGS else None
        shares = shares_by_year(measured.get(row.pk, ()), row.baseline, row.target, carried_to)
        is_mine = claims.get((row.initiative_id, row.line_key)) == row.pk
        lines = [
            by_key.get((row.initiative_id, row.line_key, measure)) if is_mine else None
            for measure in ("dkk", "hours")
            for by_key in (originals, latest)
        ]
        taken = harvested.get(row.pk) or _Harvested()
        figures = _figures(row, rung, shares, lines, taken, levels.get(row.initiative_id))
        rows.append(replace(figures, proof=proof_from(known[row.pk], clock.today())))
    return rows


def _by_key(lines: Iterable[CaseLineFigures]) -> dict[LineKey, LineFigures]:
    return {(line.initiative_id, line.line_key, line.measure): _line(line) for line in lines}


def _harvested(decisions: Iterable[benefits.StandingDecision]) -> dict[int, _Harvested]:
    found: dict[int, _Harvested] = {}
    for one in decisions:
        of_benefit = found.setdefault(one.benefit_id, _Harvested())
        if one.amount_dkk is not None and one.price_level is not None:
            dkk = of_benefit.dkk if one.has_place else of_benefit.unplaced_dkk
            of_level = dkk.setdefault(one.price_level, {})
            of_level[one.year] = of_level.get(one.year, ZERO) + one.amount_dkk
        if one.hours is not None:
            hours = of_benefit.hours if one.has_use else of_benefit.unplaced_hours
            hours[one.year] = hours.get(one.year, ZERO) + one.hours
    return found


def _figures(
    row: _Row,
    rung: str,
    shares: dict[int, Decimal],
    lines: list[LineFigures | None],
    taken: _Harvested,
    level: int | None,
) -> BenefitFigures:
    promised, approved, promised_hours, approved_hours = lines
    has_own = row.unit_id is not None
    return BenefitFigures(
        benefit_id=row.pk,
        title=row.title,
        benefit_type=row.benefit_type,
        rung=rung,
        initiative_id=row.initiative_id,
        initiative_title=row.initiative_title,
        unit_id=row.unit_id if has_own else row.initiative_unit_id,
        unit_name=(row.unit_name if has_own else row.initiative_unit_name) or "",
        body_id=row.body_id,
        body_name=row.body_name or "",
        purpose_type=row.purpose_type,
        promised=promised,
        approved=approved,
        promised_hours=promised_hours,
        approved_hours=approved_hours,
        achieved_by_year=shares,
        harvested_dkk=taken.dkk,
        harvested_hours=taken.hours,
        unplaced_dkk=taken.unplaced_dkk,
        unplaced_hours=taken.unplaced_hours,
        fallback_price_level=level,
    )


def _line(line: Any) -> LineFigures:
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
