"""Where benefits stand on the ladder, in a constant number of queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import OuterRef, QuerySet, Subquery, prefetch_related_objects

from hoest.domain.benefits.models import Benefit, StandingRecord
from hoest.domain.benefits.rules import (
    BenefitFacts,
    BenefitType,
    Decision,
    Frequency,
    LadderLimits,
    MeasurementFact,
    Rung,
    Standing,
    stand,
)
from hoest.foundation import clock, content


def ladder_limits() -> LadderLimits:
    """Return the limits of the ladder as the municipality's content has them."""
    return LadderLimits(
        grace_days={f: content.limit(f"measurement_grace_{f.value}") for f in Frequency},
        follow_up_months_after_target=content.limit("follow_up_months_after_target"),
        confirmations=content.limit("confirmations_for_quality"),
    )


def facts_of(benefit: Benefit) -> BenefitFacts:
    """Return the facts of a benefit whose initiative and rows are read already."""
    initiative = benefit.initiative
    agreed = initiative.agreed_adoption_share
    if agreed is None:
        agreed = content.limit_decimal("agreed_adoption_share")
    return BenefitFacts(
        benefit_type=BenefitType(benefit.benefit_type),
        has_owner=benefit.owner_id is not None,
        owner_accepted_on=benefit.owner_accepted_on,
        owner_is_initiative_lead=(
            benefit.owner_id is not None and benefit.owner_id == initiative.lead_id
        ),
        has_indicator=bool(benefit.indicator),
        has_baseline=benefit.baseline_value is not None and benefit.baseline_on is not None,
        has_target=benefit.target_value is not None and benefit.target_on is not None,
        has_method=bool(benefit.method),
        frequency=Frequency(benefit.frequency) if benefit.frequency else None,
        target_on=benefit.target_on,
        live_on=initiative.live_on,
        adoption_share=(
            None if initiative.adoption_share is None else float(initiative.adoption_share)
        ),
        agreed_adoption_share=float(agreed),
        old_way_closes_on=initiative.old_way_closed_on or initiative.old_way_closes_on,
        measurements=tuple(
            MeasurementFact(m.on, m.by_agreed_method)
            for m in benefit.measurements.all()
            if m.withdrawn_at is None
        ),
        decisions=tuple(
            Decision(
                d.decided_on,
                has_amount=bool(d.amount_dkk),
                has_budget_place=bool(d.budget_place),
                has_hours=bool(d.hours),
                has_named_use=bool(d.named_use),
            )
            for d in benefit.harvest_decisions.all()
            if d.withdrawn_on is None
        ),
        owner_confirmed_on=tuple(c.on for c in benefit.confirmations.all() if c.role == "owner"),
        controller_confirmed_on=tuple(
            c.on for c in benefit.confirmations.all() if c.role == "controller"
        ),
        lapsed_on=benefit.lapsed_on,
    )


def standings_of(benefits: Iterable[Benefit]) -> dict[int, Standing]:
    """Return the standing of each benefit by its id; reads what is missing at once."""
    rows = list(benefits)
    prefetch_related_objects(
        rows, "initiative", "measurements", "harvest_decisions", "confirmations"
    )
    today, limits = clock.today(), ladder_limits()
    return {row.pk: stand(facts_of(row), today, limits) for row in rows}


def standing_of(benefit: Benefit) -> Standing:
    """Return the standing of one benefit whose rows are read already."""
    return stand(facts_of(benefit), clock.today(), ladder_limits())


def ids_on_rung(rows: QuerySet[Benefit], wanted: str) -> list[int]:
    """Return the ids of the rows that stand on a rung now; five queries, however many rows."""
    found = standings_of(rows.order_by().select_related("initiative"))
    return [pk for pk, standing in found.items() if standing.rung == wanted]


def count_by_rung(rows: QuerySet[Benefit]) -> dict[Rung, int]:
    """Count the rows by the rung they stand on now."""
    counts = dict.fromkeys(Rung, 0)
    for standing in standings_of(rows.order_by().select_related("initiative")).values():
        counts[standing.rung] += 1
    return counts


def with_noted(rows: QuerySet[Benefit]) -> QuerySet[Benefit]:
    """Add what was noted last of each benefit, for sorting: noted_dkk, noted_level, noted_hours."""
    last = StandingRecord.objects.filter(
        organisation_id=OuterRef("organisation_id"), benefit_id=OuterRef("pk")
    ).order_by("-at", "-id")
    return rows.annotate(
        noted_dkk=Subquery(last.values("dkk_per_year")[:1]),
        noted_level=Subquery(last.values("price_level")[:1]),
        noted_hours=Subquery(last.values("hours_per_year")[:1]),
    )


def rungs_at(organisation_id: int, day: dt.date) -> dict[int, str]:
    """Return the rung each benefit stood on at the end of a day; absent when not yet known."""
    end = dt.datetime.combine(day, dt.time.max, tzinfo=clock.DANISH_TIME)
    latest = (
        StandingRecord.objects.filter(organisation_id=organisation_id, at__lte=end)
        .order_by("benefit_id", "-at", "-id")
        .distinct("benefit_id")
        .values_list("benefit_id", "rung")
    )
    return dict(latest)
