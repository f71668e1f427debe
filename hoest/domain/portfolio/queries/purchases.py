"""Reads of small purchases."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from hoest.domain.portfolio.models import Purchase
from hoest.domain.portfolio.permissions import DECIDE_PURCHASE, VIEW_INITIATIVES
from hoest.domain.portfolio.rules.purchases import PurchaseState
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import units_where
from hoest.foundation.faults import NotFound

HELD_BACK = Q(state=PurchaseState.ASKED.value) & (
    Q(core_task__isnull=True) | Q(value_for_citizens="", value_for_staff="")
)
"""As rules.purchases.lacking; the database holds the same before a yes."""


def purchases_of(actor: Actor) -> QuerySet[Purchase]:
    """Return the purchases of the units the actor sees, and those she asked for herself."""
    rows = Purchase.objects.filter(organisation_id=actor.organisation_id)
    rows = rows.select_related("unit", "core_task")
    units = units_where(actor, VIEW_INITIATIVES)
    if units is None:
        return rows
    return rows.filter(Q(unit_id__in=units) | Q(asked_by_id=actor.person_id))


def purchase_of(actor: Actor, purchase_id: int) -> Purchase:
    """Return one purchase. Raises NotFound."""
    found = purchases_of(actor).filter(pk=purchase_id).first()
    if found is None:
        raise NotFound("Købet findes ikke, eller du kan ikke se det.")
    return found


def waiting_for(actor: Actor) -> QuerySet[Purchase]:
    """Return the purchases that are ready and that this person may answer."""
    units = units_where(actor, DECIDE_PURCHASE)
    rows = purchases_of(actor).filter(~HELD_BACK, state=PurchaseState.ASKED.value)
    rows = rows.exclude(asked_by_id=actor.person_id)
    return rows if units is None else rows.filter(unit_id__in=units)
