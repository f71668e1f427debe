"""Reads and saves a file with many indicators outside the request, with progress to watch.

A job may come twice: it does its work only where the file still waits for it.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from hoest.domain.evidence.actions.many import put_files_away, put_many, wait_for_other_files
from hoest.domain.evidence.actions.reading import StandsOtherwise
from hoest.domain.evidence.jobs.told import faults_told, look_told, saved_told, whole_fault
from hoest.domain.evidence.models import SeriesFile
from hoest.domain.evidence.queries.many import ManyLook, Progress, look_at_many
from hoest.domain.evidence.rules import FileState
from hoest.domain.evidence.rules.many import (
    Grid,
    decoded,
    grids_of_text,
    grids_of_workbook,
    read_many,
    too_large,
)
from hoest.domain.organisations.queries import organisations_here, person_actor, system_actor
from hoest.foundation import clock
from hoest.foundation.access.actor import Actor
from hoest.foundation.faults import Fault, NotAllowed
from hoest.foundation.imports.limits import LONG_TABLES
from hoest.foundation.imports.reader import read_workbook
from hoest.foundation.jobs import job, periodic
from hoest.foundation.jobs.progress import RowProgress
from hoest.foundation.tenancy.context import acting_for

WORKBOOKS = (".xlsx", ".xlsm")
WORKING = (FileState.WAITING, FileState.READING, FileState.SAVING)
READ_PERCENT = 30


class FileUnreadable(Fault):
    """The file is neither a table of text nor a workbook."""


def give_up_file(*, organisation_id: int, file_id: int) -> None:
    """Say on the page that the work came to a halt; nothing was changed."""
    _set(organisation_id, file_id, WORKING, state=FileState.FAILED)


@job("evidence.read_file", gives_up=give_up_file)
def read_file(*, organisation_id: int, file_id: int) -> None:
    """Read a file and show its faults, the places nobody has explained, or what it would do."""
    waits = (FileState.WAITING, FileState.READING)
    file = _file(organisation_id, file_id, waits)
    if file is None:
        return
    _set(organisation_id, file_id, waits, state=FileState.READING, percent=2)
    try:
        look = _look(file, _grids(file))
    except Fault as fault:
        _refuse(file, (FileState.READING,), str(fault))
        return
    _show(file, look, (FileState.READING,))


@job("evidence.save_file", gives_up=give_up_file)
def save_file(*, organisation_id: int, file_id: int) -> None:
    """Save a file somebody has said yes to; the whole of it or nothing."""
    saving = (FileState.SAVING,)
    file = _file(organisation_id, file_id, saving)
    if file is None:
        return
    try:
        _save_or_show(file, _grids(file))
    except NotAllowed as fault:
        _give_back(file, str(fault))
    except Fault as fault:
        _refuse(file, saving, str(fault))


@periodic("evidence.put_files_away", cron="20 3 * * *")
def put_away() -> None:
    """Empty the files nobody saved in time, in every municipality."""
    for organisation_id, _name in organisations_here():
        with acting_for(organisation_id), transaction.atomic():
            put_files_away(actor=system_actor(organisation_id, "Oprydning", "job"))


def _save_or_show(file: SeriesFile, grids: tuple[Grid, ...]) -> None:
    """Save a file as it was shown, or show it again where something was corrected meanwhile."""
    try:
        _save(file, grids)
    except StandsOtherwise:
        _show(file, _look(file, grids), (FileState.SAVING,), is_anew=True)


@transaction.atomic
def _save(file: SeriesFile, grids: tuple[Grid, ...]) -> None:
    # A job may come twice at once; the second one finds that the first has done it.
    wait_for_other_files(file.organisation_id)
    saving = (FileState.SAVING,)
    if _file(file.organisation_id, file.pk, saving) is None:
        return
    saved = put_many(
        actor=_actor(file),
        file=file,
        grids=grids,
        seen=file.preview.get("seen", ""),
        progress=_progress(file, READ_PERCENT),
    )
    _set(
        file.organisation_id,
        file.pk,
        saving,
        state=FileState.SAVED,
        percent=100,
        content=b"",
        ended_at=clock.now(),
        preview={**file.preview, "saved": saved_told(saved)},
    )


def _look(file: SeriesFile, grids: tuple[Grid, ...]) -> ManyLook:
    with transaction.atomic():
        progress = _progress(file, READ_PERCENT)
        return look_at_many(_actor(file), read_many(grids), file.answers, progress)


def _show(
    file: SeriesFile, look: ManyLook, states: tuple[FileState, ...], *, is_anew: bool = False
) -> None:
    state = FileState.READY
    if look.faults:
        state = FileState.FAULTY
    elif look.unknown:
        state = FileState.ASKING
    faults, count = faults_told(look.faults)
    _set(
        file.organisation_id,
        file.pk,
        states,
        state=state,
        percent=100,
        faults=faults,
        fault_count=count,
        preview={**look_told(look), "is_anew": is_anew},
    )


def _refuse(file: SeriesFile, states: tuple[FileState, ...], sentence: str) -> None:
    _set(
        file.organisation_id,
        file.pk,
        states,
        state=FileState.FAULTY,
        percent=100,
        faults=[whole_fault(sentence)],
        fault_count=1,
    )


def _give_back(file: SeriesFile, sentence: str) -> None:
    """Let a file somebody may not save stand as it was, for one who may."""
    _set(
        file.organisation_id,
        file.pk,
        (FileState.SAVING,),
        state=FileState.READY,
        percent=100,
        preview={**file.preview, "refused": {"name": file.by_name, "why": sentence}},
    )


def _grids(file: SeriesFile) -> tuple[Grid, ...]:
    """Return the file's sheets. Raises Fault with a sentence for people."""
    content = bytes(file.content)
    if file.file_name.lower().endswith(WORKBOOKS):
        note = _progress(file, 0, READ_PERCENT)
        sheets = read_workbook(
            content,
            limits=LONG_TABLES,
            progress=lambda read, total: note(100 * read // max(1, total)),
        )
        return grids_of_workbook(sheets)
    text = decoded(content)
    if text is None:
        raise FileUnreadable(_("Filen kan ikke læses. Gem den som CSV eller Excel."))
    much = too_large(text)
    if much == "lines":
        raise FileUnreadable(_("Filen har flere end 400.000 linjer. Del den i flere filer."))
    if much == "columns":
        raise FileUnreadable(_("Filen har flere end 1.000 kolonner. Del den i flere filer."))
    return grids_of_text(text)


def _progress(file: SeriesFile, begin: int, end: int = 100) -> Progress:
    """Return what notes a share of the work, put between two percentages of the whole."""
    row = RowProgress(file, file.organisation_id)

    def note(percent: int) -> None:
        row.note(percent=begin + (end - begin) * min(percent, 100) // 100)

    return note


def _actor(file: SeriesFile) -> Actor:
    if file.by_id is None:
        raise FileUnreadable(_("Filen er ikke lagt op af en person og kan ikke gemmes."))
    return person_actor(file.organisation_id, file.by_id, source="import")


def _file(organisation_id: int, file_id: int, states: tuple[FileState, ...]) -> SeriesFile | None:
    with transaction.atomic():
        return SeriesFile.objects.filter(
            organisation_id=organisation_id, pk=file_id, state__in=states
        ).first()


def _set(organisation_id: int, file_id: int, states: tuple[FileState, ...], **values: Any) -> None:
    """Write on the file where it still is where the work believes."""
    with transaction.atomic():
        SeriesFile.objects.filter(
            organisation_id=organisation_id, pk=file_id, state__in=states
        ).update(**values)
