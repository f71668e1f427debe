"""Writes of candidates for automation: by hand, from a workbook, and into an initiative."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Any, TypedDict

from django.db import connection, transaction
from django.utils.translation import gettext as _

from hoest.domain.portfolio.actions.ideas import IdeaFields, give_idea
from hoest.domain.portfolio.actions.initiatives import create_initiative
from hoest.domain.portfolio.models import Candidate, CandidateFile, Idea, Initiative
from hoest.domain.portfolio.permissions import KEEP_CANDIDATES, READ_CANDIDATES
from hoest.domain.portfolio.queries.candidates import candidate_file_of, candidate_of
from hoest.domain.portfolio.rules.candidates import CandidateSource, CandidateState
from hoest.domain.portfolio.rules.ideas import OPEN_STATES
from hoest.domain.portfolio.rules.os2autoproces import read_extract
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import require
from hoest.foundation.audit.actions import record
from hoest.foundation.clock import now
from hoest.foundation.faults import Fault
from hoest.foundation.forms.versions import check_version
from hoest.foundation.imports.reader import read_workbook

# What a file says and a person does not write here.
FROM_FILE = (
    *("title", "description", "times_per_year", "minutes_each", "automation_share", "kle"),
    *("source_note", "measured_how", "answers", "outside_phase", "outside_status"),
)
NUMBERS = ("times_per_year", "minutes_each", "automation_share")


class CandidateFields(TypedDict, total=False):
    """What a person writes about a candidate; `unit` is a row or None, the share is 0..1."""

    title: str
    description: str
    unit: Any
    source: str
    source_note: str
    kle: str
    times_per_year: Decimal | None
    minutes_each: Decimal | None
    automation_share: Decimal | None
    measured_how: str
    answers: dict[str, str]


class CandidateIsSettled(Fault):
    """Somebody has chosen it or put it away already."""


class PutAwayWithoutReason(Fault):
    """A candidate is put away with a reason."""


class FileIsTaken(Fault):
    """The candidates of the file are here already."""


class FileHasFaults(Fault):
    """Nothing is taken from a file with faults."""


@transaction.atomic
def create_candidate(*, actor: Actor, fields: CandidateFields) -> Candidate:
    """Write a candidate down. Raises NotAllowed in the unit."""
    unit = fields.get("unit")
    require(actor, KEEP_CANDIDATES, unit.pk if unit else None)
    made = Candidate.objects.create(organisation_id=actor.organisation_id, **fields)
    record(actor, "portfolio.create_candidate", made, title=made.title)
    return made


@transaction.atomic
def change_candidate(
    *, actor: Actor, candidate_id: int, version: int, fields: CandidateFields
) -> Candidate:
    """Change a candidate. What a file says is written over by the next reading of it."""
    held = _held(actor, candidate_id)
    changes = {name: value for name, value in fields.items() if getattr(held, name) != value}
    check_version(held, version, changes)
    if changes.get("unit"):
        require(actor, KEEP_CANDIDATES, changes["unit"].pk)  # type: ignore[attr-defined]
    if changes:
        before = {name: getattr(held, name) for name in changes}
        _change(held, **changes)
        record(actor, "portfolio.change_candidate", held, before=before, after=changes)
    return held


@transaction.atomic
def put_candidate_away(*, actor: Actor, candidate_id: int, version: int, reason: str) -> Candidate:
    """Put a candidate away with a reason. Raises CandidateIsSettled, PutAwayWithoutReason."""
    held = _open(actor, candidate_id, version)
    said = " ".join(reason.split())[:300]
    if not said:
        raise PutAwayWithoutReason(_("Skriv, hvorfor den lægges væk. Alle kan læse det."))
    _change(held, state=CandidateState.DECLINED.value, state_reason=said)
    record(actor, "portfolio.put_candidate_away", held, reason=said)
    return held


@transaction.atomic
def take_candidate_up(*, actor: Actor, candidate_id: int, version: int) -> Candidate:
    """Take a candidate up again that was put away."""
    held = _held(actor, candidate_id)
    check_version(held, version, {})
    if held.state == CandidateState.DECLINED.value:
        _change(held, state=CandidateState.OPEN.value, state_reason="")
        record(actor, "portfolio.take_candidate_up", held)
    return held


@transaction.atomic
def give_candidate_as_idea(
    *, actor: Actor, candidate_id: int, version: int, fields: IdeaFields
) -> Idea:
    """Give a candidate as an idea, which is answered like any other; the sum follows it.

    The candidate stays open until the idea becomes an initiative. Raises CandidateIsSettled (also
    while it is an idea already), IdeaNotWhole, NotAllowed.
    """
    held = _open(actor, candidate_id, version)
    _refuse_idea(held)
    idea = give_idea(actor=actor, fields=fields)
    _change(held, idea=idea)
    record(actor, "portfolio.give_candidate_as_idea", held, idea=idea.title)
    return idea


def _refuse_idea(held: Candidate) -> None:
    if held.idea is not None and held.idea.state in OPEN_STATES:
        raise CandidateIsSettled(_("Kandidaten er blevet til en idé. Den går videre derfra."))


@transaction.atomic
def choose_candidate(
    *, actor: Actor, candidate_id: int, version: int, unit: Any, title: str
) -> Initiative:
    """Make an initiative of a candidate; both know the other.

    Raises CandidateIsSettled, also while it is an idea that is on its way.
    """
    held = _open(actor, candidate_id, version)
    _refuse_idea(held)
    initiative = create_initiative(
        actor=actor,
        fields={
            "title": title,
            "unit": unit,
            "purpose_type": "efficiency",
            "initiative_type": "workflow",
        },
    )
    _change(held, state=CandidateState.CHOSEN.value, initiative=initiative)
    record(actor, "portfolio.choose_candidate", held, initiative=initiative.key)
    return initiative


@transaction.atomic
def read_candidate_file(*, actor: Actor, file_name: str, content: bytes) -> CandidateFile:
    """Read a workbook of OS2autoproces and keep its rows or its faults; nothing is taken yet.

    Raises FileRefused when it is no workbook that can be read.
    """
    require(actor, READ_CANDIDATES)
    extract = read_extract(read_workbook(content))
    kept = CandidateFile.objects.create(
        organisation_id=actor.organisation_id,
        file_name=file_name[:200],
        rows=[] if extract.faults else extract.rows,
        faults=[asdict(fault) for fault in extract.faults],
        counts={"cut": extract.cut},
        read_by_name=actor.name[:160],
    )
    record(actor, "portfolio.read_candidate_file", kept, file=kept.file_name)
    return kept


@transaction.atomic
def take_candidates(*, actor: Actor, file_id: int) -> CandidateFile:
    """Write all candidates of a file: new ones made, known ones (by OS2's id) brought up to date.

    What a person decided here stays. Raises FileHasFaults, FileIsTaken; then nothing is written.
    """
    found = candidate_file_of(actor, file_id)
    file = CandidateFile.objects.select_for_update().get(pk=found.pk)
    if file.faults:
        raise FileHasFaults(_("Filen har fejl, så intet er hentet. Ret dem, og læs den igen."))
    if file.taken_at is not None:
        raise FileIsTaken(_("Kandidaterne i filen er hentet."))
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(hashtext('portfolio.candidates'), %s)",
            [actor.organisation_id],
        )
    made, changed, same = sorted_rows(actor, file)
    Candidate.objects.bulk_create(made)
    Candidate.objects.bulk_update(changed, [*FROM_FILE, "version", "changed_at"])
    file.counts = {
        **file.counts,
        "made": len(made),
        "changed": len(changed),
        "same": same,
    }
    file.taken_at, file.taken_by_name = now(), actor.name[:160]
    file.save(update_fields=["counts", "taken_at", "taken_by_name"])
    record(actor, "portfolio.take_candidates", file, **file.counts)
    return file


def sorted_rows(actor: Actor, file: CandidateFile) -> tuple[list[Candidate], list[Candidate], int]:
    """Return (new rows, rows that change, how many stand already); nothing is written. 1 query."""
    standing = {
        one.outside_id: one
        for one in Candidate.objects.filter(
            organisation_id=actor.organisation_id, outside_id__isnull=False
        )
    }
    made, changed, same = [], [], 0
    for row in file.rows:
        values = values_of(row)
        known = standing.get(row["outside_id"])
        if known is None:
            made.append(
                Candidate(
                    organisation_id=actor.organisation_id,
                    outside_id=row["outside_id"],
                    source=CandidateSource.OS2AUTOPROCES.value,
                    **values,
                )
            )
        elif any(getattr(known, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(known, name, value)
            known.version += 1
            known.changed_at = now()
            changed.append(known)
        else:
            same += 1
    return made, changed, same


def values_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a kept row as the fields of a candidate; the per cent becomes a share."""
    values = {name: row[name] for name in FROM_FILE}
    for name in NUMBERS:
        values[name] = None if values[name] is None else Decimal(values[name])
    if values["automation_share"] is not None:
        values["automation_share"] = (values["automation_share"] / 100).quantize(Decimal("0.001"))
    return values


def _open(actor: Actor, candidate_id: int, version: int) -> Candidate:
    held = _held(actor, candidate_id)
    check_version(held, version, {})
    if held.state != CandidateState.OPEN.value:
        raise CandidateIsSettled(_("Kandidaten er allerede afgjort."))
    return held


def _held(actor: Actor, candidate_id: int) -> Candidate:
    found = candidate_of(actor, candidate_id)
    require(actor, KEEP_CANDIDATES, found.unit_id)
    return Candidate.objects.select_for_update(of=("self",)).get(pk=found.pk)


def _change(held: Candidate, **changes: Any) -> None:
    for name, value in changes.items():
        setattr(held, name, value)
    held.version += 1
    held.save(update_fields=[*changes, "version", "changed_at"])


__all__ = [
    "CandidateFields",
    "CandidateIsSettled",
    "FileHasFaults",
    "FileIsTaken",
    "PutAwayWithoutReason",
    "change_candidate",
    "choose_candidate",
    "create_candidate",
    "give_candidate_as_idea",
    "put_candidate_away",
    "read_candidate_file",
    "sorted_rows",
    "take_candidate_up",
    "take_candidates",
    "values_of",
]
