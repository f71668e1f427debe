"""Reads of saved views: a person's own, and those shared in her municipality."""

from __future__ import annotations

from django.db.models import F, Func, Q, QuerySet

from hoest.foundation.access.actor import Actor
from hoest.foundation.faults import NotFound
from hoest.foundation.lists.models import SavedView


def views_of(actor: Actor, list_name: str) -> QuerySet[SavedView]:
    """Return the saved views of a list that the actor may use, in Danish order."""
    return SavedView.objects.filter(
        Q(person_id=actor.person_id or 0) | Q(is_shared=True),
        organisation_id=actor.organisation_id,
        list_name=list_name,
    ).order_by(Func(F("name"), function="da_key"), "pk")


def own_view(actor: Actor, view_id: int) -> SavedView:
    """Return one of the actor's own saved views. Raises NotFound for anything else."""
    found = SavedView.objects.filter(
        organisation_id=actor.organisation_id, person_id=actor.person_id or 0, pk=view_id
    ).first()
    if found is None:
        raise NotFound("Visningen findes ikke, eller den er gemt af en anden.")
    return found
