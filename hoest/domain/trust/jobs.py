"""What trust does by itself: read the register each night, and when somebody asks.

KITOS is read at 02:10 (UTC). A reading that stopped on the way is taken up again at 03:10 and
04:10, at the page where it stopped.
"""

from __future__ import annotations

from django.db import transaction

from hoest.domain.organisations.queries import organisations_here, system_actor
from hoest.domain.trust.actions.files import apply_file, read_file
from hoest.domain.trust.actions.reading import ask_for_reading, read_kitos
from hoest.domain.trust.models import SyncRun
from hoest.domain.trust.queries.reading import is_due
from hoest.domain.trust.rules.register import WORKING, RunState
from hoest.foundation import clock
from hoest.foundation.jobs import defer, job, periodic
from hoest.foundation.tenancy.context import acting_for


def give_up(*, organisation_id: int, run_id: int) -> None:
    """Say on the page that a reading came to a halt; what was read stays."""
    with transaction.atomic():
        SyncRun.objects.filter(
            organisation_id=organisation_id, pk=run_id, state__in=WORKING
        ).update(state=RunState.FAILED, ended_at=clock.now())


@job("trust.read_register", gives_up=give_up)
def read_register(*, organisation_id: int, run_id: int) -> None:
    """Read KITOS as asked; a reading that is done is not done again."""
    read_kitos(organisation_id=organisation_id, run_id=run_id)


@job("trust.read_file", gives_up=give_up)
def read_brought_file(*, organisation_id: int, run_id: int) -> None:
    """Read a file of systems and show what it would change."""
    read_file(organisation_id=organisation_id, run_id=run_id)


@job("trust.apply_file", gives_up=give_up)
def apply_brought_file(*, organisation_id: int, run_id: int) -> None:
    """Take a confirmed file of systems."""
    apply_file(organisation_id=organisation_id, run_id=run_id)


@periodic("trust.read_registers", cron="10 2-4 * * *")
def read_registers() -> None:
    """Ask for a reading in every municipality whose register was not read to its end today."""
    for organisation_id, _name in organisations_here():
        read_register_of(organisation_id)


def read_register_of(organisation_id: int) -> int | None:
    """Ask for a reading of one municipality's register when it is due; return the run."""
    with acting_for(organisation_id), transaction.atomic():
        if not is_due(organisation_id, clock.today()):
            return None
        run = ask_for_reading(actor=system_actor(organisation_id, "KITOS", "job"))
        defer(read_register, organisation_id=organisation_id, run_id=run.pk)
    return run.pk
