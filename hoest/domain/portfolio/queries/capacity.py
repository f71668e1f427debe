"""Reads of the capacity ledger: load per role and quarter, who draws, work at once per unit.

The sums are made in the database, so a page asks as often for 1,200 initiatives as for ten. The
totals are of the whole municipality, or of a unit with all below it; titles are shown only of
initiatives the actor may see.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Func, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from hoest.domain.organisations.queries import UnitTree
from hoest.domain.portfolio.models import (
    Cooperation,
    Initiative,
    RoleDemand,
    RoleSupply,
    WorkLimit,
)
from hoest.domain.portfolio.permissions import VIEW_CAPACITY
from hoest.domain.portfolio.queries.initiatives import of_visible, visible_to
from hoest.domain.portfolio.rules import ACTIVE_PHASES
from hoest.domain.portfolio.rules.capacity import (
    WORKING_PHASES,
    AtOnce,
    Booking,
    quarters_from,
)
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere
from hoest.foundation.clock import today
from hoest.foundation.faults import NotFound

Place = tuple[str, dt.date]


@dataclass(frozen=True)
class Drawing:
    """An initiative that draws on a role in a quarter. `title` is empty when it is not shown."""

    initiative_id: int
    title: str
    hours: int


@dataclass(frozen=True)
class UnitAtOnce:
    """A unit with what it works on at once, and its own limit when it has one."""

    unit_id: int
    name: str
    at_once: AtOnce
    limit: WorkLimit | None


def shown_quarters() -> list[dt.date]:
    """Return the quarters the pages look at, from the present one."""
    return quarters_from(today(), content.limit("capacity_quarters"))


def demands_of(actor: Actor) -> QuerySet[RoleDemand]:
    """Return the hours that active initiatives ask for, of those the actor may see."""
    rows = RoleDemand.objects.filter(organisation_id=actor.organisation_id)
    if not allowed_somewhere(actor, VIEW_CAPACITY):
        return rows.none()
    return rows.filter(of_visible(actor))


def supplies_of(actor: Actor) -> QuerySet[RoleSupply]:
    """Return the hours that are offered; hours are of groups, so who sees capacity sees all."""
    rows = RoleSupply.objects.filter(organisation_id=actor.organisation_id)
    if not allowed_somewhere(actor, VIEW_CAPACITY):
        return rows.none()
    return rows.select_related("unit")


def supply_of(actor: Actor, supply_id: int) -> RoleSupply:
    """Return one supply. Raises NotFound."""
    found = supplies_of(actor).filter(pk=supply_id).first()
    if found is None:
        raise NotFound("Udbuddet findes ikke, eller du kan ikke se det.")
    return found


def cooperations_of(actor: Actor) -> QuerySet[Cooperation]:
    """Return the answers "samarbejd", the next due first."""
    rows = Cooperation.objects.filter(organisation_id=actor.organisation_id)
    if not allowed_somewhere(actor, VIEW_CAPACITY):
        return rows.none()
    return rows.select_related("owner").order_by("ready_on", "pk")


def open_cooperations_of(actor: Actor) -> QuerySet[Cooperation]:
    """Return the cooperations that are neither in place nor given up."""
    return cooperations_of(actor).filter(kept_on=None, dropped_on=None)


def cooperation_of(actor: Actor, cooperation_id: int) -> Cooperation:
    """Return one cooperation. Raises NotFound."""
    found = cooperations_of(actor).filter(pk=cooperation_id).first()
    if found is None:
        raise NotFound("Samarbejdet findes ikke, eller du kan ikke se det.")
    return found


def booked(
    actor: Actor,
    quarters: Sequence[dt.date],
    *,
    without: Collection[int] = (),
    unit_id: int | None = None,
) -> tuple[dict[Place, Booking], dict[Place, Booking]]:
    """Return (as it stands, with some initiatives thought away) per role and quarter; two queries.

    With a unit both sides are of the unit and those below it; what is offered for the whole
    municipality then belongs to nobody in particular and is left out.
    """
    # The totals are hours of groups, so they are of everybody, also of initiatives not shown.
    asked = RoleDemand.objects.filter(
        organisation_id=actor.organisation_id,
        quarter__in=quarters,
        initiative__phase__in=ACTIVE_PHASES,
    )
    offered = supplies_of(actor).filter(quarter__in=quarters)
    if unit_id is not None:
        units = UnitTree.of(actor.organisation_id).below(unit_id)
        asked = asked.filter(initiative__unit_id__in=units)
        offered = offered.filter(unit_id__in=units)
    kept = ~Q(initiative_id__in=list(without))
    hours = asked.values_list("role", "quarter").annotate(
        total=Sum("hours"), left=Coalesce(Sum("hours", filter=kept), 0)
    )
    before, after = {}, {}
    for role, quarter, total, left in hours.order_by():
        before[role, quarter], after[role, quarter] = total, left
    sums = offered.values_list("role", "quarter").annotate(Sum("hours")).order_by()
    supply: dict[Place, int] = {(role, quarter): total for role, quarter, total in sums}
    places = {**dict.fromkeys(before), **dict.fromkeys(supply)}
    return (
        {p: Booking(*p, before.get(p, 0), supply.get(p)) for p in places},
        {p: Booking(*p, after.get(p, 0), supply.get(p)) for p in places},
    )


def drawing_on(
    actor: Actor, role: str, quarter: dt.date, unit_id: int | None = None, most: int = 8
) -> tuple[list[Drawing], int, int]:
    """Return (those who draw most on a role in a quarter, the others' number, their hours).

    Two queries. An initiative that the actor may not see is counted among the others.
    """
    rows = RoleDemand.objects.filter(
        organisation_id=actor.organisation_id,
        role=role,
        quarter=quarter,
        initiative__phase__in=ACTIVE_PHASES,
    )
    if unit_id is not None:
        units = UnitTree.of(actor.organisation_id).below(unit_id)
        rows = rows.filter(initiative__unit_id__in=units)
    seen = rows.filter(of_visible(actor)).order_by("-hours", "initiative_id")
    named = [
        Drawing(pk, title, hours)
        for pk, title, hours in seen.values_list("initiative_id", "initiative__title", "hours")[
            :most
        ]
    ]
    all_of = rows.aggregate(count=Count("pk"), hours=Coalesce(Sum("hours"), 0))
    return (
        named,
        all_of["count"] - len(named),
        all_of["hours"] - sum(one.hours for one in named),
    )


def demand_of(initiative: Initiative) -> list[RoleDemand]:
    """Return what an initiative asks for, by role and quarter."""
    rows = RoleDemand.objects.filter(
        organisation_id=initiative.organisation_id, initiative=initiative
    )
    return list(rows.order_by("role", "quarter"))


def titles_of(actor: Actor, initiative_ids: Collection[int]) -> dict[int, str]:
    """Return the titles of some initiatives, of those the actor may see."""
    if not initiative_ids:
        return {}
    rows = visible_to(actor).filter(pk__in=list(initiative_ids))
    return dict(rows.order_by("pk").values_list("pk", "title"))


def at_once(organisation_id: int, unit_id: int, but: int = 0) -> AtOnce:
    """Return how much one unit works on at once, `but` one initiative; two queries."""
    own = WorkLimit.objects.filter(organisation_id=organisation_id, unit_id=unit_id)
    most = own.values_list("most", flat=True).first()
    count = (
        Initiative.objects.filter(
            organisation_id=organisation_id, unit_id=unit_id, phase__in=WORKING_PHASES
        )
        .exclude(pk=but)
        .count()
    )
    return AtOnce(count, content.limit("work_at_once") if most is None else most)


def units_at_once(actor: Actor) -> list[UnitAtOnce]:
    """Return the units that work on something or have a limit, the fullest first; two queries."""
    if not allowed_somewhere(actor, VIEW_CAPACITY):
        return []
    counts = {
        unit_id: (name, count)
        for unit_id, name, count in Initiative.objects.filter(
            organisation_id=actor.organisation_id, phase__in=WORKING_PHASES
        )
        .order_by()
        .values_list("unit_id", "unit__name")
        .annotate(Count("pk"))
    }
    rows = WorkLimit.objects.filter(organisation_id=actor.organisation_id).select_related("unit")
    limits = {row.unit_id: row for row in rows}
    for unit_id, row in limits.items():
        counts.setdefault(unit_id, (row.unit.name, 0))
    general = content.limit("work_at_once")
    found = [
        UnitAtOnce(
            unit_id,
            name,
            AtOnce(count, limits[unit_id].most if unit_id in limits else general),
            limits.get(unit_id),
        )
        for unit_id, (name, count) in counts.items()
    ]
    return sorted(found, key=lambda one: (one.at_once.most - one.at_once.count, one.name))


def limit_of(actor: Actor, unit_id: int) -> WorkLimit | None:
    """Return a unit's own limit, or None."""
    rows = WorkLimit.objects.filter(organisation_id=actor.organisation_id, unit_id=unit_id)
    return rows.first()


def danish(field: str) -> Func:
    """Return a field in Danish order."""
    return Func(F(field), function="da_key")
