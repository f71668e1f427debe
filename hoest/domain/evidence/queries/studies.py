"""Reads of studies: those of the benefits an actor may see."""

from __future__ import annotations

from django.db.models import QuerySet

from hoest.domain.benefits import queries as benefits
from hoest.domain.evidence.models import DrawnOrder, Happening, Study
from hoest.foundation.access.actor import Actor
from hoest.foundation.faults import NotFound


def visible_to(actor: Actor) -> QuerySet[Study]:
    """Return the studies of benefits the actor may see."""
    return Study.objects.filter(
        organisation_id=actor.organisation_id,
        benefit__in=benefits.visible_to(actor).order_by().values("pk"),
    ).select_related("series", "benefit__initiative", "benefit__unit", "benefit__owner")


def study_of(actor: Actor, study_id: int) -> Study:
    """Return one study with its benefit and series. Raises NotFound."""
    found = visible_to(actor).filter(pk=study_id).first()
    if found is None:
        raise NotFound("Effektmålingen findes ikke, eller du kan ikke se den.")
    return found


def studies_of_benefit(actor: Actor, benefit_id: int) -> list[Study]:
    """Return the studies of one benefit, the primary first."""
    return list(visible_to(actor).filter(benefit_id=benefit_id))


def primary_of(actor: Actor, benefit_id: int) -> Study | None:
    """Return the study that speaks for a benefit, if one was chosen."""
    return visible_to(actor).filter(benefit_id=benefit_id, is_primary=True).first()


def happenings_of(study: Study) -> QuerySet[Happening]:
    """Return what else happened, by day."""
    return Happening.objects.filter(
        organisation_id=study.organisation_id, study=study
    ).select_related("place")


def orders_of(study: Study) -> QuerySet[DrawnOrder]:
    """Return the orders that were drawn, the newest first."""
    return DrawnOrder.objects.filter(organisation_id=study.organisation_id, study=study)
