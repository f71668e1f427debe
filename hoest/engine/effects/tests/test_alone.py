"""One that stands alone: left-out units and pretended dates, and what they do to the verdict."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoest.engine.effects import (
    Doubts,
    Effect,
    Grade,
    Method,
    Pretended,
    Question,
    Reason,
    Rollout,
    Verdict,
    as_text,
    effect_of,
    false_effect,
    from_text,
    judged,
    pretended_dates,
    synthetic,
    synthetic_gap,
    synthetic_left_out,
    synthetic_without,
    without,
)
from hoest.engine.effects.tests.worlds import noise, panel, together

START = 36


def world(seed: int, size: int) -> np.ndarray:
    return noise(np.random.default_rng(seed), 1, size)[0]


def asked(rollout: Rollout, table: np.ndarray, method: Method) -> Effect:
    return effect_of(panel(rollout, table), Question(method=method))


def test_each_other_unit_is_left_out_and_the_answer_made_again() -> None:
    rollout, table = together(98), world(4, 98) + 3 * together(98).treated
    found = synthetic(rollout, table, placebos=False)
    left = synthetic_without(rollout, table)
    assert set(left) == set(rollout.units[1:])
    for unit in ("k01", "k40"):
        out = np.array([one == unit for one in rollout.units])
        again = synthetic(without(rollout, out), table[~out], placebos=False)
        # The penalty is that of all units; one fewer hardly moves it.
        assert left[unit] == pytest.approx(again.estimate, abs=0.05)
    told = synthetic_left_out(rollout, table)
    assert told is not None
    assert told.sign_holds
    assert told.low < found.estimate < told.high
    assert told.low == pytest.approx(min(left.values()), abs=0.02)


def test_a_neighbour_that_carries_the_answer_is_named() -> None:
    random = np.random.default_rng(2)
    wave = np.cumsum(random.standard_normal(60))
    table = 0.2 * random.standard_normal((6, 60))
    # Only k03 goes with us, and it falls when we start; the others stand still.
    table[0] += wave
    table[3] += wave
    table[0, START:] = table[0, START] + 0.2 * random.standard_normal(24)
    table[3, START:] = table[3, START] - 6
    rollout = together(6)
    found = synthetic(rollout, table, placebos=False)
    told = synthetic_left_out(rollout, table)
    assert told is not None
    assert told.low_unit == "k03"
    assert told.high < found.estimate + 0.5
    assert told.low < found.estimate - 1


def test_those_who_start_together_are_left_out_too() -> None:
    rollout, table = together(8, 2), world(1, 8) + 3 * together(8, 2).treated
    left = synthetic_without(rollout, table)
    assert set(left) == set(rollout.units)
    small = together(3)
    assert synthetic_left_out(small, table[:3]) is None


def test_a_unit_that_moved_before_it_started_is_not_shown() -> None:
    rollout = together(24)
    table = world(6, 24) + 9 * rollout.treated
    still = asked(rollout, table, Method.SYNTHETIC)
    assert still.judgement.verdict is Verdict.SHOWN
    assert still.checks.gap is not None
    assert still.checks.gap.ahead == 12
    assert still.checks.gap.p > 0.05
    table[0, START - 12 : START] += 9
    early = asked(rollout, table, Method.SYNTHETIC)
    assert early.checks.gap is not None
    assert early.checks.gap.gap == pytest.approx(still.checks.gap.gap + 9, abs=1)
    assert early.checks.gap.p == early.checks.gap.smallest_p == pytest.approx(1 / 24)
    assert Verdict.SHOWN is not early.judgement.verdict
    if early.p <= 0.05:
        assert Reason.MOVED_APART_BEFORE in early.judgement.reasons


def test_a_date_that_leaves_too_little_is_not_pretended() -> None:
    rollout, table = together(12), world(1, 12)
    assert synthetic_gap(rollout, table, START - 2) is None
    assert synthetic_gap(rollout, table, 0) is None
    assert synthetic_gap(together(3), table[:3], 12) is None
    assert synthetic_gap(together(4), table[:4], 12) is not None
    dates = pretended_dates(table[0], START, lambda before, _: (len(before), 1.0, 1.0))
    assert [one.start for one in dates] == [9, 18, 27]
    assert {one.effect for one in dates} == {START}
    assert pretended_dates(table[0], 9, lambda *_: (1.0, 1.0, 1.0)) == ()


def test_several_dates_are_several_chances() -> None:
    three = tuple(Pretended(k, float(-k), 1.0, p) for k, p in ((9, 0.01), (18, 0.04), (27, 0.016)))
    assert false_effect(three) == 27
    assert false_effect(three[1:2]) == 18
    assert false_effect(tuple(Pretended(k, 1.0, 1.0, 0.02) for k in (9, 18, 27))) is None
    assert false_effect(()) is None


@pytest.mark.parametrize("method", [Method.INTERRUPTED, Method.STRUCTURAL])
def test_a_change_when_nobody_had_begun_takes_the_sign_away(method: Method) -> None:
    rollout = together(8)
    table = 0.3 * np.random.default_rng(1).standard_normal((8, 60))
    plain = asked(rollout, table + 2 * rollout.treated, method)
    assert plain.judgement.verdict is Verdict.INDICATED
    assert (false_effect(plain.checks.pretended) or 0) < 0.5
    table[0, 18:] += 3
    small = asked(rollout, table + 2 * rollout.treated, method)
    assert small.judgement.verdict is Verdict.NOT_SHOWN
    large = asked(rollout, table + 9 * rollout.treated, method)
    assert large.judgement.verdict is Verdict.INDICATED
    assert Reason.EFFECT_WITHOUT_START in large.judgement.reasons
    assert false_effect(large.checks.pretended) == pytest.approx(3, abs=0.6)


def test_the_untouched_one_that_decides_is_named() -> None:
    random = np.random.default_rng(3)
    common = np.cumsum(random.standard_normal(60))
    table = common + 0.3 * random.standard_normal((5, 60))
    table[2:] = random.standard_normal((3, 60))
    rollout = together(5)
    found = asked(rollout, table, Method.STRUCTURAL)
    assert found.checks.left_out is not None
    assert "k01" in (found.checks.left_out.low_unit, found.checks.left_out.high_unit)
    # Without its only neighbour ours stands on its own past.
    pair = asked(together(2), table[:2], Method.STRUCTURAL).checks.left_out
    assert pair is not None
    assert pair.low == pair.high


def test_each_of_those_who_stand_together_is_left_out() -> None:
    rollout, table = together(6, 3), world(2, 6) + 5 * together(6, 3).treated
    own = asked(rollout, table, Method.INTERRUPTED).checks.left_out
    assert own is not None
    assert {own.low_unit, own.high_unit} < {"k00", "k01", "k02"}
    assert asked(together(6), table, Method.INTERRUPTED).checks.left_out is None


maybe = st.one_of(st.none(), st.floats(0, 5))


@settings(max_examples=200)
@given(
    st.sampled_from([Grade.CLAIMED, Grade.COUNTED, Grade.DETRENDED]),
    st.floats(0, 1),
    st.floats(0, 0.2),
    st.sampled_from([None, True, False]),
    maybe,
    st.floats(-5, 5),
)
def test_one_series_is_never_called_shown(
    grade: Grade, p: float, least: float, holds: bool | None, false: float | None, effect: float
) -> None:
    doubts = Doubts(sign_holds=holds, estimate=effect, false_effect=false)
    found = judged(grade, p, least, doubts)
    assert found.verdict is not Verdict.SHOWN
    if holds is False or (false is not None and false >= abs(effect)):
        assert found.verdict in (Verdict.NOT_SHOWN, Verdict.CANNOT)
    assert found.reasons


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10_000), st.floats(-1e3, 1e3))
def test_the_largest_effect_of_one_series_is_a_sign(seed: int, effect: float) -> None:
    rollout = together(1)
    found = asked(rollout, world(seed, 1) + effect * rollout.treated, Method.INTERRUPTED)
    assert found.judgement.verdict is not Verdict.SHOWN
    assert int(found.grade) == 2


@pytest.mark.parametrize("method", [Method.SYNTHETIC, Method.INTERRUPTED, Method.STRUCTURAL])
def test_the_checks_come_back_from_their_text(method: Method) -> None:
    question = Question(method=method)
    found = effect_of(panel(together(6), world(5, 6)), question)
    again = from_text(as_text(found, question))
    assert isinstance(again, Effect)
    assert again.checks == found.checks


def test_one_odd_unit_of_two_is_not_an_effect() -> None:
    table = world(9, 12)
    table[0, START:] += 40
    found = synthetic(together(12, 2), table)
    assert len(found.swaps) == len(found.placebos) == 65
    # Other pairs that hold the odd one are as far out, by its chance alone; no other pair is.
    assert found.p > 0.05
    assert (np.abs(found.swaps) > 15).sum() == 10


def test_many_groups_are_drawn_by_the_seed() -> None:
    table = world(9, 30)
    rollout = together(30, 10)
    one = synthetic(rollout, table, seed=1, steps=20)
    assert len(one.placebos) == 999
    assert one.smallest_p == pytest.approx(0.001)
    again = synthetic(rollout, table, seed=1, steps=20)
    assert (again.placebos == one.placebos).all()
    assert (synthetic(rollout, table, seed=2, steps=20).placebos != one.placebos).any()
