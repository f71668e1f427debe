"""Writes of the questions of the first day at an idea; the answers go along to what it becomes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from hoest.domain.portfolio.models import Experiment, Idea, IdeaFact, Initiative, InitiativeFact
from hoest.domain.portfolio.permissions import ANSWER_FACTS
from hoest.domain.portfolio.queries import ideas as idea_queries
from hoest.domain.portfolio.queries.facts import asked_facts, asked_of_idea, early_questions
from hoest.domain.portfolio.rules.facts import FactAnswer, goes_along, open_questions
from hoest.domain.portfolio.rules.ideas import IdeaState
from hoest.foundation import content, followers
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed, require
from hoest.foundation.audit.actions import record
from hoest.foundation.clock import DANISH_TIME, now
from hoest.foundation.content import active_language
from hoest.foundation.faults import Fault
from hoest.foundation.messages.actions import danish
from hoest.ui import formats

ANSWERABLE = (IdeaState.WAITING, IdeaState.SPONSORED, IdeaState.TRIED, IdeaState.LEARNED)
"""An idea in one of these is answered for; after that its initiative is."""


class QuestionsAreOpen(Fault):
    """An idea is tried when the questions of the first day are answered; carries their codes."""

    def __init__(self, said: str, codes: tuple[str, ...]) -> None:
        super().__init__(said)
        self.codes = codes


class NoEarlyQuestion(Fault):
    """The municipality asks no such question of an idea."""


class IdeaHasGoneOn(Fault):
    """The idea became an initiative or got a no; its answers stand as they were."""


@transaction.atomic
def answer_idea_facts(
    *, actor: Actor, idea_id: int, answers: Mapping[str, FactAnswer]
) -> list[IdeaFact]:
    """Answer the questions of the first day of an idea; an answer that stands is not written again.

    Raises NotFound, NotAllowed, NoEarlyQuestion, IdeaHasGoneOn.
    """
    idea = idea_queries.idea_of(actor, idea_id)
    require_answering(actor, idea)
    _hold(idea)
    if idea.state not in ANSWERABLE:
        raise IdeaHasGoneOn(_("Idéen er afsluttet. Svarene står, som de var."))
    return write_answers(actor, idea, answers)


def write_answers(actor: Actor, idea: Idea, answers: Mapping[str, FactAnswer]) -> list[IdeaFact]:
    """Write what is new among some answers; who may is checked before. Raises NoEarlyQuestion."""
    known = {one.code for one in early_questions()}
    for code in answers:
        if code not in known:
            raise NoEarlyQuestion(_("Kommunen spørger ikke om »%(code)s«.") % {"code": code})
    _hold(idea)
    standing = {one.question.code: one.last for one in asked_of_idea(idea)}
    made = [
        IdeaFact(
            organisation_id=actor.organisation_id,
            idea=idea,
            code=code,
            answer=answer.value,
            said_by_id=actor.person_id,
            said_by_name=actor.name[:160],
            said_at=now(),
        )
        for code, answer in answers.items()
        for last in (standing[code],)
        if last is None or last.answer != answer.value
    ]
    if made:
        IdeaFact.objects.bulk_create(made)
        said = {one.code: one.answer for one in made}
        record(actor, "portfolio.answer_idea_facts", idea, answers=said)
    return made


def refuse_open_questions(idea: Idea) -> None:
    """Let an idea be tried only when every question has a yes or a no. Raises QuestionsAreOpen."""
    asked = {one.question.code: one for one in asked_of_idea(idea)}
    still = open_questions(asked, {code: one.answer for code, one in asked.items()})
    if not still:
        return
    names = [asked[code].question.label.in_language(active_language()) for code in still]
    raise QuestionsAreOpen(
        _(
            "Svar først ja eller nej på: %(names)s. Ved I det ikke endnu, så spørg en, der ved "
            "det. Idéen venter så længe."
        )
        % {"names": ", ".join(names)},
        still,
    )


def carry_answers(actor: Actor, idea: Idea, into: Initiative) -> list[InitiativeFact]:
    """Let the answers of an idea stand on the initiative it became, as given by whom and when.

    What the initiative has answered itself stands. Where another idea brought a less careful
    answer, this one holds from now on, and its note tells of both.
    """
    Initiative.objects.select_for_update().only("id").get(pk=into.pk)
    own = {
        one.question.code: one.last
        for one in asked_facts(into)
        if isinstance(one.last, InitiativeFact)
    }
    carried = _brought_by(own.values())
    made = []
    for one in asked_of_idea(idea):
        last, stands = one.last, own.get(one.question.code)
        other = carried.get(one.question.code)
        if last is None or not goes_along(
            (one.answer, last.said_at), _told(stands), was_carried=other is not None
        ):
            continue
        is_older = stands is not None and last.said_at <= stands.said_at
        made.append(
            InitiativeFact(
                organisation_id=actor.organisation_id,
                initiative=into,
                code=one.question.code,
                answer=last.answer,
                note=_note(idea, last, other),
                said_by_id=last.said_by_id,
                said_by_name=last.said_by_name,
                said_at=now() if is_older else last.said_at,
            )
        )
    if made:
        InitiativeFact.objects.bulk_create(made)
        said = {one.code: one.answer for one in made}
        record(actor, "portfolio.answer_facts", into, answers=said, idea=idea)
        followers.tell("initiative", actor, into.pk)
    return made


def _told(fact: InitiativeFact | None) -> tuple[FactAnswer, dt.datetime] | None:
    return None if fact is None else (FactAnswer(fact.answer), fact.said_at)


def _brought_by(facts: Iterable[InitiativeFact]) -> dict[str, IdeaFact]:
    """Return the answers at ideas that some answers of an initiative came from, by code."""
    standing = [one for one in facts if one.note]
    if not standing:
        return {}
    wanted = {(one.code, one.said_at, one.said_by_id, one.answer) for one in standing}
    rows = IdeaFact.objects.filter(
        organisation_id=standing[0].organisation_id,
        code__in=[one.code for one in standing],
        said_at__in=[one.said_at for one in standing],
    ).select_related("idea")
    return {
        row.code: row
        for row in rows
        if (row.code, row.said_at, row.said_by_id, row.answer) in wanted
    }


def _note(idea: Idea, told: IdeaFact | InitiativeFact, other: IdeaFact | None) -> str:
    """Say which idea an answer came from, and what another idea answered before."""
    with danish():
        if other is None:
            return (_("Svaret ved idéen »%(title)s«") % {"title": idea.title})[:300]
        said = _(
            "Svaret ved idéen »%(title)s« %(day)s. Ved idéen »%(other)s« var svaret %(answer)s."
        )
        return said % {
            "title": idea.title[:90],
            "day": formats.long_date(told.said_at.astimezone(DANISH_TIME).date(), "da"),
            "other": other.idea.title[:90],
            "answer": content.label("fact_answer", other.answer).lower(),
        }


def _hold(idea: Idea) -> None:
    """Lock an idea and read its state as it is now."""
    Idea.objects.select_for_update().only("id").get(pk=idea.pk)
    idea.refresh_from_db(fields=["state"])


def may_answer_for(actor: Actor, idea: Idea) -> bool:
    """Tell whether the actor may answer for an idea.

    Its giver and its sponsor may, who answers such questions in its unit, and those who do in a
    unit that tries it or are responsible for trying it.
    """
    if actor.person_id is not None and actor.person_id in (idea.giver_id, idea.sponsor_id):
        return True
    if allowed(actor, ANSWER_FACTS, idea.unit_id):
        return True
    tried = Experiment.objects.filter(organisation_id=idea.organisation_id, idea=idea)
    return any(
        allowed(actor, ANSWER_FACTS, unit_id) or (owner_id == actor.person_id)
        for unit_id, owner_id in tried.values_list("unit_id", "owner_id")
    )


def require_answering(actor: Actor, idea: Idea) -> None:
    """Raise NotAllowed unless the actor may answer for an idea."""
    if not may_answer_for(actor, idea):
        require(actor, ANSWER_FACTS, idea.unit_id)
