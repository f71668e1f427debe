"""Notes where benefits stand, so that the account can tell what moved since a date."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from typing import Any

from hoest.domain.benefits.models import Benefit, StandingRecord
from hoest.domain.benefits.queries import claims_in, standings_of, with_last_measured
from hoest.domain.business_cases.queries import lines_of_initiatives
from hoest.foundation import clock
from hoest.foundation.access.actor import Actor

NOTED = ("rung", "dkk_per_year", "price_level", "hours_per_year")


def record_standing(
    *, actor: Actor, benefit_ids: Collection[int], because: str
) -> list[StandingRecord]:
    """Append a record for each benefit whose rung or yearly amounts are not the last noted ones."""
    rows = Benefit.objects.filter(organisation_id=actor.organisation_id, pk__in=benefit_ids)
    benefits = list(with_last_measured(rows).select_related("initiative"))
    if not benefits:
        return []
    standings = standings_of(benefits)
    initiative_ids = {b.initiative_id for b in benefits}
    amounts = _amounts(actor.organisation_id, initiative_ids)
    claims = claims_in(actor.organisation_id, initiative_ids)
    last = {
        row.benefit_id: row
        for row in StandingRecord.objects.filter(
            organisation_id=actor.organisation_id, benefit_id__in=[b.pk for b in benefits]
        )
        .order_by("benefit_id", "-at", "-id")
        .distinct("benefit_id")
    }
    records = []
    for benefit in benefits:
        counts = claims.get((benefit.initiative_id, benefit.line_key)) == benefit.pk
        now = _now(benefit, str(standings[benefit.pk].rung), amounts if counts else {})
        before = last.get(benefit.pk)
        if before is None or any(getattr(before, name) != now[name] for name in NOTED):
            records.append(
                StandingRecord(
                    organisation_id=actor.organisation_id,
                    benefit=benefit,
                    at=clock.now(),
                    because=because,
                    **now,
                )
            )
    return StandingRecord.objects.bulk_create(records, batch_size=1000)


def _now(benefit: Benefit, rung: str, amounts: dict[tuple[int, str, str], Any]) -> dict[str, Any]:
    kroner = amounts.get((benefit.initiative_id, benefit.line_key, "dkk"))
    hours = amounts.get((benefit.initiative_id, benefit.line_key, "hours"))
    return {
        "rung": rung,
        "dkk_per_year": kroner[0] if kroner else None,
        "price_level": kroner[1] if kroner else None,
        "hours_per_year": hours[0] if hours else None,
    }


def _amounts(
    organisation_id: int, initiative_ids: set[int]
) -> dict[tuple[int, str, str], tuple[Decimal, int]]:
    """Return the full yearly effect and price level per (initiative, line, measure)."""
    found = {}
    _original, latest = lines_of_initiatives(organisation_id, initiative_ids)
    for line in latest:
        full = line.full_year_effect
        if line.kind == "benefit" and full is not None:
            found[line.initiative_id, line.line_key, line.measure] = (full, line.price_level)
    return found


def note_benefits_of_initiative(actor: Actor, initiative_id: int) -> None:
    """Note where the benefits of an initiative stand after an act on it."""
    ids = list(
        Benefit.objects.filter(
            organisation_id=actor.organisation_id, initiative_id=initiative_id
        ).values_list("pk", flat=True)
    )
    record_standing(actor=actor, benefit_ids=ids, because="portfolio.initiative")
