"""Reads of the pulse beside what is measured, for the whole municipality and its departments."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from hoest.domain.benefits import queries as benefits
from hoest.domain.benefits.rules import Rung
from hoest.domain.evidence.models import PulseCount, PulseGiven
from hoest.domain.evidence.rules.pulse import (
    Rated,
    Realised,
    rated,
    round_before,
    round_of,
    shown_apart,
)
from hoest.domain.organisations import queries as organisations
from hoest.foundation import clock, content
from hoest.foundation.access.actor import Actor

MEASURED = (Rung.MEASURED, Rung.PROVEN, Rung.IN_HAND)
ROUNDS = 4


@dataclass(frozen=True)
class Line:
    """One group: its rating in the last half-year, and what is measured of what was due."""

    unit_id: int | None
    name: str
    rated: Rated
    realised: Realised


def has_answered(actor: Actor) -> bool:
    """Tell whether the actor has answered this half-year."""
    return PulseGiven.objects.filter(
        organisation_id=actor.organisation_id,
        round_on=round_of(clock.today()),
        person_id=actor.person_id or 0,
    ).exists()


def answered_now(actor: Actor) -> int:
    """Return how many have answered this half-year."""
    return PulseGiven.objects.filter(
        organisation_id=actor.organisation_id, round_on=round_of(clock.today())
    ).count()


def rated_by_round(actor: Actor) -> list[tuple[dt.date, Rated]]:
    """Return the whole municipality's rating in the last half-years that are over, oldest first."""
    smallest, first = content.limit("small_group"), round_of(clock.today())
    counts: dict[dt.date, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    rows = PulseCount.objects.filter(organisation_id=actor.organisation_id, round_on__lt=first)
    for on, answer, count in rows.values_list("round_on", "answer", "count"):
        counts[on][answer] += count
    return [(on, rated(counts[on], smallest)) for on in sorted(counts)[-ROUNDS:]]


def lines_of(actor: Actor) -> list[Line]:
    """Return the departments whose answers may stand apart, by the last half-year that is over."""
    smallest, last = content.limit("small_group"), round_before(round_of(clock.today()))
    by_unit: dict[int | None, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    rows = PulseCount.objects.filter(organisation_id=actor.organisation_id, round_on=last)
    for unit_id, answer, count in rows.values_list("unit_id", "answer", "count"):
        by_unit[unit_id][answer] += count
    apart = shown_apart({unit: sum(c.values()) for unit, c in by_unit.items()}, smallest)
    names = {unit.pk: unit.name for unit in organisations.units_of(actor) if unit.pk in apart}
    realised = _realised(actor, set(names))
    return [
        Line(unit, name, rated(by_unit[unit], smallest), realised[unit])
        for unit, name in sorted(names.items(), key=lambda one: one[1])
    ]


def realised_here(actor: Actor) -> Realised:
    """Return what is measured of the gains that were to be there by now, in the municipality."""
    return _realised(actor, set())[None]


def _realised(actor: Actor, departments: set[int]) -> dict[int | None, Realised]:
    """Return what is measured of what was due, by department and (None) for all."""
    due = benefits.in_organisation(actor.organisation_id).filter(
        target_on__lte=clock.today(), lapsed_on__isnull=True
    )
    rungs = benefits.rungs_in(due)
    units = dict(due.order_by().values_list("pk", "initiative__unit_id"))
    tree = organisations.UnitTree.of(actor.organisation_id)
    inside: dict[int | None, frozenset[int] | None] = {None: None}
    inside |= {unit: tree.below(unit) for unit in departments}
    found: dict[int | None, Realised] = {}
    for department, below in inside.items():
        ids = [pk for pk, unit in units.items() if below is None or unit in below]
        found[department] = Realised(len(ids), sum(rungs[pk] in MEASURED for pk in ids))
    return found
