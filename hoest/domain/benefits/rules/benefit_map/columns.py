"""The columns of a map: by kind, and within a kind by the longest way.

Where an effect leads to another effect, the second stands to the right of the first. So every
arrow goes from a column to a later one.
"""

from __future__ import annotations

from hoest.domain.benefits.rules.benefit_map.kinds import FLOW, MapFacts, NodeKind

Column = tuple[int, int]


def columns_of(facts: MapFacts) -> dict[int, Column]:
    """Return for each node its band (0-5, by kind) and its depth within the band.

    Raises ValueError when the arrows go in a circle.
    """
    bands = {one.id: _band(facts, one.id) for one in facts.nodes}
    depths: dict[int, int] = {}
    lacks = {one.id: len(facts.before[one.id]) for one in facts.nodes}
    waiting = [one.id for one in facts.nodes if not lacks[one.id]]
    for one in waiting:
        same = [depths[two] + 1 for two in facts.before[one] if bands[two] == bands[one]]
        depths[one] = max(same, default=0)
        for two in facts.after[one]:
            lacks[two] -= 1
            if not lacks[two]:
                waiting.append(two)
    if len(depths) < len(facts.nodes):
        raise ValueError("the arrows of the map go in a circle")
    return {one: (bands[one], depths[one]) for one in bands}


def _band(facts: MapFacts, node_id: int) -> int:
    kind = facts.node[node_id].kind
    if kind is not NodeKind.ASSUMPTION:
        return FLOW[kind]
    targets = [FLOW[facts.node[one].kind] for one in facts.after[node_id]]
    return max(0, min(targets, default=0) - 1)
