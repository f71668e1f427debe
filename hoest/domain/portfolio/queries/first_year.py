"""Reads of the plan for getting started: milestones with what people and facts say of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet

from hoest.domain.portfolio.models import Milestone, StartPlan
from hoest.domain.portfolio.permissions import VIEW_CAPACITY
from hoest.domain.portfolio.rules.first_year import (
    MilestoneFacts,
    MilestoneState,
    Progress,
    milestone_state,
    progress,
)
from hoest.foundation import content, milestones
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere
from hoest.foundation.clock import today
from hoest.foundation.faults import NotFound


@dataclass(frozen=True)
class Standing:
    """A milestone with where it stands and what Høst itself knows of it."""

    milestone: Milestone
    state: MilestoneState
    done_on: dt.date | None
    told: milestones.Told | None

    @property
    def by_fact(self) -> bool:
        """Tell whether Høst ticked it, not a person."""
        return self.milestone.done_on is None and self.done_on is not None


def start_plan_of(actor: Actor) -> StartPlan | None:
    """Return the municipality's plan, or None."""
    return StartPlan.objects.filter(organisation_id=actor.organisation_id).first()


def milestones_of(actor: Actor) -> QuerySet[Milestone]:
    """Return the milestones with their owners: all, or one's own for who sees no capacity."""
    rows = Milestone.objects.filter(organisation_id=actor.organisation_id)
    if not allowed_somewhere(actor, VIEW_CAPACITY):
        rows = rows.filter(owner_id=actor.person_id) if actor.person_id else rows.none()
    return rows.select_related("owner", "plan").order_by("due_on", "place", "pk")


def milestone_of(actor: Actor, milestone_id: int) -> Milestone:
    """Return one milestone. Raises NotFound."""
    found = milestones_of(actor).filter(pk=milestone_id).first()
    if found is None:
        raise NotFound("Milepælen findes ikke, eller du kan ikke se den.")
    return found


def standings(actor: Actor, rows: list[Milestone]) -> list[Standing]:
    """Return where milestones stand; one query for each different fact among them."""
    day, soon = today(), content.limit("milestone_ask_days")
    wanted = [row.fact for row in rows if row.fact and row.done_on is None]
    told = milestones.told(actor, wanted)
    found = []
    for row in rows:
        known = told.get(row.fact)
        done = row.done_on or (known.on if known else None)
        facts = MilestoneFacts(row.pk, row.due_on, done)
        found.append(Standing(row, milestone_state(facts, day, soon), done, known))
    return found


def progress_of(found: list[Standing]) -> Progress:
    """Return how far the milestones are."""
    return progress(
        (MilestoneFacts(one.milestone.pk, one.milestone.due_on, one.done_on) for one in found),
        today(),
    )
