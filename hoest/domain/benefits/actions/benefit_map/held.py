"""What every act on a map begins and ends with.

Begins: the map, locked, so that the acts of two people come one after the other and none is lost.
Ends: a grown version, the act in the log, and the step that can be undone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from hoest.domain.benefits.models import BenefitMap, MapArrow, MapNode, MapStep
from hoest.domain.benefits.permissions import CHANGE_BENEFITS
from hoest.domain.benefits.queries.benefit_map import (
    arrows_of,
    initiative_with_map,
    nodes_of,
    purpose_of,
)
from hoest.domain.benefits.rules.benefit_map import MapFacts, NodeFacts, NodeKind, refusal_of
from hoest.domain.benefits.rules.faults import ArrowRefused, NotOnTheMap
from hoest.foundation import clock
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import require
from hoest.foundation.audit.actions import record


@dataclass(frozen=True)
class Held:
    """A locked map, who acts on it, and the nodes as they stood when it was locked."""

    actor: Actor
    initiative: Any
    row: BenefitMap
    nodes: dict[int, MapNode]

    @property
    def place(self) -> dict[str, Any]:
        """What every new row of this map carries."""
        return {"organisation_id": self.row.organisation_id, "benefit_map": self.row}

    def node(self, node_id: int) -> MapNode:
        """Return a node of this map. Raises NotOnTheMap."""
        found = self.nodes.get(node_id)
        if found is None:
            raise NotOnTheMap(
                _("Leddet er ikke på diagrammet længere. Måske har en anden fjernet det.")
            )
        return found

    def title(self, node: MapNode) -> str:
        """Return what a node is called."""
        if node.benefit is not None:
            return node.benefit.title
        return node.title or purpose_of(self.initiative)

    def arrows(self) -> list[tuple[int, int]]:
        """Return the arrows as they stand now."""
        return list(arrows_of(self.row).values_list("source_id", "target_id"))

    def arrows_at(self, node_id: int) -> list[tuple[int, int]]:
        """Return the arrows to and from a node."""
        return [one for one in self.arrows() if node_id in one]

    def facts(self) -> MapFacts:
        """Return kinds and arrows as the rules know them; owners and amounts are left out."""
        nodes = tuple(NodeFacts(pk, NodeKind(one.kind)) for pk, one in self.nodes.items())
        return MapFacts(nodes, tuple(self.arrows()))

    def draw(self, source: MapNode, target: MapNode) -> bool:
        """Draw an arrow; False when it stands already. Raises ArrowRefused."""
        facts = self.facts()
        if (source.pk, target.pk) in facts.arrows:
            return False
        self.refuse(facts, source, target)
        MapArrow.objects.create(**self.place, source=source, target=target)
        return True

    def refuse(self, facts: MapFacts, source: MapNode, target: MapNode) -> None:
        """Raise ArrowRefused when the rules refuse an arrow, with the nodes named."""
        refusal = refusal_of(facts, source.pk, target.pk)
        if refusal is None:
            return
        names = [self.title(self.nodes[one]) for one in refusal.node_ids]
        if refusal.why == "itself":
            raise ArrowRefused(_("Et led kan ikke føre til sig selv."))
        if refusal.why == "circle":
            circle = " → ".join(f"»{name}«" for name in [*names, names[0]])
            raise ArrowRefused(
                _("Pilen ville gå i ring: %(circle)s. Fjern en af de andre pile først.")
                % {"circle": circle}
            )
        if refusal.why == "into_assumption":
            raise ArrowRefused(
                _("»%(name)s« er en forudsætning. Pilen går fra forudsætningen, ikke til den.")
                % {"name": names[0]}
            )
        raise ArrowRefused(
            _("Pile går fra venstre mod højre. »%(target)s« kommer før »%(source)s«. Vend pilen.")
            % {"target": names[1], "source": names[0]}
        )

    def refuse_turning(self, node: MapNode, kind: NodeKind) -> None:
        """Raise ArrowRefused when an arrow would go wrong if the node became another kind."""
        arrows = self.arrows()
        nodes = tuple(
            NodeFacts(pk, kind if pk == node.pk else NodeKind(one.kind))
            for pk, one in self.nodes.items()
        )
        for source, target in arrows:
            if node.pk in (source, target):
                others = tuple(arrow for arrow in arrows if arrow != (source, target))
                self.refuse(MapFacts(nodes, others), self.nodes[source], self.nodes[target])

    def done(self, verb: str, about: str, inverse: dict[str, Any], **facts: Any) -> MapStep:
        """Close an act: grow the version, tell the log, and keep what takes it back."""
        BenefitMap.objects.filter(pk=self.row.pk).update(
            version=F("version") + 1, changed_at=clock.now()
        )
        called = _("Gevinstdiagram for »%(title)s«") % {"title": self.initiative.title}
        record(self.actor, verb, self.row, called=called, node=about, **facts)
        return MapStep.objects.create(
            **self.place,
            person_id=self.actor.person_id,
            verb=verb,
            about=about[:300],
            inverse=inverse,
            at=clock.now(),
        )


def held_map(actor: Actor, initiative_id: int, *, is_new: bool = False) -> Held:
    """Return the map of an initiative, locked for change; `is_new` begins one when there is none.

    Raises NotFound, NotAllowed, and NotOnTheMap when no map is begun.
    """
    initiative = initiative_with_map(actor, initiative_id)
    require(actor, CHANGE_BENEFITS, initiative.unit_id)
    rows = BenefitMap.objects.filter(
        organisation_id=actor.organisation_id, initiative_id=initiative.pk
    )
    if is_new:
        BenefitMap.objects.get_or_create(
            organisation_id=actor.organisation_id, initiative_id=initiative.pk
        )
    row = rows.select_for_update().first()
    if row is None:
        raise NotOnTheMap(_("Gevinstdiagrammet er ikke begyndt endnu. Begynd det først."))
    nodes = {node.pk: node for node in nodes_of(row).select_related("benefit")}
    return Held(actor, initiative, row, nodes)
