"""Reads of experiments: where each stands against its ceilings, and who carries how many."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db.models import Count, F, Q, QuerySet

from hoest.domain.portfolio.models import (
    Experiment,
    ExperimentDecision,
    ExperimentExtension,
    Initiative,
)
from hoest.domain.portfolio.permissions import VIEW_INITIATIVES
from hoest.domain.portfolio.queries.ideas import ideas_visible_to
from hoest.domain.portfolio.rules import ACTIVE_PHASES
from hoest.domain.portfolio.rules.experiments import (
    Breach,
    ExperimentFacts,
    ExperimentState,
    breaches,
    carries_too_much,
)
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import units_where
from hoest.foundation.clock import today
from hoest.foundation.faults import NotFound


def experiments_visible_to(actor: Actor) -> QuerySet[Experiment]:
    """Return the experiments the actor may see.

    Those of her units, as with initiatives; those she is responsible for; and those that try an
    idea she may see.
    """
    units = units_where(actor, VIEW_INITIATIVES)
    rows = Experiment.objects.filter(organisation_id=actor.organisation_id)
    if units is None:
        return rows
    if not units:
        return rows.none()
    return rows.filter(
        Q(unit_id__in=units)
        | Q(owner_id=actor.person_id or 0)
        | Q(idea_id__in=ideas_visible_to(actor).values("pk"))
    )


def experiment_of(actor: Actor, experiment_id: int) -> Experiment:
    """Return one experiment with its people, idea and initiative. Raises NotFound."""
    found = (
        experiments_visible_to(actor)
        .select_related("unit", "owner", "idea", "initiative")
        .filter(pk=experiment_id)
        .first()
    )
    if found is None:
        raise NotFound("Forsøget findes ikke, eller du kan ikke se det.")
    return found


def experiment_facts(row: Experiment) -> ExperimentFacts:
    """Return the facts of an experiment, with the limits that hold now."""
    was_extended = row.limit_on != row.ends_on or row.limit_dkk != row.money_ceiling_dkk
    return ExperimentFacts(
        ends_on=row.limit_on,
        money_ceiling_dkk=row.limit_dkk,
        spent_dkk=row.spent_dkk,
        was_extended=was_extended,
        is_running=row.state == ExperimentState.RUNNING,
    )


def breaches_of(row: Experiment) -> tuple[Breach, ...]:
    """Return the limits an experiment has gone past today."""
    return breaches(experiment_facts(row), today())


def past_limit(rows: QuerySet[Experiment], on: dt.date) -> QuerySet[Experiment]:
    """Keep the running experiments that are past their time or their money."""
    return rows.filter(
        Q(limit_on__lt=on) | Q(spent_dkk__gt=F("limit_dkk")), state=ExperimentState.RUNNING
    )


def extension_of(row: Experiment) -> ExperimentExtension | None:
    """Return the one extension of an experiment."""
    return ExperimentExtension.objects.filter(
        organisation_id=row.organisation_id, experiment=row
    ).first()


def decision_on(row: Experiment) -> ExperimentDecision | None:
    """Return the decision that ended an experiment."""
    return (
        ExperimentDecision.objects.filter(organisation_id=row.organisation_id, experiment=row)
        .select_related("initiative")
        .first()
    )


def experiments_behind(initiative_id: int, organisation_id: int) -> list[Experiment]:
    """Return the experiments that were scaled to an initiative, the oldest first."""
    rows = Experiment.objects.filter(
        organisation_id=organisation_id, initiative_id=initiative_id
    ).select_related("idea")
    return list(rows.order_by("starts_on", "pk"))


def experiments_of_idea(idea_id: int, organisation_id: int) -> list[Experiment]:
    """Return the experiments that tried an idea, the oldest first."""
    rows = Experiment.objects.filter(organisation_id=organisation_id, idea_id=idea_id)
    return list(rows.select_related("owner").order_by("starts_on", "pk"))


def roles_carried(organisation_id: int, person_ids: Collection[int]) -> dict[int, int]:
    """Return person → active roles: running experiments and live initiatives she leads.

    One query; a person without any is left out.
    """
    found: dict[int, int] = {}
    running = Experiment.objects.filter(
        organisation_id=organisation_id, owner_id__in=person_ids, state=ExperimentState.RUNNING
    )
    leading = Initiative.objects.filter(
        organisation_id=organisation_id, lead_id__in=person_ids, phase__in=ACTIVE_PHASES
    )
    counted = running.order_by().values_list("owner_id").annotate(roles=Count("pk"))
    led = leading.order_by().values_list("lead_id").annotate(roles=Count("pk"))
    for person_id, roles in counted.union(led, all=True):
        found[person_id] = found.get(person_id, 0) + roles
    return found


def is_overloaded(organisation_id: int, person_id: int) -> int:
    """Return how many roles a person carries when they are too many, else 0."""
    carried = roles_carried(organisation_id, [person_id]).get(person_id, 0)
    return carried if carries_too_much(carried, content.limit("champion_roles")) else 0
