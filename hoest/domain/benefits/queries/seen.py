"""Which benefits the actor may see, and the rows of one of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import IntegerField, Max, Min, Q, QuerySet
from django.db.models.functions import Cast, Substr

from hoest.domain.benefits.models import Benefit, HarvestDecision, Measurement
from hoest.domain.benefits.permissions import VIEW_BENEFITS
from hoest.domain.benefits.queries.standings import with_last_measured
from hoest.domain.portfolio import queries as portfolio
from hoest.foundation import clock
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import units_where
from hoest.foundation.faults import NotFound


def visible_to(actor: Actor) -> QuerySet[Benefit]:
    """Return the benefits the actor may see.

    Roles for the whole municipality see all of them; roles in a unit see those of the unit and
    below (or of the initiatives there), and those they own or lead themselves.
    """
    rows = Benefit.objects.filter(organisation_id=actor.organisation_id)
    return seen_among(rows, actor, Q(owner_id=actor.person_id))


def seen_among(rows: QuerySet[Any], actor: Actor, owned: Q | None = None) -> QuerySet[Any]:
    """Keep the rows of benefits the actor may see: those with unit_id and initiative_id.

    `owned` says which of them are the actor's own; without it, those whose benefit_id is.
    """
    units = units_where(actor, VIEW_BENEFITS)
    if units is None:
        return rows
    if not units:
        return rows.none()
    if owned is None:
        own = Benefit.objects.filter(
            organisation_id=actor.organisation_id, owner_id=actor.person_id
        )
        owned = Q(benefit_id__in=own.order_by().values("pk"))
    return rows.filter(
        Q(unit_id__in=units)
        | Q(initiative_id__in=portfolio.close_to(actor, units).values("pk"))
        | owned
    )


def gains_of(actor: Actor) -> QuerySet[Benefit]:
    """Return the benefits proper the actor may see: without dis-benefits, which stand apart."""
    return visible_to(actor).filter(is_disbenefit=False)


def disbenefits_of(actor: Actor) -> QuerySet[Benefit]:
    """Return the dis-benefits the actor may see."""
    return visible_to(actor).filter(is_disbenefit=True)


def in_organisation(organisation_id: int) -> QuerySet[Benefit]:
    """Return all benefits proper of a municipality, for what the worker keeps; shows nobody."""
    return Benefit.objects.filter(organisation_id=organisation_id, is_disbenefit=False)


def measured_ahead(benefit_ids: Iterable[int]) -> dict[int, dt.date]:
    """Return the first standing measurement of each benefit whose day has not come; one query."""
    rows = Measurement.objects.filter(
        benefit_id__in=list(benefit_ids), on__gt=clock.today(), withdrawn_at__isnull=True
    )
    found = rows.order_by().values("benefit_id").annotate(first=Min("on"))
    return dict(found.values_list("benefit_id", "first"))


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


def with_rows(rows: QuerySet[Benefit]) -> QuerySet[Benefit]:
    """Read with the benefits everything a standing is made of: two queries more."""
    return (
        with_last_measured(rows)
        .select_related("initiative", "unit", "owner")
        .prefetch_related("harvest_decisions", "confirmations")
    )


def values_by_day(benefit: Benefit) -> dict[dt.date, Decimal]:
    """Return the values that stand, by day."""
    return dict(
        Measurement.objects.filter(
            organisation_id=benefit.organisation_id, benefit=benefit, withdrawn_at__isnull=True
        ).values_list("on", "value")
    )


def measurement_of(actor: Actor, measurement_id: int) -> Measurement:
    """Return one measurement of a visible benefit. Raises NotFound."""
    found = Measurement.objects.filter(
        organisation_id=actor.organisation_id,
        pk=measurement_id,
        benefit__in=visible_to(actor),
    ).first()
    if found is None:
        raise NotFound("Målingen findes ikke, eller du kan ikke se den.")
    return found


def decision_of(actor: Actor, decision_id: int) -> HarvestDecision:
    """Return one harvest decision of a visible benefit. Raises NotFound."""
    found = (
        HarvestDecision.objects.filter(
            organisation_id=actor.organisation_id,
            pk=decision_id,
            benefit__in=visible_to(actor),
        )
        .select_related("benefit")
        .first()
    )
    if found is None:
        raise NotFound("Beslutningen findes ikke, eller du kan ikke se den.")
    return found


def next_key(organisation_id: int) -> str:
    """Return the next free key, such as GEV-014; the caller holds the lock of the keys."""
    numbers = (
        Benefit.objects.filter(organisation_id=organisation_id, key__regex=r"^GEV-[0-9]{1,9}$")
        .annotate(number=Cast(Substr("key", 5), IntegerField()))
        .aggregate(last=Max("number"))
    )
    return f"GEV-{(numbers['last'] or 0) + 1:03}"
