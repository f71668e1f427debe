"""Undoes a whole import, or refuses with what has been built upon it since."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from hoest.domain.benefits.actions import record_standing
from hoest.domain.exchange.actions.apply import wait_for_other_imports
from hoest.domain.exchange.actions.recorder import as_json
from hoest.domain.exchange.models import ImportedRow, ImportRun
from hoest.domain.exchange.permissions import IMPORT_WORKBOOK
from hoest.foundation import clock
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import require
from hoest.foundation.audit.actions import record
from hoest.foundation.faults import Fault

# These may be in use elsewhere by now; a unit, committee or person that is used simply stays.
SHARED = ("organisations.unit", "organisations.body", "organisations.person")


class CannotUndo(Fault):
    """Something has been built upon the import; nothing was undone."""


@transaction.atomic
def undo_import(*, actor: Actor, run: ImportRun) -> dict[str, int]:
    """Remove what the import made and restore what it changed; all of it or nothing.

    Returns how many rows were removed, restored and kept. Raises CannotUndo. Waits while another
    import goes into the municipality, since that may be building upon this one.
    """
    require(actor, IMPORT_WORKBOOK)
    wait_for_other_imports(actor.organisation_id)
    run = ImportRun.objects.select_for_update().get(
        organisation_id=actor.organisation_id, pk=run.pk
    )
    if run.state != "applied":
        raise CannotUndo("Indlæsningen er ikke gennemført eller er allerede fortrudt.")
    counts = {"removed": 0, "restored": 0, "kept": 0}
    touched: set[int] = set()
    with connection.cursor() as cursor:
        cursor.execute("select set_config('hoest.undoing_import', %s, true)", [str(run.pk)])
        try:
            for row in run.rows.order_by("-id"):
                _undo_row(row, counts, touched)
            cursor.execute("set constraints all immediate")
            cursor.execute("set constraints all deferred")
        except (models.ProtectedError, IntegrityError) as error:
            raise CannotUndo(_why(error)) from error
        cursor.execute("select set_config('hoest.undoing_import', '', true)")
    record_standing(actor=actor, benefit_ids=sorted(touched), because="exchange.undo")
    run.state = "undone"
    run.undone_at = clock.now()
    run.undone_by_name = actor.name
    run.save()
    record(actor, "exchange.undo", run, called=run.file_name, **counts)
    return counts


def _undo_row(row: ImportedRow, counts: dict[str, int], touched: set[int]) -> None:
    model = apps.get_model(row.object_kind)
    # Locked, so that the row is compared and restored as one: no edit slips in between.
    thing = (
        model._default_manager.select_for_update()
        .filter(organisation_id=row.organisation_id, pk=row.object_id)
        .first()
    )
    if thing is None:
        counts["kept"] += 1
    elif row.was_made:
        _remove(thing, row, counts)
    else:
        _restore(thing, row)
        counts["restored"] += 1
        if row.object_kind == "benefits.benefit":
            touched.add(row.object_id)


def _remove(thing: Any, row: ImportedRow, counts: dict[str, int]) -> None:
    if row.object_kind == "business_cases.caseversion":
        _remove_version(thing)
        counts["removed"] += 1
        return
    if row.object_kind not in SHARED:
        thing.delete()
        counts["removed"] += 1
        return
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            thing.delete()
            cursor.execute("set constraints all immediate")
        counts["removed"] += 1
    except (models.ProtectedError, IntegrityError):
        counts["kept"] += 1


def _remove_version(version: Any) -> None:
    """Remove an imported version; the one before it stands as approved again."""
    former = (
        type(version)
        ._default_manager.filter(
            organisation_id=version.organisation_id,
            case_id=version.case_id,
            number__lt=version.number,
        )
        .order_by("-number")
        .first()
    )
    later = type(version)._default_manager.filter(
        organisation_id=version.organisation_id,
        case_id=version.case_id,
        number__gt=version.number,
    )
    if later.exists():
        raise CannotUndo(
            "Indlæsningen kan ikke fortrydes, fordi der er lavet en nyere version af en business "
            "case, som den lavede. Intet er ændret."
        )
    case = version.case
    version.delete()
    if former is None:
        case.delete()
    elif former.state == "superseded":
        former.state = "approved"
        former.save()


def _restore(thing: Any, row: ImportedRow) -> None:
    for name, after in row.after.items():
        if name != "version" and as_json(getattr(thing, name)) != after:
            raise CannotUndo(
                f"Indlæsningen kan ikke fortrydes, fordi »{thing}« er rettet siden. "
                "Intet er ændret."
            )
    for name, before in row.before.items():
        if name == "version":
            continue
        setattr(
            thing,
            name,
            thing._meta.get_field(name).to_python(before) if before is not None else None,
        )
    if hasattr(thing, "version"):
        thing.version += 1
    thing.save()


def _why(error: Exception) -> str:
    built = ""
    if isinstance(error, models.ProtectedError):
        first = sorted({str(thing) for thing in error.protected_objects})[:3]
        built = ": " + ", ".join(f"»{name}«" for name in first)
    return (
        "Indlæsningen kan ikke fortrydes, fordi der er bygget videre på den siden"
        f"{built}. Intet er ændret."
    )
