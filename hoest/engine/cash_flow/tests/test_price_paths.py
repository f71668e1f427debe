"""Chained index, the year used, and conversion along a path with one rounding."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoest.engine.cash_flow import (
    NoPricePath,
    PriceChangeOutOfRange,
    PriceIndex,
    PriceIndexLacksYear,
    YearRule,
    chained_index,
    converted_along,
    converted_amount,
    in_oere,
    index_point,
    yearly_changes,
)
from hoest.engine.cash_flow.tests.cases import LAWS

FIRST, LAST = 2015, 2032
changes = st.decimals("-0.2", "0.3", places=4)
indexes = st.lists(changes, min_size=LAST - FIRST, max_size=LAST - FIRST).map(
    lambda found: chained_index(
        "p/l",
        "test",
        base_year=2024,
        changes={FIRST + 1 + k: change for k, change in enumerate(found)},
    )
)
years = st.integers(FIRST, LAST)
oere = st.decimals(-(10**9), 10**9, places=2)


def test_an_index_is_chained_forwards_and_backwards_from_its_base_year() -> None:
    index = chained_index(
        "p/l",
        "test",
        base_year=2024,
        changes={2023: Decimal("0.25"), 2024: Decimal("0.6"), 2025: Decimal("0.1")},
    )
    assert dict(index.values) == {2022: 50, 2023: Decimal("62.5"), 2024: 100, 2025: 110}
    assert (index.name, index.source) == ("p/l", "test")
    assert yearly_changes(index) == {
        2023: Decimal("0.25"),
        2024: Decimal("0.6"),
        2025: Decimal("0.1"),
    }


def test_an_index_without_changes_holds_its_base_year_alone() -> None:
    index = chained_index("p/l", "test", base_year=2024, changes={}, base_value=Decimal(120))
    assert dict(index.values) == {2024: 120}
    assert yearly_changes(index) == {}


@pytest.mark.parametrize(
    ("known", "missing"),
    [((2025, 2027), 2026), ((2026,), 2025), ((2021, 2024), 2023), ((2020,), 2024)],
)
def test_a_hole_in_the_changes_is_refused_by_its_year(known: tuple[int, ...], missing: int) -> None:
    with pytest.raises(PriceIndexLacksYear) as caught:
        chained_index("p/l", "test", base_year=2024, changes=dict.fromkeys(known, Decimal(0)))
    assert caught.value.year == missing


@pytest.mark.parametrize("change", ["-1", "-1.5", "NaN", "Infinity"])
def test_a_change_that_takes_everything_away_is_refused(change: str) -> None:
    with pytest.raises(PriceChangeOutOfRange) as caught:
        chained_index("p/l", "test", base_year=2024, changes={2025: Decimal(change)})
    assert caught.value.year == 2025


INDEX = PriceIndex("p/l", "test", {2019: Decimal(100), 2022: Decimal(110), 2025: Decimal(125)})


def test_a_year_is_never_taken_for_another_without_being_asked_to() -> None:
    with pytest.raises(PriceIndexLacksYear) as caught:
        index_point(INDEX, 2020)
    assert (caught.value.index, caught.value.year) == ("p/l", 2020)
    assert index_point(INDEX, 2022).exact


@pytest.mark.parametrize(
    ("year", "used"), [(2010, 2019), (2020, 2019), (2021, 2022), (2024, 2025), (2040, 2025)]
)
def test_the_nearest_year_is_told(year: int, used: int) -> None:
    point = index_point(INDEX, year, YearRule.NEAREST)
    assert (point.year, point.year_used, point.exact) == (year, used, False)
    assert point.value == INDEX.values[used]


def test_between_two_equally_near_years_the_earlier_is_used() -> None:
    even = PriceIndex("p/l", "test", {2026: Decimal(3), 2020: Decimal(2)})
    assert index_point(even, 2023, YearRule.NEAREST).year_used == 2020


def test_an_empty_index_has_no_nearest_year() -> None:
    with pytest.raises(PriceIndexLacksYear):
        index_point(PriceIndex("p/l", "test", {}), 2024, YearRule.NEAREST)


def test_an_amount_is_rounded_once_at_the_end_of_its_path() -> None:
    oere_places = Decimal("0.01")
    third = PriceIndex("p/l", "test", {1: Decimal(3), 2: Decimal(1), 3: Decimal(3)})
    assert converted_along(Decimal("0.01"), (1, 2, 3), third, places=oere_places) == Decimal("0.01")
    assert converted_along(Decimal("0.01"), (1, 2), third, places=oere_places) == 0
    assert converted_along(Decimal("2.005"), (1,), third, places=oere_places) == 2


def test_a_path_needs_a_beginning_and_every_level_on_it() -> None:
    with pytest.raises(NoPricePath):
        converted_along(Decimal(1), (), INDEX)
    with pytest.raises(PriceIndexLacksYear) as caught:
        converted_along(Decimal(1), (2019, 2020, 2025), INDEX)
    assert caught.value.year == 2020
    near = converted_along(Decimal(100), (2019, 2021), INDEX, rule=YearRule.NEAREST)
    assert near == 110


def test_one_level_alone_needs_no_index() -> None:
    assert converted_along(Decimal("5.5"), (1999, 1999), INDEX) == Decimal("5.5")


@LAWS
@given(amount=oere, path=st.lists(years, min_size=1, max_size=6), index=indexes)
def test_the_way_there_and_back_gives_the_same_oere(
    amount: Decimal, path: list[int], index: PriceIndex
) -> None:
    there_and_back = [*path, *reversed(path)]
    assert converted_along(amount, there_and_back, index, places=Decimal("0.01")) == amount
    carried = converted_amount(amount, path[0], path[-1], index)
    assert in_oere(converted_amount(carried, path[-1], path[0], index)) == amount


@LAWS
@given(amount=oere, first=years, between=st.lists(years, max_size=5), last=years, index=indexes)
def test_the_way_taken_does_not_matter(
    amount: Decimal, first: int, between: list[int], last: int, index: PriceIndex
) -> None:
    direct = converted_along(amount, (first, last), index)
    assert converted_along(amount, (first, *between, last), index) == direct
    assert direct == converted_amount(amount, first, last, index).quantize(Decimal("1e-10"))


@LAWS
@given(one=oere, other=oere, path=st.tuples(years, years), index=indexes)
def test_converted_amounts_add_within_one_rounding(
    one: Decimal, other: Decimal, path: tuple[int, int], index: PriceIndex
) -> None:
    apart = converted_along(one, path, index) + converted_along(other, path, index)
    together = converted_along(one + other, path, index)
    assert abs(apart - together) <= Decimal("1e-9")


@LAWS
@given(index=indexes)
def test_the_changes_of_a_chained_index_are_those_it_was_made_of(index: PriceIndex) -> None:
    found = yearly_changes(index)
    assert list(found) == list(range(FIRST + 1, LAST + 1))
    again = chained_index("p/l", "test", base_year=2024, changes=found)
    for year, number in index.values.items():
        assert abs(again.values[year] - number) <= Decimal("1e-40") * number


def test_kroner_are_rounded_to_the_even_oere() -> None:
    assert [str(in_oere(Decimal(text))) for text in ("1.005", "1.015", "-2.675")] == [
        "1.00",
        "1.02",
        "-2.68",
    ]
