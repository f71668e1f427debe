"""Reads of units and committees."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from django.db import models

from hoest.domain.organisations.models import Body, Person, Unit
from hoest.domain.organisations.permissions import VIEW_ORGANISATION
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere
from hoest.foundation.faults import NotFound

DANISH = models.Func(models.F("name"), function="da_key")


class UnitTree:
    """The tree of units of one municipality, read once."""

    def __init__(self, rows: Iterable[tuple[int, int | None]]) -> None:
        self.children: dict[int | None, list[int]] = {}
        for unit_id, parent_id in rows:
            self.children.setdefault(parent_id, []).append(unit_id)

    @classmethod
    def of(cls, organisation_id: int) -> UnitTree:
        """Read the tree of an organisation."""
        return cls(
            Unit.objects.filter(organisation_id=organisation_id).values_list("id", "parent_id")
        )

    def below(self, unit_id: int) -> frozenset[int]:
        """Return the unit and every unit below it."""
        found, waiting = set(), [unit_id]
        while waiting:
            present = waiting.pop()
            if present not in found:
                found.add(present)
                waiting.extend(self.children.get(present, []))
        return frozenset(found)


class UnitLine(NamedTuple):
    """A unit as a line of the tree: how deep it lies, and how many people and units it holds."""

    unit: Unit
    depth: int
    people: int
    below: int


def units_of(actor: Actor) -> models.QuerySet[Unit]:
    """Return the units of the actor's municipality in Danish order."""
    return Unit.objects.filter(organisation_id=actor.organisation_id).order_by(DANISH)


def open_units_of(actor: Actor) -> models.QuerySet[Unit]:
    """Return the units that are not closed, for choosing one."""
    return units_of(actor).filter(closed_on__isnull=True)


def bodies_of(actor: Actor) -> models.QuerySet[Body]:
    """Return the committees and boards of the actor's municipality in Danish order."""
    return Body.objects.filter(organisation_id=actor.organisation_id).order_by(DANISH)


def open_bodies_of(actor: Actor) -> models.QuerySet[Body]:
    """Return the committees and boards that are not closed, for choosing one."""
    return bodies_of(actor).filter(closed_on__isnull=True)


def unit_of(actor: Actor, pk: int) -> Unit:
    """Return one unit with its parent. Raises NotFound."""
    found = units_of(actor).select_related("parent").filter(pk=pk).first()
    if found is None or not allowed_somewhere(actor, VIEW_ORGANISATION):
        raise NotFound("Enheden findes ikke.")
    return found


def body_of(actor: Actor, pk: int) -> Body:
    """Return one committee. Raises NotFound."""
    found = bodies_of(actor).filter(pk=pk).first()
    if found is None or not allowed_somewhere(actor, VIEW_ORGANISATION):
        raise NotFound("Udvalget findes ikke.")
    return found


def path_of(unit: Unit) -> list[Unit]:
    """Return the units above a unit, from the top, without itself. At most ten levels."""
    above: list[Unit] = []
    present = unit.parent
    while present is not None and len(above) < 10:
        above.insert(0, present)
        present = present.parent
    return above


def unit_lines(actor: Actor, under: Unit | None = None, *, closed: bool = False) -> list[UnitLine]:
    """Return the tree in reading order: each unit followed by those below it.

    `under` starts below one unit; closed units come only when asked for.
    """
    rows = list(units_of(actor) if closed else open_units_of(actor))
    shown = {unit.pk for unit in rows}
    tree = UnitTree((unit.pk, unit.parent_id if unit.parent_id in shown else None) for unit in rows)
    people: dict[int | None, int] = dict(
        Person.objects.filter(organisation_id=actor.organisation_id, left_on__isnull=True)
        .values_list("unit_id")
        .annotate(models.Count("pk"))
    )
    by_id = {unit.pk: unit for unit in rows}
    lines: list[UnitLine] = []

    def walk(parent: int | None, depth: int) -> None:
        for pk in tree.children.get(parent, []):
            below = tree.below(pk)
            count = sum(people.get(one, 0) for one in below)
            lines.append(UnitLine(by_id[pk], depth, count, len(below) - 1))
            walk(pk, depth + 1)

    walk(under.pk if under else None, 0)
    return lines
