"""Writes of a plan: keep the order that was drawn, and take it over into the roll-out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from hoest.domain.benefits import queries as benefits
from hoest.domain.evidence.actions.studies import begin_study, keep_order
from hoest.domain.evidence.models import DrawnOrder, Study
from hoest.domain.evidence.permissions import PLAN_STUDY
from hoest.domain.evidence.queries.planning import PlanPlace, order_of, plan_places
from hoest.domain.evidence.rules import Step
from hoest.domain.evidence.rules.planning import starts_on
from hoest.domain.organisations.queries import units_of
from hoest.domain.portfolio import actions as portfolio
from hoest.domain.portfolio.permissions import CHANGE_INITIATIVES
from hoest.foundation import clock
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import require
from hoest.foundation.audit.actions import record
from hoest.foundation.faults import Fault


class PlanInThePast(Fault):
    """A first start that has been."""


class SomebodyHasBegun(Fault):
    """A place that has begun cannot be given another start."""


class UsersAreMissing(Fault):
    """A place is new in the roll-out, and nobody has said how many shall use it there."""


@transaction.atomic
def keep_plan(
    *,
    actor: Actor,
    benefit_id: int,
    series_id: int,
    waves: Sequence[Sequence[str]],
    seed: int,
    first_on: dt.date,
    every_periods: int,
    wish_because: str = "",
) -> DrawnOrder:
    """Keep an order for a benefit and a series; the first makes the series' study.

    Raises PlanInThePast, NotAllowed, NotFound.
    """
    benefit = benefits.benefit_of(actor, benefit_id)
    require(actor, PLAN_STUDY, benefit.unit_id or benefit.initiative.unit_id)
    if first_on <= clock.today():
        raise PlanInThePast(_("Den første bølge skal ligge i fremtiden. Vælg en senere dato."))
    study = Study.objects.filter(
        organisation_id=actor.organisation_id, benefit_id=benefit.pk, series_id=series_id
    ).first() or begin_study(actor=actor, benefit_id=benefit.pk, series_id=series_id)
    return keep_order(
        actor=actor,
        study_id=study.pk,
        waves=waves,
        seed=seed,
        first_on=first_on,
        every_periods=every_periods,
        wish_because=wish_because,
    )


def planned_starts(order: DrawnOrder) -> dict[str, dt.date]:
    """Return the day each place shall start."""
    days = starts_on(
        order.first_on, order.every_periods, len(order.waves), Step(order.study.series.step)
    )
    return {name: day for day, wave in zip(days, order.waves, strict=True) for name in wave}


def ours_to_plan(order: DrawnOrder) -> list[PlanPlace]:
    """Return the places of an order that can stand in the roll-out: our units, and others' names.

    A place of ours without a unit cannot.
    """
    planned = planned_starts(order)
    return [
        place
        for place in plan_places(order.study.series, order.study.benefit.initiative)
        if place.name in planned and (place.unit_id is not None or place.is_elsewhere)
    ]


@transaction.atomic
def take_over_order(
    *, actor: Actor, benefit_id: int, order_id: int, users: Mapping[int, int]
) -> int:
    """Give the roll-out the planned days of an order; return how many places were planned.

    `users` how many shall use it at each place (by its id) that is new in the roll-out. Nothing is
    changed where a day stands already. Raises SomebodyHasBegun, UsersAreMissing, NotAllowed,
    NotFound.
    """
    order = order_of(actor, benefit_id, order_id)
    benefit = order.study.benefit
    require(actor, PLAN_STUDY, benefit.unit_id or benefit.initiative.unit_id)
    require(actor, CHANGE_INITIATIVES, benefit.initiative.unit_id)
    planned, changed = planned_starts(order), 0
    for place in ours_to_plan(order):
        day = planned[place.name]
        if place.began_on is not None:
            raise SomebodyHasBegun(
                _("%(place)s er begyndt. Rækkefølgen kan ikke overtages mere.")
                % {"place": place.name}
            )
        if place.rollout_id is None:
            _plan_new(actor, benefit.initiative_id, place, day, users)
        elif place.planned_on == day:
            continue
        else:
            portfolio.change_rollout(
                actor=actor,
                rollout_id=place.rollout_id,
                version=place.rollout_version,
                fields={"planned_on": day},
            )
        changed += 1
    record(actor, "evidence.take_over_order", order.study, number=order.number, places=changed)
    return changed


def _plan_new(
    actor: Actor, initiative_id: int, place: PlanPlace, day: dt.date, users: Mapping[int, int]
) -> None:
    count = users.get(place.place_id, 0)
    if count < 1:
        raise UsersAreMissing(
            _("Skriv, hvor mange der skal bruge det i %(place)s.") % {"place": place.name}
        )
    where = (
        {"place_name": place.name} if place.is_elsewhere else {"unit": _unit(actor, place.unit_id)}
    )
    portfolio.add_rollout(
        actor=actor,
        initiative_id=initiative_id,
        fields={**where, "planned_users": count, "planned_on": day},  # type: ignore[typeddict-item]
    )


def _unit(actor: Actor, unit_id: int | None) -> object:
    return units_of(actor).filter(pk=unit_id or 0).get()
