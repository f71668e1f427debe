"""What stands in a benefit map: kinds of nodes, their place in the flow, and the facts of a map."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property


class NodeKind(StrEnum):
    """What a node of the map is."""

    DELIVERABLE = "deliverable"
    ACTIVITY = "activity"
    CAPABILITY = "capability"
    BEHAVIOUR = "behaviour"
    EFFECT = "effect"
    BENEFIT = "benefit"
    DISBENEFIT = "disbenefit"
    PURPOSE = "purpose"
    ASSUMPTION = "assumption"


# The place of each kind in the flow, left to right. An assumption has none: it stands just before
# what it is an assumption of.
FLOW: dict[NodeKind, int] = {
    NodeKind.DELIVERABLE: 0,
    NodeKind.ACTIVITY: 0,
    NodeKind.CAPABILITY: 1,
    NodeKind.BEHAVIOUR: 2,
    NodeKind.EFFECT: 3,
    NodeKind.BENEFIT: 4,
    NodeKind.DISBENEFIT: 4,
    NodeKind.PURPOSE: 5,
}
# Somebody answers for a benefit and for a change in how people work.
OWNED_KINDS = (NodeKind.BENEFIT, NodeKind.BEHAVIOUR)


@dataclass(frozen=True, slots=True)
class NodeFacts:
    """One node as the rules know it; `measures` are the units it is counted in (dkk, hours)."""

    id: int
    kind: NodeKind
    has_owner: bool = False
    measures: frozenset[str] = frozenset()
    has_lapsed: bool = False


@dataclass(frozen=True)
class MapFacts:
    """The nodes and the arrows (from, to) of a map. Arrows go between nodes of the map."""

    nodes: tuple[NodeFacts, ...]
    arrows: tuple[tuple[int, int], ...] = field(default=())

    @cached_property
    def node(self) -> dict[int, NodeFacts]:
        """The nodes by id."""
        return {one.id: one for one in self.nodes}

    @cached_property
    def after(self) -> dict[int, list[int]]:
        """What each node leads to."""
        found: dict[int, list[int]] = {one.id: [] for one in self.nodes}
        for source, target in self.arrows:
            found[source].append(target)
        return found

    @cached_property
    def before(self) -> dict[int, list[int]]:
        """What leads to each node."""
        found: dict[int, list[int]] = {one.id: [] for one in self.nodes}
        for source, target in self.arrows:
            found[target].append(source)
        return found

    def all_after(self, start: int) -> set[int]:
        """Return everything a node leads to, near and far, without the node itself."""
        return _reached(self.after, [start])

    def all_before(self, start: int) -> set[int]:
        """Return everything that leads to a node, near and far, without the node itself."""
        return _reached(self.before, [start])


def _reached(neighbours: dict[int, list[int]], start: Iterable[int]) -> set[int]:
    found: set[int] = set()
    waiting = [two for one in start for two in neighbours[one]]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += neighbours[one]
    return found
