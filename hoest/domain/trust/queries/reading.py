"""Reads of the readings themselves: the way to KITOS, the runs, and what each changed."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet

from hoest.domain.trust.models import RegisterConnection, SyncChange, SyncRun
from hoest.domain.trust.permissions import VIEW_SYSTEMS
from hoest.domain.trust.rules.register import WORKING, Origin, RunState
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere
from hoest.foundation.faults import NotFound


def connection_of(actor: Actor) -> RegisterConnection | None:
    """Return the municipality's way to KITOS, if there is one."""
    return RegisterConnection.objects.filter(organisation_id=actor.organisation_id).first()


def runs_of(actor: Actor) -> QuerySet[SyncRun]:
    """Return the readings without their files, the newest first."""
    rows = SyncRun.objects.filter(organisation_id=actor.organisation_id).defer("content")
    return rows if allowed_somewhere(actor, VIEW_SYSTEMS) else rows.none()


def run_of(actor: Actor, run_id: int) -> SyncRun:
    """Return one reading. Raises NotFound."""
    found = runs_of(actor).filter(pk=run_id).first()
    if found is None:
        raise NotFound("Hentningen findes ikke, eller du kan ikke se den.")
    return found


def changes_of(run: SyncRun) -> QuerySet[SyncChange]:
    """Return what a reading changed, in the order it did."""
    return SyncChange.objects.filter(organisation_id=run.organisation_id, run=run)


def last_read(actor: Actor) -> SyncRun | None:
    """Return the last reading that came to its end."""
    return runs_of(actor).filter(state=RunState.DONE).first()


def is_due(organisation_id: int, day: dt.date) -> bool:
    """Tell whether KITOS is on and was not read to its end on a day, and nobody reads it now."""
    is_on = RegisterConnection.objects.filter(organisation_id=organisation_id, is_on=True)
    runs = SyncRun.objects.filter(organisation_id=organisation_id, origin=Origin.KITOS)
    done = runs.filter(state=RunState.DONE, asked_at__date=day)
    now_reading = runs.filter(state__in=WORKING, asked_at__date=day)
    return is_on.exists() and not done.exists() and not now_reading.exists()
