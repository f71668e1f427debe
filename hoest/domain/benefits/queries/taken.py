"""What was taken home of each benefit, year by year, beside what was measured: the rows of the gap.

The truth is the harvest decisions that stand, the same the ladder and the account read; agreements
add the unit that gives and who carries what does not come. A constant number of queries.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from hoest.domain.benefits.models import HarvestDecision, TakeoutAgreement
from hoest.domain.benefits.queries.figures import (
    StandingDecision,
    claims_in,
    standing_decisions,
)
from hoest.domain.benefits.queries.seen import visible_to
from hoest.domain.benefits.queries.standings import facts_in, last_of_each_year, rungs_by
from hoest.domain.benefits.queries.takeout import approved_over
from hoest.domain.benefits.rules import Proof, Rung, proof_from
from hoest.domain.benefits.rules.achievement import shares_by_year
from hoest.domain.benefits.rules.gap import Taken, held_against
from hoest.domain.benefits.rules.proof import CLAIMED
from hoest.domain.benefits.rules.takeout import ZERO, whole_oere
from hoest.domain.business_cases import queries as cases
from hoest.domain.business_cases.calculations import PriceIndex, price_index
from hoest.domain.business_cases.rules import CaseLineFigures
from hoest.foundation import clock
from hoest.foundation.access.actor import Actor

MEASURED_RUNGS = (Rung.MEASURED, Rung.PROVEN, Rung.IN_HAND)
_COLUMNS = (
    "pk",
    "title",
    "line_key",
    "baseline_value",
    "target_value",
    "unit_id",
    "initiative_id",
    "initiative__unit_id",
    "initiative__live_on",
    "initiative__title",
    "initiative__body_id",
    "initiative__body__name",
)


class TakenFrom(NamedTuple):
    """The benefit something was taken of, with where it belongs, in the order of `_COLUMNS`."""

    pk: int
    title: str
    line_key: str
    baseline: Decimal | None
    target: Decimal | None
    own_unit_id: int | None
    initiative_id: int
    initiative_unit_id: int
    live_on: dt.date | None
    initiative_title: str
    body_id: int | None
    body_name: str | None

    @property
    def unit_id(self) -> int:
        """The unit it belongs to: its own, else the initiative's."""
        return self.own_unit_id or self.initiative_unit_id


class _Agreed(NamedTuple):
    root: int
    unit_id: int
    unit_carries_share: Decimal


@dataclass(frozen=True)
class TakenRows:
    """Every row of what was taken, the benefits behind them, and the index that joins levels."""

    rows: tuple[Taken, ...]
    benefits: Mapping[int, TakenFrom]
    index: PriceIndex

    @property
    def price_levels(self) -> tuple[int, ...]:
        """The price levels of the kroner, newest first."""
        return tuple(sorted({r.price_level for r in self.rows if r.price_level}, reverse=True))

    @property
    def can_join(self) -> bool:
        """Tell whether the price index covers all levels there are."""
        levels = self.price_levels
        return len(levels) > 1 and not self.index.lacks(levels)

    def joined(self) -> TakenRows:
        """Return the rows with all kroner in the newest price level, rounded to whole øre."""
        newest = self.price_levels[0]
        return replace(self, rows=tuple(self._in_level(row, newest) for row in self.rows))

    def _in_level(self, row: Taken, level: int) -> Taken:
        if row.price_level in (None, level):
            return row

        def convert(amount: Decimal) -> Decimal:
            return whole_oere(self.index.convert(amount, row.price_level or level, level))

        realised = None if row.realised is None else convert(row.realised)
        return replace(row, price_level=level, taken=convert(row.taken), realised=realised)


def taken_rows(actor: Actor) -> TakenRows:
    """Return what stands as taken home of every benefit the actor may see, by year and chain."""
    decided = HarvestDecision.objects.filter(
        organisation_id=actor.organisation_id, withdrawn_on__isnull=True
    )
    seen = visible_to(actor).filter(pk__in=decided.values("benefit_id")).order_by("pk")
    found = [TakenFrom(*row) for row in seen.values_list(*_COLUMNS)]
    benefits = {row.pk: row for row in found}
    decisions = [
        one
        for one in standing_decisions(benefits)
        if (one.has_place if one.amount_dkk is not None else one.has_use)
    ]
    index = price_index(cases.index_years(actor.organisation_id))
    rows = _summed(decisions, benefits, _agreed(actor, decisions))
    return TakenRows(tuple(_with_realised(actor, rows, benefits, index)), benefits, index)


def _agreed(actor: Actor, decisions: Iterable[StandingDecision]) -> dict[int, _Agreed]:
    ids = {one.agreement_id for one in decisions if one.agreement_id is not None}
    rows = TakeoutAgreement.objects.filter(organisation_id=actor.organisation_id, pk__in=ids)
    return {
        pk: _Agreed(base_id or pk, unit_id, share)
        for pk, base_id, unit_id, share in rows.values_list(
            "pk", "base_id", "unit_id", "unit_carries_share"
        )
    }


def _summed(
    decisions: Iterable[StandingDecision],
    benefits: Mapping[int, TakenFrom],
    agreed: Mapping[int, _Agreed],
) -> list[Taken]:
    """Add the layers of a chain to one row a year; single decisions of a benefit are one chain."""
    found: dict[tuple[object, ...], Taken] = {}
    for one in decisions:
        terms = agreed.get(one.agreement_id or 0)
        for measure, amount, level in (
            ("dkk", one.amount_dkk if one.has_place else None, one.price_level),
            ("hours", one.hours if one.has_use else None, None),
        ):
            if amount is None:
                continue
            root = terms.root if terms else None
            key = (one.benefit_id, root, one.year, measure, level)
            row = found.get(key) or Taken(
                benefit_id=one.benefit_id,
                agreement_id=root,
                unit_id=terms.unit_id if terms else benefits[one.benefit_id].unit_id,
                year=one.year,
                measure=measure,
                price_level=level,
                taken=ZERO,
                unit_share=terms.unit_carries_share if terms else None,
            )
            found[key] = replace(row, taken=row.taken + amount)
    return [row for row in found.values() if row.taken]


def _with_realised(
    actor: Actor,
    rows: list[Taken],
    benefits: Mapping[int, TakenFrom],
    index: PriceIndex,
) -> list[Taken]:
    by_benefit: dict[tuple[int, str, int], list[Taken]] = {}
    for row in rows:
        by_benefit.setdefault((row.benefit_id, row.measure, row.year), []).append(row)
    lines = _lines(actor, benefits.values())
    shares, proofs = _measured(actor, benefits.values())
    this_year = clock.today().year
    found: list[Taken] = []
    for (pk, measure, year), of_year in sorted(by_benefit.items()):
        line = lines.get((pk, measure))
        share = shares.get(pk, {}).get(year)
        realised = None
        if line is not None and share is not None:
            approved = approved_over(line, year).get(year)
            realised = None if approved is None else approved * share
        why = "future" if year > this_year else "not_valued" if line is None else "not_measured"
        if year > this_year:
            realised = None
        proof = proofs.get(pk, CLAIMED)
        found += [
            replace(row, proof=proof) for row in _against(of_year, realised, why, line, index)
        ]
    return sorted(found, key=lambda row: (row.benefit_id, row.measure, row.year))


def _against(
    rows: list[Taken],
    realised: Decimal | None,
    why_not: str,
    line: CaseLineFigures | None,
    index: PriceIndex,
) -> list[Taken]:
    """Hold what came against what was taken, compared in the price level of the line."""
    if realised is None or line is None or rows[0].measure == "hours":
        return held_against(rows, realised, why_not)
    level = line.price_level
    alike = [
        r
        for r in rows
        if (r.price_level or level) == level or not index.lacks((r.price_level or level, level))
    ]
    apart = [replace(r, why_not="other_price_level") for r in rows if r not in alike]
    compared = [
        replace(row, taken=index.convert(row.taken, row.price_level or level, level))
        for row in alike
    ]
    held = []
    for row, other in zip(alike, held_against(compared, realised, ""), strict=True):
        part = other.realised or ZERO
        if row.price_level != level:
            part = whole_oere(index.convert(part, level, row.price_level or level))
        held.append(replace(row, realised=part))
    return [*held, *apart]


def _lines(actor: Actor, benefits: Iterable[TakenFrom]) -> dict[tuple[int, str], CaseLineFigures]:
    """Return the approved line of each benefit that counts one, by measure."""
    rows = list(benefits)
    initiatives = {row.initiative_id for row in rows}
    _original, latest = cases.lines_of_initiatives(actor.organisation_id, initiatives)
    by_key = {(x.initiative_id, x.line_key, x.measure): x for x in latest if x.kind == "benefit"}
    claims = claims_in(actor.organisation_id, initiatives)
    return {
        (row.pk, measure): line
        for row in rows
        for measure in ("dkk", "hours")
        if claims.get((row.initiative_id, row.line_key)) == row.pk
        and (line := by_key.get((row.initiative_id, row.line_key, measure))) is not None
    }


def _measured(
    actor: Actor, benefits: Iterable[TakenFrom]
) -> tuple[dict[int, dict[int, Decimal]], dict[int, Proof]]:
    """Return the achieved share of each year, as the account counts it, and how it is known."""
    rows = list(benefits)
    facts = facts_in(visible_to(actor).filter(pk__in=[row.pk for row in rows]))
    rungs = rungs_by(facts)
    measured = last_of_each_year({row.pk: row.live_on for row in rows})
    this_year = clock.today().year
    shares = {
        row.pk: shares_by_year(
            measured.get(row.pk, ()),
            row.baseline,
            row.target,
            this_year if rungs.get(row.pk) in MEASURED_RUNGS else None,
        )
        for row in rows
    }
    return shares, {pk: proof_from(one, clock.today()) for pk, one in facts.items()}
