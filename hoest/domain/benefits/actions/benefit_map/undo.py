"""Taking back one's own last act on a map, as long as nobody has built upon it since."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from hoest.domain.benefits.actions.benefit_map.held import Held, held_map
from hoest.domain.benefits.models import BenefitMap, MapNode, MapStep
from hoest.domain.benefits.queries.benefit_map import arrows_of, last_step
from hoest.domain.benefits.rules.benefit_map import NodeKind
from hoest.domain.benefits.rules.faults import ArrowRefused, NothingToUndo
from hoest.foundation import clock
from hoest.foundation.access.actor import Actor
from hoest.foundation.audit.actions import record


@transaction.atomic
def undo(*, actor: Actor, initiative_id: int) -> MapStep:
    """Take back the actor's last act on the map; again takes back the one before.

    Raises NothingToUndo when there is none, or when somebody has built upon it.
    """
    held = held_map(actor, initiative_id)
    step = last_step(actor, initiative_id)
    if step is None:
        raise NothingToUndo(_("Der er ikke noget, du kan fortryde på diagrammet."))
    _TAKE_BACK[step.inverse["do"]](held, step.inverse)
    step.undone_at = clock.now()
    step.save(update_fields=["undone_at"])
    BenefitMap.objects.filter(pk=held.row.pk).update(
        version=held.row.version + 1, changed_at=clock.now()
    )
    called = _("Gevinstdiagram for »%(title)s«") % {"title": held.initiative.title}
    record(actor, "benefits.undo_in_map", held.row, called=called, node=step.about, act=step.verb)
    return step


def _built_upon() -> NothingToUndo:
    return NothingToUndo(
        _("Andre har bygget videre på det, du vil fortryde. Ret det i stedet, som det står nu.")
    )


def _standing(held: Held, inverse: dict[str, Any]) -> MapNode:
    """Return the node of a step as the step left it. Raises NothingToUndo."""
    node = held.nodes.get(inverse["node"])
    if node is None or node.version != inverse["version"]:
        raise _built_upon()
    return node


def _remove(held: Held, inverse: dict[str, Any]) -> None:
    node = _standing(held, inverse)
    own = {tuple(arrow) for arrow in inverse["arrows"]}
    if set(held.arrows_at(node.pk)) - own:
        raise _built_upon()
    for source, target in own:
        arrows_of(held.row).filter(source_id=source, target_id=target).delete()
    node.delete()


def _restore(held: Held, inverse: dict[str, Any]) -> None:
    kept = inverse["node"]
    benefit_id = kept["benefit_id"]
    if benefit_id and any(one.benefit_id == benefit_id for one in held.nodes.values()):
        raise _built_upon()
    node = MapNode.objects.create(**held.place, **kept)
    held.nodes[node.pk] = node
    for arrow in inverse["arrows"]:
        _draw(held, arrow)


def _change(held: Held, inverse: dict[str, Any]) -> None:
    node = _standing(held, inverse)
    fields = dict(inverse["fields"])
    if "kind" in fields:
        try:
            held.refuse_turning(node, NodeKind(fields["kind"]))
        except ArrowRefused as fault:
            raise _built_upon() from fault
    for name, value in fields.items():
        setattr(node, name, value)
    before = inverse["version"] - 1
    node.version += 1
    node.save(update_fields=[*(one.removesuffix("_id") for one in fields), "version", "changed_at"])
    _as_it_was(held, node, before)


def _as_it_was(held: Held, node: MapNode, before: int) -> None:
    """Let the steps that left the node at a version know its new number: it says the same again."""
    steps = MapStep.objects.filter(
        organisation_id=held.row.organisation_id, benefit_map=held.row, undone_at__isnull=True
    )
    for step in steps.filter(inverse__node=node.pk, inverse__version=before):
        step.inverse["version"] = node.version
        step.save(update_fields=["inverse"])
    for step in steps.filter(**{"inverse__do": "clear", f"inverse__nodes__{node.pk}": before}):
        step.inverse["nodes"][str(node.pk)] = node.version
        step.save(update_fields=["inverse"])


def _places(held: Held, inverse: dict[str, Any]) -> None:
    for pk, place in inverse["places"].items():
        node = held.nodes.get(int(pk))
        if node is not None:
            node.place = place
            node.save(update_fields=["place", "changed_at"])


def _connect(held: Held, inverse: dict[str, Any]) -> None:
    if not all(one in held.nodes for one in inverse["arrow"]):
        raise _built_upon()
    _draw(held, inverse["arrow"])


def _disconnect(held: Held, inverse: dict[str, Any]) -> None:
    source, target = inverse["arrow"]
    arrows_of(held.row).filter(source_id=source, target_id=target).delete()


def _clear(held: Held, inverse: dict[str, Any]) -> None:
    """Take back the beginning: only while the map is as it was begun."""
    same_nodes = {str(pk): one.version for pk, one in held.nodes.items()} == inverse["nodes"]
    if not same_nodes or {tuple(one) for one in inverse["arrows"]} != set(held.arrows()):
        raise _built_upon()
    arrows_of(held.row).delete()
    for node in held.nodes.values():
        node.delete()


def _draw(held: Held, arrow: list[int]) -> None:
    """Draw an arrow again where both its nodes stand; a circle drawn meanwhile refuses it."""
    source, target = (held.nodes.get(one) for one in arrow)
    if source is None or target is None:
        return
    try:
        held.draw(source, target)
    except ArrowRefused as fault:
        raise _built_upon() from fault


_TAKE_BACK: dict[str, Callable[[Held, dict[str, Any]], None]] = {
    "remove": _remove,
    "restore": _restore,
    "change": _change,
    "places": _places,
    "connect": _connect,
    "disconnect": _disconnect,
    "clear": _clear,
}
