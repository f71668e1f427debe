"""Writing the guide: answers in words, steps put off, the horizon, alternatives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from hoest.domain.business_cases import queries
from hoest.domain.business_cases.actions.held import grow, held_draft, named
from hoest.domain.business_cases.calculations import LONGEST_HORIZON
from hoest.domain.business_cases.models import Alternative, Answer, CaseVersion
from hoest.domain.business_cases.rules import (
    LARGEST_AMOUNT,
    PriceLevelNotSensible,
)
from hoest.domain.business_cases.rules.guide import (
    LONGEST_ANSWER,
    LONGEST_NAME,
    AlternativeNotWhole,
    AnswerTooLong,
    Question,
    QuestionUnknown,
    put_off,
)
from hoest.domain.organisations import queries as organisations
from hoest.foundation import clock
from hoest.foundation.access.actor import Actor
from hoest.foundation.audit.actions import record
from hoest.foundation.faults import Conflict
from hoest.foundation.provenance.actions import entered_by
from hoest.ui.formats import long_date


@transaction.atomic
def write_answers(
    *,
    actor: Actor,
    version_id: int,
    slug: str,
    version: int,
    texts: Mapping[str, str],
    persons: Mapping[str, int | None] | None = None,
) -> CaseVersion:
    """Write the answers of a step; what stands already keeps its author.

    `version` is the step's as the person read it (`Parts.version_of_step`), so two people can
    write two steps at once. Raises Conflict, AnswerTooLong, QuestionUnknown, NotFound.
    """
    draft = held_draft(actor, version_id, None)
    standing = {one.question: one for one in Answer.objects.filter(case_version=draft)}
    if queries.step_version(standing.values(), slug) != version:
        raise Conflict(
            _("En anden har svaret på trinnet imens. Se svarene, som de står nu, og prøv igen.")
        )
    given: dict[str, tuple[str, int | None]] = {
        **{question: (_cleaned(text), None) for question, text in texts.items()},
        **{question: ("", person_id) for question, person_id in (persons or {}).items()},
    }
    changed = []
    for question, (text, person_id) in given.items():
        _check_question(question, slug)
        if person_id is not None:
            organisations.person_of(actor, person_id)
        if _write(actor, draft, standing.get(question), question, text, person_id):
            changed.append(question)
    later = standing.get(put_off(slug))
    if changed and later is not None and later.text:
        _write(actor, draft, later, put_off(slug), "", None)
    if changed:
        grow(draft)
        record(actor, "business_cases.write_answers", draft, called=named(draft), questions=changed)
    return draft


def _cleaned(text: str) -> str:
    kept = text.replace("\r\n", "\n").replace("\x00", "").strip()
    if len(kept) > LONGEST_ANSWER:
        raise AnswerTooLong(
            _("Svaret er for langt. Det må fylde %(most)s tegn.") % {"most": LONGEST_ANSWER}
        )
    return kept


def _check_question(question: str, slug: str) -> None:
    if question not in set(Question) or not question.startswith(f"{slug}."):
        raise QuestionUnknown(_("Det spørgsmål hører ikke til trinnet."))


def _write(
    actor: Actor,
    draft: CaseVersion,
    standing: Answer | None,
    question: str,
    text: str,
    person_id: int | None,
) -> bool:
    """Write one answer and tell whether it changed anything."""
    if standing is None:
        if not text and person_id is None:
            return False
        standing = Answer(
            organisation_id=draft.organisation_id, case_version=draft, question=question, version=0
        )
    elif (standing.text, standing.person_id) == (text, person_id):
        return False
    standing.text, standing.person_id = text, person_id
    standing.answered_by_name, standing.answered_at = actor.name[:160], clock.now()
    standing.version += 1
    standing.save()
    return True


@transaction.atomic
def put_off_step(*, actor: Actor, version_id: int, slug: str, later: bool = True) -> CaseVersion:
    """Leave a step for later, or take it up again; what is answered in it stays."""
    draft = held_draft(actor, version_id, None)
    name = put_off(slug)
    standing = Answer.objects.filter(case_version=draft, question=name).first()
    if _write(actor, draft, standing, name, "senere" if later else "", None):
        grow(draft)
        record(
            actor,
            "business_cases.put_off_step",
            draft,
            called=named(draft),
            step=slug,
            later=later,
        )
    return draft


@transaction.atomic
def set_horizon(
    *, actor: Actor, version_id: int, version: int, horizon_year: int | None
) -> CaseVersion:
    """Say to which year a draft is reckoned; recurring lines run to it.

    None goes back to the last filled year. Raises PriceLevelNotSensible, Conflict.
    """
    draft = held_draft(actor, version_id, version)
    if horizon_year is not None:
        filled = [year for line in queries.figures_of(draft) for year in line.amounts]
        first = min(filled, default=draft.price_level)
        last = max(filled, default=first)
        if not last <= horizon_year <= first + LONGEST_HORIZON:
            raise PriceLevelNotSensible(
                _("Vælg et år fra %(last)s til %(limit)s.")
                % {"last": last, "limit": first + LONGEST_HORIZON}
            )
    before, draft.horizon_year = draft.horizon_year, horizon_year
    grow(draft, "horizon_year")
    record(
        actor,
        "business_cases.set_horizon",
        draft,
        called=named(draft),
        before=before,
        after=horizon_year,
    )
    return draft


@dataclass(frozen=True)
class AlternativeInput:
    """An alternative as somebody writes it; kroner are positive, None is not known."""

    name: str
    what: str = ""
    one_off_dkk: Decimal | None = None
    yearly_cost_dkk: Decimal | None = None
    yearly_benefit_dkk: Decimal | None = None
    why: str = ""


@transaction.atomic
def set_alternative(
    *,
    actor: Actor,
    version_id: int,
    version: int,
    alternative: AlternativeInput,
    alternative_id: int | None = None,
    is_do_nothing: bool = False,
) -> Alternative:
    """Write an alternative of a draft, a new one or a standing one; doing nothing is one of them.

    Raises AlternativeNotWhole, Conflict.
    """
    draft = held_draft(actor, version_id, version)
    rows = Alternative.objects.filter(case_version=draft)
    wanted = {"is_do_nothing": True} if is_do_nothing else {"pk": alternative_id}
    row = rows.filter(**wanted).first() or Alternative(
        organisation_id=draft.organisation_id,
        case_version=draft,
        is_do_nothing=is_do_nothing,
        position=rows.count(),
    )
    values = _whole(alternative)
    if rows.filter(name=values["name"]).exclude(pk=row.pk).exists():
        raise AlternativeNotWhole(
            _("Der er allerede et alternativ, der hedder »%(name)s«.") % {"name": values["name"]}
        )
    for name, value in values.items():
        setattr(row, name, value)
    said = _("Indtastet af %(name)s, %(day)s")
    row.source = entered_by(actor, said % {"name": actor.name, "day": long_date(clock.today())})
    row.save()
    grow(draft)
    record(
        actor,
        "business_cases.set_alternative",
        draft,
        called=named(draft),
        alternative=row.name,
        one_off_dkk=row.one_off_dkk,
        yearly_cost_dkk=row.yearly_cost_dkk,
        yearly_benefit_dkk=row.yearly_benefit_dkk,
    )
    return row


def _whole(alternative: AlternativeInput) -> dict[str, Any]:
    name = " ".join(alternative.name.split())
    if not name or len(name) > LONGEST_NAME:
        raise AlternativeNotWhole(_("Giv alternativet et kort navn."))
    amounts = {
        field: getattr(alternative, field)
        for field in ("one_off_dkk", "yearly_cost_dkk", "yearly_benefit_dkk")
    }
    for amount in amounts.values():
        if amount is not None and not (amount.is_finite() and 0 <= amount < LARGEST_AMOUNT):
            raise AlternativeNotWhole(_("Skriv beløbene som positive tal."))
    what, why = _cleaned(alternative.what), _cleaned(alternative.why)
    return {"name": name, "what": what, "why": why, **amounts}


@transaction.atomic
def remove_alternative(
    *, actor: Actor, version_id: int, version: int, alternative_id: int
) -> CaseVersion:
    """Take an alternative out of a draft; doing nothing stays, for it is always one."""
    draft = held_draft(actor, version_id, version)
    row = Alternative.objects.filter(case_version=draft, pk=alternative_id).first()
    if row is not None and not row.is_do_nothing:
        row.delete()
        grow(draft)
        record(
            actor,
            "business_cases.remove_alternative",
            draft,
            called=named(draft),
            alternative=row.name,
        )
    return draft
