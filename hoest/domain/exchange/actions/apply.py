"""Applies a workbook: everything in one transaction, everything noted for the undo.

A preview is the same act rolled back, so it cannot promise anything else than what happens.
Approved figures are never overwritten: a changed profile becomes a new version with the file as
its source. Source: the workbook format's rules.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from django.db import connection, transaction

from hoest.domain.benefits.actions import record_standing
from hoest.domain.exchange.actions.recorder import Recorder
from hoest.domain.exchange.actions.rows import Rows
from hoest.domain.exchange.models import ImportRun
from hoest.domain.exchange.permissions import IMPORT_WORKBOOK
from hoest.domain.exchange.rules import Workbook
from hoest.domain.exchange.rules.stated import stated_in
from hoest.domain.reporting.actions import note_stated_totals
from hoest.foundation import clock
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import require
from hoest.foundation.audit.actions import record
from hoest.foundation.provenance.actions import read_from_file

Progress = Callable[[int, str], None]


class _RolledBack(Exception):
    """Ends a preview."""


def quiet(percent: int, step: str) -> None:
    """Report progress to nobody."""


def start_import(*, actor: Actor, file_name: str, content: bytes) -> ImportRun:
    """Keep the file as it came; reading it is a later step. Raises NotAllowed."""
    require(actor, IMPORT_WORKBOOK)
    return ImportRun.objects.create(
        organisation_id=actor.organisation_id,
        file_name=file_name[-200:],
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        created_at=clock.now(),
        created_by_id=actor.person_id,
        created_by_name=actor.name,
    )


def preview_workbook(
    *, actor: Actor, run: ImportRun, workbook: Workbook, progress: Progress = quiet
) -> Recorder:
    """Tell what applying would make, change and leave, without doing it."""
    recorder = Recorder(run, progress)
    try:
        with transaction.atomic():
            _apply(actor, recorder, workbook)
            raise _RolledBack
    except _RolledBack:
        return recorder


def apply_workbook(
    *, actor: Actor, run: ImportRun, workbook: Workbook, progress: Progress = quiet
) -> Recorder:
    """Apply the whole workbook or nothing of it, and note how to undo it."""
    recorder = Recorder(run, progress)
    with transaction.atomic():
        _apply(actor, recorder, workbook)
        recorder.save()
        run.state = "applied"
        run.applied_at = clock.now()
        run.percent = 100
        run.result = recorder.summary()
        run.save()
        record(
            actor,
            "exchange.apply",
            run,
            made=recorder.made,
            changed=recorder.changed,
            left=recorder.left,
        )
    return recorder


def wait_for_other_imports(organisation_id: int) -> None:
    """Let only one transaction at a time import into a municipality; others are not touched."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(hashtext('hoest.import'), %s)",
            [organisation_id % 2**31],
        )


def _apply(actor: Actor, recorder: Recorder, workbook: Workbook) -> None:
    require(actor, IMPORT_WORKBOOK)
    wait_for_other_imports(actor.organisation_id)
    run = recorder.run
    source = read_from_file(
        actor,
        title=workbook.source or f"Regnearket {run.file_name}",
        dated=workbook.date_text or "",
        file_name=run.file_name,
        sha256=run.sha256,
    )
    rows = Rows(actor, recorder, workbook, source)
    recorder.progress(10, "initiatives")
    rows.initiatives()
    recorder.progress(30, "lines")
    rows.versions()
    recorder.progress(55, "benefits")
    rows.benefits()
    recorder.progress(70, "measurements")
    rows.measurements()
    recorder.progress(85, "take_outs")
    rows.take_outs()
    stated = stated_in(workbook)
    if stated is not None:
        note_stated_totals(
            actor=actor,
            source=source,
            price_level=stated.price_level,
            totals_dkk=stated.totals_dkk,
            rounding_unit_dkk=stated.rounding_unit_dkk,
        )
    recorder.progress(95, "standing")
    record_standing(actor=actor, benefit_ids=rows.touched_benefits, because="exchange.apply")
