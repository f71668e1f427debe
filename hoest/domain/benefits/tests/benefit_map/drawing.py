"""Maps written as words: `{"app": "deliverable"}` and `app>know know>do`."""

from __future__ import annotations

from hypothesis import strategies as st

from hoest.domain.benefits.rules.benefit_map import (
    MapFacts,
    NodeFacts,
    NodeKind,
    refusal_of,
)

KINDS = {
    "l": NodeKind.DELIVERABLE,
    "a": NodeKind.ACTIVITY,
    "k": NodeKind.CAPABILITY,
    "b": NodeKind.BEHAVIOUR,
    "e": NodeKind.EFFECT,
    "g": NodeKind.BENEFIT,
    "u": NodeKind.DISBENEFIT,
    "p": NodeKind.PURPOSE,
    "f": NodeKind.ASSUMPTION,
}


def drawn(
    names: str, arrows: str = "", *, ownerless: str = "", dkk: str = "", lapsed: str = ""
) -> MapFacts:
    """Return a map: names such as `l1 b1 g1` (the letter is the kind), arrows such as `l1>b1`."""
    ids = {name: place for place, name in enumerate(names.split(), start=1)}
    nodes = tuple(
        NodeFacts(
            id=pk,
            kind=KINDS[name[0]],
            has_owner=name not in ownerless.split(),
            measures=frozenset({"dkk"} if name in dkk.split() else ()),
            has_lapsed=name in lapsed.split(),
        )
        for name, pk in ids.items()
    )
    pairs = tuple(
        (ids[source], ids[target])
        for source, target in (arrow.split(">") for arrow in arrows.split())
    )
    return MapFacts(nodes, pairs)


@st.composite
def maps(draw: st.DrawFn, most: int = 14) -> MapFacts:
    """Draw a map as the actions would let it become: every arrow passed the rules."""
    kinds = draw(st.lists(st.sampled_from(NodeKind), min_size=1, max_size=most))
    nodes = tuple(NodeFacts(place, kind) for place, kind in enumerate(kinds, start=1))
    ids = st.sampled_from([one.id for one in nodes])
    arrows: list[tuple[int, int]] = []
    for source, target in draw(st.lists(st.tuples(ids, ids), max_size=3 * most)):
        facts = MapFacts(nodes, tuple(arrows))
        if (source, target) not in arrows and refusal_of(facts, source, target) is None:
            arrows.append((source, target))
    return MapFacts(nodes, tuple(arrows))
