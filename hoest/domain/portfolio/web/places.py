"""Where a person's own initiative is: the page her first steps lead to."""

from __future__ import annotations

from django.db.models import Case, Value, When
from django.urls import reverse

from hoest.domain.portfolio import queries
from hoest.domain.portfolio.permissions import VIEW_INITIATIVES
from hoest.domain.portfolio.rules import ACTIVE_PHASES
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere
from hoest.foundation.first_steps import places
from hoest.foundation.first_steps.places import Place


def register() -> None:
    """Tell the first steps where one's own initiative is."""
    places.register("initiative", own_initiative)


def own_initiative(actor: Actor) -> Place | None:
    """Find an initiative the person leads or sponsors, else any live one she may see."""
    if not allowed_somewhere(actor, VIEW_INITIATIVES):
        return None
    nearest = Case(
        When(lead_id=actor.person_id, then=Value(0)),
        When(sponsor_id=actor.person_id, then=Value(1)),
        default=Value(2),
    )
    rows = queries.visible_to(actor).filter(phase__in=ACTIVE_PHASES)
    found = rows.order_by(nearest, "pk").values_list("pk", "title").first()
    return Place(reverse("portfolio:initiative", args=[found[0]]), found[1]) if found else None
