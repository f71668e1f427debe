"""Which benefits the actor may see."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from hoest.domain.benefits.models import Benefit
from hoest.domain.benefits.permissions import VIEW_BENEFITS
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import units_where
from hoest.foundation.faults import NotFound


def visible_to(actor: Actor) -> QuerySet[Benefit]:
    """Return the benefits the actor may see.

    Roles for the whole municipality see all of them; roles in a unit see those of the unit and
    below (or of the initiatives there), and those they own or lead themselves.
    """
    rows = Benefit.objects.filter(organisation_id=actor.organisation_id)
    units = units_where(actor, VIEW_BENEFITS)
    if units is None:
        return rows
    if not units:
        return rows.none()
    return rows.filter(
        Q(unit_id__in=units)
        | Q(initiative__unit_id__in=units)
        | Q(owner_id=actor.person_id)
        | Q(initiative__lead_id=actor.person_id)
        | Q(initiative__sponsor_id=actor.person_id)
    )


def benefit_of(actor: Actor, benefit_id: int) -> Benefit:
    """Return one benefit with its initiative, unit and owner. Raises NotFound."""
    found = (
        visible_to(actor)
        .select_related("initiative__unit", "initiative__body", "unit", "owner", "source")
        .filter(pk=benefit_id)
        .first()
    )
    if found is None:
        raise NotFound("Gevinsten findes ikke, eller du kan ikke se den.")
    return found
