"""Systems from a file: read it, show what it would change, and let it happen when confirmed."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from hoest.domain.trust.actions.adopting import Page
from hoest.domain.trust.actions.reading import end, refuse_while_reading
from hoest.domain.trust.models import SyncRun
from hoest.domain.trust.permissions import READ_REGISTER
from hoest.domain.trust.queries.reading import run_of
from hoest.domain.trust.rules.register import Kind, Origin, RunState
from hoest.domain.trust.rules.table import Read, cells_of_csv, read_table
from hoest.foundation import clock
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import require
from hoest.foundation.audit.actions import record
from hoest.foundation.faults import Fault
from hoest.foundation.imports.reader import read_workbook


class NotReady(Fault):
    """The file is not one that waits for a yes."""


class _OnlyShown(Exception):
    """What a preview did is undone."""


@transaction.atomic
def bring_file(*, actor: Actor, file_name: str, content: bytes, is_whole: bool) -> SyncRun:
    """Keep a file of systems to be read; the caller lets a job read it. Raises NotAllowed."""
    require(actor, READ_REGISTER)
    refuse_while_reading(actor)
    run = SyncRun.objects.create(
        organisation_id=actor.organisation_id,
        origin=Origin.FILE,
        state=RunState.WAITING,
        is_whole=is_whole,
        asked_at=clock.now(),
        asked_by_id=actor.person_id,
        asked_by_name=actor.name[:160],
        file_name=file_name[:200],
        content=content,
    )
    record(actor, "trust.bring_file", run, called=file_name, whole=is_whole)
    return run


@transaction.atomic
def confirm_file(*, actor: Actor, run_id: int) -> SyncRun:
    """Let a previewed file happen; the caller lets a job do it. Raises NotAllowed, NotReady."""
    found = run_of(actor, run_id)
    require(actor, READ_REGISTER)
    run = SyncRun.objects.select_for_update().get(pk=found.pk)
    if run.state != RunState.READY:
        raise NotReady(_("Filen venter ikke på et ja længere."))
    run.state, run.step, run.percent, run.counts = RunState.READING, "apply", 10, {}
    run.save()
    record(actor, "trust.confirm_file", run, called=run.file_name)
    return run


def read_file(*, organisation_id: int, run_id: int) -> SyncRun:
    """Read a file that waits: list its faults, or what it would change."""
    run = _held(organisation_id, run_id, RunState.WAITING)
    if run is None:
        return _found(organisation_id, run_id)
    try:
        read = table_of(run)
    except Fault as fault:
        run.fault = str(fault)[:400]
        return _ended(run, RunState.FAULTY)
    run.faults = [asdict(one) for one in read.faults]
    run.faults += [{"code": "unknown_column", "column": name[:80]} for name in read.unknown]
    if read.faults:
        return _ended(run, RunState.FAULTY)
    try:
        with transaction.atomic():
            _take(run, read)
            raise _OnlyShown
    except _OnlyShown:
        run.state, run.percent = RunState.READY, 100
    with transaction.atomic():
        run.save()
    return run


def apply_file(*, organisation_id: int, run_id: int) -> SyncRun:
    """Take a confirmed file: the whole of it or nothing."""
    run = _held(organisation_id, run_id, RunState.READING)
    if run is None:
        return _found(organisation_id, run_id)
    with transaction.atomic():
        _take(run, table_of(run))
        end(run, RunState.DONE)
        run.save()
    return run


def table_of(run: SyncRun) -> Read:
    """Return what lies in a run's file. Raises FileRefused, CannotReadFile."""
    content = bytes(run.content)
    if not run.file_name.lower().endswith(".xlsx"):
        return read_table(cells_of_csv(content))
    sheet = read_workbook(content)[0]
    return read_table([(row.number, list(row.cells)) for row in sheet.rows])


def _take(run: SyncRun, read: Read) -> None:
    at = clock.now()
    kinds = (
        (Kind.SYSTEM, read.systems),
        (Kind.CONTRACT, read.contracts),
        (Kind.PROCESSING, read.processings),
    )
    for kind, rows in kinds:
        page = Page(run, kind, at)
        page.take(rows)
        if run.is_whole:
            page.leave(page.rows.filter(gone_on__isnull=True, read_at__lt=at))


def _found(organisation_id: int, run_id: int) -> SyncRun:
    with transaction.atomic():
        return SyncRun.objects.get(organisation_id=organisation_id, pk=run_id)


def _held(organisation_id: int, run_id: int, state: RunState) -> SyncRun | None:
    """Return the run when it still waits for this work; a job may come twice."""
    with transaction.atomic():
        return SyncRun.objects.filter(
            organisation_id=organisation_id, pk=run_id, state=state, origin=Origin.FILE
        ).first()


def _ended(run: SyncRun, state: RunState) -> Any:
    with transaction.atomic():
        end(run, state)
        run.save()
    return run
