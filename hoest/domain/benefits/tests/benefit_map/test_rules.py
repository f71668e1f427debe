"""The rules of the benefit map: what is refused, what is found, and the columns."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoest.domain.benefits.rules.benefit_map import (
    MapFacts,
    NodeFacts,
    NodeKind,
    circle_through,
    columns_of,
    findings_of,
    refusal_of,
)
from hoest.domain.benefits.rules.benefit_map.findings import ways
from hoest.domain.benefits.tests.benefit_map.drawing import drawn, maps

WHOLE = "l1 k1 b1 e1 g1 p1"
CHAIN = "l1>k1 k1>b1 b1>e1 e1>g1 g1>p1"


def _said(facts: MapFacts) -> list[tuple[str, tuple[int, ...]]]:
    return [(one.code, one.node_ids) for one in findings_of(facts)]


def test_a_whole_chain_lacks_nothing() -> None:
    assert _said(drawn(WHOLE, CHAIN)) == []


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (
            drawn("l1 g1 p1 b1", "l1>g1 g1>p1 l1>b1 b1>g1"),
            [("shortcut", (1, 2))],
        ),
        (drawn("g1 p1", "g1>p1"), [("no_deliverable", (1,))]),
        (drawn("l1 e1 g1 p1", "l1>e1 e1>g1 g1>p1"), [("no_behaviour", (3,))]),
        (
            drawn("b1 g1 p1", "b1>g1 g1>p1"),
            [("no_deliverable", (2,))],
        ),
        (drawn(WHOLE, CHAIN, ownerless="b1 g1"), [("no_owner", (3,)), ("no_owner", (5,))]),
        (drawn("l1 b1 g1", "l1>b1 b1>g1"), [("no_purpose", (3,))]),
        (drawn(f"{WHOLE} l2", CHAIN), [("orphan", (7,))]),
        (drawn(f"{WHOLE} k2", f"{CHAIN} l1>k2"), [("dead_end", (7,))]),
        (drawn(f"{WHOLE} u1", f"{CHAIN} b1>u1"), []),
        (
            drawn(f"{WHOLE} g2", f"{CHAIN} g1>g2 g2>p1", dkk="g1 g2"),
            [("counted_twice", (5, 7))],
        ),
        (
            drawn(f"{WHOLE} g2", f"{CHAIN} g1>g2 g2>p1", dkk="g1"),
            [("two_paths", (5, 6))],
        ),
        (drawn(f"{WHOLE} g2", f"{CHAIN} g1>g2 g2>p1"), []),
        (drawn("l1 g1 p1", "l1>g1", lapsed="g1", ownerless="g1"), [("orphan", (3,))]),
    ],
)
def test_each_rule_names_the_nodes_it_is_about(
    facts: MapFacts, expected: list[tuple[str, tuple[int, ...]]]
) -> None:
    assert _said(facts) == expected


@pytest.mark.parametrize(
    ("facts", "arrow", "why", "names"),
    [
        (drawn("e1"), (1, 1), "itself", (1,)),
        (drawn("g1 b1"), (1, 2), "backwards", (1, 2)),
        (drawn("l1 f1"), (1, 2), "into_assumption", (2, 1)),
        (drawn("e1 e2 e3", "e1>e2 e2>e3"), (3, 1), "circle", (1, 2, 3)),
    ],
)
def test_an_arrow_is_refused_with_the_reason_and_the_nodes(
    facts: MapFacts, arrow: tuple[int, int], why: str, names: tuple[int, ...]
) -> None:
    refusal = refusal_of(facts, *arrow)
    assert refusal is not None
    assert (refusal.why, refusal.node_ids) == (why, names)


def test_what_goes_with_the_flow_is_not_refused() -> None:
    facts = drawn("l1 a1 k1 b1 e1 g1 u1 p1 f1")
    for source, target in [(1, 2), (2, 3), (1, 8), (5, 7), (7, 8), (9, 1), (9, 8), (6, 7), (7, 6)]:
        assert refusal_of(facts, source, target) is None


@given(
    st.integers(2, 9).flatmap(
        lambda n: st.tuples(
            st.just(n), st.sets(st.tuples(st.integers(1, n), st.integers(1, n)), max_size=30)
        )
    )
)
def test_a_circle_is_found_exactly_when_there_is_a_way_back(
    drawing: tuple[int, set[tuple[int, int]]],
) -> None:
    count, pairs = drawing
    nodes = tuple(NodeFacts(one, NodeKind.EFFECT) for one in range(1, count + 1))
    arrows: list[tuple[int, int]] = []
    for source, target in sorted(pairs):
        if source == target:
            continue
        facts = MapFacts(nodes, tuple(arrows))
        circle = circle_through(facts, source, target)
        assert bool(circle) == (source in facts.all_after(target))
        if circle:
            assert (circle[0], circle[-1]) == (target, source)
            assert all(step in arrows for step in pairwise(circle))
        else:
            arrows.append((source, target))
    # What was let through can be laid out: there is no circle in it.
    assert columns_of(MapFacts(nodes, tuple(arrows)))


@given(maps())
def test_every_arrow_goes_to_a_later_column(facts: MapFacts) -> None:
    columns = columns_of(facts)
    assert set(columns) == set(facts.node)
    assert all(columns[source] < columns[target] for source, target in facts.arrows)


def test_a_circle_has_no_columns() -> None:
    with pytest.raises(ValueError, match="circle"):
        columns_of(drawn("e1 e2", "e1>e2 e2>e1"))


@given(maps())
def test_findings_name_nodes_of_the_map_and_are_the_same_every_time(facts: MapFacts) -> None:
    found = findings_of(facts)
    assert all(set(one.node_ids) <= set(facts.node) for one in found)
    assert len(found) == len(set(found))
    assert findings_of(MapFacts(facts.nodes, facts.arrows)) == found


@given(maps(8))
def test_ways_are_counted_as_they_are_when_each_is_walked(facts: MapFacts) -> None:
    def walked(one: int, end: int) -> int:
        return 1 if one == end else sum(walked(two, end) for two in facts.after[one])

    first, last = facts.nodes[0].id, facts.nodes[-1].id
    assert ways(facts, first, last) == walked(first, last)


@given(maps())
def test_an_owner_more_never_makes_a_finding(facts: MapFacts) -> None:
    owned = tuple(
        NodeFacts(one.id, one.kind, True, one.measures, one.has_lapsed) for one in facts.nodes
    )
    better = set(findings_of(MapFacts(owned, facts.arrows)))
    assert better <= set(findings_of(facts))
    assert not any(one.code == "no_owner" for one in better)
