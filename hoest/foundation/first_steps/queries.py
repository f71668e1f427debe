"""Reads of a person's own first steps, in a constant number of queries."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Min

from hoest.foundation.access.actor import Actor
from hoest.foundation.access.roles import ROLES
from hoest.foundation.audit.models import Act
from hoest.foundation.clock import DANISH_TIME
from hoest.foundation.content import FirstStep
from hoest.foundation.content.language import active_language
from hoest.foundation.faults import NotFound
from hoest.foundation.first_steps.models import Walk
from hoest.foundation.first_steps.paths import roles_of, steps_of
from hoest.foundation.first_steps.places import Place, page_called, place_of


@dataclass(frozen=True)
class Step:
    """One step as the reader sees it.

    `done_on` is the day an act of the log tells of; `is_skipped` says that she passed by a step
    that only an act can do. `asks_for_act` says that an act does it, not a look.
    """

    number: int
    code: str
    why: str
    act: str
    place: Place
    is_done: bool
    is_present: bool
    asks_for_act: bool
    done_on: dt.date | None = None
    is_skipped: bool = False


@dataclass(frozen=True)
class FirstSteps:
    """A person's path: her role, her five steps, the present one, and whether it is put away."""

    role: str
    role_label: str
    roles: tuple[tuple[str, str], ...]
    steps: tuple[Step, ...]
    is_put_away: bool
    is_begun: bool

    @property
    def present(self) -> Step | None:
        """The first step that is not done; None when all are."""
        return next((step for step in self.steps if not step.is_done), None)

    @property
    def done(self) -> int:
        """How many steps are done or passed by."""
        return sum(step.is_done for step in self.steps)

    @property
    def total(self) -> int:
        """How many steps there are."""
        return len(self.steps)

    @property
    def is_finished(self) -> bool:
        """Tell whether no step is left."""
        return self.present is None

    @property
    def is_open(self) -> bool:
        """Tell whether the panel has something to show."""
        return not self.is_put_away and not self.is_finished


def first_steps_for(actor: Actor, *, all_places: bool = False) -> FirstSteps | None:
    """Return the person's path, or None for an actor who is no person with a role here.

    At most three queries: her state, her acts, and her own thing for the present step; with
    `all_places` (the page itself) one query more for each of the other steps with an own thing.
    """
    if actor.person_id is None or not roles_of(actor):
        return None
    walk = _walk_of(actor)
    role = role_followed(actor, walk)
    acted = _acted(actor, role)
    seen = set(walk.seen) if walk else set()
    steps: list[Step] = []
    present_found = False
    for number, step in enumerate(steps_of(role), start=1):
        done_on = min((acted[verb] for verb in step.done_by if verb in acted), default=None)
        is_done = done_on is not None or step.code in seen
        is_present = not is_done and not present_found
        present_found = present_found or is_present
        looked_up = all_places or is_present
        place = place_of(actor, step.page, step.own) if looked_up else page_called(step.page)
        steps.append(_shown(number, step, place, done_on, is_done, is_present))
    return FirstSteps(
        role=role,
        role_label=ROLES[role].label,
        roles=tuple((code, ROLES[code].label) for code in roles_of(actor)),
        steps=tuple(steps),
        is_put_away=walk is not None and walk.put_away_at is not None,
        is_begun=any(step.is_done for step in steps),
    )


def role_followed(actor: Actor, walk: Walk | None) -> str:
    """Return the role she chose, as long as she has it; else the first of hers."""
    own = roles_of(actor)
    return walk.role if walk is not None and walk.role in own else own[0]


def step_called(actor: Actor, number: int) -> FirstStep:
    """Return a step of the person's path by its number from 1. Raises NotFound."""
    if actor.person_id is None or not roles_of(actor):
        raise NotFound("Der er ingen første skridt for dig her.")
    steps = steps_of(role_followed(actor, _walk_of(actor)))
    if not 1 <= number <= len(steps):
        raise NotFound("Det skridt findes ikke. Der er fem.")
    return steps[number - 1]


def _walk_of(actor: Actor) -> Walk | None:
    return Walk.objects.filter(
        organisation_id=actor.organisation_id, person_id=actor.person_id or 0
    ).first()


def _acted(actor: Actor, role: str) -> dict[str, dt.date]:
    """Return the day of the person's first act of each kind her path asks for: one query."""
    verbs = [verb for step in steps_of(role) for verb in step.done_by]
    if not verbs:
        return {}
    acts = (
        Act.objects.filter(
            organisation_id=actor.organisation_id, person_id=actor.person_id, verb__in=verbs
        )
        .values("verb")
        .annotate(first=Min("at"))
        .values_list("verb", "first")
    )
    return {verb: first.astimezone(DANISH_TIME).date() for verb, first in acts}


def _shown(
    number: int,
    step: FirstStep,
    place: Place,
    done_on: dt.date | None,
    is_done: bool,
    is_present: bool,
) -> Step:
    language = active_language()
    return Step(
        number=number,
        code=step.code,
        why=step.why.in_language(language),
        act=step.act.in_language(language),
        place=place,
        is_done=is_done,
        is_present=is_present,
        asks_for_act=bool(step.done_by),
        done_on=done_on,
        is_skipped=is_done and bool(step.done_by) and done_on is None,
    )
