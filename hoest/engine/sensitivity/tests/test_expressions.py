"""Expression trees: value, keys and degree."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given

from hoest.engine.sensitivity import (
    AssumptionUnknown,
    Difference,
    DividedByNothing,
    Expression,
    Known,
    Product,
    Quotient,
    Ref,
    Sum,
    degree,
    evaluated,
    keys_of,
)
from hoest.engine.sensitivity.tests.cases import KEYS, LAWS, numbers, polynomials, value_sets

A, B = Ref("a"), Ref("b")
TWO = Known(Decimal(2))
VALUES = {"a": Decimal(7), "b": Decimal(4)}


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        (TWO, "2"),
        (A, "7"),
        (Sum((A, B, TWO)), "13"),
        (Product((A, B, TWO)), "56"),
        (Difference(A, B), "3"),
        (Quotient(A, B), "1.75"),
        (Sum(()), "0"),
        (Product(()), "1"),
    ],
)
def test_an_expression_is_worked_out(expression: Expression, value: str) -> None:
    assert evaluated(expression, VALUES) == Decimal(value)


def test_an_assumption_without_value_is_named() -> None:
    with pytest.raises(AssumptionUnknown) as caught:
        evaluated(Sum((A, Ref("c"))), VALUES)
    assert (caught.value.key, caught.value.known) == ("c", ("a", "b"))


def test_nothing_is_divided_by_nothing() -> None:
    with pytest.raises(DividedByNothing):
        evaluated(Quotient(A, Difference(B, B)), VALUES)


def test_the_keys_of_an_expression_are_all_it_rests_on() -> None:
    assert keys_of(Quotient(Product((A, TWO)), Difference(B, Sum((Ref("c"),))))) == {"a", "b", "c"}
    assert keys_of(TWO) == frozenset()


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (TWO, 0),
        (B, 0),
        (A, 1),
        (Sum((TWO, A)), 1),
        (Product((A, B)), 1),
        (Product((A, B, A)), 2),
        (Difference(B, Product((A, A, A))), 3),
        (Quotient(Product((A, A)), B), 2),
        (Quotient(B, A), 99),
        (Product((Quotient(B, A), Quotient(B, A))), 99),
        (Sum(()), 0),
    ],
)
def test_the_degree_in_an_assumption_is_counted(expression: Expression, expected: int) -> None:
    assert degree(expression, "a") == expected


@LAWS
@given(tree=polynomials, values=value_sets, step=numbers)
def test_a_tree_of_degree_one_is_a_straight_line(
    tree: Expression, values: dict[str, Decimal], step: Decimal
) -> None:
    for key in KEYS:
        at = [evaluated(tree, {**values, key: values[key] + k * step}) for k in range(3)]
        if degree(tree, key) == 0:
            assert at[0] == at[1] == at[2]
        elif degree(tree, key) == 1:
            scale = max(Decimal(1), *(abs(value) for value in at))
            assert abs((at[2] - at[1]) - (at[1] - at[0])) <= Decimal("1e-20") * scale


@LAWS
@given(tree=polynomials, values=value_sets)
def test_what_is_no_key_of_a_tree_does_not_move_it(
    tree: Expression, values: dict[str, Decimal]
) -> None:
    for key in set(KEYS) - keys_of(tree):
        assert evaluated(tree, {**values, key: Decimal(10**6)}) == evaluated(tree, values)
        assert degree(tree, key) == 0


@LAWS
@given(one=polynomials, other=polynomials, values=value_sets)
def test_sums_and_products_take_their_parts_in_any_order(
    one: Expression, other: Expression, values: dict[str, Decimal]
) -> None:
    assert evaluated(Sum((one, other)), values) == evaluated(Sum((other, one)), values)
    assert evaluated(Product((one, other)), values) == evaluated(Product((other, one)), values)
    assert evaluated(Difference(one, one), values) == 0
