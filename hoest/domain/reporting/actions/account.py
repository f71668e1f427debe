"""Writes of the harvest account: the totals that a source states."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction

from hoest.domain.reporting.models import StatedTotal
from hoest.foundation.access.actor import Actor
from hoest.foundation.provenance.models import Source


@transaction.atomic
def note_stated_totals(
    *,
    actor: Actor,
    source: Source,
    price_level: int,
    totals_dkk: Mapping[int, Decimal],
    rounding_unit_dkk: Decimal,
) -> None:
    """Keep the totals a source states, so that the account can show the difference.

    Called by the importer, which has checked the permission and keeps the audit.
    """
    for year, amount in totals_dkk.items():
        StatedTotal.objects.update_or_create(
            organisation_id=actor.organisation_id,
            source=source,
            price_level=price_level,
            year=year,
            defaults={"amount_dkk": amount, "rounding_unit_dkk": rounding_unit_dkk},
        )
