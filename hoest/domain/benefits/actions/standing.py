"""Notes where benefits stand, so that the account can tell what moved since a date."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from typing import Any

from hoest.domain.benefits.models import Benefit, StandingRecord
from hoest.domain.benefits.queries import claims_in, rungs_in
from hoest.domain.business_cases.queries import lines_of_initiatives
from hoest.foundation import clock
from hoest.foundation.access.actor import Actor

NOTED = ("rung", "dkk_per_year", "price_level", "hours_per_year")


def record_standing(
    *, actor: Actor, benefit_ids: Collection[int], because: str
) -> list[StandingRecord]:
    """Append a record for each benefit whose rung or yearly amounts are not the last noted ones."""
    rows = Benefit.objects.filter(organisation_id=actor.organisation_id, pk__in=benefit_ids)
    lines = {
        pk: (initiative_id, line_key)
        for pk, initiative_id, line_key in rows.order_by("pk").values_list(
            "pk", "initiative_id", "line_key"
        )
    }
    if not lines:
        return []
    rungs = rungs_in(rows)
    initiative_ids = {initiative_id for initiative_id, _line_key in lines.values()}
    amounts = _amounts(actor.organisation_id, initiative_ids)
    claims = claims_in(actor.organisation_id, initiative_ids)
    last = {
        row.benefit_id: row
        for row in StandingRecord.objects.filter(
            organisation_id=actor.organisation_id, benefit_id__in=list(lines)
        )
        .order_by("benefit_id", "-at", "-id")
        .distinct("benefit_id")
    }
    records = []
    for pk, line in lines.items():
        counts = claims.get(line) == pk
        now = _now(line, str(rungs[pk]), amounts if counts else {})
        before = last.get(pk)
        if before is None or any(getattr(before, name) != now[name] for name in NOTED):
            records.append(
                StandingRecord(
                    organisation_id=actor.organisation_id,
                    benefit_id=pk,
                    at=clock.now(),
                    because=because,
                    **now,
                )
            )
    return StandingRecord.objects.bulk_create(records, batch_size=1000)


def _now(
    line: tuple[int, str], rung: str, amounts: dict[tuple[int, str, str], Any]
) -> dict[str, Any]:
    kroner = amounts.get((*line, "dkk"))
    hours = amounts.get((*line, "hours"))
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
