"""Reads of gates: what is asked of an initiative, how far it is, and what was decided."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from hoest.domain.portfolio.models import (
    Deviation,
    GateDecision,
    GateRequest,
    Initiative,
    RequirementAnswer,
    Waiting,
)
from hoest.domain.portfolio.queries.deciders import mandate_roles, phase_ahead
from hoest.domain.portfolio.queries.facts import AskedFact, asked_facts
from hoest.domain.portfolio.queries.initiatives import visible_to
from hoest.domain.portfolio.queries.phase_models import PlaceInModel, place_of
from hoest.domain.portfolio.rules import (
    DeviationState,
    FactAnswer,
    Obstacles,
    Phase,
    Questions,
    RequirementState,
    obstacles,
    questions_at,
    standing,
)
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.clock import today
from hoest.foundation.content import Requirement
from hoest.foundation.faults import NotFound
from hoest.foundation.gate_evidence import Told, amounts_of, told_of


@dataclass(frozen=True)
class Item:
    """A requirement of one initiative with everything that is known of it."""

    requirement: Requirement
    because: tuple[str, ...]
    state: RequirementState
    answer: RequirementAnswer | None
    told: Told | None
    deviation: Deviation | None
    asked: Deviation | None
    ended: Deviation | None

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to bring it."""
        return self.state in (RequirementState.MISSING, RequirementState.IN_PROGRESS)


@dataclass(frozen=True)
class Gate:
    """The gate an initiative stands before, with all it asks and what refuses passage."""

    place: PlaceInModel
    facts: tuple[AskedFact, ...]
    questions: Questions
    items: tuple[Item, ...]
    obstacles: Obstacles
    amount_dkk: Decimal | None
    mandate_roles: tuple[str, ...] | None

    def item(self, code: str) -> Item | None:
        """Return one of its requirements, or None when it does not ask for it."""
        return next((one for one in self.items if one.requirement.code == code), None)

    @property
    def missing(self) -> tuple[Item, ...]:
        """The requirements that refuse passage."""
        return tuple(
            one for one in self.items if one.requirement.code in self.obstacles.requirements
        )


def gate_of(initiative: Initiative) -> Gate:
    """Return the gate an initiative stands before; a constant number of queries.

    After the last phase, and when it is closed or stopped, the gate is the one it came through, so
    that what has to be there can still be read.
    """
    place = place_of(initiative)
    facts = tuple(asked_facts(initiative))
    early = [one.question.code for one in facts if one.question.early]
    answers = {one.question.code: one.answer for one in facts}
    known = content.gate_requirements()
    phase = phase_ahead(place)
    questions = questions_at(phase, known, answers, early)
    items = _items(initiative, questions)
    states = {one.requirement.code: one.state for one in items}
    amount = amounts_of(initiative.organisation_id, [initiative.pk]).get(initiative.pk)
    return Gate(
        place=place,
        facts=facts,
        questions=questions,
        items=items,
        obstacles=obstacles(questions, states),
        amount_dkk=amount,
        mandate_roles=mandate_roles(amount, phase.stage),
    )


def _items(initiative: Initiative, questions: Questions) -> tuple[Item, ...]:
    rows = {"organisation_id": initiative.organisation_id, "initiative": initiative}
    answers = {row.code: row for row in RequirementAnswer.objects.filter(**rows)}
    deviations: dict[str, list[Deviation]] = {}
    for row in Deviation.objects.filter(**rows).order_by("-asked_at", "-pk"):
        deviations.setdefault(row.code, []).append(row)
    codes = [one.requirement.code for one in questions.asked]
    told = told_of(codes, initiative.organisation_id, [initiative.pk])[initiative.pk]
    day = today()
    return tuple(
        _item(
            one.requirement,
            one.because,
            answers.get(one.requirement.code),
            told.get(one.requirement.code),
            deviations.get(one.requirement.code, []),
            day,
        )
        for one in questions.asked
    )


def _item(
    requirement: Requirement,
    because: tuple[str, ...],
    answer: RequirementAnswer | None,
    told: Told | None,
    deviations: list[Deviation],
    day: dt.date,
) -> Item:
    approved = [one for one in deviations if one.state == DeviationState.APPROVED]
    running = next((one for one in approved if one.ends_on >= day), None)
    state = standing(
        requirement.form,
        RequirementState(answer.state) if answer else None,
        RequirementState(told.state) if told else None,
        running.ends_on if running else None,
        day,
    )
    return Item(
        requirement=requirement,
        because=because,
        state=state,
        answer=answer,
        told=told,
        deviation=running if state is RequirementState.DEVIATED else None,
        asked=next((one for one in deviations if one.state == DeviationState.ASKED), None),
        ended=None if running else next(iter(approved), None),
    )


def requirement_of(code: str) -> Requirement:
    """Return a requirement of the municipality. Raises NotFound."""
    found = content.gate_requirements().get(code)
    if found is None:
        raise NotFound("Kravet findes ikke.")
    return found


def deviations_of(actor: Actor) -> QuerySet[Deviation]:
    """Return the deviations of initiatives the actor may see."""
    return Deviation.objects.filter(
        organisation_id=actor.organisation_id, initiative__in=visible_to(actor).values("pk")
    )


def deviation_of(actor: Actor, deviation_id: int) -> Deviation:
    """Return one deviation with its initiative. Raises NotFound."""
    found = deviations_of(actor).select_related("initiative").filter(pk=deviation_id).first()
    if found is None:
        raise NotFound("Fravigelsen findes ikke, eller du kan ikke se den.")
    return found


def requests_of(actor: Actor) -> QuerySet[GateRequest]:
    """Return the open requests for a decision, of initiatives the actor may see."""
    return GateRequest.objects.filter(
        organisation_id=actor.organisation_id,
        closed_at__isnull=True,
        initiative__in=visible_to(actor).values("pk"),
    )


def open_request(initiative: Initiative) -> GateRequest | None:
    """Return the open request for a decision about an initiative, or None."""
    return GateRequest.objects.filter(
        organisation_id=initiative.organisation_id, initiative=initiative, closed_at__isnull=True
    ).first()


def decisions_of(initiative: Initiative) -> list[GateDecision]:
    """Return what was decided at the gates of an initiative, newest first, without the basis."""
    rows = GateDecision.objects.filter(
        organisation_id=initiative.organisation_id, initiative=initiative
    )
    return list(rows.defer("basis"))


def gate_decisions_of(actor: Actor) -> QuerySet[GateDecision]:
    """Return what was decided at the gates of initiatives the actor may see, without the basis."""
    return GateDecision.objects.filter(
        organisation_id=actor.organisation_id, initiative__in=visible_to(actor).values("pk")
    ).defer("basis")


def decision_of(actor: Actor, decision_id: int) -> GateDecision:
    """Return one decision with its basis and initiative. Raises NotFound."""
    found = (
        GateDecision.objects.filter(
            organisation_id=actor.organisation_id,
            pk=decision_id,
            initiative__in=visible_to(actor).values("pk"),
        )
        .select_related("initiative")
        .first()
    )
    if found is None:
        raise NotFound("Afgørelsen findes ikke, eller du kan ikke se den.")
    return found


def waiting_of(actor: Actor) -> QuerySet[Waiting]:
    """Return what waits, of initiatives the actor may see that are not over."""
    return Waiting.objects.filter(
        organisation_id=actor.organisation_id,
        ended_on__isnull=True,
        initiative__in=visible_to(actor)
        .exclude(phase__in=(Phase.CLOSED, Phase.STOPPED))
        .values("pk"),
    )


def waiting_item_of(actor: Actor, waiting_id: int) -> Waiting:
    """Return one thing that waits, with its initiative. Raises NotFound."""
    found = (
        Waiting.objects.filter(
            organisation_id=actor.organisation_id,
            pk=waiting_id,
            initiative__in=visible_to(actor).values("pk"),
        )
        .select_related("initiative")
        .first()
    )
    if found is None:
        raise NotFound("Det, der venter, findes ikke, eller du kan ikke se det.")
    return found


def open_waiting(initiative: Initiative) -> Waiting | None:
    """Return what an initiative waits for now, or None."""
    return Waiting.objects.filter(
        organisation_id=initiative.organisation_id, initiative=initiative, ended_on__isnull=True
    ).first()


def unanswered(facts: tuple[AskedFact, ...]) -> list[AskedFact]:
    """Return the facts nobody knows yet."""
    return [one for one in facts if one.answer is FactAnswer.UNKNOWN]


def answers_of(initiative: Initiative) -> dict[str, RequirementAnswer]:
    """Return what is written of the requirements of an initiative, by code; one query."""
    rows = RequirementAnswer.objects.filter(
        organisation_id=initiative.organisation_id, initiative=initiative
    )
    return {row.code: row for row in rows}


def shown_requirements(organisation_id: int, ids: Iterable[int]) -> set[tuple[int, str]]:
    """Return (initiative, requirement) that are written as there or not relevant; one query."""
    rows = RequirementAnswer.objects.filter(
        organisation_id=organisation_id,
        initiative_id__in=list(ids),
        state__in=(RequirementState.PRESENT, RequirementState.NOT_RELEVANT),
    )
    return set(rows.values_list("initiative_id", "code"))
