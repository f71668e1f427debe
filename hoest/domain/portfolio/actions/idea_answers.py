"""Answering ideas: yes with a sponsor or a polite no, in time or by the next leader."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from hoest.domain.organisations.queries import Leadership, people_of
from hoest.domain.portfolio.actions.idea_steps import (
    ask_idea,
    change_idea,
    hold_idea,
    refuse_jump,
    require_answer,
    take_step,
    tell_giver,
)
from hoest.domain.portfolio.models import AnswerDays, Idea, StuckDay
from hoest.domain.portfolio.permissions import ANSWER_IDEAS
from hoest.domain.portfolio.queries import ideas as queries
from hoest.domain.portfolio.rules.ideas import OPEN_STATES, IdeaState, StepKind, answer_due
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import require
from hoest.foundation.audit.actions import record
from hoest.foundation.clock import today
from hoest.foundation.faults import Fault
from hoest.foundation.messages.actions import danish, withdraw


class AnswerNeedsReason(Fault):
    """An answer is given with a reason the giver can read."""


class SponsorMissing(Fault):
    """A yes names who stands behind the idea."""


class StandsStillAlready(Fault):
    """Only an open idea can stand still."""


class DaysOutOfReach(Fault):
    """A unit answers within 1 to 90 days."""


@transaction.atomic
def answer_idea(
    *,
    actor: Actor,
    idea_id: int,
    version: int,
    reason: str,
    sponsor: Any = None,
) -> Idea:
    """Answer an idea: yes with a sponsor, or a polite no; always with a reason.

    A yes shares the idea in the municipality. A no may become a yes later. Raises
    AnswerNeedsReason, SponsorMissing, CannotGoThere, NotYourAnswer, ChangedMeanwhile.
    """
    idea = hold_idea(actor, idea_id, version)
    require_answer(actor, idea)
    told = " ".join(reason.split())[:600]
    if not told:
        raise AnswerNeedsReason(_("Skriv begrundelsen. Den, der gav idéen, læser den."))
    after = IdeaState.SPONSORED if sponsor is not None else IdeaState.DECLINED
    refuse_jump(idea, after)
    if sponsor is not None and not people_of(actor).filter(pk=sponsor.pk).exists():
        raise SponsorMissing(_("Vælg en sponsor, der arbejder i kommunen."))
    changes: dict[str, Any] = {"state": after.value, "due_on": None, "moved_on": today()}
    if sponsor is not None:
        changes |= {"sponsor_id": sponsor.pk, "is_shared": True}
    change_idea(idea, **changes)
    kind = StepKind.SPONSORED if sponsor is not None else StepKind.DECLINED
    take_step(actor, idea, kind, told)
    record(actor, f"portfolio.{kind.value}_idea", idea, reason=told, sponsor=sponsor)
    withdraw(actor=actor, beginning=f"idea-ask:{idea.pk}:")
    tell_giver(actor, idea, _answer_subject(idea), told)
    return idea


@transaction.atomic
def change_sponsor(
    *, actor: Actor, idea_id: int, version: int, sponsor: Any, reason: str = ""
) -> Idea:
    """Let somebody else stand behind an idea, so that it survives when people leave."""
    idea = hold_idea(actor, idea_id, version)
    require_answer(actor, idea)
    if idea.sponsor_id is None:
        raise SponsorMissing(_("Idéen har ingen sponsor endnu. Svar på den først."))
    if sponsor is None or not people_of(actor).filter(pk=sponsor.pk).exists():
        raise SponsorMissing(_("Vælg en sponsor, der arbejder i kommunen."))
    before = idea.sponsor
    change_idea(idea, sponsor_id=sponsor.pk)
    take_step(actor, idea, StepKind.SPONSOR_CHANGED, " ".join(reason.split())[:600])
    record(actor, "portfolio.change_idea_sponsor", idea, before=before, after=sponsor)
    return idea


@transaction.atomic
def flag_stuck(*, actor: Actor, idea_id: int) -> None:
    """Count one more who says that an idea stands still.

    Nothing is kept of who it was: no person, no act in the log, no moment; the count of a day is
    capped, so that nobody can press many times for much. Raises StandsStillAlready.
    """
    idea = queries.idea_of(actor, idea_id)
    if idea.state not in OPEN_STATES:
        raise StandsStillAlready(_("Idéen er afsluttet og kan ikke stå i stampe."))
    day, _new = StuckDay.objects.get_or_create(
        organisation_id=actor.organisation_id, idea=idea, on=today()
    )
    StuckDay.objects.filter(
        organisation_id=actor.organisation_id,
        pk=day.pk,
        flags__lt=content.limit("stuck_flags_a_day"),
    ).update(flags=F("flags") + 1)


@transaction.atomic
def choose_answer_days(*, actor: Actor, unit: Any, days: int | None) -> None:
    """Let a unit answer within its own number of days; None goes back to the usual.

    Ideas that wait keep the deadline they were promised. Raises DaysOutOfReach.
    """
    require(actor, ANSWER_IDEAS, unit.pk)
    rows = AnswerDays.objects.filter(organisation_id=actor.organisation_id, unit=unit)
    if days is None:
        rows.delete()
    elif not 1 <= days <= 90:
        raise DaysOutOfReach(_("Vælg mellem 1 og 90 dage."))
    elif rows.exists():
        rows.update(days=days, version=F("version") + 1)
    else:
        AnswerDays.objects.create(organisation_id=actor.organisation_id, unit=unit, days=days)
    record(actor, "portfolio.choose_answer_days", unit, days=days)


@transaction.atomic
def climb(*, actor: Actor, on: dt.date) -> int:
    """Let every idea without an answer in time go to the next leader; return how many climbed.

    Who has nobody above stays asked. Run by the clock every night; twice a day is once.
    """
    leadership = queries.leadership_of(actor.organisation_id)
    climbed = 0
    for idea_id in queries.due_ideas(actor.organisation_id, on):
        climbed += _climb(actor, idea_id, leadership, on)
    return climbed


def _climb(actor: Actor, idea_id: int, leadership: Leadership, on: dt.date) -> int:
    idea = Idea.objects.select_for_update(of=("self",)).get(
        organisation_id=actor.organisation_id, pk=idea_id
    )
    following = queries.next_to_ask(idea, leadership)
    if following is None or idea.state != IdeaState.WAITING:
        return 0
    before = [*idea.asked_before, *([idea.asked_id] if idea.asked_id else [])]
    change_idea(
        idea,
        asked_id=following,
        asked_before=before,
        due_on=answer_due(on, content.limit("idea_climb_days")),
    )
    name = people_of(actor).values_list("name", flat=True).get(pk=following)
    take_step(actor, idea, StepKind.CLIMBED, name)
    record(actor, "portfolio.climb_idea", idea, asked=name)
    withdraw(actor=actor, beginning=f"idea-ask:{idea.pk}:")
    ask_idea(actor, idea)
    return 1


def _answer_subject(idea: Idea) -> str:
    with danish():
        if idea.state == IdeaState.SPONSORED:
            return _("Din idé har fået en sponsor")
        return _("Der er svar på din idé")
