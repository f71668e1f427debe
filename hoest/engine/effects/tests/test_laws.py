"""Laws: a constant, a new order of units, the other sign, and an effect of zero."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoest.engine.effects import (
    Average,
    Effect,
    Method,
    Pairing,
    Question,
    Rollout,
    averaged,
    decomposed,
    effect_of,
    group_time,
    imputed,
    imputed_cells,
    leave_one_out,
    orders_of,
    randomised,
    residuals,
    rollout_of,
    two_way,
)
from hoest.engine.effects.checks import _deleted
from hoest.engine.effects.tests.worlds import noise, panel

LAWS = settings(deadline=None, max_examples=15)
starts = st.lists(st.integers(3, 14), min_size=6, max_size=9).filter(
    lambda found: min(found) < 12 <= max(found) and len(set(found)) > 2
)
seeds = st.integers(0, 10_000)
ASKED = Question(permutations=99)


def made(begun: list[int], seed: int) -> tuple[Rollout, np.ndarray]:
    rollout = rollout_of([f"k{k}" for k in range(len(begun))], range(12), begun)
    table = noise(np.random.default_rng(seed), 1, len(begun), 12)[0]
    return rollout, table + 2.0 * rollout.treated


def answered(rollout: Rollout, table: np.ndarray, method: Method = Method.IMPUTATION) -> Effect:
    return effect_of(panel(rollout, table), Question(method=method, permutations=99))


@LAWS
@given(starts, seeds, st.floats(-1e4, 1e4), st.sampled_from([Method.IMPUTATION, Method.GROUP_TIME]))
def test_adding_a_constant_changes_nothing(
    begun: list[int], seed: int, constant: float, method: Method
) -> None:
    rollout, table = made(begun, seed)
    plain, moved = answered(rollout, table, method), answered(rollout, table + constant, method)
    assert moved.estimate == pytest.approx(plain.estimate, abs=1e-7)
    assert moved.error == pytest.approx(plain.error, abs=1e-7)
    assert moved.p == plain.p
    assert moved.judgement == plain.judgement
    assert [moved.low, moved.high] == pytest.approx([plain.low, plain.high], abs=1e-6)


@LAWS
@given(starts, seeds, st.sampled_from([Method.IMPUTATION, Method.GROUP_TIME]))
def test_reversing_the_sign_reverses_the_answer(
    begun: list[int], seed: int, method: Method
) -> None:
    rollout, table = made(begun, seed)
    plain, other = answered(rollout, table, method), answered(rollout, -table, method)
    assert other.estimate == pytest.approx(-plain.estimate, abs=1e-9)
    assert other.error == pytest.approx(plain.error, abs=1e-9)
    assert other.p == plain.p
    assert (other.low, other.high) == pytest.approx((-plain.high, -plain.low), abs=1e-8)
    assert other.judgement.verdict == plain.judgement.verdict


@LAWS
@given(starts, seeds, st.randoms(use_true_random=False))
def test_the_order_of_the_units_means_nothing(begun: list[int], seed: int, random) -> None:  # type: ignore[no-untyped-def]
    rollout, table = made(begun, seed)
    mixed = list(range(rollout.size))
    random.shuffle(mixed)
    other = rollout_of(
        [rollout.units[k] for k in mixed], rollout.periods, rollout.starts[mixed].tolist()
    )
    plain, moved = imputed(rollout, table), imputed(other, table[mixed])
    assert moved.estimates == pytest.approx(plain.estimates, abs=1e-9)
    assert moved.standard_errors == pytest.approx(plain.standard_errors, abs=1e-9)
    cells, again = group_time(rollout, table), group_time(other, table[mixed])
    one, two = (
        averaged(r, y, c, Average.EVENT)
        for r, y, c in ((rollout, table, cells), (other, table[mixed], again))
    )
    assert two.estimates == pytest.approx(one.estimates, abs=1e-9)
    assert two.overall_error == pytest.approx(one.overall_error, abs=1e-9)
    assert decomposed(other, table[mixed]).estimate == pytest.approx(
        decomposed(rollout, table).estimate, abs=1e-9
    )


@LAWS
@given(starts, seeds)
def test_parallel_lines_have_an_effect_of_zero_and_a_known_one_is_found(
    begun: list[int], seed: int
) -> None:
    rollout, _ = made(begun, seed)
    random = np.random.default_rng(seed)
    lines = random.normal(0, 3, (rollout.size, 1)) + random.normal(0, 3, (1, rollout.length))
    assert imputed(rollout, lines).estimates[0, 0] == pytest.approx(0, abs=1e-9)
    assert imputed(rollout, lines).standard_errors[0, 0] == pytest.approx(0, abs=1e-9)
    found = imputed(rollout, lines - 4.0 * rollout.treated)
    assert found.estimates[0, 0] == pytest.approx(-4, abs=1e-9)
    answer = answered(rollout, lines)
    assert answer.p == 1
    assert answer.judgement.verdict.value in ("ikke vist", "kan ikke vises")


@LAWS
@given(starts, seeds)
def test_the_comparisons_weigh_one_and_make_the_regression(begun: list[int], seed: int) -> None:
    rollout, table = made(begun, seed)
    found = decomposed(rollout, table)
    assert sum(found.share(one) for one in Pairing) == pytest.approx(1)
    whole = two_way(np.ones((rollout.size, rollout.length), dtype=np.bool_))
    y, d = residuals(whole, np.stack([table, rollout.treated.astype(float)]))
    assert found.estimate == pytest.approx((y * d).sum() / (d * d).sum(), abs=1e-9)


@LAWS
@given(starts, seeds)
def test_the_interval_holds_exactly_the_effects_that_are_not_rejected(
    begun: list[int], seed: int
) -> None:
    rollout, table = made(begun, seed)
    orders = orders_of(rollout, seed=seed, permutations=99)
    found = randomised(rollout, table, orders)
    low, high = found.low[0], found.high[0]
    for value in (found.estimates[0] - 0.5, found.estimates[0] + 0.5, 0.0, 1.0):
        p = randomised(rollout, table - value * rollout.treated, orders).p[0]
        if abs(value - low) > 1e-6 and abs(value - high) > 1e-6:
            assert (p > 0.05) == (low < value < high)


@LAWS
@given(starts, seeds)
def test_the_quick_ways_give_what_the_slow_ways_give(begun: list[int], seed: int) -> None:
    rollout, table = made(begun, seed)
    out = leave_one_out(rollout, table)
    slow = _deleted(rollout, table)
    assert out is not None
    assert out.low == pytest.approx(min(slow.values()), abs=1e-9)
    assert out.high == pytest.approx(max(slow.values()), abs=1e-9)
    cells = imputed_cells(rollout, table)
    whole = imputed(rollout, table).estimates[0, 0]
    assert cells.effects @ cells.counts / cells.counts.sum() == pytest.approx(whole, abs=1e-9)
    orders = orders_of(rollout, seed=seed, permutations=99)
    quick = randomised(rollout, table, orders).placebos[:5, 0]
    for starts_, placebo in zip(orders.starts[:5], quick, strict=True):
        other = rollout_of(rollout.units, rollout.periods, starts_.tolist())
        assert imputed(other, table).estimates[0, 0] == pytest.approx(placebo, abs=1e-9)


@LAWS
@given(starts, seeds)
def test_a_missing_value_is_not_filled_in(begun: list[int], seed: int) -> None:
    rollout, table = made(begun, seed)
    gap = table.copy()
    gap[int(np.argmax(rollout.starts)), 2] = np.nan
    wild = gap.copy()
    found, batch = imputed(rollout, gap), imputed(rollout, np.stack([wild, wild + 1]))
    assert batch.estimates[:, 0] == pytest.approx([found.estimates[0, 0]] * 2, abs=1e-7)
    assert np.isfinite(found.standard_errors).all()
    assert answered(rollout, gap).notes[0][1] == 1
