"""Where a business case of the person's is: the page her first steps lead to."""

from __future__ import annotations

from django.db.models import Case, Value, When
from django.urls import reverse

from hoest.domain.business_cases import queries
from hoest.domain.business_cases.permissions import VIEW_CASES
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere
from hoest.foundation.first_steps import places
from hoest.foundation.first_steps.places import Place


def register() -> None:
    """Tell the first steps where a business case is."""
    places.register("case", own_case)


def own_case(actor: Actor) -> Place | None:
    """Find the case of an initiative the person leads or sponsors, else any she may see."""
    if not allowed_somewhere(actor, VIEW_CASES):
        return None
    nearest = Case(
        When(case__initiative__lead_id=actor.person_id, then=Value(0)),
        When(case__initiative__sponsor_id=actor.person_id, then=Value(1)),
        default=Value(2),
    )
    found = (
        queries.visible_to(actor)
        .order_by(nearest, "pk")
        .values_list("case__initiative_id", "case__initiative__title")
        .first()
    )
    return Place(reverse("business_cases:case", args=[found[0]]), found[1]) if found else None
