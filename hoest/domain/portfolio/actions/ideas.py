"""Writes of ideas: give one, share it, assess it, let it become an initiative."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypedDict

from django.db import transaction
from django.utils.translation import gettext as _

from hoest.domain.portfolio.actions.idea_steps import (
    CannotGoThere,
    NotYourAnswer,
    ask_idea,
    change_idea,
    hold_idea,
    put_into_initiative,
    refuse_jump,
    require_answer,
    take_step,
)
from hoest.domain.portfolio.actions.initiatives import InitiativeFields, create_initiative
from hoest.domain.portfolio.models import Idea, IdeaPhoto, IdeaScore, Initiative
from hoest.domain.portfolio.permissions import ASSESS_IDEAS, CHANGE_INITIATIVES, GIVE_IDEAS
from hoest.domain.portfolio.queries import ideas as queries
from hoest.domain.portfolio.queries import initiatives as initiative_queries
from hoest.domain.portfolio.rules.ideas import IdeaState, StepKind, answer_due, short_title
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere, require
from hoest.foundation.audit.actions import record
from hoest.foundation.clock import now, today
from hoest.foundation.faults import Fault
from hoest.foundation.photos import Photo


class IdeaFields(TypedDict):
    """What a giver writes."""

    problem: str
    for_whom: str
    how_often: str
    suggestion: str
    unit: Any
    is_shared: bool


class IdeaNotWhole(Fault):
    """An idea says what the problem is and for whom."""


class ScoreOutsideScale(Fault):
    """A value is one of the steps of its scale, with a reason."""


@transaction.atomic
def give_idea(*, actor: Actor, fields: IdeaFields, photo: Photo | None = None) -> Idea:
    """Give an idea; the nearest leader is asked to answer within the deadline of the unit.

    Raises IdeaNotWhole, NotAllowed.
    """
    if not allowed_somewhere(actor, GIVE_IDEAS):
        require(actor, GIVE_IDEAS)
    problem, for_whom = fields["problem"].strip(), " ".join(fields["for_whom"].split())
    if not problem or not for_whom:
        raise IdeaNotWhole(_("Skriv, hvad problemet er, og hvem det går ud over."))
    leadership = queries.leadership_of(actor.organisation_id)
    days = queries.days_for(actor.organisation_id, fields["unit"].pk, leadership)
    idea = Idea(
        organisation_id=actor.organisation_id,
        title=short_title(problem),
        problem=problem,
        for_whom=for_whom,
        how_often=fields["how_often"],
        suggestion=fields["suggestion"].strip(),
        unit=fields["unit"],
        giver_id=actor.person_id,
        giver_name=actor.name[:160],
        given_on=today(),
        moved_on=today(),
        due_on=answer_due(today(), days),
        is_shared=fields["is_shared"],
    )
    idea.asked_id = queries.next_to_ask(idea, leadership)
    idea.save()
    if photo is not None:
        _put_photo(idea, photo)
    take_step(actor, idea, StepKind.GIVEN)
    record(actor, "portfolio.give_idea", idea, unit=fields["unit"], shared=idea.is_shared)
    ask_idea(actor, idea)
    return idea


@transaction.atomic
def share_idea(*, actor: Actor, idea_id: int, version: int, is_shared: bool) -> Idea:
    """Let everybody in the municipality see an idea, or not any longer; the giver decides.

    An idea with a sponsor is the municipality's work and stays shared.
    """
    idea = hold_idea(actor, idea_id, version)
    if actor.person_id is None or actor.person_id != idea.giver_id:
        raise NotYourAnswer(_("Kun den, der gav idéen, bestemmer, om den er delt."))
    if idea.sponsor_id is not None and not is_shared:
        raise CannotGoThere(_("Idéen har en sponsor og er delt med kommunen."))
    if idea.is_shared == is_shared:
        return idea
    change_idea(idea, is_shared=is_shared)
    take_step(actor, idea, StepKind.SHARED if is_shared else StepKind.UNSHARED)
    record(actor, "portfolio.share_idea", idea, shared=is_shared)
    return idea


@transaction.atomic
def assess_idea(
    *, actor: Actor, idea_id: int, scores: Mapping[str, tuple[int, str]]
) -> list[IdeaScore]:
    """Put an idea on some scales, each step with a written reason. Earlier ones stay.

    `scores` is scale → (value, reason). Raises ScoreOutsideScale.
    """
    idea = queries.idea_of(actor, idea_id)
    require(actor, ASSESS_IDEAS, idea.unit_id)
    scales = content.idea_scales()
    made = []
    for code, (value, reason) in scores.items():
        scale, told = scales.get(code), " ".join(reason.split())[:400]
        if scale is None or value not in scale.anchors or not told:
            raise ScoreOutsideScale(_("Vælg et trin på skalaen, og skriv hvorfor."))
        made.append(
            IdeaScore.objects.create(
                organisation_id=actor.organisation_id,
                idea=idea,
                scale=code,
                value=value,
                anchor=scale.anchors[value].da[:300],
                reason=told,
                by_id=actor.person_id,
                by_name=actor.name,
                at=now(),
            )
        )
    if not made:
        raise ScoreOutsideScale(_("Vælg et trin på skalaen, og skriv hvorfor."))
    change_idea(idea, moved_on=today())
    take_step(actor, idea, StepKind.ASSESSED)
    record(actor, "portfolio.assess_idea", idea, values={one.scale: one.value for one in made})
    return made


@transaction.atomic
def adopt_idea(
    *, actor: Actor, idea_id: int, version: int, initiative: Any = None, fields: Any = None
) -> Initiative:
    """Let an idea become an initiative: a new one (`fields`), or one that is there.

    Who may create initiatives in the unit may do so; the giver stays credited. Raises
    CannotGoThere.
    """
    idea = hold_idea(actor, idea_id, version)
    refuse_jump(idea, IdeaState.ADOPTED)
    into = _target(actor, idea, initiative, fields)
    put_into_initiative(actor, idea, into)
    return into


def _target(actor: Actor, idea: Idea, initiative: Any, fields: InitiativeFields | None) -> Any:
    if initiative is not None:
        found = initiative_queries.initiative_of(actor, initiative.pk)
        require(actor, CHANGE_INITIATIVES, found.unit_id)
        return found
    wanted: InitiativeFields = fields or {}
    return create_initiative(
        actor=actor,
        fields={"title": idea.title, "unit": idea.unit, "sponsor": idea.sponsor, **wanted},
    )


def _put_photo(idea: Idea, photo: Photo) -> None:
    IdeaPhoto.objects.create(
        organisation_id=idea.organisation_id,
        idea=idea,
        content=photo.content,
        width=photo.width,
        height=photo.height,
        taken_in_at=now(),
    )


@transaction.atomic
def remove_photo(*, actor: Actor, idea_id: int, version: int) -> Idea:
    """Remove the photo for good: the giver may, and who may answer."""
    idea = hold_idea(actor, idea_id, version)
    if actor.person_id is None or actor.person_id != idea.giver_id:
        require_answer(actor, idea)
    IdeaPhoto.objects.filter(organisation_id=actor.organisation_id, idea=idea).delete()
    change_idea(idea)
    record(actor, "portfolio.remove_idea_photo", idea)
    return idea
