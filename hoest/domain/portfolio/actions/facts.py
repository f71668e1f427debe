"""Writes of the facts of an initiative: somebody answers, and what was answered before stays."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from hoest.domain.portfolio import queries
from hoest.domain.portfolio.models import Initiative, InitiativeFact
from hoest.domain.portfolio.permissions import ANSWER_FACTS
from hoest.domain.portfolio.rules.facts import FactAnswer
from hoest.foundation import content, followers
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import require
from hoest.foundation.audit.actions import record
from hoest.foundation.clock import now
from hoest.foundation.faults import Fault


class NoSuchFact(Fault):
    """The municipality asks no such question."""


@transaction.atomic
def answer_facts(
    *,
    actor: Actor,
    initiative_id: int,
    answers: Mapping[str, FactAnswer],
    notes: Mapping[str, str] | None = None,
) -> list[InitiativeFact]:
    """Answer questions about an initiative; an answer that stands already is not written again.

    Two people who answer at once are both kept, and the last one holds. Raises NotFound,
    NotAllowed, NoSuchFact.
    """
    initiative = queries.initiative_of(actor, initiative_id)
    require(actor, ANSWER_FACTS, initiative.unit_id)
    questions = content.initiative_questions()
    for code in answers:
        if code not in questions:
            raise NoSuchFact(_("Kommunen spørger ikke om »%(code)s«.") % {"code": code})
    Initiative.objects.select_for_update().only("id").get(pk=initiative.pk)
    standing = {
        one.question.code: one.last
        for one in queries.asked_facts(initiative)
        if isinstance(one.last, InitiativeFact)
    }
    made = [
        InitiativeFact(
            organisation_id=actor.organisation_id,
            initiative=initiative,
            code=code,
            answer=answer.value,
            note=note,
            said_by_id=actor.person_id,
            said_by_name=actor.name[:160],
            said_at=now(),
        )
        for code, answer in answers.items()
        for note in (" ".join((notes or {}).get(code, "").split())[:300],)
        if _is_news(standing.get(code), answer, note)
    ]
    if made:
        InitiativeFact.objects.bulk_create(made)
        said = {one.code: one.answer for one in made}
        record(actor, "portfolio.answer_facts", initiative, answers=said)
        followers.tell("initiative", actor, initiative.pk)
    return made


def _is_news(standing: InitiativeFact | None, answer: FactAnswer, note: str) -> bool:
    return standing is None or (standing.answer, standing.note) != (answer.value, note)
