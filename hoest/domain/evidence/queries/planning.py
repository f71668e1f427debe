"""Reads for a plan: the places a series has and where they stand, and the history before go-live.

A place that has begun cannot be drawn any more; what others share is read as the copies they are.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from hoest.domain.benefits import queries as benefits
from hoest.domain.evidence.models import DrawnOrder, Point, Series, SharedEffect, Study
from hoest.domain.evidence.queries.series import breaks_of
from hoest.domain.evidence.queries.studies import orders_of, visible_to
from hoest.domain.evidence.queries.study_rows import starts_of
from hoest.domain.evidence.rules import BreakHandling, Wanted, usable
from hoest.domain.evidence.rules.breaks import BreakFact
from hoest.domain.evidence.rules.drawing import as_drawn
from hoest.domain.portfolio import queries as portfolio
from hoest.foundation import clock
from hoest.foundation.access.actor import Actor
from hoest.foundation.faults import NotFound


@dataclass(frozen=True)
class PlanPlace:
    """A place of a series before the roll-out.

    `values` how many are measured; `began_on` when it went live, `planned_on` when it shall;
    `rollout_id` the place in the initiative's roll-out, None when it is not there.
    """

    place_id: int
    name: str
    stratum: str
    unit_id: int | None
    is_elsewhere: bool
    values: int
    began_on: dt.date | None
    planned_on: dt.date | None
    rollout_id: int | None
    rollout_version: int


def plan_places(series: Series, initiative: Any) -> list[PlanPlace]:
    """Return every place the series has a value of, by name."""
    by_unit, by_name = {}, {}
    for one in portfolio.places_of(initiative):
        if one.rollout.unit_id is not None:
            by_unit[one.rollout.unit_id] = one.rollout
        else:
            by_name[one.rollout.place_name.casefold()] = one.rollout
    rows = (
        Point.objects.filter(organisation_id=series.organisation_id, series=series)
        .order_by("place__name")
        .values(
            "place_id",
            "place__name",
            "place__stratum",
            "place__unit_id",
            "place__is_elsewhere",
        )
        .annotate(values=Count("pk"))
    )
    found = []
    for row in rows:
        unit_id, name = row["place__unit_id"], row["place__name"]
        rollout = by_unit.get(unit_id) if unit_id else by_name.get(name.casefold())
        live = rollout.live_on if rollout else None
        found.append(
            PlanPlace(
                row["place_id"],
                name,
                row["place__stratum"],
                unit_id,
                row["place__is_elsewhere"],
                row["values"],
                live if live is not None and live <= clock.today() else None,
                rollout.planned_on if rollout else None,
                rollout.pk if rollout else None,
                rollout.version if rollout else 0,
            )
        )
    return found


def history_of(series: Series, place_ids: Iterable[int]) -> list[tuple[str, dt.date, float]]:
    """Return (place, period, value) that may be used together. Raises UnhandledBreak."""
    after, before = usable(
        BreakFact(row.on, BreakHandling(row.handling)) for row in breaks_of(series)
    )
    points = Point.objects.filter(
        organisation_id=series.organisation_id, series=series, place_id__in=list(place_ids)
    )
    if after is not None:
        points = points.filter(period__gte=after)
    if before is not None:
        points = points.filter(period__lt=before)
    rows = points.order_by("place_id", "period").values_list("place__name", "period", "value")
    return [(name, period, float(value)) for name, period, value in rows]


def order_of(actor: Actor, benefit_id: int, order_id: int) -> DrawnOrder:
    """Return a kept order of a visible benefit. Raises NotFound."""
    found = (
        DrawnOrder.objects.filter(
            organisation_id=actor.organisation_id,
            pk=order_id,
            study__benefit_id=benefit_id,
            study__in=visible_to(actor).order_by().values("pk"),
        )
        .select_related("study__series", "study__benefit__initiative")
        .first()
    )
    if found is None:
        raise NotFound("Rækkefølgen findes ikke, eller du kan ikke se den.")
    return found


def orders_of_benefit(actor: Actor, benefit_id: int) -> list[DrawnOrder]:
    """Return the orders kept for a benefit, the newest first."""
    return list(
        DrawnOrder.objects.filter(
            organisation_id=actor.organisation_id,
            study__in=visible_to(actor).order_by().filter(benefit_id=benefit_id).values("pk"),
        )
        .select_related("study__series")
        .order_by("-drawn_at", "-pk")
    )


@dataclass(frozen=True)
class PlanRecord:
    """What was planned, and whether it went so: None while nobody has begun."""

    order: DrawnOrder
    began: int
    planned: int
    was_followed: bool | None


def plan_record(study: Study) -> PlanRecord | None:
    """Return the newest kept order of a study beside what came of it; None without any."""
    order = orders_of(study).first()
    if order is None:
        return None
    starts = {one.place: one.on for one in starts_of(study) if not one.left_out}
    planned = [name for wave in order.waves for name in wave]
    began = [name for name in planned if starts.get(name) is not None]
    followed = as_drawn(order.waves, starts) if any(starts.values()) else None
    return PlanRecord(order, len(began), len(planned), followed)


def results_of_others(actor: Actor, measure_unit: str, wanted: str) -> QuerySet[SharedEffect]:
    """Return what others share in a unit and wished direction, by solution and municipality.

    The rows are copies that somebody decided to share; none of ours is among them.
    """
    return (
        SharedEffect.objects.exclude(organisation_id=actor.organisation_id)
        .filter(measure_unit__iexact=measure_unit.strip(), wanted=wanted)
        .order_by("solution", "municipality_name", "pk")
    )


def benefits_measured_in(actor: Actor, measure_unit: str, wanted: str) -> QuerySet[Any]:
    """Return the benefits of ours that what others found in a unit and direction speaks of.

    A benefit with a primary series is measured as that is; without one by its own unit, and it
    rises when its target stands above its baseline.
    """
    rows = benefits.visible_to(actor).filter(lapsed_on__isnull=True, is_disbenefit=False)
    rows = rows.select_related("initiative")
    primary = visible_to(actor).filter(is_primary=True)
    fit = primary.filter(series__measure_unit__iexact=measure_unit.strip(), series__wanted=wanted)
    rises = Q(target_value__gt=F("baseline_value"))
    alone = Q(measure_unit__iexact=measure_unit.strip()) & ~Q(pk__in=primary.values("benefit_id"))
    if wanted == Wanted.HIGHER:
        alone &= rises
    else:
        alone &= ~rises | Q(baseline_value__isnull=True) | Q(target_value__isnull=True)
    return rows.filter(Q(pk__in=fit.values("benefit_id")) | alone).order_by("pk")
