"""Writes of the records: what the account said of each benefit at the end of a day, for ever.

A record is appended for what has changed since the last one and for what is gone; the database
lets nobody change or delete it. So a correction that comes later is seen from its own day on, and
a report of March still shows March.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import F

from hoest.domain.benefits import queries as benefits
from hoest.domain.reporting.actions.kept import BATCH, refresh
from hoest.domain.reporting.models import FiguresRecord, FiguresRow
from hoest.domain.reporting.queries.figures import figures_in
from hoest.domain.reporting.rules.kept import as_kept, digest_of
from hoest.foundation import clock


def record_day(organisation_id: int, day: dt.date | None = None) -> int:
    """Record what has changed by the end of a day (today); return how many benefits had.

    Twice on a day changes nothing of what stands: what has changed in between is recorded the next
    day. The municipality is bound.
    """
    refresh(organisation_id)
    on = day or clock.today()
    with transaction.atomic():
        done = FiguresRecord.objects.filter(organisation_id=organisation_id, on=on)
        known = set(done.values_list("benefit_id", flat=True))
        changed = FiguresRow.objects.filter(organisation_id=organisation_id).exclude(
            digest=F("recorded_digest")
        )
        ids = sorted(set(changed.values_list("benefit_id", flat=True)) - known)
    for start in range(0, len(ids), BATCH):
        with transaction.atomic():
            _record(organisation_id, on, ids[start : start + BATCH])
    with transaction.atomic():
        return len(ids) + _record_gone(organisation_id, on, known)


def _record(organisation_id: int, on: dt.date, ids: list[int]) -> None:
    seen = benefits.in_organisation(organisation_id).filter(pk__in=ids)
    initiative_ids = set(seen.values_list("initiative_id", flat=True))
    kept = {
        row.benefit_id: as_kept(row)
        for row in figures_in(organisation_id, seen, initiative_ids=initiative_ids)
    }
    FiguresRecord.objects.bulk_create(
        [
            FiguresRecord(
                organisation_id=organisation_id,
                benefit_id=pk,
                on=on,
                taken_at=clock.now(),
                figures=figures,
                digest=digest_of(figures),
            )
            for pk, figures in kept.items()
        ],
        BATCH,
    )
    rows = FiguresRow.objects.filter(organisation_id=organisation_id, benefit_id__in=list(kept))
    rows.update(recorded_digest=F("digest"))


def _record_gone(organisation_id: int, on: dt.date, known: set[int]) -> int:
    """Record that benefits which were recorded are no longer there."""
    own = {"organisation_id": organisation_id}
    last = FiguresRecord.objects.filter(**own).order_by("benefit_id", "-on").distinct("benefit_id")
    standing = {pk for pk, digest in last.values_list("benefit_id", "digest") if digest}
    there = set(FiguresRow.objects.filter(**own).values_list("benefit_id", flat=True))
    gone = sorted(standing - there - known)
    FiguresRecord.objects.bulk_create(
        [FiguresRecord(**own, benefit_id=pk, on=on, taken_at=clock.now()) for pk in gone], BATCH
    )
    return len(gone)
