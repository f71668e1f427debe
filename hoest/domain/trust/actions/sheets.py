"""Writes of reassurance sheets: tell, lay forward, approve, return. Approved is approved.

Who may approve: the security officer, and never the one who laid the version forward. Source:
docs/decisions/0019-who-approves-a-sheet.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from hoest.domain.portfolio.queries import visible_to as initiatives_visible_to
from hoest.domain.trust import queries
from hoest.domain.trust.actions.publishing import publish, withdraw_public
from hoest.domain.trust.models import Sheet, SheetFact, SheetVersion
from hoest.domain.trust.permissions import APPROVE_SHEETS, WRITE_SHEETS
from hoest.domain.trust.rules.sheets import (
    SEVERAL,
    SheetFactCode,
    VersionState,
    personal_words,
    state_of,
)
from hoest.domain.trust.rules.statements import as_kept, fingerprint, missing, refuse_unbacked
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import require
from hoest.foundation.audit.actions import record
from hoest.foundation.clock import now
from hoest.foundation.faults import Fault
from hoest.foundation.plain_danish import lix_of_lines

LONGEST = {
    SheetFactCode.WHY: 300,
    SheetFactCode.IF_WRONG: 400,
    SheetFactCode.CONTACT: 160,
    SheetFactCode.MAILBOX: 160,
}


class NamesAPerson(Fault):
    """What is told for a sheet names a person; the sheet names functions only."""


class UnknownChoice(Fault):
    """A kind of data or a protection that the content does not have."""


class TextIsHard(Fault):
    """The sheet is harder to read than its limit allows."""


class NothingToApprove(Fault):
    """No version waits, or the one that waited has been answered."""


class SourceHasChanged(Fault):
    """The facts have changed since the version was laid forward."""


class WriterMayNotApprove(Fault):
    """Whoever laid a version forward does not approve it."""


class ReturnNeedsReason(Fault):
    """A version is returned with a word on why."""


class NothingNew(Fault):
    """The sheet says exactly what stands already."""


@transaction.atomic
def tell_for_sheet(
    *, actor: Actor, initiative_id: int, told: Mapping[SheetFactCode, Sequence[str]]
) -> int:
    """Register what a person tells for a sheet; return how many facts were new.

    A fact that says the same as before is not written again. Raises NamesAPerson, UnknownChoice,
    NotAllowed, NotFound.
    """
    about = queries.sheet_of(actor, initiative_id)
    require(actor, WRITE_SHEETS, about.initiative.unit_id)
    _hold(about.initiative)
    sound = {code: _sound(code, values) for code, values in told.items()}
    _refuse_personal(actor, sound)
    before = {code: row.values for code, row in queries.told_of(about.initiative).items()}
    fresh = {code: values for code, values in sound.items() if values != before.get(code, [])}
    for code, values in fresh.items():
        SheetFact.objects.create(
            organisation_id=actor.organisation_id,
            initiative=about.initiative,
            code=code,
            values=values,
            said_by_id=actor.person_id,
            said_by_name=actor.name,
            said_at=now(),
        )
    if fresh:
        record(actor, "trust.tell_for_sheet", about.initiative, told=sorted(fresh))
    note_sheet(actor, about.initiative.pk, makes=True)
    return len(fresh)


@transaction.atomic
def lay_forward(*, actor: Actor, initiative_id: int) -> SheetVersion:
    """Lay the sheet forward as the facts give it now; what waited before is dropped.

    Raises TextIsHard, NothingNew, NotAllowed, NotFound.
    """
    about = queries.sheet_of(actor, initiative_id)
    require(actor, WRITE_SHEETS, about.initiative.unit_id)
    sheet = _hold(about.initiative)
    registered = queries.registered_of(about.initiative)
    refuse_unbacked(about.statements, queries.templates(), registered)
    if sheet.standing is not None and sheet.standing.fingerprint == about.print_now:
        raise NothingNew(_("Bladet siger det samme som det, der er godkendt."))
    hardness = lix_of_lines(one.da for one in about.statements)
    limit = content.limit("sheet_lix")
    if hardness > limit:
        raise TextIsHard(
            _("Teksten er for svær (LIX %(lix)s, højst %(limit)s). Skriv kortere sætninger.")
            % {"lix": hardness, "limit": limit}
        )
    if sheet.waiting is not None:
        sheet.waiting.state = VersionState.DROPPED
        sheet.waiting.save(update_fields=["state"])
    last = SheetVersion.objects.filter(
        organisation_id=actor.organisation_id, initiative=about.initiative
    ).order_by("-number")
    made = SheetVersion.objects.create(
        organisation_id=actor.organisation_id,
        initiative=about.initiative,
        number=(last.values_list("number", flat=True).first() or 0) + 1,
        title=about.initiative.title,
        unit_name=about.initiative.unit.name,
        statements=as_kept(about.statements),
        fingerprint=about.print_now,
        lix=hardness,
        written_by_id=actor.person_id,
        written_by_name=actor.name,
        written_at=now(),
    )
    sheet.waiting = made
    sheet.save(update_fields=["waiting", "changed_at"])
    record(actor, "trust.lay_sheet_forward", about.initiative, number=made.number)
    note_sheet(actor, about.initiative.pk)
    return made


@transaction.atomic
def approve_sheet(*, actor: Actor, initiative_id: int, number: int) -> SheetVersion:
    """Approve the version that waits; it is public at once where the municipality is open.

    Raises NothingToApprove, WriterMayNotApprove, SourceHasChanged, NotAllowed, NotFound.
    """
    sheet, version = _answerable(actor, initiative_id, number)
    about = queries.sheet_of(actor, initiative_id)
    if version.fingerprint != about.print_now:
        raise SourceHasChanged(
            _("Kilden er ændret, siden bladet blev lagt frem. Læg det frem igen først.")
        )
    _decide(actor, version, VersionState.APPROVED, "")
    sheet.standing, sheet.waiting = version, None
    sheet.save(update_fields=["standing", "waiting", "changed_at"])
    record(actor, "trust.approve_sheet", about.initiative, number=version.number)
    publish(actor, version)
    note_sheet(actor, about.initiative.pk)
    return version


@transaction.atomic
def return_sheet(*, actor: Actor, initiative_id: int, number: int, reason: str) -> SheetVersion:
    """Send the version that waits back with a reason. Raises as `approve_sheet`."""
    sheet, version = _answerable(actor, initiative_id, number)
    reason = " ".join(reason.split())[:400]
    if not reason:
        raise ReturnNeedsReason(_("Skriv, hvad der skal rettes."))
    _decide(actor, version, VersionState.RETURNED, reason)
    sheet.waiting = None
    sheet.save(update_fields=["waiting", "changed_at"])
    record(actor, "trust.return_sheet", sheet.initiative, number=number, reason=reason)
    note_sheet(actor, initiative_id)
    return version


@transaction.atomic
def withdraw_sheet(*, actor: Actor, initiative_id: int, reason: str) -> None:
    """Take the approved sheet off the open page at once; the version stays as it was.

    Raises NothingToApprove, ReturnNeedsReason, NotAllowed, NotFound.
    """
    about = queries.sheet_of(actor, initiative_id)
    require(actor, APPROVE_SHEETS, about.initiative.unit_id)
    sheet = _hold(about.initiative)
    if sheet.standing is None:
        raise NothingToApprove(_("Der er ikke noget godkendt tryghedsblad at trække tilbage."))
    reason = " ".join(reason.split())[:400]
    if not reason:
        raise ReturnNeedsReason(_("Skriv, hvorfor bladet trækkes tilbage."))
    number = sheet.standing.number
    withdraw_public(actor, about.initiative.pk)
    sheet.standing = None
    sheet.save(update_fields=["standing", "changed_at"])
    record(actor, "trust.withdraw_sheet", about.initiative, number=number, reason=reason)
    note_sheet(actor, about.initiative.pk)


def note_sheet(actor: Actor, initiative_id: int, *, makes: bool = False) -> None:
    """Note where the sheet of an initiative stands after something about it has changed.

    `makes` makes the sheet when there is none. Follows every act on an initiative.
    """
    rows = Sheet.objects.filter(organisation_id=actor.organisation_id, initiative_id=initiative_id)
    sheet = rows.select_related("initiative", "standing").first()
    if sheet is None:
        if not makes:
            return
        sheet = _hold(initiatives_visible_to(actor).get(pk=initiative_id))
    statements = queries.statements_of(sheet.initiative)
    standing = sheet.standing.fingerprint if sheet.standing else None
    sheet.state = state_of(sheet.waiting_id is not None, standing, fingerprint(statements))
    sheet.missing = len(missing(statements))
    answers = [f.value for one in statements for f in one.facts if f.code == "personal_data"]
    sheet.has_personal_data = answers[0] == "yes" if answers else None
    sheet.save(update_fields=["state", "missing", "has_personal_data", "changed_at"])


def _hold(initiative: Any) -> Sheet:
    """Return the sheet of an initiative locked for change, made when there is none."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('trust.sheet'), %s)", [initiative.pk])
    found, _made = Sheet.objects.get_or_create(
        organisation_id=initiative.organisation_id,
        initiative=initiative,
        defaults={"state": state_of(False, None, ""), "missing": 0},
    )
    return found


def _answerable(actor: Actor, initiative_id: int, number: int) -> tuple[Sheet, SheetVersion]:
    """Return the sheet and its waiting version, for somebody who may answer."""
    about = queries.sheet_of(actor, initiative_id)
    require(actor, APPROVE_SHEETS, about.initiative.unit_id)
    sheet = _hold(about.initiative)
    version = sheet.waiting
    if version is None or version.number != number:
        raise NothingToApprove(
            _("Udgaven venter ikke længere. Se, hvad der står nu, før du svarer.")
        )
    if version.written_by_id is not None and version.written_by_id == actor.person_id:
        raise WriterMayNotApprove(_("Du lagde selv bladet frem, så en anden skal svare på det."))
    return sheet, version


def _decide(actor: Actor, version: SheetVersion, state: VersionState, note: str) -> None:
    version.state = state
    version.decided_by_id = actor.person_id
    version.decided_by_name = actor.name
    version.decided_at = now()
    version.decision_note = note
    version.save(
        update_fields=["state", "decided_by", "decided_by_name", "decided_at", "decision_note"]
    )


def _sound(code: SheetFactCode, values: Sequence[str]) -> list[str]:
    """Return the values without outer spaces, in a fixed order. Raises UnknownChoice."""
    if code not in SEVERAL:
        text = " ".join(" ".join(values).split())[: LONGEST[code]]
        return [_sentence(code, text)] if text else []
    found = content.sheet_content()
    known = found.data_kinds if code is SheetFactCode.DATA_KIND else found.protections
    for value in values:
        if value not in known:
            raise UnknownChoice(_("»%(value)s« kan ikke vælges.") % {"value": value[:40]})
    return [value for value in known if value in values]


def _sentence(code: SheetFactCode, text: str) -> str:
    """Return a text as the sheet has it: a sentence ends with a full stop, a contact does not."""
    if code in (SheetFactCode.WHY, SheetFactCode.IF_WRONG):
        return text if text[-1] in ".?" else f"{text}."
    return text.rstrip(".")


def _refuse_personal(actor: Actor, told: Mapping[SheetFactCode, Sequence[str]]) -> None:
    names, mailboxes = queries.registered_people(actor)
    for code, values in told.items():
        if code in SEVERAL:
            continue
        for value in values:
            if found := personal_words(value, names, mailboxes):
                raise NamesAPerson(
                    _(
                        "»%(words)s« peger på en person. "
                        "Skriv en funktion eller en fælles postkasse."
                    )
                    % {"words": found}
                )
