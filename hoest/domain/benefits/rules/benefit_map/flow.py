"""Which arrows may be drawn: from left to right, and never in a circle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from hoest.domain.benefits.rules.benefit_map.kinds import FLOW, MapFacts, NodeKind

Why = Literal["itself", "backwards", "into_assumption", "circle"]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an arrow is refused, and the nodes it is about, in the order of the words."""

    why: Why
    node_ids: tuple[int, ...]


def refusal_of(facts: MapFacts, source: int, target: int) -> Refusal | None:
    """Return why an arrow may not be drawn, or None when it may.

    Refused: to itself; into an assumption; against the flow (a benefit does not lead to a
    behaviour); and what would close a circle.
    """
    if source == target:
        return Refusal("itself", (source,))
    first, last = facts.node[source].kind, facts.node[target].kind
    if last is NodeKind.ASSUMPTION:
        return Refusal("into_assumption", (target, source))
    if first is not NodeKind.ASSUMPTION and FLOW[first] > FLOW[last]:
        return Refusal("backwards", (source, target))
    circle = circle_through(facts, source, target)
    return Refusal("circle", circle) if circle else None


def circle_through(facts: MapFacts, source: int, target: int) -> tuple[int, ...]:
    """Return the way from `target` back to `source` that an arrow between them would close.

    Empty when there is none. The way is a shortest one, the same every time.
    """
    came_from: dict[int, int] = {target: target}
    waiting = [target]
    for one in waiting:
        if one == source:
            way = [one]
            while way[-1] != target:
                way.append(came_from[way[-1]])
            return tuple(reversed(way))
        for two in facts.after[one]:
            if two not in came_from:
                came_from[two] = one
                waiting.append(two)
    return ()
