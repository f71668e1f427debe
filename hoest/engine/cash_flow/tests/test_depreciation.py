"""The depreciation view beside the expenditure view: sums, years, what is left, what is refused."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoest.engine.cash_flow import (
    LifeOutOfRange,
    Line,
    NotAnInvestment,
    depreciation_view,
    exact_sum,
    linear_depreciation,
)
from hoest.engine.cash_flow.tests.cases import BASE_YEAR, HORIZON, LAWS, amounts, line, lines

lives = st.integers(1, 40)
ready = st.integers(BASE_YEAR - 3, HORIZON + 3)
investments = st.lists(
    st.builds(
        lambda filled: line("investment", {year: str(amount) for year, amount in filled.items()}),
        st.dictionaries(st.integers(BASE_YEAR, HORIZON), amounts, min_size=1, max_size=5),
    ),
    max_size=4,
)


def test_each_year_of_use_carries_the_same_and_the_last_carries_the_rest() -> None:
    assert linear_depreciation(Decimal(900), 2026, 3) == {2026: 300, 2027: 300, 2028: 300}
    thirds = linear_depreciation(Decimal(1), 2026, 3)
    assert [str(part) for part in thirds.values()] == [
        "0.3333333333",
        "0.3333333334",
        "0.3333333333",
    ]
    assert exact_sum(thirds.values()) == 1


def test_a_life_of_one_year_is_the_expenditure_itself() -> None:
    assert linear_depreciation(Decimal("12.34"), 2030, 1) == {2030: Decimal("12.34")}


@pytest.mark.parametrize("life", [0, -1, 201])
def test_a_life_must_be_some_years(life: int) -> None:
    with pytest.raises(LifeOutOfRange) as caught:
        linear_depreciation(Decimal(1), 2026, life)
    assert (caught.value.life_years, caught.value.most_years) == (life, 200)


@LAWS
@given(amount=amounts, life=lives)
def test_the_years_of_use_sum_to_the_amount_to_the_last_decimal(amount: Decimal, life: int) -> None:
    parts = linear_depreciation(amount, 2026, life)
    assert exact_sum(parts.values()) == amount
    assert list(parts) == list(range(2026, 2026 + life))
    even = amount / life
    assert all(abs(part - even) <= Decimal("1e-10") for part in parts.values())


def test_two_years_of_building_are_written_off_from_the_year_the_solution_is_ready() -> None:
    view = depreciation_view(
        [line("investment", {2024: 100, 2025: 200})],
        [
            line("operation", {2026: 10}, recurring=True),
            line("benefit", {2026: 90}, recurring=True),
        ],
        base_year=2024,
        horizon=2028,
        ready_year=2026,
        life_years=4,
    )
    assert view.expenditure.costs == (100, 200, 10, 10, 10)
    assert view.spending == (100, 200, 0, 0, 0)
    assert view.depreciation == (0, 0, 75, 75, 75)
    assert view.book_value == (100, 300, 225, 150, 75)
    assert view.left_after_horizon == 75
    assert view.costs == (0, 0, 85, 85, 85)
    assert view.net == (0, 0, 5, 5, 5)
    assert view.accumulated == (0, 0, 5, 10, 15)


def test_what_is_spent_after_the_solution_is_ready_is_written_off_from_its_own_year() -> None:
    view = depreciation_view(
        [line("investment", {2024: 60, 2026: 30})],
        [],
        base_year=2024,
        horizon=2027,
        ready_year=2024,
        life_years=3,
    )
    assert view.depreciation == (20, 20, 30, 10)
    assert view.left_after_horizon == 10


def test_without_anything_capitalised_the_two_views_are_the_same() -> None:
    view = depreciation_view(
        [],
        [line("investment", {2024: 5}), line("benefit", {2025: 8})],
        base_year=2024,
        horizon=2025,
        ready_year=2024,
        life_years=5,
    )
    assert view.costs == view.expenditure.costs == (5, 0)
    assert view.net == view.expenditure.net
    assert view.book_value == (0, 0)


@pytest.mark.parametrize("kind", ["operation", "benefit"])
def test_only_an_investment_can_be_capitalised(kind: str) -> None:
    with pytest.raises(NotAnInvestment) as caught:
        depreciation_view(
            [line(kind, {2024: 1}, name="Drift")],
            [],
            base_year=2024,
            horizon=2024,
            ready_year=2024,
            life_years=3,
        )
    assert (caught.value.line, caught.value.kind) == ("Drift", kind)


@LAWS
@given(
    capitalised=investments,
    expensed=st.lists(lines, min_size=1, max_size=4),
    life=lives,
    ready_year=ready,
)
def test_nothing_is_lost_between_the_two_views(
    capitalised: list[Line], expensed: list[Line], life: int, ready_year: int
) -> None:
    view = depreciation_view(
        capitalised,
        expensed,
        base_year=BASE_YEAR,
        horizon=HORIZON,
        ready_year=ready_year,
        life_years=life,
    )
    spent = exact_sum(view.spending)
    assert exact_sum(view.depreciation) + view.left_after_horizon == spent
    assert all(value >= 0 for value in view.book_value)
    assert view.accumulated[-1] == view.expenditure.accumulated[-1] + view.left_after_horizon
    before_use = max(0, min(ready_year, HORIZON + 1) - BASE_YEAR)
    assert not any(view.depreciation[:before_use])


@LAWS
@given(capitalised=investments.filter(bool), life=lives)
def test_a_longer_life_never_carries_more_in_the_first_year_of_use(
    capitalised: list[Line], life: int
) -> None:
    def first(years: int) -> Decimal:
        view = depreciation_view(
            capitalised,
            [],
            base_year=BASE_YEAR,
            horizon=HORIZON,
            ready_year=BASE_YEAR,
            life_years=years,
        )
        return view.depreciation[0]

    assert first(life + 1) <= first(life)
