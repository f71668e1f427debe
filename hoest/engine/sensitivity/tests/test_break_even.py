"""Break-even values: on a straight line, by search, and when there is none."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hoest.engine.cash_flow import DK_2021, flat_rate
from hoest.engine.sensitivity import (
    Assumption,
    AssumptionUnknown,
    Difference,
    Direction,
    Expression,
    Known,
    Model,
    Product,
    Quotient,
    Reason,
    Ref,
    Sum,
    break_even,
    break_evens,
    derived_npv,
)
from hoest.engine.sensitivity.tests.cases import LAWS, assumption, line, small_case


def of_one(expression: Expression, x: Assumption) -> Model:
    """A case of one year whose value is the expression."""
    return Model((x,), (line("benefit", {2026: expression}),), 2026, 2026, flat_rate(0))


def known(number: str) -> Known:
    return Known(Decimal(number))


X = Ref("x")


def test_each_assumption_of_the_small_case_breaks_even_where_a_hand_finds_it() -> None:
    found = {each.key: each for each in break_evens(small_case())}
    assert list(found) == ["licens", "brugere", "ibrugtagning", "timepris"]
    # two years must bring 50,000: 25,000 a year
    assert found["licens"].value == 115
    assert found["brugere"].value == 625
    assert found["timepris"].value == Decimal("312.5")
    # 125,000 / 175,000 of full use
    assert found["ibrugtagning"].value == Decimal("0.7142857143")
    assert [each.direction for each in found.values()] == [
        Direction.AT_MOST,
        Direction.AT_LEAST,
        Direction.AT_LEAST,
        Direction.AT_LEAST,
    ]
    assert all(each.linear and each.holds_now and each.within_range for each in found.values())
    assert found["licens"].roots == (115,)


def test_a_break_even_outside_the_doubt_already_admitted_is_told() -> None:
    sure = replace(small_case().assumptions[0], low=Decimal(95), high=Decimal(110))
    model = small_case()
    found = break_even(replace(model, assumptions=(sure, *model.assumptions[1:])), "licens")
    assert (found.value, found.within_range) == (115, False)


@pytest.mark.parametrize(("low", "high"), [("0", "5"), ("5", "10")])
def test_the_ends_of_the_range_belong_to_it(low: str, high: str) -> None:
    model = of_one(Difference(X, known("5")), assumption("x", low, high, high))
    assert break_even(model, "x").within_range
    model = of_one(Difference(X, known("5")), assumption("x", low, low, high))
    assert break_even(model, "x").within_range


def test_a_value_that_is_not_possible_is_no_break_even() -> None:
    # 1,000 * 0.5 * 350 a year at full use brings 175,000; licences of 200,000 are never paid
    model = small_case()
    dear = replace(model.assumptions[0], probable=Decimal(200), high=Decimal(200))
    found = break_even(replace(model, assumptions=(dear, *model.assumptions[1:])), "ibrugtagning")
    assert (found.value, found.direction, found.reason) == (None, None, Reason.NEVER_CROSSES)
    assert (found.within_range, found.holds_now, found.roots) == (False, False, ())
    below_zero = break_even(of_one(Sum((X, known("3"))), assumption("x", "1", "2", "3")), "x")
    assert below_zero.reason is Reason.NEVER_CROSSES
    free = Assumption("x", Decimal(1), Decimal(2), Decimal(3), least=None)
    assert break_even(of_one(Sum((X, known("3"))), free), "x").value == -3


def test_an_assumption_without_influence_has_no_break_even() -> None:
    found = break_even(small_case(assumption("lokaler", "1", "2", "3")), "lokaler")
    assert (found.value, found.reason, found.linear) == (None, Reason.NO_INFLUENCE, True)
    cancels = of_one(Sum((known("1"), Difference(X, X))), assumption("x", "1", "2", "3"))
    assert break_even(cancels, "x").reason is Reason.NO_INFLUENCE
    divides = of_one(Quotient(X, X), assumption("x", "1", "2", "3"))
    assert break_even(divides, "x").reason is Reason.NO_INFLUENCE
    with pytest.raises(AssumptionUnknown):
        break_even(small_case(), "ukendt")


def test_a_case_that_is_worth_nothing_breaks_even_where_it_stands() -> None:
    found = break_even(of_one(Difference(X, known("2")), assumption("x", "1", "2", "3")), "x")
    assert (found.value, found.npv, found.holds_now) == (2, 0, True)


def test_a_square_is_searched_and_both_crossings_are_told() -> None:
    # -(x - 2)(x - 7) = -x² + 9x - 14, positive between 2 and 7
    square = Difference(Product((known("9"), X)), Sum((Product((X, X)), known("14"))))
    found = break_even(of_one(square, assumption("x", "1", "6", "8")), "x")
    assert not found.linear
    assert found.roots == (2, 7)
    assert (found.value, found.direction, found.within_range) == (7, Direction.AT_MOST, True)
    lower = break_even(of_one(square, assumption("x", "2.5", "3", "4")), "x")
    assert (lower.value, lower.direction, lower.within_range) == (2, Direction.AT_LEAST, False)


def test_an_assumption_in_a_divisor_is_searched() -> None:
    # 1,200 shared among x against a price of 50
    share = Difference(Quotient(known("1200"), X), known("50"))
    found = break_even(of_one(share, assumption("x", "10", "20", "30")), "x")
    assert (found.value, found.direction, found.linear) == (24, Direction.AT_MOST, False)


def test_where_a_divisor_is_zero_nothing_is_claimed() -> None:
    # 1 / (x - 5): the sign turns at 5 without ever being zero
    pole = Quotient(known("1"), Difference(X, known("5")))
    found = break_even(of_one(pole, assumption("x", "1", "3", "9")), "x")
    assert (found.value, found.reason) == (None, Reason.NEVER_CROSSES)
    on_the_grid = of_one(pole, assumption("x", "1", "4", "9", most="12"))
    assert break_even(on_the_grid, "x").reason is Reason.NEVER_CROSSES


def test_a_root_on_the_grid_is_found_once_and_knows_its_side() -> None:
    falls = Difference(known("16"), Product((X, X)))
    found = break_even(of_one(falls, assumption("x", "3", "4", "5")), "x")
    assert (found.value, found.roots, found.direction) == (4, (4,), Direction.AT_MOST)
    rises = Difference(Product((X, X)), known("16"))
    found = break_even(of_one(rises, assumption("x", "3", "4", "5")), "x")
    assert (found.roots, found.direction) == ((4,), Direction.AT_LEAST)


def test_the_ends_of_what_is_possible_are_possible() -> None:
    line_end = of_one(Difference(X, known("1")), assumption("x", "0.2", "0.5", "0.9", most="1"))
    assert break_even(line_end, "x").value == 1
    zero_end = of_one(X, assumption("x", "1", "2", "3"))
    assert break_even(zero_end, "x").value == 0
    rises = Difference(Product((X, X)), known("16"))
    upper = break_even(of_one(rises, assumption("x", "1", "2", "3", most="4")), "x")
    assert (upper.value, upper.direction) == (4, Direction.AT_LEAST)
    from_four = Assumption("x", Decimal(5), Decimal(6), Decimal(7), Decimal(4), Decimal(9))
    lower = break_even(of_one(rises, from_four), "x")
    assert (lower.value, lower.direction) == (4, Direction.AT_LEAST)


def test_a_line_without_amounts_moves_nothing() -> None:
    model = of_one(known("5"), assumption("x", "1", "2", "3"))
    found = break_even(replace(model, lines=(*model.lines, line("operation", {}))), "x")
    assert (found.reason, found.npv) == (Reason.NO_INFLUENCE, 5)


numbers = st.decimals(-1000, 1000, places=2)


@LAWS
@given(slope=numbers, level=numbers, probable=st.decimals(0, 100, places=2))
def test_on_a_straight_line_the_answer_is_its_root(
    slope: Decimal, level: Decimal, probable: Decimal
) -> None:
    assume(slope != 0)
    tree = Sum((Product((Known(slope), X)), Known(level)))
    free = Assumption("x", probable, probable, probable, least=None)
    model = of_one(tree, free)
    found = break_even(model, "x")
    assert found.linear
    assert found.value is not None
    assert abs(found.value * slope + level) <= abs(slope) * Decimal("1e-9")
    assert found.direction is (Direction.AT_LEAST if slope > 0 else Direction.AT_MOST)
    better = found.value + (1 if found.direction is Direction.AT_LEAST else -1)
    assert derived_npv(model, {"x": better}) > 0


@LAWS
@given(root=st.decimals("0.5", 50, places=2), factor=st.decimals("0.1", 10, places=1))
def test_by_search_the_value_is_zero_at_the_answer(root: Decimal, factor: Decimal) -> None:
    # factor * (x² - root²), one crossing among the possible values
    tree = Product((Known(factor), Difference(Product((X, X)), Known(root * root))))
    found = break_even(of_one(tree, assumption("x", "10", "20", "30", most="60")), "x")
    assert found.value is not None
    assert abs(found.value - root) <= Decimal("1e-8")
    assert found.direction is Direction.AT_LEAST


def test_discounting_is_part_of_the_answer() -> None:
    model = replace(small_case(), rate=DK_2021)
    for each in break_evens(model):
        assert each.value is not None
        at = derived_npv(model, model.at({each.key: each.value}))
        assert abs(at) <= Decimal("1e-3")
    assert break_even(model, "ibrugtagning").value > Decimal("0.7142857143")
