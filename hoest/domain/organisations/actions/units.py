"""Acts on the tree of units: add, rename, move, close, open again."""

from __future__ import annotations

from django.db import transaction

from hoest.domain.organisations.actions.changing import NameTaken, change, cleaned_name
from hoest.domain.organisations.models import Unit
from hoest.domain.organisations.permissions import CHANGE_UNITS
from hoest.domain.organisations.queries import UnitTree
from hoest.domain.organisations.rules import MAY_STAND_UNDER, UnitKind
from hoest.foundation import clock, content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import require
from hoest.foundation.audit.actions import record
from hoest.foundation.faults import Fault


class UnitCannotStandThere(Fault):
    """A unit of this kind cannot stand under that parent."""


class UnitHasUnitsBelow(Fault):
    """A unit cannot be closed before the units below it."""


@transaction.atomic
def add_unit(
    *, actor: Actor, name: str, kind: str = UnitKind.DEPARTMENT, parent: Unit | None = None
) -> Unit:
    """Add a unit to the tree. Raises UnitCannotStandThere for a level that cannot hold it."""
    require(actor, CHANGE_UNITS)
    _refuse_place(kind, parent)
    name = cleaned_name(name, "Enheden")
    _refuse_taken(actor, name, parent)
    unit = Unit.objects.create(
        organisation_id=actor.organisation_id, name=name, kind=kind, parent=parent
    )
    record(actor, "organisations.add_unit", unit, parent=parent)
    return unit


@transaction.atomic
def rename_unit(*, actor: Actor, unit: Unit, name: str, version: int) -> Unit:
    """Give a unit another name. Raises NameTaken, or Conflict when it changed meanwhile."""
    require(actor, CHANGE_UNITS)
    name = cleaned_name(name, "Enheden")
    _refuse_taken(actor, name, unit.parent, but=unit)
    before = unit.name
    unit = change(unit, version, name=name)
    record(actor, "organisations.rename_unit", unit, before=before, after=name)
    return unit


@transaction.atomic
def move_unit(*, actor: Actor, unit: Unit, parent: Unit | None, kind: str, version: int) -> Unit:
    """Move a unit with all below it. Raises UnitCannotStandThere, NameTaken or Conflict."""
    require(actor, CHANGE_UNITS)
    _refuse_place(kind, parent)
    if parent is not None and parent.pk in UnitTree.of(actor.organisation_id).below(unit.pk):
        raise UnitCannotStandThere("En enhed kan ikke ligge under sig selv eller en af sine egne.")
    for child in Unit.objects.filter(organisation_id=actor.organisation_id, parent=unit):
        if UnitKind(kind) not in MAY_STAND_UNDER[UnitKind(child.kind)]:
            raise UnitCannotStandThere(
                f"Under {unit.name} ligger {child.name}, og den kan ikke ligge under "
                f"{content.label('unit_kind', kind).lower()}."
            )
    _refuse_taken(actor, unit.name, parent, but=unit)
    before = unit.parent
    unit = change(unit, version, parent=parent, kind=kind)
    record(actor, "organisations.move_unit", unit, before=before, after=parent)
    return unit


@transaction.atomic
def close_unit(*, actor: Actor, unit: Unit, version: int) -> Unit:
    """Close a unit today; what belongs to it stays. Raises UnitHasUnitsBelow or Conflict."""
    require(actor, CHANGE_UNITS)
    below = Unit.objects.filter(
        organisation_id=actor.organisation_id, parent=unit, closed_on__isnull=True
    )
    names = ", ".join(below.order_by("name").values_list("name", flat=True)[:5])
    if names:
        raise UnitHasUnitsBelow(f"Nedlæg eller flyt først det, der ligger under: {names}.")
    unit = change(unit, version, closed_on=clock.today())
    record(actor, "organisations.close_unit", unit)
    return unit


@transaction.atomic
def reopen_unit(*, actor: Actor, unit: Unit, version: int) -> Unit:
    """Open a closed unit again. Raises Conflict when it changed meanwhile."""
    require(actor, CHANGE_UNITS)
    if unit.parent is not None and unit.parent.closed_on is not None:
        raise Fault(f"{unit.parent.name} er nedlagt. Åbn den først, eller flyt enheden.")
    unit = change(unit, version, closed_on=None)
    record(actor, "organisations.reopen_unit", unit)
    return unit


def _refuse_place(kind: str, parent: Unit | None) -> None:
    parent_kind = UnitKind(parent.kind) if parent else None
    if parent_kind not in MAY_STAND_UNDER[UnitKind(kind)]:
        raise UnitCannotStandThere(
            f"{content.label('unit_kind', kind)} kan ikke ligge under "
            f"{parent.name if parent else 'kommunen'}."
        )


def _refuse_taken(actor: Actor, name: str, parent: Unit | None, but: Unit | None = None) -> None:
    others = Unit.objects.filter(
        organisation_id=actor.organisation_id, parent=parent, name__iexact=name
    )
    if but is not None:
        others = others.exclude(pk=but.pk)
    if others.exists():
        raise NameTaken(
            f"Der er allerede en enhed, der hedder {name}, under "
            f"{parent.name if parent else 'kommunen'}."
        )
