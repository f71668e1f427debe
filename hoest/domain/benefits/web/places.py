"""Where a person's own benefits are: the pages her first steps lead to."""

from __future__ import annotations

from django.db.models import Case, Q, QuerySet, Value, When
from django.urls import reverse

from hoest.domain.benefits import queries
from hoest.domain.benefits.models import Benefit
from hoest.domain.benefits.permissions import ACCEPT_OWNERSHIP, MEASURE, VIEW_BENEFITS
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere, units_where
from hoest.foundation.first_steps import places
from hoest.foundation.first_steps.places import Place


def register() -> None:
    """Tell the first steps where one's own benefits are."""
    places.register("benefit", own_benefit)
    places.register("benefit_to_answer", benefit_to_answer)
    places.register("benefit_to_measure", benefit_to_measure)


def own_benefit(actor: Actor) -> Place | None:
    """Find a benefit the person owns, else one of an initiative of hers, else any she may see."""
    if not allowed_somewhere(actor, VIEW_BENEFITS):
        return None
    return _place(_alive(actor), actor, "benefits:benefit")


def benefit_to_answer(actor: Actor) -> Place | None:
    """Find a benefit that waits for the person to say whether she owns it."""
    if not allowed_somewhere(actor, ACCEPT_OWNERSHIP):
        return None
    asked = _alive(actor).filter(owner_id=actor.person_id, owner_accepted_on__isnull=True)
    return _place(asked, actor, "benefits:owner")


def benefit_to_measure(actor: Actor) -> Place | None:
    """Find a benefit with an indicator that the person may measure, her own first."""
    if not allowed_somewhere(actor, MEASURE):
        return None
    units = units_where(actor, MEASURE)
    rows = _alive(actor).exclude(indicator="")
    if units is not None:
        rows = rows.filter(
            Q(owner_id=actor.person_id)
            | Q(unit_id__in=units)
            | Q(unit__isnull=True, initiative__unit_id__in=units)
        )
    return _place(rows, actor, "benefits:measure")


def _alive(actor: Actor) -> QuerySet[Benefit]:
    return queries.visible_to(actor).filter(lapsed_on__isnull=True)


def _place(rows: QuerySet[Benefit], actor: Actor, page: str) -> Place | None:
    nearest = Case(
        When(owner_id=actor.person_id, then=Value(0)),
        When(initiative__lead_id=actor.person_id, then=Value(1)),
        When(initiative__sponsor_id=actor.person_id, then=Value(2)),
        default=Value(3),
    )
    found = rows.order_by(nearest, "pk").values_list("pk", "title").first()
    return Place(reverse(page, args=[found[0]]), found[1]) if found else None
