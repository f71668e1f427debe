"""Writes of ethics screenings and stances: begin, answer, decide; write a stance, retire it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

from django.db import connection, transaction
from django.utils.translation import gettext as _

from hoest.domain.trust import queries
from hoest.domain.trust.models import CommitteeStance, EthicsScreening
from hoest.domain.trust.permissions import DECIDE_ETHICS, KEEP_STANCES, SCREEN_ETHICS
from hoest.domain.trust.rules.ethics import (
    Colour,
    Consequence,
    EthicsDecision,
    ScreeningState,
    StanceAnswer,
)
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import require
from hoest.foundation.audit.actions import record
from hoest.foundation.clock import now, today
from hoest.foundation.faults import Fault
from hoest.foundation.forms.versions import check_version

NOTE_LENGTH = 400


class UnknownAnswer(Fault):
    """An answer the instrument does not have."""


class NoteMissing(Fault):
    """An answer that must be described has no words."""


class NotReadyToDecide(Fault):
    """Something must be answered before the screening is decided."""

    def __init__(self, said: str, lacks: tuple[str, ...]) -> None:
        super().__init__(said)
        self.lacks = lacks


class DecisionNotWhole(Fault):
    """A decision has words, and says where it is published or why it is not."""


class StanceInTheFuture(Fault):
    """A stance is written down after it was decided."""


class StanceIsRetired(Fault):
    """The stance does not hold any more."""


class Decided(TypedDict):
    """What is decided of a screening."""

    decision: EthicsDecision
    decision_text: str
    body: Any
    published_where: str
    unpublished_because: str


@transaction.atomic
def begin_screening(*, actor: Actor, initiative_id: int) -> EthicsScreening:
    """Begin a screening with the instrument of today, or return the one in progress.

    Raises NotAllowed, NotFound.
    """
    initiative, _found = queries.screenings_of(actor, initiative_id)
    require(actor, SCREEN_ETHICS, initiative.unit_id)
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(hashtext('trust.screening'), %s)", [initiative.pk]
        )
    rows = EthicsScreening.objects.filter(
        organisation_id=actor.organisation_id, initiative_id=initiative.pk
    )
    numbers = {one.number: one for one in rows}
    draft = next((one for one in numbers.values() if one.state == ScreeningState.DRAFT), None)
    if draft is not None:
        return draft
    made = EthicsScreening.objects.create(
        organisation_id=actor.organisation_id,
        initiative=initiative,
        number=max(numbers, default=0) + 1,
        instrument=content.ethics_instrument().version,
        begun_by_name=actor.name,
        begun_at=now(),
    )
    record(actor, "trust.begin_screening", initiative, instrument=made.instrument)
    return made


@transaction.atomic
def answer_screening(
    *,
    actor: Actor,
    initiative_id: int,
    version: int,
    answers: Mapping[str, Mapping[str, str]] | None = None,
    consequences: Mapping[str, Mapping[str, str]] | None = None,
    affected: Sequence[str] | None = None,
    affected_note: str | None = None,
    dilemma: str | None = None,
    stances: Mapping[int, Mapping[str, str]] | None = None,
) -> EthicsScreening:
    """Write answers into the screening in progress; what is left out stays as it is.

    Raises UnknownAnswer, NoteMissing, ChangedMeanwhile, NotAllowed, NotFound.
    """
    draft = _held(actor, initiative_id)
    require(actor, SCREEN_ETHICS, draft.initiative.unit_id)
    check_version(draft, version, {})
    instrument = content.ethics_instrument()
    changes: dict[str, Any] = {"instrument": instrument.version}
    if answers is not None:
        changes["answers"] = _answers(answers, instrument.questions, Colour, "colour", Colour.RED)
    if consequences is not None:
        changes["consequences"] = _answers(
            consequences, instrument.consequences, Consequence, "answer", Consequence.YES
        )
    if affected is not None:
        changes["affected"] = [code for code in instrument.groups if code in affected]
    if affected_note is not None:
        changes["affected_note"] = " ".join(affected_note.split())[:NOTE_LENGTH]
    if dilemma is not None:
        changes["dilemma"] = " ".join(dilemma.split())[:600]
    if stances is not None:
        changes["stances"] = _stances(actor, stances)
    for name, value in changes.items():
        setattr(draft, name, value)
    draft.version += 1
    draft.save(update_fields=[*changes, "version", "changed_at"])
    record(actor, "trust.answer_screening", draft.initiative, answered=sorted(changes))
    return draft


@transaction.atomic
def decide_screening(
    *, actor: Actor, initiative_id: int, version: int, decided: Decided
) -> EthicsScreening:
    """Decide the screening in progress; from then on it is final.

    Raises NotReadyToDecide, DecisionNotWhole, ChangedMeanwhile, NotAllowed, NotFound.
    """
    draft = _held(actor, initiative_id)
    require(actor, DECIDE_ETHICS, draft.initiative.unit_id)
    check_version(draft, version, {})
    lacks = queries.lacking_in(actor, draft)
    if lacks:
        raise NotReadyToDecide(_("Vurderingen er ikke færdig endnu."), lacks)
    text = " ".join(decided["decision_text"].split())[:600]
    where = " ".join(decided["published_where"].split())[:200]
    because = " ".join(decided["unpublished_because"].split())[:300]
    if not text:
        raise DecisionNotWhole(_("Skriv beslutningen med dine egne ord."))
    if not where and not because:
        raise DecisionNotWhole(
            _("Skriv, hvor vurderingen er offentliggjort, eller hvorfor den ikke er.")
        )
    draft.state = ScreeningState.DECIDED
    draft.outcome = queries.outcome_of(draft)
    draft.decision = decided["decision"]
    draft.decision_text = text
    draft.body = decided["body"]
    draft.published_where, draft.unpublished_because = where, "" if where else because
    draft.decided_by_id, draft.decided_by_name = actor.person_id, actor.name
    draft.decided_on = today()
    draft.version += 1
    draft.save()
    record(actor, "trust.decide_screening", draft.initiative, decision=str(draft.decision))
    return draft


@transaction.atomic
def write_stance(
    *,
    actor: Actor,
    body: Any,
    principle: str,
    explanation: str,
    decided_on: dt.date,
    reference: str,
) -> CommitteeStance:
    """Write a stance of a committee down. Raises StanceInTheFuture, NotAllowed."""
    require(actor, KEEP_STANCES)
    if decided_on > today():
        raise StanceInTheFuture(_("Dagen er ikke kommet endnu."))
    made = CommitteeStance.objects.create(
        organisation_id=actor.organisation_id,
        body=body,
        principle=" ".join(principle.split())[:300],
        explanation=" ".join(explanation.split())[:NOTE_LENGTH],
        decided_on=decided_on,
        reference=" ".join(reference.split())[:200],
    )
    record(actor, "trust.write_stance", made, body=body)
    return made


@transaction.atomic
def retire_stance(*, actor: Actor, stance_id: int, version: int) -> CommitteeStance:
    """Say that a stance does not hold any more; screenings keep what they were held against.

    Raises StanceIsRetired, ChangedMeanwhile, NotAllowed, NotFound.
    """
    found = queries.stance_of(actor, stance_id)
    require(actor, KEEP_STANCES)
    held = CommitteeStance.objects.select_for_update().get(pk=found.pk)
    check_version(held, version, {})
    if held.retired_on is not None:
        raise StanceIsRetired(_("Holdningen gælder ikke længere."))
    held.retired_on = today()
    held.version += 1
    held.save(update_fields=["retired_on", "version", "changed_at"])
    record(actor, "trust.retire_stance", held)
    return held


def _held(actor: Actor, initiative_id: int) -> EthicsScreening:
    draft = queries.open_screening(actor, initiative_id)
    held = EthicsScreening.objects.select_for_update().get(pk=draft.pk)
    held.initiative = draft.initiative
    return held


def _answers(
    given: Mapping[str, Mapping[str, str]],
    known: Mapping[str, Any],
    words: type[Colour] | type[Consequence],
    name: str,
    must_tell: Colour | Consequence,
) -> dict[str, dict[str, str]]:
    """Return the answers as they are kept. Raises UnknownAnswer, NoteMissing."""
    kept: dict[str, dict[str, str]] = {}
    for code, one in given.items():
        answer = one.get(name, "")
        if not answer:
            continue
        if code not in known or answer not in set(words):
            raise UnknownAnswer(_("Svaret kendes ikke. Vælg et af dem, der står på siden."))
        note = " ".join(one.get("note", "").split())[:NOTE_LENGTH]
        if answer == must_tell and not note:
            raise NoteMissing(_("Skriv et par ord ved hvert rødt svar og ved hvert ja."))
        kept[code] = {name: answer, "note": note}
    return kept


def _stances(actor: Actor, given: Mapping[int, Mapping[str, str]]) -> list[dict[str, Any]]:
    """Return the standing stances with the answers to them, in their words of today."""
    kept = []
    for stance in queries.standing_stances(actor):
        one = given.get(stance.pk, {})
        answer = one.get("answer", "")
        if answer and answer not in set(StanceAnswer):
            raise UnknownAnswer(_("Svaret kendes ikke. Vælg et af dem, der står på siden."))
        note = " ".join(one.get("note", "").split())[:NOTE_LENGTH]
        if answer == StanceAnswer.DEVIATES and not note:
            raise NoteMissing(_("Skriv, hvorfor initiativet afviger fra holdningen."))
        kept.append(
            {
                "id": stance.pk,
                "principle": stance.principle,
                "body": stance.body.name,
                "decided_on": stance.decided_on.isoformat(),
                "answer": answer,
                "note": note,
            }
        )
    return kept
