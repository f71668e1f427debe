"""Writes of experiments: begin one, tell what is spent, extend it once, stop or scale it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, TypedDict

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from hoest.domain.organisations.queries import people_of
from hoest.domain.portfolio.actions import idea_facts, idea_steps
from hoest.domain.portfolio.actions.initiatives import create_initiative
from hoest.domain.portfolio.models import (
    Experiment,
    ExperimentDecision,
    ExperimentExtension,
    Idea,
    Initiative,
)
from hoest.domain.portfolio.permissions import (
    ANSWER_IDEAS,
    CHANGE_INITIATIVES,
    RUN_EXPERIMENTS,
)
from hoest.domain.portfolio.queries import experiments as queries
from hoest.domain.portfolio.queries import ideas as idea_queries
from hoest.domain.portfolio.queries import initiatives as initiative_queries
from hoest.domain.portfolio.rules.experiments import ExperimentState, Way, last_day, ways
from hoest.domain.portfolio.rules.facts import FactAnswer
from hoest.domain.portfolio.rules.ideas import IdeaState, StepKind, may_become
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed, require
from hoest.foundation.audit.actions import record
from hoest.foundation.clock import now, today
from hoest.foundation.faults import Fault
from hoest.foundation.forms.versions import check_version
from hoest.foundation.messages.actions import danish, queue


class ExperimentFields(TypedDict):
    """What an experiment is promised to be."""

    title: str
    hypothesis: str
    measure: str
    money_ceiling_dkk: Decimal
    weeks_ceiling: int
    starts_on: dt.date
    owner: Any
    unit: Any


class ExperimentNotWhole(Fault):
    """An experiment says what is believed, how it is seen, and the most it may cost and last."""


class IdeaIsNotReady(Fault):
    """An idea is tried when it has a sponsor, and once at a time."""


class ExperimentIsOver(Fault):
    """The experiment has been decided."""


class ExtendedAlready(Fault):
    """An experiment is extended once."""


class ReasonMissing(Fault):
    """A decision has a reason, and an experiment ends with what was learnt."""


class NothingIsExtended(Fault):
    """An extension gives more time or more money."""


class SpendingInTheFuture(Fault):
    """What is spent is told of a day that has come."""


@transaction.atomic
def begin_experiment(
    *,
    actor: Actor,
    fields: ExperimentFields,
    idea: Any = None,
    answers: Mapping[str, FactAnswer] | None = None,
) -> Experiment:
    """Begin an experiment, alone or to try an idea that has a sponsor.

    An idea is tried when the questions of the first day are answered; `answers` are given with it
    and stay at the idea. Raises ExperimentNotWhole, IdeaIsNotReady, QuestionsAreOpen.
    """
    require(actor, RUN_EXPERIMENTS, fields["unit"].pk)
    tried = _idea_to_try(actor, idea) if idea is not None else None
    if tried is not None:
        idea_facts.write_answers(actor, tried, answers or {})
        idea_facts.refuse_open_questions(tried)
    words = {name: " ".join(fields[name].split()) for name in ("title", "hypothesis", "measure")}  # type: ignore[literal-required]
    if not all(words.values()) or fields["weeks_ceiling"] < 1 or fields["money_ceiling_dkk"] < 0:
        raise ExperimentNotWhole(_("Skriv, hvad I tror, hvad I ser på, og hvor langt I vil gå."))
    if not people_of(actor).filter(pk=fields["owner"].pk).exists():
        raise ExperimentNotWhole(_("Vælg en ansvarlig, der arbejder i kommunen."))
    ends_on = last_day(fields["starts_on"], fields["weeks_ceiling"])
    made = Experiment.objects.create(
        organisation_id=actor.organisation_id,
        **words,
        money_ceiling_dkk=fields["money_ceiling_dkk"],
        weeks_ceiling=fields["weeks_ceiling"],
        starts_on=fields["starts_on"],
        ends_on=ends_on,
        limit_on=ends_on,
        limit_dkk=fields["money_ceiling_dkk"],
        owner=fields["owner"],
        unit=fields["unit"],
        idea=tried,
    )
    record(actor, "portfolio.begin_experiment", made, idea=tried, owner=fields["owner"])
    if tried is not None:
        idea_steps.move_idea(actor, tried, IdeaState.TRIED, StepKind.TRIED, made.title)
    return made


@transaction.atomic
def tell_spending(
    *, actor: Actor, experiment_id: int, version: int, spent_dkk: Decimal, on: dt.date
) -> Experiment:
    """Tell how much is spent so far; who is responsible may, and who runs experiments there."""
    experiment = _held(actor, experiment_id, version)
    if actor.person_id is None or actor.person_id != experiment.owner_id:
        require(actor, RUN_EXPERIMENTS, experiment.unit_id)
    if on > today() or spent_dkk < 0:
        raise SpendingInTheFuture(_("Skriv et beløb og en dag, der har været."))
    before = experiment.spent_dkk
    _change(experiment, spent_dkk=spent_dkk, spent_on=on)
    record(actor, "portfolio.tell_spending", experiment, before=before, spent_dkk=spent_dkk, on=on)
    return experiment


@transaction.atomic
def extend_experiment(
    *,
    actor: Actor,
    experiment_id: int,
    version: int,
    ends_on: dt.date,
    limit_dkk: Decimal,
    reason: str,
) -> ExperimentExtension:
    """Give an experiment more time or money, once, with a reason. What was promised stays.

    Raises ExtendedAlready, NothingIsExtended, ReasonMissing, ExperimentIsOver.
    """
    experiment = _held(actor, experiment_id, version)
    require_decision(actor, experiment)
    if Way.EXTEND not in ways(queries.experiment_facts(experiment)):
        raise ExtendedAlready(
            _("Forsøget er forlænget én gang. Nu skal det stoppes eller skaleres.")
        )
    told = " ".join(reason.split())[:400]
    if not told:
        raise ReasonMissing(_("Skriv, hvorfor forsøget skal have mere."))
    is_more = ends_on > experiment.limit_on or limit_dkk > experiment.limit_dkk
    is_less = ends_on < experiment.limit_on or limit_dkk < experiment.limit_dkk
    if not is_more or is_less or ends_on < today():
        raise NothingIsExtended(_("Skriv en senere dag eller et større beløb."))
    made = ExperimentExtension.objects.create(
        organisation_id=actor.organisation_id,
        experiment=experiment,
        ends_on=ends_on,
        limit_dkk=limit_dkk,
        reason=told,
        by_id=actor.person_id,
        by_name=actor.name,
        at=now(),
    )
    _change(experiment, limit_on=ends_on, limit_dkk=limit_dkk)
    record(actor, "portfolio.extend_experiment", experiment, ends_on=ends_on, reason=told)
    if experiment.idea_id is not None:
        idea_steps.note_step(actor, experiment.idea_id, StepKind.EXTENDED, told)
    return made


@transaction.atomic
def stop_experiment(
    *, actor: Actor, experiment_id: int, version: int, reason: str, learnt: str
) -> ExperimentDecision:
    """Stop an experiment, with the reason and what was learnt.

    Raises ReasonMissing, ExperimentIsOver.
    """
    experiment = _held(actor, experiment_id, version)
    made = _decide(actor, experiment, ExperimentState.STOPPED, reason, learnt, None)
    if experiment.idea_id is not None:
        idea = Idea.objects.select_for_update(of=("self",)).get(pk=experiment.idea_id)
        idea_steps.move_idea(actor, idea, IdeaState.LEARNED, StepKind.STOPPED, made.learnt)
    return made


@transaction.atomic
def scale_experiment(
    *,
    actor: Actor,
    experiment_id: int,
    version: int,
    reason: str,
    learnt: str,
    initiative: Any = None,
) -> ExperimentDecision:
    """Scale an experiment to an initiative: one that is there, or a new one named after it.

    The idea it tried goes along. Raises ReasonMissing, ExperimentIsOver, NotAllowed.
    """
    experiment = _held(actor, experiment_id, version)
    require_decision(actor, experiment)
    into = _scaled_into(actor, experiment, initiative)
    made = _decide(actor, experiment, ExperimentState.SCALED, reason, learnt, into)
    if experiment.idea_id is not None:
        idea = Idea.objects.select_for_update(of=("self",)).get(pk=experiment.idea_id)
        if may_become(IdeaState(idea.state), IdeaState.ADOPTED):
            idea_steps.put_into_initiative(actor, idea, into)
        else:
            idea_facts.carry_answers(actor, idea, into)
    return made


@transaction.atomic
def remind_of_limits(*, actor: Actor, on: dt.date) -> int:
    """Tell who is responsible for an experiment, and its sponsor, that it is past its limit.

    Each limit is told of once. Returns how many experiments there were.
    """
    rows = queries.past_limit(
        Experiment.objects.filter(organisation_id=actor.organisation_id), on
    ).select_related("idea")
    for one in rows:
        people = {one.owner_id}
        if one.idea is not None and one.idea.sponsor_id is not None:
            people.add(one.idea.sponsor_id)
        for person_id in people:
            with danish():
                queue(
                    actor=actor,
                    person_id=person_id,
                    kind="experiment_past_limit",
                    subject=_("»%(title)s« er over sin grænse") % {"title": one.title},
                    sentence=_("Stop forsøget, skalér det, eller forlæng det én gang."),
                    address=reverse("experiments:experiment", args=[one.pk]),
                    key=f"experiment-limit:{one.pk}:{one.limit_on}:{one.limit_dkk}",
                )
    return len(rows)


def require_decision(actor: Actor, experiment: Experiment) -> None:
    """Let the sponsor of the idea decide, and who answers ideas in the unit. Raises NotAllowed."""
    if not may_decide(actor, experiment):
        require(actor, ANSWER_IDEAS, experiment.unit_id)


def may_decide(actor: Actor, experiment: Experiment) -> bool:
    """Tell whether the actor may stop, scale or extend an experiment."""
    sponsor = experiment.idea.sponsor_id if experiment.idea is not None else None
    is_sponsor = actor.person_id is not None and actor.person_id == sponsor
    return is_sponsor or allowed(actor, ANSWER_IDEAS, experiment.unit_id)


def _decide(
    actor: Actor,
    experiment: Experiment,
    outcome: ExperimentState,
    reason: str,
    learnt: str,
    into: Initiative | None,
) -> ExperimentDecision:
    require_decision(actor, experiment)
    told, lesson = " ".join(reason.split())[:400], " ".join(learnt.split())[:600]
    if not told or not lesson:
        raise ReasonMissing(_("Skriv, hvorfor I beslutter det, og hvad I lærte."))
    made = ExperimentDecision.objects.create(
        organisation_id=actor.organisation_id,
        experiment=experiment,
        outcome=outcome.value,
        reason=told,
        learnt=lesson,
        initiative=into,
        by_id=actor.person_id,
        by_name=actor.name,
        at=now(),
    )
    _change(experiment, state=outcome.value, initiative_id=into.pk if into else None)
    verb = "stop" if outcome is ExperimentState.STOPPED else "scale"
    record(actor, f"portfolio.{verb}_experiment", experiment, reason=told, learnt=lesson, into=into)
    _tell_owner(actor, experiment, lesson)
    return made


def _scaled_into(actor: Actor, experiment: Experiment, initiative: Any) -> Initiative:
    if initiative is not None:
        found = initiative_queries.initiative_of(actor, initiative.pk)
        require(actor, CHANGE_INITIATIVES, found.unit_id)
        return found
    sponsor = experiment.idea.sponsor if experiment.idea is not None else None
    return create_initiative(
        actor=actor,
        fields={
            "title": experiment.title,
            "unit": experiment.unit,
            "sponsor": sponsor,
            "lead": experiment.owner,
        },
    )


def _idea_to_try(actor: Actor, idea: Any) -> Idea:
    found = idea_queries.idea_of(actor, idea.pk)
    held = Idea.objects.select_for_update(of=("self",)).get(pk=found.pk)
    if not may_become(IdeaState(held.state), IdeaState.TRIED):
        raise IdeaIsNotReady(_("Idéen kan prøves, når den har en sponsor, og ét forsøg ad gangen."))
    return held


def _held(actor: Actor, experiment_id: int, version: int) -> Experiment:
    found = queries.experiment_of(actor, experiment_id)
    Experiment.objects.select_for_update().only("id").get(pk=found.pk)
    found.refresh_from_db()
    check_version(found, version, {})
    if found.state != ExperimentState.RUNNING:
        raise ExperimentIsOver(_("Forsøget er afsluttet."))
    return found


def _change(experiment: Experiment, **changes: Any) -> None:
    for name, value in changes.items():
        setattr(experiment, name, value)
    experiment.version += 1
    experiment.save(update_fields=[*changes, "version", "changed_at"])


def _tell_owner(actor: Actor, experiment: Experiment, lesson: str) -> None:
    if experiment.owner_id == actor.person_id:
        return
    with danish():
        queue(
            actor=actor,
            person_id=experiment.owner_id,
            kind="experiment_decided",
            subject=_("Der er besluttet om »%(title)s«") % {"title": experiment.title},
            sentence=lesson[:400],
            address=reverse("experiments:experiment", args=[experiment.pk]),
            key=f"experiment-decided:{experiment.pk}",
        )
