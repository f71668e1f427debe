"""Reads of reuse: what was decided, how often reuse is chosen, and where a solution goes next."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from hoest.domain.portfolio import queries as portfolio
from hoest.domain.portfolio.rules import ACTIVE_PHASES
from hoest.domain.trust.models import ReuseCheck, ScalingStep
from hoest.domain.trust.rules.reuse import ReuseRate, rate
from hoest.foundation.access.actor import Actor
from hoest.foundation.faults import NotFound


def checks_of(actor: Actor, initiative_id: int) -> list[ReuseCheck]:
    """Return the decisions about reuse of a visible initiative, the newest first."""
    return list(
        ReuseCheck.objects.filter(
            organisation_id=actor.organisation_id,
            initiative_id=initiative_id,
            initiative__in=portfolio.visible_to(actor),
        )
    )


def active_initiatives(actor: Actor) -> QuerySet[Any]:
    """Return the initiatives under way that the actor may see."""
    return portfolio.visible_to(actor).filter(phase__in=ACTIVE_PHASES)


def reuse_rate(actor: Actor) -> ReuseRate:
    """Count the latest decisions of the initiatives under way; two queries."""
    active = active_initiatives(actor)
    latest = (
        ReuseCheck.objects.filter(organisation_id=actor.organisation_id, initiative__in=active)
        .order_by("initiative_id", "-decided_at", "-pk")
        .distinct("initiative_id")
        .values_list("choice", flat=True)
    )
    return rate(latest, active.count())


def without_check(actor: Actor) -> QuerySet[Any]:
    """Return the initiatives under way whose reuse nobody has decided about."""
    decided = ReuseCheck.objects.filter(
        organisation_id=actor.organisation_id, initiative=OuterRef("pk")
    )
    return active_initiatives(actor).filter(~Exists(decided)).select_related("unit")


def latest_checks(actor: Actor, most: int) -> list[ReuseCheck]:
    """Return the newest decisions of the initiatives under way, the newest first; one of each."""
    rows = ReuseCheck.objects.filter(
        organisation_id=actor.organisation_id, initiative__in=active_initiatives(actor)
    )
    latest = (
        rows.order_by("initiative_id", "-decided_at", "-pk").distinct("initiative_id").values("pk")
    )
    newest = rows.filter(pk__in=latest).select_related("initiative").defer("candidates")
    return list(newest.order_by("-decided_at", "-pk")[:most])


def steps_of(actor: Actor, initiative_id: int) -> list[ScalingStep]:
    """Return where a visible initiative goes next, in order of time."""
    return list(
        ScalingStep.objects.filter(
            organisation_id=actor.organisation_id,
            initiative_id=initiative_id,
            initiative__in=portfolio.visible_to(actor),
        ).select_related("owner")
    )


def step_of(actor: Actor, step_id: int) -> ScalingStep:
    """Return one step of a visible initiative. Raises NotFound."""
    found = (
        ScalingStep.objects.filter(
            organisation_id=actor.organisation_id,
            pk=step_id,
            initiative__in=portfolio.visible_to(actor),
        )
        .select_related("initiative", "owner")
        .first()
    )
    if found is None:
        raise NotFound("Skridtet findes ikke, eller du kan ikke se det.")
    return found
