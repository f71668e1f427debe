"""One file with many indicators: kept, read, explained, saved whole or not at all, thrown away.

What is saved goes the way of a single series: the same places, corrections, breaks and loads.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils.translation import gettext as _

from hoest.domain.evidence.actions.reading import NothingToTake, StandsOtherwise, TableHasFaults
from hoest.domain.evidence.actions.series import (
    GivenPoint,
    add_points,
    change_definition,
    new_series,
)
from hoest.domain.evidence.models import Series, SeriesFile
from hoest.domain.evidence.permissions import KEEP_SERIES
from hoest.domain.evidence.queries.many import (
    LookedAt,
    ManyLook,
    Progress,
    file_of,
    look_at_many,
    may_decide,
    quiet,
    series_named,
)
from hoest.domain.evidence.rules import FileState, Origin, Step
from hoest.domain.evidence.rules.many import Grid, ManyReading, read_many
from hoest.foundation import clock, content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere, require
from hoest.foundation.audit.actions import record
from hoest.foundation.faults import Fault, NotAllowed

CHANGED_NOTHING = (
    FileState.WAITING,
    FileState.READING,
    FileState.FAULTY,
    FileState.ASKING,
    FileState.READY,
    FileState.FAILED,
)


class FileIsElsewhere(Fault):
    """The file is no longer where the page showed it."""


@dataclass(frozen=True)
class Saved:
    """What a file did: how many series it touched and began, and their values."""

    series: int
    begun: int
    redefined: int
    new: int
    corrected: int
    same: int


@transaction.atomic
def keep_file(
    *, actor: Actor, file_name: str, content: bytes, source: str, source_on: dt.date | None = None
) -> SeriesFile:
    """Keep a file as it came; reading it is a later step. Raises NotAllowed."""
    _require(actor)
    return SeriesFile.objects.create(
        organisation_id=actor.organisation_id,
        file_name=file_name[-200:],
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        source=source[:300],
        source_on=source_on,
        at=clock.now(),
        put_by_id=actor.person_id,
        by_id=actor.person_id,
        by_name=actor.name[:160],
    )


@transaction.atomic
def explain_places(*, actor: Actor, file_id: int, answers: Mapping[str, str]) -> SeriesFile:
    """Say what unknown places mean; the file is then read again by a job.

    `answers` is by name in small letters. Raises NotAllowed, NotFound, FileIsElsewhere.
    """
    held = _held(actor, file_id, (FileState.ASKING,))
    held.answers = {**held.answers, **answers}
    held.state, held.percent = FileState.WAITING.value, 0
    held.by_id, held.by_name = actor.person_id, actor.name[:160]
    held.save(update_fields=["answers", "state", "percent", "by_id", "by_name"])
    return held


@transaction.atomic
def confirm_file(*, actor: Actor, file_id: int) -> bool:
    """Mark a file that was shown for saving; False when it already was (a second click).

    The one who says yes is the one who saves. Raises NotAllowed, NotFound, FileIsElsewhere.
    """
    held = _held(actor, file_id, (FileState.READY, FileState.SAVING, FileState.SAVED))
    if held.state != FileState.READY:
        return False
    held.state, held.percent = FileState.SAVING.value, 0
    held.by_id, held.by_name = actor.person_id, actor.name[:160]
    held.preview.pop("refused", None)
    held.save(update_fields=["state", "percent", "by_id", "by_name", "preview"])
    record(actor, "evidence.confirm_file", held, file_name=held.file_name)
    return True


@transaction.atomic
def discard_file(*, actor: Actor, file_id: int) -> None:
    """Throw away a file that has changed nothing. Raises NotAllowed, NotFound, FileIsElsewhere."""
    held = _held(actor, file_id, (*CHANGED_NOTHING, FileState.PUT_AWAY))
    record(actor, "evidence.discard_file", held, file_name=held.file_name)
    held.delete()


@transaction.atomic
def put_files_away(*, actor: Actor) -> int:
    """Empty the files nobody saved within the limit; return how many.

    Name, day and fingerprint stay, so that somebody who looks for a file sees what became of it.
    """
    before = clock.now() - dt.timedelta(days=content.limit("series_file_days"))
    rows = SeriesFile.objects.select_for_update().filter(
        organisation_id=actor.organisation_id, state__in=CHANGED_NOTHING, at__lt=before
    )
    found = list(rows.defer("content", "preview", "faults", "answers"))
    for file in found:
        record(actor, "evidence.put_file_away", file, file_name=file.file_name)
    SeriesFile.objects.filter(
        organisation_id=actor.organisation_id, pk__in=[one.pk for one in found]
    ).update(
        state=FileState.PUT_AWAY,
        content=b"",
        faults=[],
        fault_count=0,
        preview={},
        answers={},
        ended_at=clock.now(),
    )
    return len(found)


@transaction.atomic
def put_many(
    *,
    actor: Actor,
    file: SeriesFile,
    grids: Iterable[Grid],
    seen: str,
    progress: Progress = quiet,
) -> Saved:
    """Save every indicator of a file, or nothing of it, only as it was shown.

    Raises NotAllowed, TableHasFaults, StandsOtherwise, NothingToTake and what a single load does.
    """
    _require(actor)
    wait_for_other_files(actor.organisation_id)
    reading = read_many(grids)
    held = _hold(actor, reading)
    look = look_at_many(actor, reading, file.answers, lambda percent: progress(percent // 4))
    _refuse(look, seen, held)
    named = {one.name.casefold(): (one.unit_id, one.is_elsewhere) for one in look.places}
    counts = {"begun": 0, "redefined": 0, "new": 0, "corrected": 0, "same": 0}
    for turn, one in enumerate(look.indicators):
        series = _series(actor, file, one, counts)
        load = add_points(
            actor=actor,
            series_id=series.pk,
            given=[
                GivenPoint(value.place, value.on, value.value, *named[value.place.casefold()])
                for value in one.values
            ],
            origin=Origin.FILE,
            source=file.source,
            source_on=file.source_on,
            sha256=file.sha256,
        )
        counts["new"] += load.new
        counts["corrected"] += load.corrected
        counts["same"] += load.same
        progress(25 + 75 * (turn + 1) // len(look.indicators))
    return Saved(series=len(look.indicators), **counts)


def wait_for_other_files(organisation_id: int) -> None:
    """Let only one transaction at a time save a file of a municipality."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(hashtext('hoest.series_file'), %s)",
            [organisation_id % 2**31],
        )


def _series(actor: Actor, file: SeriesFile, one: LookedAt, counts: dict[str, int]) -> Series:
    """Return the series of an indicator, begun or counted in another way as the file says."""
    facts = one.facts
    if one.series is None:
        counts["begun"] += 1
        return new_series(
            actor=actor,
            fields={
                "name": one.name,
                "measure_unit": facts.measure_unit,
                "step": str(facts.step or Step.MONTH),
                "wanted": str(facts.wanted),
                "definition": facts.definition,
            },
        )
    if facts.since is not None:
        counts["redefined"] += 1
        return change_definition(
            actor=actor,
            series_id=one.series.pk,
            version=one.series.version,
            definition=facts.definition,
            on=facts.since,
            why=_("Ny opgørelse i filen %(file)s") % {"file": file.file_name},
        )
    return one.series


def _hold(actor: Actor, reading: ManyReading) -> set[int]:
    """Let nobody correct the series of a file between looking at them and saving it."""
    rows = Series.objects.select_for_update().filter(
        organisation_id=actor.organisation_id, pk__in=series_named(actor, reading)
    )
    return set(rows.order_by("pk").values_list("pk", flat=True))


def _refuse(look: ManyLook, seen: str, held: set[int]) -> None:
    closed = [one for one in look.faults if one.code == "not_yours"]
    if closed and len(closed) == len(look.faults):
        # Nothing is wrong with the file: somebody else may save it.
        raise NotAllowed(
            _("Du kan ikke rette serien »%(name)s«. Den hører til %(unit)s.")
            % {"name": closed[0].indicator, "unit": closed[0].standing}
        )
    if look.faults or look.unknown:
        raise TableHasFaults(_("Noget kan ikke læses. Intet er gemt."))
    if not any(one.values for one in look.indicators):
        raise NothingToTake(_("Der er ingen værdier at gemme."))
    # A series that got its name this moment is not held, and was not shown either.
    named = {one.series.pk for one in look.indicators if one.series is not None}
    if seen != look.seen or not named <= held:
        raise StandsOtherwise(
            _("En værdi er rettet, siden du så filen. Se den igen, før du gemmer.")
        )


def _held(actor: Actor, file_id: int, states: tuple[FileState, ...]) -> SeriesFile:
    _require(actor)
    found = file_of(actor, file_id)
    if not may_decide(actor, found):
        raise NotAllowed(
            _(
                "Kun den, der har lagt filen op, og den, der kan rette serier i hele kommunen, "
                "kan forklare, gemme eller kassere den."
            )
        )
    held = SeriesFile.objects.select_for_update().defer("content").get(pk=found.pk)
    if held.state not in states:
        raise FileIsElsewhere(_("Filen er et andet sted nu. Gå tilbage, og se, hvor den er."))
    return held


def _require(actor: Actor) -> None:
    if not allowed_somewhere(actor, KEEP_SERIES):
        require(actor, KEEP_SERIES)
