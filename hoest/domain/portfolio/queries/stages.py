"""Reads of stages, of how the use grows, and of every roll-out with the late ones first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When

from hoest.domain.portfolio.models import Initiative, Rollout, Stage, UseCount
from hoest.domain.portfolio.queries.initiatives import visible_to
from hoest.domain.portfolio.rules import ACTIVE_PHASES
from hoest.domain.portfolio.rules.stages import (
    Count as CountFacts,
)
from hoest.domain.portfolio.rules.stages import (
    EarlyCause,
    OpeningHindrance,
    StageDecision,
    StageFacts,
    StageState,
    adoption_curve,
    going_live_early,
    opening_hindrances,
    stage_state,
)
from hoest.foundation.access.actor import Actor
from hoest.foundation.clock import today
from hoest.foundation.faults import NotFound


@dataclass(frozen=True)
class StageOf:
    """A stage with where it stands and what keeps it from opening."""

    stage: Stage
    state: StageState
    hindrances: tuple[OpeningHindrance, ...]


@dataclass(frozen=True)
class LateTotals:
    """How many roll-outs there are, how many are late now, and how many of those unexplained."""

    planned: int
    live: int
    late: int
    unexplained: int


def stage_of(actor: Actor, stage_id: int) -> Stage:
    """Return a stage of a visible initiative. Raises NotFound."""
    found = (
        Stage.objects.filter(
            organisation_id=actor.organisation_id,
            pk=stage_id,
            initiative__in=visible_to(actor).values("pk"),
        )
        .select_related("initiative")
        .first()
    )
    if found is None:
        raise NotFound("Etapen findes ikke, eller du kan ikke se den.")
    return found


def stages_of(initiative: Initiative) -> list[StageOf]:
    """Return the stages of an initiative in their order; one query."""
    rows = list(
        Stage.objects.filter(
            organisation_id=initiative.organisation_id, initiative=initiative
        ).order_by("place")
    )
    facts = [_facts(row) for row in rows]
    return [
        StageOf(row, stage_state(own, facts), opening_hindrances(own, facts))
        for row, own in zip(rows, facts, strict=True)
    ]


def early_cause(
    stages: Sequence[StageOf], stage_id: int | None, live_on: dt.date | None
) -> EarlyCause | None:
    """Return why a place of one of the stages may not go live on a day; None when it may."""
    facts = {one.stage.pk: _facts(one.stage) for one in stages}
    its = facts.get(stage_id) if stage_id is not None else None
    return going_live_early(its, facts.values(), live_on)


def _facts(row: Stage) -> StageFacts:
    return StageFacts(
        place=row.place,
        is_opened=row.opened_on is not None,
        opened_on=row.opened_on,
        learnt=row.learnt,
        skipped_because=row.skipped_because,
        decision=StageDecision(row.decision) if row.decision else None,
    )


def curves_of(initiative: Initiative) -> dict[int, tuple[CountFacts, ...]]:
    """Return the counts of each roll-out day by day; one query."""
    found: dict[int, list[CountFacts]] = {}
    rows = UseCount.objects.filter(
        organisation_id=initiative.organisation_id, rollout__initiative=initiative
    ).order_by("pk")
    for pk, rollout_id, on, users, planned in rows.values_list(
        "pk", "rollout_id", "counted_on", "users_in_use", "planned_users"
    ):
        found.setdefault(rollout_id, []).append(CountFacts(on, users, planned, pk))
    return {rollout_id: adoption_curve(counts) for rollout_id, counts in found.items()}


def rollouts_of(actor: Actor) -> QuerySet[Rollout]:
    """Return every roll-out of the initiatives the actor may see that are not stopped."""
    return Rollout.objects.filter(
        organisation_id=actor.organisation_id,
        initiative__in=visible_to(actor).filter(phase__in=ACTIVE_PHASES).values("pk"),
    ).select_related("initiative", "unit", "stage")


def is_live() -> Q:
    """Return the condition of a place that is live."""
    return Q(live_on__lte=today())


def is_late() -> Q:
    """Return the condition of a place that should be live and is not."""
    return Q(planned_on__lt=today()) & (Q(live_on__isnull=True) | Q(live_on__gt=today()))


def late_first(rows: QuerySet[Rollout]) -> QuerySet[Rollout]:
    """Return the late ones first, unexplained before explained, then what comes next."""
    urgency = Case(
        When(is_late() & Q(late_cause=""), then=Value(0)),
        When(is_late(), then=Value(1)),
        When(is_live(), then=Value(3)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return rows.order_by(urgency, F("planned_on").asc(nulls_last=True), "pk")


def late_totals(rows: QuerySet[Rollout]) -> LateTotals:
    """Count the roll-outs; one query."""
    found = rows.order_by().aggregate(
        planned=Count("pk"),
        live=Count("pk", filter=is_live()),
        late=Count("pk", filter=is_late()),
        unexplained=Count("pk", filter=is_late() & Q(late_cause="")),
    )
    return LateTotals(**found)


def late_unexplained(actor: Actor, most: int) -> Iterable[Rollout]:
    """Return the late places of the initiatives the actor leads that nobody explained."""
    return (
        rollouts_of(actor)
        .filter(is_late(), late_cause="", initiative__lead_id=actor.person_id)
        .order_by("planned_on", "pk")[:most]
    )
