"""What benefits are to give and what they give: lines of the business case, measured shares."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Min, Q, QuerySet, prefetch_related_objects
from django.db.models.functions import Coalesce

from hoest.domain.benefits.models import Benefit, HarvestDecision
from hoest.domain.benefits.queries.standings import (
    facts_of,
    ladder_limits,
    with_last_measured,
)
from hoest.domain.benefits.rules import next_measurement_due
from hoest.domain.benefits.rules.achievement import achieved_share, latest_value
from hoest.domain.business_cases import queries as cases
from hoest.domain.business_cases.rules import CaseLineFigures, LineKind
from hoest.foundation import clock, content

Lines = dict[tuple[int, str, str], CaseLineFigures]


@dataclass(frozen=True)
class Promise:
    """What one benefit is to give: the original promise beside what holds now."""

    original_dkk: CaseLineFigures | None = None
    latest_dkk: CaseLineFigures | None = None
    original_hours: CaseLineFigures | None = None
    latest_hours: CaseLineFigures | None = None

    @property
    def is_empty(self) -> bool:
        """Tell whether no line values the benefit."""
        return not (self.latest_dkk or self.latest_hours or self.original_dkk)


@dataclass(frozen=True)
class Achievement:
    """The last measurement after go-live, and how much of the way to the target it is."""

    on: dt.date
    value: Decimal
    share: Decimal | None


def claims_in(
    organisation_id: int, initiative_ids: Iterable[int] | None = None
) -> dict[tuple[int, str], int]:
    """Return the benefit that counts each line, by (initiative, name of the line); one query.

    Two benefits may name the same line, and its kroner are counted once: for the one that was
    written down first, whoever looks. One that was given up leaves its line to the next.
    """
    rows = Benefit.objects.filter(organisation_id=organisation_id).exclude(line_key="")
    if initiative_ids is not None:
        rows = rows.filter(initiative_id__in=list(initiative_ids))
    first = (
        rows.order_by()
        .values("initiative_id", "line_key")
        .annotate(first=Coalesce(Min("pk", filter=Q(lapsed_on__isnull=True)), Min("pk")))
    )
    return {
        (initiative_id, line_key): pk
        for initiative_id, line_key, pk in first.values_list("initiative_id", "line_key", "first")
    }


class StandingDecision(NamedTuple):
    """What a harvest decision that stands takes in a year; its day has come.

    One that goes on stands there once for each year, to the end of the budget's estimate years.
    """

    benefit_id: int
    year: int
    amount_dkk: Decimal | None
    price_level: int | None
    hours: Decimal | None
    budget_place: str
    named_use: str
    agreement_id: int | None = None
    goes_on: bool = False
    pk: int | None = None

    @property
    def has_place(self) -> bool:
        """Tell whether its kroner are in hand: the budget place they left is known."""
        return bool(self.budget_place)

    @property
    def has_use(self) -> bool:
        """Tell whether its hours are in hand: what they are used for is known."""
        return bool(self.named_use)


def standing_decisions(benefit_ids: Iterable[int]) -> list[StandingDecision]:
    """Return the harvest decisions that stand today for some benefits; one query."""
    found = HarvestDecision.objects.filter(
        benefit_id__in=list(benefit_ids),
        withdrawn_on__isnull=True,
        decided_on__lte=clock.today(),
    ).order_by("benefit_id", "pk")
    rows = [StandingDecision(*one) for one in found.values_list(*StandingDecision._fields)]
    if not any(row.goes_on for row in rows):
        return rows
    last = last_estimate_year()
    return [
        row._replace(year=year)
        for row in rows
        for year in range(row.year, max(row.year, last if row.goes_on else 0) + 1)
    ]


def last_estimate_year() -> int:
    """Return the last year a budget looks ahead to: what goes on is counted that far."""
    return clock.today().year + content.limit("budget_estimate_years")


def promises_of(benefits: Sequence[Benefit]) -> dict[int, Promise]:
    """Return what each benefit is to give, by its id; at most six queries."""
    if not benefits:
        return {}
    organisation_id = benefits[0].organisation_id
    initiative_ids = {benefit.initiative_id for benefit in benefits}
    original, latest = cases.lines_of_initiatives(organisation_id, initiative_ids)
    first, now = _by_key(original), _by_key(latest)
    claims = claims_in(organisation_id, initiative_ids)

    def promise(benefit: Benefit) -> Promise:
        if claims.get((benefit.initiative_id, benefit.line_key)) != benefit.pk:
            return Promise()
        dkk = (benefit.initiative_id, benefit.line_key, "dkk")
        hours = (benefit.initiative_id, benefit.line_key, "hours")
        return Promise(first.get(dkk), now.get(dkk), first.get(hours), now.get(hours))

    return {benefit.pk: promise(benefit) for benefit in benefits}


def _by_key(lines: Iterable[CaseLineFigures]) -> Lines:
    return {
        (line.initiative_id, line.line_key, line.measure): line
        for line in lines
        if line.kind == LineKind.BENEFIT
    }


def achievement_of(benefit: Benefit) -> Achievement | None:
    """Return how far a benefit has come; its initiative and measurements are read already.

    None before the first measurement by the agreed method after go-live. The share is None when
    baseline or target is not known, or when they are the same.
    """
    measured = [
        (m.on, m.value)
        for m in benefit.measurements.all()
        if m.withdrawn_at is None and m.by_agreed_method
    ]
    last = latest_value(measured, benefit.initiative.live_on, clock.today())
    if last is None:
        return None
    share = achieved_share(benefit.baseline_value, benefit.target_value, last[1])
    return Achievement(last[0], last[1], share)


def measured_dkk(promise: Promise, achievement: Achievement | None) -> Decimal | None:
    """Return the measured kroner a year: what holds now times the achieved share.

    None when nothing is valued a year, or when no share can be told.
    """
    line = promise.latest_dkk
    if line is None or achievement is None or achievement.share is None:
        return None
    full = line.full_year_effect
    return None if full is None else full * achievement.share


def due_of(benefit: Benefit) -> dt.date | None:
    """Return the day the next measurement is due; the rows of the benefit are read already."""
    return next_measurement_due(facts_of(benefit), clock.today(), ladder_limits())


def due_among(benefits: Iterable[Benefit], until: dt.date) -> list[tuple[dt.date, Benefit]]:
    """Return the benefits whose next measurement is due by a day, the longest waiting first."""
    rows = list(with_last_measured(benefits) if isinstance(benefits, QuerySet) else benefits)
    missing = () if isinstance(benefits, QuerySet) else ("measurements",)
    prefetch_related_objects(rows, "initiative", "harvest_decisions", "confirmations", *missing)
    found = [(due, row) for row in rows if (due := due_of(row)) is not None and due <= until]
    prefetch_related_objects([row for _due, row in found], "measurements")
    return sorted(found, key=lambda pair: (pair[0], pair[1].pk))
