"""The small steps of an import between reading it and applying it."""

from __future__ import annotations

from django.db import transaction

from hoest.domain.exchange.models import ImportRun
from hoest.domain.exchange.permissions import IMPORT_WORKBOOK
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import require
from hoest.foundation.audit.actions import record
from hoest.foundation.faults import Fault

CHANGED_NOTHING = ("waiting", "reading", "faulty", "ready", "failed")


class ImportIsElsewhere(Fault):
    """The import is no longer where the page showed it."""


@transaction.atomic
def confirm_import(*, actor: Actor, run: ImportRun) -> bool:
    """Mark a previewed import for applying; answer False when it already was (a second click)."""
    require(actor, IMPORT_WORKBOOK)
    locked = ImportRun.objects.select_for_update().get(
        organisation_id=actor.organisation_id, pk=run.pk
    )
    if locked.state in ("applying", "applied"):
        return False
    if locked.state != "ready":
        raise ImportIsElsewhere(
            "Indlæsningen kan ikke bekræftes nu. Gå tilbage, og se, hvor den er."
        )
    locked.state = "applying"
    locked.percent = 0
    locked.save(update_fields=["state", "percent"])
    record(actor, "exchange.confirm", locked)
    return True


@transaction.atomic
def discard_import(*, actor: Actor, run: ImportRun) -> None:
    """Throw an import away that has changed nothing."""
    require(actor, IMPORT_WORKBOOK)
    locked = ImportRun.objects.select_for_update().get(
        organisation_id=actor.organisation_id, pk=run.pk
    )
    if locked.state not in CHANGED_NOTHING:
        raise ImportIsElsewhere(
            "En gennemført indlæsning kan ikke kasseres, men den kan fortrydes."
        )
    record(actor, "exchange.discard", locked)
    locked.delete()
