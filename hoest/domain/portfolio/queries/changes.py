"""Reads of change: what lands where and when, the profiles of groups, the plans for groups."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from hoest.domain.organisations.queries import UnitTree
from hoest.domain.portfolio.models import GroupPlan, Initiative, ProfessionProfile, Rollout
from hoest.domain.portfolio.permissions import VIEW_CAPACITY
from hoest.domain.portfolio.queries.initiatives import of_visible, visible_to
from hoest.domain.portfolio.rules import ACTIVE_PHASES
from hoest.domain.portfolio.rules.capacity import next_quarter
from hoest.domain.portfolio.rules.changes import Landing, Load, ProfileFacts, Window, loads
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere
from hoest.foundation.faults import NotFound


@dataclass(frozen=True)
class PlaceLoad:
    """A unit or a group with what lands there, by quarter."""

    id: int | str
    name: str
    loads: dict[dt.date, Load]


def landings_in_units(actor: Actor, quarters: Sequence[dt.date]) -> list[tuple[str, Landing]]:
    """Return (name of the unit, what lands there) in some quarters; two queries.

    A roll-out lands in its unit on the day it went live, else the planned one. An initiative
    without any roll-out to a unit lands in its own unit on its day.
    """
    if not allowed_somewhere(actor, VIEW_CAPACITY):
        return []
    first, after = quarters[0], next_quarter(quarters[-1])
    seen = visible_to(actor).filter(phase__in=ACTIVE_PHASES)
    own = Rollout.objects.filter(organisation_id=actor.organisation_id, unit__isnull=False)
    rows = (
        Rollout.objects.filter(organisation_id=actor.organisation_id, unit__isnull=False)
        .filter(of_visible(actor))
        .annotate(lands_on=Coalesce("live_on", "planned_on"))
        .filter(lands_on__gte=first, lands_on__lt=after)
        .values_list(
            "unit_id",
            "unit__name",
            "initiative_id",
            "initiative__title",
            "lands_on",
            "planned_users",
            "live_on",
        )
    )
    found = [
        (name, Landing(unit, pk, title, on, users, live is not None))
        for unit, name, pk, title, on, users, live in rows.order_by("lands_on", "pk")
    ]
    whole = seen.filter(live_on__gte=first, live_on__lt=after).exclude(
        pk__in=own.values("initiative_id")
    )
    found += [
        (name, Landing(unit, pk, title, on))
        for unit, name, pk, title, on in whole.order_by("live_on", "pk").values_list(
            "unit_id", "unit__name", "pk", "title", "live_on"
        )
        if on is not None
    ]
    return found


def unit_loads(
    actor: Actor, quarters: Sequence[dt.date], unit_id: int | None = None
) -> list[PlaceLoad]:
    """Return the units something lands in, the heaviest first; all or a unit and those below."""
    found = landings_in_units(actor, quarters)
    if unit_id is not None:
        below = UnitTree.of(actor.organisation_id).below(unit_id)
        found = [one for one in found if one[1].place_id in below]
    names = {landing.place_id: name for name, landing in found}
    by_place = loads(
        (landing for _name, landing in found), quarters, content.limit("changes_at_once")
    )
    return _heaviest_first(names, by_place)


def group_loads(actor: Actor, quarters: Sequence[dt.date]) -> list[PlaceLoad]:
    """Return the professional groups something reaches, by the plans for them; one query."""
    rows = plans_of(actor).filter(
        starts_on__gte=quarters[0], starts_on__lt=next_quarter(quarters[-1])
    )
    found = [
        Landing(group, pk, title, on, people)
        for group, pk, title, on, people in rows.values_list(
            "group", "initiative_id", "initiative__title", "starts_on", "people"
        )
        if on is not None
    ]
    names = {place: group_label(str(place)) for place in {one.place_id for one in found}}
    return _heaviest_first(names, loads(found, quarters, content.limit("changes_at_once")))


def _heaviest_first(
    names: dict[int | str, str], by_place: dict[int | str, dict[dt.date, Load]]
) -> list[PlaceLoad]:
    rows = [PlaceLoad(place, names[place], by_quarter) for place, by_quarter in by_place.items()]
    return sorted(
        rows,
        key=lambda row: (
            -max(load.count for load in row.loads.values()),
            -sum(load.count for load in row.loads.values()),
            row.name,
        ),
    )


def plans_of(actor: Actor) -> QuerySet[GroupPlan]:
    """Return the plans for groups of the active initiatives the actor may see."""
    rows = GroupPlan.objects.filter(organisation_id=actor.organisation_id)
    if not allowed_somewhere(actor, VIEW_CAPACITY):
        return rows.none()
    return rows.filter(of_visible(actor)).select_related("initiative", "initiative__unit")


def plans_for(initiative: Initiative) -> list[GroupPlan]:
    """Return the plans of an initiative, in the order of the groups."""
    rows = GroupPlan.objects.filter(
        organisation_id=initiative.organisation_id, initiative=initiative
    )
    order = list(content.professional_groups())
    return sorted(
        rows, key=lambda row: order.index(row.group) if row.group in order else len(order)
    )


def plan_for(initiative: Initiative, group: str) -> GroupPlan | None:
    """Return the plan of an initiative for one group, or None."""
    return GroupPlan.objects.filter(
        organisation_id=initiative.organisation_id, initiative=initiative, group=group
    ).first()


def profiles_of(actor: Actor) -> dict[str, ProfessionProfile]:
    """Return the municipality's own profiles by group; one query."""
    rows = ProfessionProfile.objects.filter(organisation_id=actor.organisation_id)
    return {row.group: row for row in rows}


def profile_facts(group: str, profile: ProfessionProfile | None) -> ProfileFacts:
    """Return what is known of a group: the municipality's own words, else the proposal.

    Errors: NotFound for a group that neither the content nor the municipality has.
    """
    if profile is not None:
        return ProfileFacts(
            concerns=profile.concerns,
            arguments=profile.arguments,
            told=profile.told,
            windows=windows_of(profile),
            super_users=profile.super_users,
        )
    proposed = content.professional_groups().get(group)
    if proposed is None:
        raise NotFound("Faggruppen findes ikke.")
    language = content.active_language()
    return ProfileFacts(
        concerns=proposed.concerns.in_language(language),
        arguments=proposed.arguments.in_language(language),
        told=proposed.told.in_language(language),
        windows=tuple(Window(one.label.in_language(language), one.months) for one in proposed.busy),
    )


def windows_of(profile: ProfessionProfile) -> tuple[Window, ...]:
    """Return the busy times a profile names."""
    return tuple(Window(one["name"], tuple(one["months"])) for one in profile.windows)


def group_label(group: str) -> str:
    """Return what a group is called; a group that is gone from the content shows its code."""
    found = content.professional_groups().get(group)
    return found.label.in_language(content.active_language()) if found else group


def role_label(role: str) -> str:
    """Return what a role is called; a role that is gone from the content shows its code."""
    found = content.scarce_roles().get(role)
    return found.label.in_language(content.active_language()) if found else role
