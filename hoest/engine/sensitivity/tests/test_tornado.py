"""The tornado and the two-way table."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoest.engine.cash_flow import flat_rate
from hoest.engine.sensitivity import (
    AssumptionTwice,
    AssumptionUnknown,
    Model,
    Outcome,
    Product,
    Ref,
    Sum,
    derived_npv,
    full_effect,
    tornado,
    two_way_table,
)
from hoest.engine.sensitivity.tests.cases import LAWS, assumption, line, small_case


def test_the_bars_of_the_small_case_are_those_a_hand_gets() -> None:
    found = tornado(small_case())
    assert (found.npv, found.full_effect, found.full_effect_year) == (30_000, 40_000, 2028)
    bars = [
        (bar.key, bar.npv_at_low, bar.npv_at_high, bar.effect_at_low, bar.effect_at_high)
        for bar in found.swings
    ]
    # e.g. use at 0.5: 1,000 * 0.5 * 350 * 0.5 = 87,500 a year against 100,000 in licences
    assert bars == [
        ("ibrugtagning", -75_000, 100_000, -12_500, 75_000),
        ("licens", 70_000, -70_000, 60_000, -10_000),
        ("timepris", -10_000, 70_000, 20_000, 60_000),
        ("brugere", -10_000, 46_000, 20_000, 48_000),
    ]
    assert [bar.npv_swing for bar in found.swings] == [175_000, 140_000, 80_000, 56_000]
    assert [bar.effect_swing for bar in found.swings] == [87_500, 70_000, 40_000, 28_000]
    assert [bar.turns_sign for bar in found.swings] == [True] * 4
    assert (found.swings[0].low, found.swings[0].high) == (Decimal("0.5"), 1)


def early_and_late() -> Model:
    return Model(
        (
            assumption("tidlig", "0", "10", "20"),
            assumption("varig", "0", "8", "14"),
            assumption("intet", "1", "1", "1"),
        ),
        (
            line("benefit", {2026: Ref("tidlig")}),
            line("benefit", {2028: Ref("varig")}, recurring=True),
        ),
        2026,
        2028,
        flat_rate(0),
    )


def test_the_bars_may_be_ordered_by_the_full_effect_instead() -> None:
    by_value, by_effect = tornado(early_and_late()), tornado(early_and_late(), Outcome.FULL_EFFECT)
    assert [bar.key for bar in by_value.swings] == ["tidlig", "varig", "intet"]
    assert [bar.key for bar in by_effect.swings] == ["varig", "tidlig", "intet"]
    assert [bar.effect_swing for bar in by_effect.swings] == [14, 0, 0]
    assert by_value.swings[2].npv_swing == 0
    assert not by_value.swings[2].turns_sign


def test_equal_bars_stay_in_the_order_of_the_model() -> None:
    def of(*keys: str) -> list[str]:
        model = Model(
            tuple(assumption(key, "1", "2", "4") for key in keys),
            (line("benefit", {2026: Sum(tuple(Ref(key) for key in keys))}),),
            2026,
            2026,
            flat_rate(0),
        )
        return [bar.key for bar in tornado(model).swings]

    assert of("c", "a", "b") == ["c", "a", "b"]
    assert of("b", "c", "a") == ["b", "c", "a"]


weights = st.decimals(-100, 100, places=2)
ends = st.lists(st.decimals(0, 1000, places=2), min_size=3, max_size=3).map(sorted)


@LAWS
@given(parts=st.lists(ends, min_size=1, max_size=5), unit=st.sampled_from([1000, 10]))
def test_in_a_plain_sum_each_swing_is_the_width_of_its_assumption(
    parts: list[list[Decimal]], unit: int
) -> None:
    keys = [f"x{k}" for k in range(len(parts))]
    model = Model(
        tuple(assumption(key, *map(str, three)) for key, three in zip(keys, parts, strict=True)),
        (line("benefit", {2026: Sum(tuple(Ref(key) for key in keys))}),),
        2026,
        2026,
        flat_rate(0.05),
    )
    found = tornado(model)
    widths = {key: three[2] - three[0] for key, three in zip(keys, parts, strict=True)}
    assert {bar.key: bar.npv_swing for bar in found.swings} == widths
    assert [bar.npv_swing for bar in found.swings] == sorted(widths.values(), reverse=True)
    for bar in found.swings:
        assert bar.npv_at_low <= found.npv <= bar.npv_at_high


def test_a_case_without_assumptions_has_no_bars() -> None:
    found = tornado(replace(small_case(), assumptions=(), lines=small_case().lines[:1]))
    assert (found.swings, found.npv, found.full_effect) == ((), -50_000, 0)


def test_two_assumptions_are_moved_at_once() -> None:
    model = small_case()
    table = two_way_table(model, "ibrugtagning", "licens", columns=[Decimal(100), Decimal(70)])
    assert table.rows == (Decimal("0.5"), Decimal("0.8"), 1)
    assert table.columns == (100, 70)
    assert table.npv == ((-75_000, -15_000), (30_000, 90_000), (100_000, 160_000))
    assert table.effect == ((-12_500, 17_500), (40_000, 70_000), (75_000, 105_000))
    assert (table.row_key, table.column_key) == ("ibrugtagning", "licens")


def test_turning_the_table_turns_its_values() -> None:
    model = small_case()
    one = two_way_table(model, "timepris", "brugere")
    other = two_way_table(model, "brugere", "timepris")
    assert other.npv == tuple(zip(*one.npv, strict=True))
    probable = one.npv[1][1]
    assert probable == derived_npv(model, model.probable)
    assert one.effect[1][1] == full_effect(model, model.probable)


def test_a_side_shows_equal_ends_once() -> None:
    model = small_case(assumption("fast", "3", "3", "3"))
    assert two_way_table(model, "fast", "licens").rows == (3,)


def test_a_table_needs_two_assumptions_of_the_model() -> None:
    with pytest.raises(AssumptionTwice):
        two_way_table(small_case(), "licens", "licens")
    with pytest.raises(AssumptionUnknown):
        two_way_table(small_case(), "licens", "ukendt")


def test_what_matters_only_together_is_seen_in_the_table_and_not_in_the_bars() -> None:
    model = Model(
        (assumption("a", "0", "0", "1"), assumption("b", "0", "0", "1")),
        (line("benefit", {2026: Product((Ref("a"), Ref("b")))}),),
        2026,
        2026,
        flat_rate(0),
    )
    assert [bar.npv_swing for bar in tornado(model).swings] == [0, 0]
    assert two_way_table(model, "a", "b").npv == ((0, 0), (0, 1))
