"""What a map lacks, found by rule while it is drawn; each finding names its nodes.

A finding is advice, not a refusal: a map is drawn in an order of one's own. Source: benefit notes
§2.1 (every benefit reachable from a deliverable through a changed behaviour; no deliverable
straight to a benefit; one owner; no orphans; no double counting along two paths).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from hoest.domain.benefits.rules.benefit_map.kinds import OWNED_KINDS, MapFacts, NodeKind

Code = Literal[
    "shortcut",
    "no_deliverable",
    "no_behaviour",
    "no_owner",
    "no_purpose",
    "counted_twice",
    "two_paths",
    "orphan",
    "dead_end",
]


@dataclass(frozen=True, slots=True)
class Finding:
    """What is lacking, and the nodes it is about, in the order of the words."""

    code: Code
    node_ids: tuple[int, ...]


def findings_of(facts: MapFacts) -> list[Finding]:
    """Return everything the map lacks, the weightiest first; benefits given up are left alone."""
    return [finding for rule in _RULES for finding in rule(facts)]


def _benefits(facts: MapFacts) -> list[int]:
    return [one.id for one in facts.nodes if one.kind is NodeKind.BENEFIT and not one.has_lapsed]


def _shortcuts(facts: MapFacts) -> Iterator[Finding]:
    """A deliverable does not give a benefit by itself: people do something in a new way."""
    for source, target in facts.arrows:
        first, last = facts.node[source], facts.node[target]
        is_benefit = last.kind is NodeKind.BENEFIT and not last.has_lapsed
        if first.kind is NodeKind.DELIVERABLE and is_benefit:
            yield Finding("shortcut", (source, target))


def _ways_in(facts: MapFacts) -> Iterator[Finding]:
    """A benefit comes from a deliverable, and through a changed behaviour."""
    for one in _benefits(facts):
        if not facts.before[one] and not facts.after[one]:
            continue  # An orphan: said once, by its own rule.
        behind = {facts.node[two].kind for two in facts.all_before(one)}
        if NodeKind.DELIVERABLE not in behind:
            yield Finding("no_deliverable", (one,))
        # Where nothing leads to it at all, one thing is said and not two.
        if behind and NodeKind.BEHAVIOUR not in behind:
            yield Finding("no_behaviour", (one,))


def _owners(facts: MapFacts) -> Iterator[Finding]:
    """Somebody answers for each benefit and each changed behaviour."""
    for one in facts.nodes:
        if one.kind in OWNED_KINDS and not one.has_owner and not one.has_lapsed:
            yield Finding("no_owner", (one.id,))


def _purposes(facts: MapFacts) -> Iterator[Finding]:
    """A benefit serves a purpose."""
    for one in _benefits(facts):
        ahead = {facts.node[two].kind for two in facts.all_after(one)}
        linked = facts.before[one] or facts.after[one]
        if linked and NodeKind.PURPOSE not in ahead:
            yield Finding("no_purpose", (one,))


def _counting(facts: MapFacts) -> Iterator[Finding]:
    """The same kroner (or hours) reach a purpose once.

    Two findings: a benefit that leads to another one counted in the same unit, where the second
    may hold the first; else a counted benefit with two ways to the same purpose.
    """
    for one in _benefits(facts):
        own = facts.node[one].measures
        if not own:
            continue
        ahead = facts.all_after(one)
        holders = [
            two.id
            for two in facts.nodes
            if two.id in ahead and two.kind is NodeKind.BENEFIT and two.measures & own
            if not two.has_lapsed
        ]
        for holder in holders:
            yield Finding("counted_twice", (one, holder))
        if holders:
            continue
        for two in facts.nodes:
            if two.id in ahead and two.kind is NodeKind.PURPOSE and ways(facts, one, two.id) > 1:
                yield Finding("two_paths", (one, two.id))


def ways(facts: MapFacts, start: int, end: int) -> int:
    """Return how many ways lead from one node to another. The arrows go in no circle."""
    known: dict[int, int] = {end: 1}
    waiting = [start]
    while waiting:
        one = waiting[-1]
        unknown = [two for two in facts.after[one] if two not in known]
        if one in known or not unknown:
            known.setdefault(one, sum(known[two] for two in facts.after[one]))
            waiting.pop()
        else:
            waiting += unknown
    return known[start]


def _loose_ends(facts: MapFacts) -> Iterator[Finding]:
    """Everything hangs together, and what is made leads to somebody's benefit."""
    for one in facts.nodes:
        if one.has_lapsed:
            continue
        if not facts.before[one.id] and not facts.after[one.id]:
            yield Finding("orphan", (one.id,))
        elif one.kind not in _ENDS and not facts.after[one.id]:
            yield Finding("dead_end", (one.id,))


_ENDS = (NodeKind.PURPOSE, NodeKind.BENEFIT, NodeKind.DISBENEFIT)
_RULES: tuple[Callable[[MapFacts], Iterator[Finding]], ...] = (
    _shortcuts,
    _ways_in,
    _owners,
    _purposes,
    _counting,
    _loose_ends,
)
