"""Take-out agreements by their rules: what models propose, how layers and gaps add up."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoest.domain.benefits.rules.gap import Carried, Taken, gap_of, held_against
from hoest.domain.benefits.rules.takeout import (
    NEXT,
    Basis,
    Layer,
    TakeoutKind,
    TakeoutStatus,
    Terms,
    difference,
    divided,
    effect_of,
    effects_of,
    lacks,
    propose,
)

YEARS = range(2026, 2030)
APPROVED = {2026: Decimal(400_000), 2027: Decimal(900_000), 2028: Decimal(900_000)}
BANK = Terms(Basis.EXPENDITURE, Decimal("0.0025"), Decimal(1), Decimal("0.5"))

money = st.decimals(Decimal("0.01"), Decimal(10) ** 9, places=2)
shares = st.decimals(0, 1, places=4)
years = st.integers(2019, 2035)
layers = st.builds(Layer, st.dictionaries(years, money, min_size=1, max_size=5), st.booleans())


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        (Terms(Basis.APPROVED), {2026: "400000.00", 2027: "900000.00", 2028: "900000.00"}),
        (
            Terms(Basis.APPROVED, Decimal("0.5")),
            {2026: "200000.00", 2027: "450000.00", 2028: "450000.00"},
        ),
        (Terms(Basis.MEASURED), {2026: "244000.00", 2027: "549000.00", 2028: "549000.00"}),
        (Terms(Basis.OWN), {}),
        (BANK, dict.fromkeys(YEARS, "2150000.00")),
    ],
)
def test_a_model_proposes_its_share_of_its_basis(terms: Terms, expected: dict[int, str]) -> None:
    found = propose(
        terms,
        YEARS,
        approved=APPROVED,
        measured_share=Decimal("0.61"),
        expenditure=Decimal(860_000_000),
    )
    assert {one.year: str(one.amount) for one in found} == expected


def test_the_bank_gets_half_and_the_treasury_the_other_half_of_two_and_a_half_per_mille() -> None:
    (one,) = propose(BANK, [2027], approved={}, expenditure=Decimal("123456789.01"))
    assert one.amount == Decimal("308641.97")
    assert (one.bank, one.treasury) == (Decimal("154320.99"), Decimal("154320.98"))


@pytest.mark.parametrize(
    ("terms", "measured", "expenditure"),
    [
        (Terms(Basis.MEASURED), None, None),
        (Terms(Basis.MEASURED), Decimal("-0.2"), None),
        (BANK, None, None),
    ],
)
def test_a_model_says_nothing_of_what_is_not_known_or_not_there(
    terms: Terms, measured: Decimal | None, expenditure: Decimal | None
) -> None:
    found = propose(
        terms, YEARS, approved=APPROVED, measured_share=measured, expenditure=expenditure
    )
    assert found == ()


@given(money, shares)
def test_a_divided_amount_is_whole_again_to_the_oere(amount: Decimal, share: Decimal) -> None:
    part, rest = divided(amount, share)
    assert part + rest == amount
    assert part >= 0
    assert rest >= 0
    assert part.as_tuple().exponent == -2


def test_a_decision_of_2019_still_counts_in_2022_and_after() -> None:
    old = Layer({2019: Decimal(100), 2020: Decimal(150)}, is_lasting=True)
    once = Layer({2020: Decimal(30)}, is_lasting=False)
    new = Layer({2022: Decimal(40)}, is_lasting=True)
    found = effects_of([old, once, new], range(2018, 2024))
    assert found == {2018: 0, 2019: 100, 2020: 180, 2021: 150, 2022: 190, 2023: 190}


@given(st.lists(layers, max_size=4), years)
def test_layers_add_up_in_any_order_to_the_sum_of_their_yearly_effects(
    rows: list[Layer], year: int
) -> None:
    expected = sum((row.effect(year) for row in rows), Decimal(0))
    assert {effect_of(order, year) for order in permutations(rows)} == {expected}


@given(
    st.lists(layers, min_size=1, max_size=3),
    st.dictionaries(years, money, min_size=1),
    st.booleans(),
)
def test_a_new_layer_gives_what_is_wanted_and_leaves_the_years_before(
    rows: list[Layer], wanted: dict[int, Decimal], is_lasting: bool
) -> None:
    standing = [Layer(row.amounts, is_lasting) for row in rows]  # a chain is lasting or is not
    changed = difference(wanted, standing)
    after = [*standing, Layer(changed, is_lasting)]
    for year, amount in wanted.items():
        assert effect_of(after, year) == amount
    before = min(wanted) - 1
    assert effect_of(after, before) == effect_of(standing, before)
    if is_lasting:
        assert effect_of(after, 2100) == wanted[max(wanted)]


def test_a_layer_upon_what_ends_ends_too() -> None:
    once = Layer({2026: Decimal(50), 2027: Decimal(50)}, is_lasting=False)
    changed = difference({2027: Decimal(20)}, [once])
    assert changed == {2027: Decimal(-30)}
    assert effect_of([once, Layer(changed, is_lasting=False)], 2028) == 0


@pytest.mark.parametrize(
    ("baseline", "involved", "expected"),
    [
        (None, [], ("baseline", "involvement")),
        (dt.date(2026, 3, 1), [], ("involvement",)),
        (dt.date(2026, 3, 1), [dt.date(2026, 3, 2)], ()),
        (dt.date(2026, 3, 3), [dt.date(2026, 3, 3)], ("baseline", "involvement")),
        (None, [dt.date(2025, 1, 1)], ("baseline",)),
    ],
)
def test_a_saving_before_baseline_and_involvement_is_warned_of(
    baseline: dt.date | None, involved: list[dt.date], expected: tuple[str, ...]
) -> None:
    assert lacks(dt.date(2026, 3, 2), baseline, involved) == expected


def test_nothing_goes_back_from_a_decision() -> None:
    assert NEXT[TakeoutStatus.DECIDED] == (TakeoutStatus.BOOKED,)
    assert NEXT[TakeoutStatus.BOOKED] == ()
    assert {one.measure for one in TakeoutKind} == {"dkk", "hours", ""}


def taken(amount: int | Decimal, **changes: object) -> Taken:
    """Return a row of a benefit; by default of 2026, in 2026 prices, carried by the unit."""
    given: dict[str, object] = {
        "benefit_id": 1,
        "agreement_id": 1,
        "unit_id": 1,
        "year": 2026,
        "measure": "dkk",
        "price_level": 2026,
        "taken": Decimal(amount),
        "unit_share": Decimal(1),
        **changes,
    }
    return Taken(**given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("unit_share", "carried"),
    [
        (Decimal(1), Carried(unit=Decimal(40))),
        (Decimal(0), Carried(treasury=Decimal(40))),
        (Decimal("0.25"), Carried(unit=Decimal(10), treasury=Decimal(30))),
        (None, Carried(unagreed=Decimal(40))),
    ],
)
def test_the_model_says_who_carries_the_gap(unit_share: Decimal | None, carried: Carried) -> None:
    (row,) = held_against([taken(100, unit_share=unit_share)], Decimal(60), "")
    assert row.gap == 40
    assert row.carried == carried


def test_a_year_nobody_measured_has_no_gap_and_a_surplus_hides_none() -> None:
    unknown = held_against([taken(50)], None, "not_measured")
    lacking = held_against([taken(100)], Decimal(70), "")
    more = held_against([taken(100)], Decimal(130), "")
    found = gap_of([*unknown, *lacking, *more])
    assert (found.taken, found.unmeasured, found.realised) == (250, 50, 200)
    assert (found.gap, found.surplus, found.carried.unit) == (30, 30, 30)


def test_kroner_hours_and_price_levels_are_never_added() -> None:
    for other in ({"measure": "hours", "price_level": None}, {"price_level": 2024}):
        with pytest.raises(ValueError, match="never added"):
            gap_of([taken(1), taken(1, **other)])


@given(st.lists(money, min_size=1, max_size=6), money, shares)
def test_what_a_benefit_gave_is_divided_to_the_oere(
    amounts: list[Decimal], realised: Decimal, share: Decimal
) -> None:
    rows = held_against([taken(a, unit_share=share) for a in amounts], realised, "")
    found = gap_of(rows)
    assert found.realised == realised
    assert found.gap - found.surplus == found.taken - realised
    carried = found.carried
    assert carried.unit + carried.treasury + carried.unagreed == found.gap
