"""Where a person's own unit is: the page her first steps lead to."""

from __future__ import annotations

from django.urls import reverse

from hoest.domain.organisations import queries
from hoest.domain.organisations.permissions import VIEW_ORGANISATION
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere
from hoest.foundation.first_steps import places
from hoest.foundation.first_steps.places import Place


def register() -> None:
    """Tell the first steps where one's own unit is."""
    places.register("unit", own_unit)


def own_unit(actor: Actor) -> Place | None:
    """Find the unit the person works in."""
    person = queries.herself(actor) if allowed_somewhere(actor, VIEW_ORGANISATION) else None
    if person is None or person.unit is None:
        return None
    return Place(reverse("organisations:unit", args=[person.unit.pk]), person.unit.name)
