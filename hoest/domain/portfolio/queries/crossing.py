"""Reads of what crosses departments: who is touched, shared owners, citizens' journeys.

Benefits lie above the portfolio, so they tell which units they touch through `register_touch`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Count, F, Func, Prefetch, Q, QuerySet

from hoest.domain.organisations.queries import UnitTree, people_with_roles, units_of
from hoest.domain.portfolio.models import (
    Initiative,
    Journey,
    JourneyStep,
    Rollout,
    SharedOwner,
    StepInitiative,
)
from hoest.domain.portfolio.permissions import VIEW_INITIATIVES
from hoest.domain.portfolio.queries.initiatives import visible_to
from hoest.domain.portfolio.rules import ACTIVE_PHASES
from hoest.domain.portfolio.rules.crossing import Crossing, Touch, crossing, departments_of
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere
from hoest.foundation.faults import NotFound

# (organisation id, initiative id or None for all) -> pairs of (initiative id, unit id).
Toucher = Callable[[int, int | None], Iterable[tuple[int, int]]]

_touchers: dict[Touch, Toucher] = {}


@dataclass(frozen=True)
class CrossingsOf:
    """What crosses departments, by initiative, and the names of the departments."""

    found: dict[int, Crossing]
    names: dict[int, str]
    owners: dict[int, SharedOwner]


def register_touch(touch: Touch, toucher: Toucher) -> None:
    """Let a higher subject tell which units its things touch, by initiative; in `apps.ready`."""
    _touchers[touch] = toucher


def crossings_of(actor: Actor, initiative_id: int | None = None) -> CrossingsOf:
    """Return the active initiatives the actor may see that several departments are part of.

    A constant number of queries: the units, who stands above, and one per way of touching.
    """
    organisation = actor.organisation_id
    rows = visible_to(actor).filter(phase__in=ACTIVE_PHASES)
    if initiative_id is not None:
        rows = rows.filter(pk=initiative_id)
    units = {
        pk: (parent, kind, name)
        for pk, parent, kind, name in units_of(actor)
        .order_by()
        .values_list("pk", "parent_id", "kind", "name")
    }
    departments = departments_of({pk: (one[0], one[1]) for pk, one in units.items()})
    tree = UnitTree((pk, one[0]) for pk, one in units.items())
    touches = _touches(organisation, initiative_id)
    whole = set(
        people_with_roles(actor, ["executive"])
        .filter(unit__isnull=True)
        .values_list("pk", flat=True)
    )
    owners = {
        one.initiative_id: one
        for one in SharedOwner.objects.filter(organisation_id=organisation).select_related("person")
    }
    above: dict[int, frozenset[int]] = {}
    found = {}
    for pk, home, sponsor, at_sponsor, lead, at_lead in rows.order_by().values_list(
        "pk", "unit_id", "sponsor_id", "sponsor__unit_id", "lead_id", "lead__unit_id"
    ):
        here = {(home, Touch.HOME), *touches.get(pk, ())}
        if len({departments.get(unit) for unit, _touch in here} - {None}) < 2:
            continue
        placed = _placed(((sponsor, at_sponsor), (lead, at_lead)), whole)
        for unit in placed:
            if unit is not None and unit not in above:
                above[unit] = tree.below(unit)
        told = crossing(pk, here, departments, placed, above, pk in owners)
        if told is not None:
            found[pk] = told
    return CrossingsOf(found, {pk: one[2] for pk, one in units.items()}, owners)


def _placed(people: Iterable[tuple[int | None, int | None]], whole: set[int]) -> list[int | None]:
    """Return the units people are placed in; None for one who stands over the municipality."""
    placed: list[int | None] = [unit for _person, unit in people if unit is not None]
    if any(person in whole for person, _unit in people):
        placed.append(None)
    return placed


def _touches(organisation: int, initiative_id: int | None) -> dict[int, set[tuple[int, Touch]]]:
    found: dict[int, set[tuple[int, Touch]]] = {}
    one = {} if initiative_id is None else {"initiative_id": initiative_id}
    for pk, unit in Rollout.objects.filter(
        organisation_id=organisation, unit__isnull=False, **one
    ).values_list("initiative_id", "unit_id"):
        found.setdefault(pk, set()).add((unit, Touch.ROLLOUT))
    for pk, unit in StepInitiative.objects.filter(
        organisation_id=organisation,
        step__unit__isnull=False,
        step__journey__retired_on__isnull=True,
        **one,
    ).values_list("initiative_id", "step__unit_id"):
        found.setdefault(pk, set()).add((unit, Touch.JOURNEY))
    for touch, toucher in _touchers.items():
        for pk, unit in toucher(organisation, initiative_id):
            found.setdefault(pk, set()).add((unit, touch))
    return found


def shared_owner_of(initiative: Initiative) -> SharedOwner | None:
    """Return the shared owner that was named for an initiative."""
    return (
        SharedOwner.objects.filter(
            organisation_id=initiative.organisation_id, initiative=initiative
        )
        .select_related("person")
        .first()
    )


def journeys_of(actor: Actor) -> QuerySet[Journey]:
    """Return the journeys, for whoever sees initiatives, with how many steps and units each."""
    rows = Journey.objects.filter(organisation_id=actor.organisation_id)
    if not allowed_somewhere(actor, VIEW_INITIATIVES):
        return rows.none()
    seen = Q(steps__ties__initiative__in=visible_to(actor).values("pk"))
    return (
        rows.select_related("owner__unit")
        .annotate(
            step_count=Count("steps", distinct=True),
            unit_count=Count("steps__unit", distinct=True),
            initiative_count=Count("steps__ties__initiative", filter=seen, distinct=True),
        )
        .order_by(Func(F("name"), function="da_key"), "pk")
    )


def journey_of(actor: Actor, journey_id: int) -> Journey:
    """Return one journey with its owner. Raises NotFound."""
    found = journeys_of(actor).filter(pk=journey_id).first()
    if found is None:
        raise NotFound("Borgerforløbet findes ikke, eller du kan ikke se det.")
    return found


def steps_of(actor: Actor, journey: Journey) -> list[JourneyStep]:
    """Return the steps in order, each with the visible initiatives tied to it."""
    seen = visible_to(actor).values("pk")
    ties = StepInitiative.objects.filter(initiative__in=seen).select_related("initiative")
    rows = JourneyStep.objects.filter(
        organisation_id=journey.organisation_id, journey=journey
    ).select_related("unit")
    shown = Prefetch("ties", ties.order_by("initiative__title"), to_attr="shown_ties")
    return list(rows.prefetch_related(shown).order_by("place"))


def step_of(actor: Actor, step_id: int) -> JourneyStep:
    """Return one step with its journey. Raises NotFound."""
    found = (
        JourneyStep.objects.filter(
            organisation_id=actor.organisation_id,
            pk=step_id,
            journey__in=journeys_of(actor).values("pk"),
        )
        .select_related("journey", "unit")
        .first()
    )
    if found is None:
        raise NotFound("Skridtet findes ikke, eller du kan ikke se det.")
    return found


def journeys_through(initiative: Initiative) -> list[Journey]:
    """Return the journeys in use that an initiative changes a step of."""
    ties = StepInitiative.objects.filter(
        organisation_id=initiative.organisation_id, initiative=initiative
    )
    rows = Journey.objects.filter(
        organisation_id=initiative.organisation_id,
        retired_on__isnull=True,
        pk__in=ties.values("step__journey_id"),
    )
    return list(rows.select_related("owner").order_by("name"))
