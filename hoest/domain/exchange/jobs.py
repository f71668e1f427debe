"""Reads, previews and applies workbooks outside the request, with progress people can watch."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from hoest.domain.exchange.actions.apply import (
    apply_workbook,
    preview_workbook,
    wait_for_other_imports,
)
from hoest.domain.exchange.models import ImportRun
from hoest.domain.exchange.rules import Workbook, parse
from hoest.domain.exchange.rules.findings import CellFault, Parsed
from hoest.domain.organisations.queries import find_organisation, person_actor
from hoest.foundation import clock
from hoest.foundation.access.actor import Actor
from hoest.foundation.faults import Fault
from hoest.foundation.imports.reader import read_workbook
from hoest.foundation.jobs import job
from hoest.foundation.jobs.progress import RowProgress


def give_up(*, organisation_id: int, run_id: int) -> None:
    """Say on the page that the work came to a halt; nothing was changed."""
    with transaction.atomic():
        ImportRun.objects.filter(
            organisation_id=organisation_id,
            pk=run_id,
            state__in=("waiting", "reading", "applying"),
        ).update(state="failed")


@job("exchange.read", gives_up=give_up)
def read(*, organisation_id: int, run_id: int) -> None:
    """Read the file of an import, and either list its faults or preview what it would do."""
    run = _run(organisation_id, run_id, ("waiting", "reading"))
    if run is None:
        return
    _set(run, state="reading", percent=2, step="read")
    parsed = _parsed(run)
    if parsed.workbook is None:
        _set(run, state="faulty", percent=100, faults=_faults(parsed.faults))
        return
    try:
        with transaction.atomic():
            recorder = preview_workbook(
                actor=_actor(run),
                run=run,
                workbook=parsed.workbook,
                progress=Progress(run),
            )
    except Fault as fault:
        _set(run, state="faulty", percent=100, faults=[_whole(str(fault))])
        return
    preview = {
        **recorder.summary(),
        "is_empty": recorder.is_empty,
        "notes": [str(note) for note in parsed.notes],
        "price_level": parsed.workbook.price_level,
    }
    with transaction.atomic():
        # A second reading that comes late must not call a confirmed import ready again.
        ImportRun.objects.filter(
            organisation_id=organisation_id, pk=run_id, state="reading"
        ).update(state="ready", percent=100, preview=preview)


@job("exchange.apply", gives_up=give_up)
def apply(*, organisation_id: int, run_id: int) -> None:
    """Apply an import that somebody has confirmed; the whole of it or nothing."""
    run = _run(organisation_id, run_id, ("applying",))
    if run is None:
        return
    parsed = _parsed(run)
    if parsed.workbook is None:
        _set(run, state="faulty", percent=100, faults=_faults(parsed.faults))
        return
    try:
        with transaction.atomic():
            # A job may come twice at once; the second one finds that the first has done it.
            wait_for_other_imports(organisation_id)
            still = _run(organisation_id, run_id, ("applying",))
            if still is None:
                return
            apply_workbook(
                actor=_actor(still), run=still, workbook=parsed.workbook, progress=Progress(still)
            )
    except Fault as fault:
        _set(run, state="faulty", percent=100, faults=[_whole(str(fault))])


def _run(organisation_id: int, run_id: int, states: tuple[str, ...]) -> ImportRun | None:
    """Return the import when it still waits for this work; a job may come twice."""
    with transaction.atomic():
        return ImportRun.objects.filter(
            organisation_id=organisation_id, pk=run_id, state__in=states
        ).first()


def _set(run: ImportRun, **values: Any) -> None:
    with transaction.atomic():
        for name, value in values.items():
            setattr(run, name, value)
        run.save(update_fields=list(values))


def _actor(run: ImportRun) -> Actor:
    if run.created_by_id is None:
        raise Fault("Indlæsningen er ikke lagt op af en person og kan ikke gøres færdig her.")
    return person_actor(run.organisation_id, run.created_by_id, source="import")


def _parsed(run: ImportRun) -> Parsed:
    try:
        sheets = read_workbook(bytes(run.content))
    except Fault as refusal:
        return Parsed(None, (CellFault("", None, "", str(refusal), "et regneark (.xlsx)"),), ())
    parsed = parse(sheets, today=clock.today())
    if parsed.workbook is not None:
        fault = _wrong_municipality(run, parsed.workbook)
        if fault is not None:
            return Parsed(None, (fault,), parsed.notes)
    return parsed


def _wrong_municipality(run: ImportRun, workbook: Workbook) -> CellFault | None:
    with transaction.atomic():
        named = find_organisation(workbook.municipality)
        own = run.organisation.name
    if named is not None and named.pk == run.organisation_id:
        return None
    return CellFault("Om", None, "kommune", workbook.municipality, own)


def _faults(faults: tuple[CellFault, ...]) -> list[dict[str, Any]]:
    return [
        {
            "sheet": fault.sheet,
            "row": fault.row,
            "column": fault.column,
            "cell": fault.cell,
            "stands": fault.stands,
            "expected": fault.expected,
        }
        for fault in faults
    ]


def _whole(sentence: str) -> dict[str, Any]:
    return {
        "sheet": "",
        "row": None,
        "column": "",
        "cell": "",
        "stands": sentence,
        "expected": "",
    }


class Progress:
    """Notes how far an import is, so that others see it at once."""

    def __init__(self, run: ImportRun) -> None:
        self.row = RowProgress(run, run.organisation_id)

    def __call__(self, percent: int, step: str) -> None:
        """Note the progress, at most twice a second."""
        self.row.note(percent=percent, step=step)
