"""How a series was counted before: each definition with its number and when it began."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.apps import apps

from hoest.domain.evidence.models import Series


@dataclass(frozen=True)
class Definition:
    """One way of counting: its number, its words, and the moment it was written."""

    number: int
    text: str
    at: dt.datetime


def definitions_of(series: Series) -> list[Definition]:
    """Return the ways a series has been counted, the newest first; one query."""
    rows = (
        apps.get_model("evidence", "SeriesEvent")
        .objects.filter(organisation_id=series.organisation_id, pgh_obj_id=series.pk)
        .order_by("definition_number", "pgh_id")
        .distinct("definition_number")
        .values_list("definition_number", "definition", "pgh_created_at")
    )
    return [Definition(*row) for row in reversed(list(rows))]
