"""What every act on an idea does: hold it, take a step its giver reads, and tell people."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from hoest.domain.portfolio.actions.idea_facts import carry_answers
from hoest.domain.portfolio.models import Candidate, Idea, IdeaStep, Initiative
from hoest.domain.portfolio.permissions import ANSWER_IDEAS
from hoest.domain.portfolio.queries import ideas as queries
from hoest.domain.portfolio.rules.candidates import CandidateState
from hoest.domain.portfolio.rules.ideas import IdeaState, StepKind, may_become
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import require
from hoest.foundation.audit.actions import record
from hoest.foundation.clock import now, today
from hoest.foundation.faults import Fault, NotAllowed
from hoest.foundation.forms.versions import check_version
from hoest.foundation.messages.actions import danish, queue


class CannotGoThere(Fault):
    """The idea cannot go from its state to that one."""


class NotYourAnswer(NotAllowed):
    """Somebody else is asked to answer."""


def move_idea(actor: Actor, idea: Idea, after: IdeaState, kind: StepKind, told: str) -> None:
    """Take a held idea to its next state, with the step its giver reads and a message to her."""
    refuse_jump(idea, after)
    change_idea(idea, state=after.value, moved_on=today())
    take_step(actor, idea, kind, told)
    with danish():
        said = {
            StepKind.TRIED: _("Din idé bliver afprøvet"),
            StepKind.STOPPED: _("Forsøget med din idé er slut"),
        }[kind]
    tell_giver(actor, idea, said, told)


def note_step(actor: Actor, idea_id: int, kind: StepKind, told: str) -> None:
    """Note a step of an idea whose state stays."""
    idea = Idea.objects.select_for_update(of=("self",)).get(
        organisation_id=actor.organisation_id, pk=idea_id
    )
    change_idea(idea, moved_on=today())
    take_step(actor, idea, kind, told)


def put_into_initiative(actor: Actor, idea: Idea, into: Initiative) -> None:
    """Mark an idea that is held as having become an initiative, and tell its giver."""
    change_idea(idea, state=IdeaState.ADOPTED.value, initiative_id=into.pk, moved_on=today())
    take_step(actor, idea, StepKind.ADOPTED, into.title)
    record(actor, "portfolio.adopt_idea", idea, initiative=into)
    carry_answers(actor, idea, into)
    _settle_candidates(actor, idea, into)
    with danish():
        tell_giver(
            actor,
            idea,
            _("Din idé er blevet til et initiativ"),
            _("»%(idea)s« føres videre som »%(title)s«. Tak for den.")
            % {"idea": idea.title, "title": into.title},
        )


def _settle_candidates(actor: Actor, idea: Idea, into: Initiative) -> None:
    """Let the candidate that was given as the idea know the initiative as well."""
    rows = Candidate.objects.select_for_update(of=("self",)).filter(
        organisation_id=actor.organisation_id, idea=idea, state=CandidateState.OPEN.value
    )
    for one in rows:
        one.state, one.initiative = CandidateState.CHOSEN.value, into
        one.version += 1
        one.save(update_fields=["state", "initiative", "version", "changed_at"])
        record(actor, "portfolio.choose_candidate", one, initiative=into.key)


def hold_idea(actor: Actor, idea_id: int, version: int) -> Idea:
    """Return a visible idea locked for change. Raises NotFound, ChangedMeanwhile."""
    found = queries.idea_of(actor, idea_id)
    Idea.objects.select_for_update().only("id").get(pk=found.pk)
    found.refresh_from_db()
    check_version(found, version, {})
    return found


def require_answer(actor: Actor, idea: Idea) -> None:
    """Let only those answer who may; the giver never. Raises NotYourAnswer, NotAllowed."""
    if not queries.may_answer(actor, idea):
        if actor.person_id is not None and actor.person_id == idea.giver_id:
            raise NotYourAnswer(_("Du har selv givet idéen. En anden svarer på den."))
        require(actor, ANSWER_IDEAS, idea.unit_id)


def refuse_jump(idea: Idea, after: IdeaState) -> None:
    """Refuse a state the idea cannot go to. Raises CannotGoThere."""
    before = IdeaState(idea.state)
    if not may_become(before, after):
        raise CannotGoThere(
            _("Idéen kan ikke gå fra »%(before)s« til »%(after)s«.")
            % {
                "before": content.label("idea_state", before),
                "after": content.label("idea_state", after),
            }
        )


def change_idea(idea: Idea, **changes: Any) -> None:
    """Write changes of a held idea."""
    for name, value in changes.items():
        setattr(idea, name, value)
    idea.version += 1
    idea.save(update_fields=[*changes, "version", "changed_at"])


def take_step(actor: Actor, idea: Idea, kind: StepKind, told: str = "") -> IdeaStep:
    """Note a step as its giver reads it; the system acts without a name."""
    return IdeaStep.objects.create(
        organisation_id=actor.organisation_id,
        idea=idea,
        kind=kind.value,
        told=told,
        by_id=actor.person_id,
        by_name="" if actor.is_system else actor.name,
        at=now(),
    )


def ask_idea(actor: Actor, idea: Idea) -> None:
    """Ask by message who is to answer."""
    if idea.asked_id is None:
        return
    with danish():
        queue(
            actor=actor,
            person_id=idea.asked_id,
            kind="idea_asked",
            subject=_("Vil du svare på en idé?"),
            sentence=_("%(name)s har skrevet: %(title)s. Svar med en begrundelse.")
            % {"name": idea.giver_name, "title": idea.title},
            address=reverse("ideas:idea", args=[idea.pk]),
            key=f"idea-ask:{idea.pk}:{idea.asked_id}",
        )


def tell_giver(actor: Actor, idea: Idea, subject: str, sentence: str) -> None:
    """Tell the giver by message, unless she did it herself."""
    if idea.giver_id is None or idea.giver_id == actor.person_id:
        return
    queue(
        actor=actor,
        person_id=idea.giver_id,
        kind="idea_answered",
        subject=subject,
        sentence=sentence[:400],
        address=reverse("ideas:idea", args=[idea.pk]),
        key=f"idea-step:{idea.pk}:{idea.version}",
    )
