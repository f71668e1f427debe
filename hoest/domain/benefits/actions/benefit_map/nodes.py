"""Adding, changing, moving and removing a node of the map."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Literal, NamedTuple, TypedDict

from django.db import transaction
from django.utils.translation import gettext as _

from hoest.domain.benefits.actions.benefit_map.held import Held, held_map
from hoest.domain.benefits.actions.profile import create_benefit
from hoest.domain.benefits.models import MapArrow, MapNode
from hoest.domain.benefits.queries.benefit_map import benefits_off_the_map
from hoest.domain.benefits.rules.benefit_map import NodeKind
from hoest.domain.benefits.rules.faults import NodeNotWhole
from hoest.foundation.access.actor import Actor
from hoest.foundation.faults import Conflict
from hoest.foundation.forms.versions import check_version


class Beside(NamedTuple):
    """Where a new node stands: before or after another one, with an arrow between them."""

    node_id: int
    side: Literal["before", "after"]


class NodeFields(TypedDict, total=False):
    """What a person changes about a node. `owner` is a person of the municipality or None."""

    title: str
    kind: str
    owner: Any


@transaction.atomic
def add_node(
    *,
    actor: Actor,
    initiative_id: int,
    kind: str,
    title: str = "",
    benefit_id: int | None = None,
    benefit_type: str = "",
    owner: Any = None,
    beside: Beside | None = None,
) -> MapNode:
    """Put a node on the map, and an arrow where it stands beside another.

    A benefit is one of the initiative's that is not on the map (`benefit_id`), or a new one that
    is written down as a draft (`title` and `benefit_type`). Raises NodeNotWhole, ArrowRefused.
    """
    held = held_map(actor, initiative_id)
    wanted = NodeKind(kind)
    words = _title(title)
    values: dict[str, Any] = {"kind": wanted.value, "title": words, "owner": _person(actor, owner)}
    if wanted is NodeKind.BENEFIT or benefit_id is not None:
        benefit = _benefit(held, benefit_id, words, benefit_type)
        wanted = NodeKind.DISBENEFIT if benefit.is_disbenefit else NodeKind.BENEFIT
        values |= {"kind": wanted.value, "title": "", "benefit": benefit, "owner": None}
    elif not words:
        raise NodeNotWhole(_("Skriv, hvad leddet hedder."))
    place = max((one.place for one in held.nodes.values()), default=0) + 1
    node = MapNode.objects.create(**held.place, place=place, **values)
    held.nodes[node.pk] = node
    if beside is not None:
        other = held.node(beside.node_id)
        held.draw(*((node, other) if beside.side == "before" else (other, node)))
    held.done(
        "benefits.add_to_map",
        held.title(node),
        {"do": "remove", "node": node.pk, "version": 1, "arrows": held.arrows_at(node.pk)},
        kind=wanted.value,
    )
    return node


@transaction.atomic
def change_node(
    *, actor: Actor, initiative_id: int, node_id: int, version: int, fields: NodeFields
) -> MapNode:
    """Change title, kind or owner of a node; what is not named stays.

    A benefit is changed on its own page. `version` is the one the person read. Raises
    ChangedMeanwhile, NodeNotWhole, and ArrowRefused when an arrow would go against the flow.
    """
    held = held_map(actor, initiative_id)
    node = held.node(node_id)
    values: dict[str, Any] = dict(fields)
    if "title" in values:
        values["title"] = _title(values["title"])
    if "owner" in values:
        values["owner"] = _person(actor, values["owner"])
    values = {name: value for name, value in values.items() if getattr(node, name) != value}
    check_version(node, version, values)
    if not values:
        return node
    if node.benefit_id is not None:
        raise NodeNotWhole(
            _("En gevinst rettes på sin egen side, så den hedder det samme overalt.")
        )
    if "kind" in values:
        _refuse_kind(held, node, NodeKind(values["kind"]))
    if not values.get("title", node.title) and values.get("kind", node.kind) != NodeKind.PURPOSE:
        raise NodeNotWhole(_("Skriv, hvad leddet hedder."))
    before = {name: getattr(node, name) for name in values}
    called = held.title(node)
    _write(node, values)
    undone = {
        name.replace("owner", "owner_id"): value.pk if name == "owner" and value else value
        for name, value in before.items()
    }
    held.done(
        "benefits.change_in_map",
        called,
        {"do": "change", "node": node.pk, "version": node.version, "fields": undone},
        before=before,
        after=values,
    )
    return node


@transaction.atomic
def move_node(*, actor: Actor, initiative_id: int, node_id: int, is_up: bool) -> bool:
    """Move a node up or down among those of its kind; False when it stands at the end already."""
    held = held_map(actor, initiative_id)
    node = held.node(node_id)
    alike = [one for one in held.nodes.values() if one.kind == node.kind]
    at = alike.index(node)
    to = at - 1 if is_up else at + 1
    if not 0 <= to < len(alike):
        return False
    before = {str(one.pk): one.place for one in (node, alike[to])}
    node.place, alike[to].place = alike[to].place, node.place
    for one in (node, alike[to]):
        one.save(update_fields=["place", "changed_at"])
    held.done("benefits.move_in_map", held.title(node), {"do": "places", "places": before})
    return True


@transaction.atomic
def remove_node(
    *, actor: Actor, initiative_id: int, node_id: int, version: int, seen: Collection[int] | None
) -> None:
    """Take a node and its arrows off the map; a benefit stays where it is in Høst.

    `seen` are the nodes it was joined with when the person read it; None asks nothing. Raises
    ChangedMeanwhile, and Conflict when somebody has joined it with another since.
    """
    held = held_map(actor, initiative_id)
    node = held.node(node_id)
    check_version(node, version, {})
    arrows = held.arrows_at(node.pk)
    joined = {one for arrow in arrows for one in arrow if one != node.pk}
    if seen is not None and joined - set(seen):
        name = held.title(held.nodes[min(joined - set(seen))])
        raise Conflict(
            _("En anden har imens forbundet leddet med »%(name)s«. Det er ikke fjernet.")
            % {"name": name}
        )
    kept = {
        name: getattr(node, name)
        for name in ("id", "kind", "title", "benefit_id", "owner_id", "place", "version")
    }
    called = held.title(node)
    MapArrow.objects.filter(organisation_id=actor.organisation_id, benefit_map=held.row).filter(
        source_id=node.pk
    ).delete()
    MapArrow.objects.filter(organisation_id=actor.organisation_id, benefit_map=held.row).filter(
        target_id=node.pk
    ).delete()
    node.delete()
    held.done(
        "benefits.remove_from_map",
        called,
        {"do": "restore", "node": kept, "arrows": arrows},
        kind=kept["kind"],
    )


def _write(node: MapNode, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(node, name, value)
    node.version += 1
    node.save(update_fields=[*values, "version", "changed_at"])


def _title(text: str) -> str:
    return " ".join(text.split())[:200]


def _person(actor: Actor, owner: Any) -> Any:
    """Return the owner when she is one of the municipality's people. Raises NodeNotWhole."""
    if owner is not None and owner.organisation_id != actor.organisation_id:
        raise NodeNotWhole(_("Ejeren er ikke en af kommunens medarbejdere."))
    return owner


def _benefit(held: Held, benefit_id: int | None, title: str, benefit_type: str) -> Any:
    """Return the benefit that is put on the map, made first when it is new."""
    if benefit_id is not None:
        found = benefits_off_the_map(held.actor, held.initiative.pk).filter(pk=benefit_id).first()
        if found is None:
            raise NodeNotWhole(_("Gevinsten står allerede på diagrammet, eller den er bortfaldet."))
        return found
    if not title or not benefit_type:
        raise NodeNotWhole(
            _("Skriv gevinstens titel og vælg dens type, eller vælg en, der findes.")
        )
    return create_benefit(
        actor=held.actor,
        initiative_id=held.initiative.pk,
        fields={"title": title, "benefit_type": benefit_type},
    )


def _refuse_kind(held: Held, node: MapNode, kind: NodeKind) -> None:
    """Raise when a node cannot become another kind: it is a benefit, or its arrows would turn."""
    if kind is NodeKind.BENEFIT:
        raise NodeNotWhole(
            _("En gevinst har sin egen side. Tilføj gevinsten som et nyt led, og fjern dette.")
        )
    if not node.title:
        raise NodeNotWhole(
            _("Formålet er initiativets egen sætning og bliver ved med at være det.")
        )
    held.refuse_turning(node, kind)
