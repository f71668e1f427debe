"""Reads of sources: those of a benefit, their last runs, and what lies in them now."""

from __future__ import annotations

from django.db.models import QuerySet

from hoest.domain.benefits.models import Benefit, MeasurementSource, SourceRun
from hoest.domain.benefits.queries.seen import visible_to
from hoest.domain.benefits.rules.sources import SourceKind, lines_of_csv, lines_of_json
from hoest.domain.organisations.queries import organisation_code
from hoest.foundation.access.actor import Actor
from hoest.foundation.faults import NotFound
from hoest.foundation.fetching.folder import read_folder_file
from hoest.foundation.fetching.secrets_kept import unseal
from hoest.foundation.fetching.web import fetch_json

SHOWN_RUNS = 8


def source_of(actor: Actor, source_id: int) -> MeasurementSource:
    """Return a source of a visible benefit. Raises NotFound."""
    found = (
        MeasurementSource.objects.filter(
            organisation_id=actor.organisation_id, pk=source_id, benefit__in=visible_to(actor)
        )
        .select_related("benefit")
        .first()
    )
    if found is None:
        raise NotFound("Kilden findes ikke, eller du kan ikke se den.")
    return found


def sources_of(benefit: Benefit) -> QuerySet[MeasurementSource]:
    """Return the sources of a benefit."""
    return MeasurementSource.objects.filter(
        organisation_id=benefit.organisation_id, benefit=benefit
    )


def runs_of(source: MeasurementSource) -> list[SourceRun]:
    """Return the last readings, the newest first."""
    rows = SourceRun.objects.filter(organisation_id=source.organisation_id, source=source)
    return list(rows[:SHOWN_RUNS])


def ids_to_read(organisation_id: int) -> list[int]:
    """Return the sources that are read by the clock."""
    rows = MeasurementSource.objects.filter(
        organisation_id=organisation_id, is_on=True, benefit__lapsed_on__isnull=True
    )
    return list(rows.order_by("pk").values_list("pk", flat=True))


def lines_from(source: MeasurementSource) -> str:
    """Return what lies in a source now as lines of day and value. Raises Faults of fetching."""
    if source.kind == SourceKind.FOLDER:
        text = read_folder_file(organisation_code(source.organisation_id), source.place)
        return lines_of_csv(text, source.day_field, source.value_field)
    secret = unseal(source.sealed_secret)
    headers = {source.secret_header or "Authorization": secret} if secret else {}
    answer = fetch_json(source.place, headers=headers)
    return lines_of_json(answer, source.rows_at, source.day_field, source.value_field)
