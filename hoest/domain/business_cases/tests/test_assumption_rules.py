"""Products of assumptions: nesting, order and rounding never move an øre; circles are refused."""

from __future__ import annotations

import random
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoest.domain.business_cases.calculations import derived_amounts, full_amount
from hoest.domain.business_cases.rules.assumptions import (
    AssumptionNotWhole,
    AssumptionsGoInCircle,
    Node,
    NothingToDivideBy,
    RampNotWhole,
    Tree,
    Used,
    check_circle,
)

VALUES = st.decimals(min_value=0, max_value=5000, places=4, allow_nan=False)
DIVISORS = st.decimals(min_value=Decimal("0.5"), max_value=5000, places=4, allow_nan=False)
SHARES = st.decimals(min_value=0, max_value=10, places=4, allow_nan=False)
RAMPS = st.dictionaries(st.integers(2020, 2045), SHARES, min_size=1, max_size=8)


def _flat(over: list[Decimal], under: list[Decimal]) -> tuple[Tree, list[Used]]:
    nodes = {pk: Node(pk, f"F{pk}", "", value) for pk, value in enumerate([*over, *under], start=1)}
    used = [Used(pk, divides=pk > len(over)) for pk in nodes]
    return Tree(nodes), used


def _by_hand(over: list[Decimal], under: list[Decimal]) -> Fraction:
    full = Fraction(1)
    for value in over:
        full *= Fraction(value)
    for value in under:
        full /= Fraction(value)
    return full


def _rounded(number: Fraction, places: int) -> Decimal:
    """Round an exact fraction half to even, by whole numbers alone."""
    return Decimal(round(number * 10**places)).scaleb(-places)


@given(st.lists(VALUES, min_size=1, max_size=4), st.lists(DIVISORS, max_size=3), RAMPS)
def test_amounts_equal_product_times_ramp_rounded_once(
    over: list[Decimal], under: list[Decimal], ramp: dict[int, Decimal]
) -> None:
    tree, used = _flat(over, under)
    full = _rounded(_by_hand(over, under), 12)
    assert full_amount(tree, used) == full
    expected = {
        year: (full * share).quantize(Decimal("0.01"), ROUND_HALF_EVEN)
        for year, share in ramp.items()
    }
    assert derived_amounts(tree, used, ramp) == expected


@given(
    st.lists(VALUES, min_size=1, max_size=5),
    st.lists(DIVISORS, max_size=3),
    st.randoms(use_true_random=False),
)
def test_the_order_of_the_factors_is_of_no_consequence(
    over: list[Decimal], under: list[Decimal], dice: random.Random
) -> None:
    tree, used = _flat(over, under)
    shuffled = list(used)
    dice.shuffle(shuffled)
    ramp = {2026: Decimal("0.3333"), 2027: Decimal(1)}
    assert derived_amounts(tree, used, ramp) == derived_amounts(tree, shuffled, ramp)


@given(
    st.lists(VALUES, min_size=2, max_size=5), st.lists(DIVISORS, min_size=1, max_size=3), st.data()
)
def test_a_product_of_products_gives_the_same_as_its_leaves(
    over: list[Decimal], under: list[Decimal], data: st.DataObject
) -> None:
    tree, used = _flat(over, under)
    cut = data.draw(st.integers(1, len(used) - 1))
    inner = tuple(used[:cut])
    nested = Tree({**tree.nodes, 99: Node(99, "Mellemregning", "", None)}, {99: inner})
    assert full_amount(nested, [Used(99), *used[cut:]]) == full_amount(tree, used)
    # What a divisor is divided by is multiplied again.
    positive = all(node.value for node in tree.nodes.values())
    if positive:
        turned = [Used(one.assumption_id, not one.divides) for one in inner]
        upside = Tree(nested.nodes, {99: tuple(turned)})
        assert full_amount(upside, [Used(99, divides=True), *used[cut:]]) == full_amount(tree, used)


def test_a_product_cannot_rest_on_itself() -> None:
    nodes = {pk: Node(pk, f"P{pk}", "", None) for pk in (1, 2, 3)}
    tree = Tree(nodes, {1: (Used(2),), 2: (Used(3),)})
    with pytest.raises(AssumptionsGoInCircle):
        check_circle(tree, 3, [Used(1)])
    with pytest.raises(AssumptionsGoInCircle):
        check_circle(tree, 3, [Used(3)])
    check_circle(tree, 1, [Used(2), Used(3)])


def test_what_cannot_be_reckoned_is_refused_in_words() -> None:
    tree, used = _flat([Decimal(5)], [Decimal(0)])
    with pytest.raises(NothingToDivideBy):
        derived_amounts(tree, used, {2026: Decimal(1)})
    with pytest.raises(AssumptionNotWhole):
        derived_amounts(tree, [Used(2, divides=True)], {2026: Decimal(1)})
    with pytest.raises(AssumptionNotWhole):
        derived_amounts(tree, [Used(77)], {2026: Decimal(1)})
    ok, used = _flat([Decimal(5)], [])
    for ramp in ({}, {1800: Decimal(1)}, {2026: Decimal(-1)}, {2026: Decimal(11)}):
        with pytest.raises(RampNotWhole):
            derived_amounts(ok, used, ramp)
    huge, used = _flat([Decimal(10) ** 12, Decimal(10) ** 12], [])
    with pytest.raises(AssumptionNotWhole):
        full_amount(huge, used)


def test_the_published_letters_derive_from_price_and_quantity() -> None:
    # 10.000 letters a year at 60 kr. = 600.000 kr. a year (Odense, methods W4).
    tree, used = _flat([Decimal(10000), Decimal(60)], [])
    assert derived_amounts(tree, used, {2026: Decimal(1)}) == {2026: Decimal("600000.00")}
