"""The map as a nested list, from the purpose back to what is delivered.

Each node stands once in full, at its first place; where it also leads elsewhere, a line there
points to it. What leads to no purpose comes last. Why from the purpose: one reads what it is all
for, and under it how it comes about.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from hoest.domain.benefits.queries.benefit_map import ReadMap, ReadNode
from hoest.domain.benefits.rules.benefit_map import Finding, NodeKind
from hoest.domain.benefits.web.benefit_map.picture import kind_label, owner_words


@dataclass
class Item:
    """A line of the list; `is_again` points to the place where the node stands in full."""

    node: ReadNode
    kind_label: str
    owner: str
    lacks: int
    leads_to: list[str]
    is_again: bool = False
    below: list[Item] = field(default_factory=list)


@dataclass(frozen=True)
class Listing:
    """The list: what hangs under a purpose, and what leads to none."""

    rooted: list[Item]
    loose: list[Item]


def listing_of(found: ReadMap, findings: Sequence[Finding]) -> Listing:
    """Return the nested list of a map."""
    lacking = Counter(node_id for one in findings for node_id in one.node_ids[:1])
    seen: set[int] = set()
    order = {one.id: place for place, one in enumerate(found.nodes)}

    def item(node_id: int) -> Item:
        node = found.node[node_id]
        made = Item(
            node=node,
            kind_label=kind_label(node),
            owner=owner_words(node),
            lacks=lacking[node_id],
            leads_to=[found.node[one].title for one in found.facts.after[node_id]],
            is_again=node_id in seen,
        )
        if not made.is_again:
            seen.add(node_id)
            before = sorted(found.facts.before[node_id], key=order.__getitem__)
            made.below = [item(one) for one in before]
        return made

    rooted = [item(one.id) for one in found.nodes if one.kind is NodeKind.PURPOSE]
    left = [one for one in found.nodes if one.id not in seen]
    # The last of each loose chain first, so that the chain hangs under it.
    ends = [one for one in left if not found.facts.after[one.id]]
    loose = [item(one.id) for one in ends if one.id not in seen]
    loose += [item(one.id) for one in left if one.id not in seen]
    return Listing(rooted, loose)
