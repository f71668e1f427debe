"""Reads of the indicators beside the one the ladder reads."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from hoest.domain.benefits.models import Benefit, Indicator, IndicatorValue
from hoest.domain.benefits.queries.seen import visible_to
from hoest.foundation.access.actor import Actor
from hoest.foundation.faults import NotFound


def indicators_of(benefit: Benefit) -> list[Indicator]:
    """Return a benefit's further indicators with their values; two queries."""
    rows = Indicator.objects.filter(
        organisation_id=benefit.organisation_id, benefit=benefit
    ).prefetch_related("measurements")
    return list(rows)


def indicator_of(actor: Actor, indicator_id: int) -> Indicator:
    """Return an indicator of a visible benefit. Raises NotFound."""
    found = (
        Indicator.objects.filter(
            organisation_id=actor.organisation_id,
            pk=indicator_id,
            benefit__in=visible_to(actor),
        )
        .select_related("benefit__initiative")
        .first()
    )
    if found is None:
        raise NotFound("Indikatoren findes ikke, eller du kan ikke se den.")
    return found


def indicator_values_by_day(indicator: Indicator) -> dict[dt.date, Decimal]:
    """Return the values that stand, by day."""
    return dict(
        IndicatorValue.objects.filter(
            organisation_id=indicator.organisation_id,
            indicator=indicator,
            withdrawn_at__isnull=True,
        ).values_list("on", "value")
    )
