"""Reads of ideas, beginning at what the actor may see.

Who reviews ideas sees those of her units, or all of them; everybody sees her own, those she is
asked about or sponsors, and those that are shared in the municipality. An idea is shared when its
giver says so, or when it gets a sponsor.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum

from hoest.domain.organisations.queries import Leadership
from hoest.domain.portfolio.models import (
    AnswerDays,
    Idea,
    IdeaPhoto,
    IdeaScore,
    IdeaStep,
    StuckDay,
)
from hoest.domain.portfolio.permissions import ANSWER_IDEAS, GIVE_IDEAS, REVIEW_IDEAS
from hoest.domain.portfolio.rules.ideas import (
    OPEN_STATES,
    IdeaState,
    days_to_answer,
    path_up,
    shown_flags,
    who_answers,
)
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed, allowed_somewhere, units_where
from hoest.foundation.clock import today
from hoest.foundation.faults import NotFound

TOP_ROLES = ("portfolio_manager", "executive")
"""Who is asked when no leader is left in the line; the chief executive is the last."""


@dataclass(frozen=True)
class Counts:
    """How many of the visible ideas wait, wait too long, and are got further with."""

    all: int
    waiting: int
    late: int
    under_way: int


def ideas_visible_to(actor: Actor) -> QuerySet[Idea]:
    """Return the ideas the actor may see."""
    rows = Idea.objects.filter(organisation_id=actor.organisation_id)
    if not allowed_somewhere(actor, GIVE_IDEAS):
        return rows.none()
    units = units_where(actor, REVIEW_IDEAS)
    if units is None:
        return rows
    hers = Q(is_shared=True)
    if actor.person_id is not None:
        mine = actor.person_id
        hers |= Q(giver_id=mine) | Q(asked_id=mine) | Q(sponsor_id=mine)
    return rows.filter(hers | Q(unit_id__in=units)) if units else rows.filter(hers)


def idea_of(actor: Actor, idea_id: int) -> Idea:
    """Return one idea with its unit and people. Raises NotFound."""
    found = (
        ideas_visible_to(actor)
        .select_related("unit", "giver", "asked", "sponsor", "initiative")
        .filter(pk=idea_id)
        .first()
    )
    if found is None:
        raise NotFound("Idéen findes ikke, eller du kan ikke se den.")
    return found


def may_answer(actor: Actor, idea: Idea) -> bool:
    """Tell whether the actor may answer: who is asked, or who answers in the unit; not the giver.

    Source: requirement O-02.
    """
    if actor.person_id is not None and actor.person_id == idea.giver_id:
        return False
    is_asked = actor.person_id is not None and actor.person_id == idea.asked_id
    return is_asked or allowed(actor, ANSWER_IDEAS, idea.unit_id)


def steps_of(idea: Idea) -> list[IdeaStep]:
    """Return what has happened to an idea, the oldest first."""
    return list(IdeaStep.objects.filter(organisation_id=idea.organisation_id, idea=idea))


def photo_of(actor: Actor, idea_id: int) -> IdeaPhoto:
    """Return the photo of a visible idea. Raises NotFound."""
    idea = idea_of(actor, idea_id)
    found = IdeaPhoto.objects.filter(organisation_id=actor.organisation_id, idea=idea).first()
    if found is None:
        raise NotFound("Idéen har intet billede.")
    return found


def photo_size(idea: Idea) -> tuple[int, int] | None:
    """Return how wide and high the photo is; None when there is none."""
    rows = IdeaPhoto.objects.filter(organisation_id=idea.organisation_id, idea=idea)
    return rows.values_list("width", "height").first()


def stuck_groups(idea: Idea) -> int:
    """Return how many have said it stands still since its last step, never fewer than a group.

    Today is left out, so that nobody can see who has just been there.
    """
    if idea.state not in OPEN_STATES:
        return 0
    counted = StuckDay.objects.filter(
        organisation_id=idea.organisation_id, idea=idea, on__gte=idea.moved_on, on__lt=today()
    ).aggregate(flags=Sum("flags"))["flags"]
    return shown_flags(counted or 0, content.limit("small_group"))


def stuck_ids(organisation_id: int) -> list[int]:
    """Return the open ideas that at least a group has said stand still; one query."""
    rows = StuckDay.objects.filter(
        organisation_id=organisation_id, on__lt=today(), idea__state__in=OPEN_STATES
    ).values_list("idea_id", "idea__moved_on", "on", "flags")
    counted: dict[int, int] = {}
    for idea_id, moved_on, on, flags in rows:
        if on >= moved_on:
            counted[idea_id] = counted.get(idea_id, 0) + flags
    least = content.limit("small_group")
    return [idea_id for idea_id, flags in counted.items() if flags >= least]


def late_ideas(rows: QuerySet[Idea]) -> QuerySet[Idea]:
    """Keep the ideas whose answer has not come in time."""
    return rows.filter(state=IdeaState.WAITING, due_on__lt=today())


def counts_of(actor: Actor) -> Counts:
    """Return how the visible ideas stand, in one query."""
    from django.db.models import Count

    found = ideas_visible_to(actor).aggregate(
        all=Count("pk"),
        waiting=Count("pk", filter=Q(state=IdeaState.WAITING)),
        late=Count("pk", filter=Q(state=IdeaState.WAITING, due_on__lt=today())),
        under_way=Count("pk", filter=Q(state__in=(IdeaState.SPONSORED, IdeaState.TRIED))),
    )
    return Counts(**found)


def scores_of(idea: Idea) -> dict[str, IdeaScore]:
    """Return the latest value on each scale, by the code of the scale."""
    rows = IdeaScore.objects.filter(organisation_id=idea.organisation_id, idea=idea)
    return {row.scale: row for row in rows.order_by("pk")}


def latest_scores(actor: Actor, scales: Sequence[str]) -> dict[int, dict[str, int]]:
    """Return idea id → scale → value for the visible open ideas; one query.

    Ideas that were declined or have become an initiative are no longer chosen between.
    """
    rows = (
        IdeaScore.objects.filter(
            organisation_id=actor.organisation_id,
            scale__in=scales,
            idea__in=ideas_visible_to(actor).filter(state__in=OPEN_STATES).values("pk"),
        )
        .order_by("scale", "idea_id", "-pk")
        .distinct("scale", "idea_id")
        .values_list("idea_id", "scale", "value")
    )
    found: dict[int, dict[str, int]] = {}
    for idea_id, scale, value in rows:
        found.setdefault(idea_id, {})[scale] = value
    return found


def with_photo(rows: QuerySet[Idea]) -> QuerySet[Idea]:
    """Tell of each idea whether it has a photo."""
    return rows.annotate(
        has_photo=Exists(
            IdeaPhoto.objects.filter(
                organisation_id=OuterRef("organisation_id"), idea_id=OuterRef("pk")
            )
        )
    )


def ideas_to_answer(actor: Actor) -> QuerySet[Idea]:
    """Return the ideas that wait for this person's answer, the most urgent first."""
    rows = Idea.objects.filter(
        organisation_id=actor.organisation_id,
        asked_id=actor.person_id or 0,
        state=IdeaState.WAITING,
    )
    return rows.select_related("unit").order_by("due_on", "pk")


def ideas_behind(initiative_id: int, organisation_id: int) -> list[Idea]:
    """Return the ideas that became an initiative, the oldest first."""
    rows = Idea.objects.filter(organisation_id=organisation_id, initiative_id=initiative_id)
    return list(rows.order_by("given_on", "pk"))


def answer_days_of(organisation_id: int) -> dict[int, int]:
    """Return the days each unit has chosen itself."""
    rows = AnswerDays.objects.filter(organisation_id=organisation_id)
    return dict(rows.values_list("unit_id", "days"))


def days_for(organisation_id: int, unit_id: int, leadership: Leadership) -> int:
    """Return how many days a unit has to answer."""
    return days_to_answer(
        unit_id,
        leadership.parents,
        answer_days_of(organisation_id),
        content.limit("idea_answer_days"),
    )


def leadership_of(organisation_id: int) -> Leadership:
    """Return who leads what in a municipality."""
    return Leadership.of(organisation_id, TOP_ROLES)


def next_to_ask(idea: Idea, leadership: Leadership) -> int | None:
    """Return who is asked next about an idea; None when nobody is left."""
    chain = [leadership.of_unit.get(one, []) for one in path_up(idea.unit_id, leadership.parents)]
    asked = {*idea.asked_before, *([idea.asked_id] if idea.asked_id else [])}
    return who_answers(chain, leadership.of_all, asked, idea.giver_id)


def due_ideas(organisation_id: int, on: dt.date) -> list[int]:
    """Return the ideas whose deadline has passed before a day, the oldest first."""
    rows = Idea.objects.filter(
        organisation_id=organisation_id, state=IdeaState.WAITING, due_on__lt=on
    )
    return list(rows.order_by("due_on", "pk").values_list("pk", flat=True))
