"""Reading the register: ask, go on where it stopped, stop it, and take what a page brings.

A page's rows and how far the reading has come are one transaction, so a kill, a broken page or a
stop loses nothing that was read, and nothing is read as taken that was not. The resources are read
in order, since contracts point at systems: the first that fails ends the reading.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from hoest.domain.trust.actions.adopting import Page, settle_suppliers
from hoest.domain.trust.models import SyncCursor, SyncRun
from hoest.domain.trust.permissions import READ_REGISTER
from hoest.domain.trust.queries.kitos import PAGE, RESOURCES, Kitos, NotThere, Resource, kitos_of
from hoest.domain.trust.queries.reading import connection_of, run_of
from hoest.domain.trust.rules.kitos import taken
from hoest.domain.trust.rules.register import WORKING, Origin, RunState
from hoest.foundation import clock, content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import require
from hoest.foundation.audit.actions import record
from hoest.foundation.faults import Fault

# A reading that has said nothing for so long has no worker any more.
SILENT = dt.timedelta(hours=2)


class AlreadyReading(Fault):
    """A reading is under way."""


class NoConnection(Fault):
    """Nobody has written down where KITOS is."""


class _Stopped(Exception):
    """Somebody asked the reading to stop, or another worker has come further."""


@transaction.atomic
def ask_for_reading(*, actor: Actor) -> SyncRun:
    """Note that KITOS is to be read; the caller lets a job do it.

    Raises NotAllowed, NoConnection, AlreadyReading.
    """
    require(actor, READ_REGISTER)
    if connection_of(actor) is None:
        raise NoConnection(_("Skriv først ned, hvor KITOS er."))
    refuse_while_reading(actor)
    run = SyncRun.objects.create(
        organisation_id=actor.organisation_id,
        origin=Origin.KITOS,
        state=RunState.WAITING,
        asked_at=clock.now(),
        asked_by_id=actor.person_id,
        asked_by_name=actor.name[:160],
    )
    record(actor, "trust.ask_for_reading", run, called=_("Systemer fra KITOS"))
    return run


def refuse_while_reading(actor: Actor) -> None:
    """Refuse a second reading at a time. Raises AlreadyReading."""
    under_way = SyncRun.objects.filter(
        organisation_id=actor.organisation_id,
        state__in=WORKING,
        asked_at__gt=clock.now() - SILENT,
    )
    if under_way.exists():
        raise AlreadyReading(_("En hentning er allerede i gang. Vent, til den er færdig."))


@transaction.atomic
def stop_reading(*, actor: Actor, run_id: int) -> SyncRun:
    """Ask a reading to stop at its next page; what is read stays. Raises NotAllowed, NotFound."""
    found = run_of(actor, run_id)
    require(actor, READ_REGISTER)
    run = SyncRun.objects.select_for_update().get(pk=found.pk)
    if run.state in (*WORKING, RunState.READY):
        run.stop_asked = True
        if run.state != RunState.READING:
            end(run, RunState.STOPPED)
        run.save()
        record(actor, "trust.stop_reading", run, called=_("Hentning af systemer"))
    return run


def read_kitos(*, organisation_id: int, run_id: int, kitos: Kitos | None = None) -> SyncRun:
    """Read as a run asks, each page in a transaction of its own; a run that is done stays so."""
    with transaction.atomic():
        run = SyncRun.objects.select_for_update().get(organisation_id=organisation_id, pk=run_id)
        if run.state not in WORKING:
            return run
        connection = connection_of_run(run)
        run.state = RunState.READING
        run.save()
    try:
        way = kitos or kitos_of(connection)
        for number, resource in enumerate(RESOURCES):
            _sweep(run, way, resource, number)
        with transaction.atomic():
            settle_suppliers(organisation_id, Origin.KITOS)
            end(run, RunState.DONE)
            run.save()
    except _Stopped:
        with transaction.atomic():
            settle_suppliers(organisation_id, Origin.KITOS)
            end(run, RunState.STOPPED)
            run.save()
    except Fault as fault:
        _failed(run, fault)
    return run


def connection_of_run(run: SyncRun) -> Any:
    """Return the way to KITOS of a run's municipality."""
    from hoest.domain.trust.models import RegisterConnection

    return RegisterConnection.objects.get(organisation_id=run.organisation_id)


def _failed(run: SyncRun, fault: Fault) -> None:
    """Note what stopped the reading; the rows of whole pages stay."""
    with transaction.atomic():
        settle_suppliers(run.organisation_id, Origin.KITOS)
        run.refresh_from_db()
        started = SyncCursor.objects.filter(organisation_id=run.organisation_id, next_page__gt=0)
        has_read = bool(run.counts) or started.exists()
        run.fault = str(fault)[:400]
        end(run, RunState.PARTIAL if has_read else RunState.FAULTY)
        run.save()


def end(run: SyncRun, state: RunState) -> None:
    """Note that a reading is over; its file is let go of."""
    run.state = state
    run.ended_at = clock.now()
    run.content = b""
    if state == RunState.DONE:
        run.percent = 100


def _sweep(run: SyncRun, kitos: Kitos, resource: Resource, number: int) -> None:
    """Read a resource to its end from where it stopped, then what is gone from it."""
    cursor = _begun(run, resource)
    is_whole = cursor.changed_since is None
    with transaction.atomic():
        standing = Page(run, resource.kind, clock.now()).rows.count() // PAGE + 2
    is_last = False
    while not is_last:
        page = cursor.next_page
        rows, is_last = kitos.page(resource, page, cursor.changed_since)
        with transaction.atomic():
            cursor = _still(run, cursor, page)
            Page(run, resource.kind, clock.now()).take(taken(resource.kind, row) for row in rows)
            cursor.next_page = page + 1
            cursor.save()
            share = 1.0 if is_last else min(0.95, (page + 1) / max(standing, page + 2))
            run.step = resource.kind
            run.percent = min(99, int((number + share) / len(RESOURCES) * 100))
            run.save()
    if is_whole:
        _leave_unseen(run, kitos, resource, cursor)
    else:
        _leave_deleted(run, kitos, resource, cursor)
    with transaction.atomic():
        cursor.read_until = cursor.sweep_from
        if is_whole:
            cursor.whole_at = cursor.sweep_from
        cursor.sweep_from = cursor.changed_since = None
        cursor.next_page = 0
        cursor.save()


def _begun(run: SyncRun, resource: Resource) -> SyncCursor:
    """Return the cursor of a resource, in the middle of its sweep or at the start of a new one."""
    with transaction.atomic():
        cursor, _made = SyncCursor.objects.select_for_update().get_or_create(
            organisation_id=run.organisation_id, resource=resource.path
        )
        if cursor.sweep_from is None:
            now = clock.now()
            whole_days = dt.timedelta(days=content.limit("register_whole_days"))
            overlap = dt.timedelta(minutes=content.limit("register_overlap_minutes"))
            is_due = cursor.whole_at is None or now - cursor.whole_at >= whole_days
            cursor.sweep_from = now
            cursor.next_page = 0
            known = cursor.read_until
            cursor.changed_since = None if is_due or known is None else known - overlap
            cursor.save()
    return cursor


def _still(run: SyncRun, cursor: SyncCursor, page: int) -> SyncCursor:
    """Lock run and cursor, and see that nobody stopped the one or moved the other."""
    held = SyncRun.objects.select_for_update().get(pk=run.pk)
    found = SyncCursor.objects.select_for_update().get(pk=cursor.pk)
    if held.stop_asked or held.state != RunState.READING:
        raise _Stopped
    if found.next_page != page or found.sweep_from != cursor.sweep_from:
        raise _Stopped
    return found


def _leave_deleted(run: SyncRun, kitos: Kitos, resource: Resource, cursor: SyncCursor) -> None:
    """Note what the feed says is deleted since the last reading."""
    assert cursor.changed_since is not None
    try:
        ids = list(kitos.deleted(resource, cursor.changed_since))
    except NotThere:
        # No feed: the whole reading each week finds what is gone.
        _remark(run, "no_feed")
        return
    with transaction.atomic():
        page = Page(run, resource.kind, clock.now())
        page.leave(page.rows.filter(external_id__in=ids))
        run.save()


def _leave_unseen(run: SyncRun, kitos: Kitos, resource: Resource, cursor: SyncCursor) -> None:
    """Ask for each row the whole reading did not meet; gone is what KITOS says is not there."""
    page = Page(run, resource.kind, clock.now())
    most = content.limit("register_unseen_rows")
    with transaction.atomic():
        rows = page.rows.filter(gone_on__isnull=True, read_at__lt=cursor.sweep_from)
        unseen = list(rows[: most + 1])
    if len(unseen) > most:
        _remark(run, f"unseen_{resource.kind}")
        return
    gone = [row for row in unseen if not kitos.has(resource, row.external_id)]
    with transaction.atomic():
        page.leave(gone)
        run.save()


def _remark(run: SyncRun, code: str) -> None:
    with transaction.atomic():
        run.faults = [*run.faults, {"code": code}]
        run.save()
