"""Parallel trends: straight ones do no harm, the worst bend is the worst, and empty worlds are."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from hoest.engine.effects import (
    NumberOutOfRange,
    Rollout,
    breakdown,
    orders_of,
    rollout_of,
    trend_weights,
    worst_bias,
)
from hoest.engine.effects.tests.worlds import noise, staggered


def by_least_squares(rollout: Rollout, table: np.ndarray, horizon: int) -> float:
    """Fit levels, slopes and periods on untreated values with a plain solver."""
    n, length = table.shape
    unit, time = np.nonzero(~rollout.treated)
    columns = np.zeros((len(unit), 2 * n + length))
    columns[np.arange(len(unit)), unit] = 1
    columns[np.arange(len(unit)), n + unit] = time
    columns[np.arange(len(unit)), 2 * n + time] = 1
    fitted = np.linalg.lstsq(columns, table[unit, time], rcond=None)[0]
    since = np.arange(length)[None, :] - rollout.starts[:, None]
    shared = np.arange(length)[None, :] < rollout.starts.max()
    unit, time = np.nonzero((since >= 0) & (since < horizon) & shared)
    expected = fitted[unit] + time * fitted[n + unit] + fitted[2 * n + time]
    return float((table[unit, time] - expected).mean())


@pytest.mark.parametrize("starts", [[5, 8, 8, 20, 20], [6, 6, 9, 12], [4, 7, 20, 20]])
@pytest.mark.parametrize("horizon", [1, 6, 40])
def test_the_weights_are_those_of_least_squares(starts: list[int], horizon: int) -> None:
    rollout = rollout_of([f"{k}" for k in range(len(starts))], range(20), starts)
    table = np.random.default_rng(1).standard_normal((len(starts), 20))
    rows = trend_weights(rollout, horizon)
    own = rows[np.searchsorted(np.unique(rollout.starts), rollout.starts)]
    assert (own * table).sum() == pytest.approx(by_least_squares(rollout, table, horizon), abs=1e-8)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.floats(-2, 2), min_size=12, max_size=12),
    st.lists(st.floats(-9, 9), min_size=60, max_size=60),
    st.floats(-5, 5),
)
def test_own_slopes_and_common_months_change_nothing(
    slopes: list[float], months: list[float], effect: float
) -> None:
    rollout = staggered(12)
    orders = orders_of(rollout, seed=1, permutations=99)
    table = noise(np.random.default_rng(2), 1, 12)[0]
    moved = table + np.outer(slopes, np.arange(60)) + np.array(months) + effect * rollout.treated
    plain, other = breakdown(rollout, table, orders), breakdown(rollout, moved, orders)
    assert plain is not None
    assert other is not None
    assert other.estimate == pytest.approx(plain.estimate + effect, abs=1e-6)
    assert other.bias_per_bend == plain.bias_per_bend


def test_no_bend_moves_the_estimate_further_than_the_worst() -> None:
    rollout = rollout_of([f"{k}" for k in range(5)], range(16), [5, 8, 8, 16, 16])
    rows = trend_weights(rollout, 4)
    # δ by periods since the start, -8 to 10: maximise Σ u_e δ_e with |second differences| <= 1.
    width = 19
    push = np.zeros(width)
    for start, row, count in zip([5, 8], rows, [1, 2], strict=False):
        push[8 - start : 8 - start + 16] += count * row
    bend = np.zeros((width - 2, width))
    for k in range(width - 2):
        bend[k, k : k + 3] = [1, -2, 1]
    walls = np.ones(2 * (width - 2))
    free = (None, None)
    found = linprog(-push, np.vstack([bend, -bend]), walls, bounds=[free] * width)
    assert -found.fun == pytest.approx(worst_bias(rollout, rows), rel=1e-6)


def test_a_large_effect_bears_more_bend_than_a_small_one() -> None:
    rollout = staggered(12)
    orders = orders_of(rollout, seed=1)
    table = noise(np.random.default_rng(2), 1, 12)[0]
    held = []
    for effect in (0.0, 6.0, 12.0):
        found = breakdown(rollout, table + effect * rollout.treated, orders)
        assert found is not None
        held.append(found.holds_to)
    assert held[0] is None
    assert held[1] is not None
    assert held[2] is not None
    assert 0 < held[1] < held[2]
    again = breakdown(rollout, table + 12 * rollout.treated, orders)
    assert again is not None
    assert again.low - (held[2] or 0) * again.bias_per_bend == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("size", [6, 12])
def test_straight_trends_are_seldom_called_safe_where_there_is_no_effect(size: int) -> None:
    rollout = staggered(size)
    orders = orders_of(rollout, seed=1, permutations=199)
    random = np.random.default_rng(6)
    worlds = noise(random, 300, size) + np.arange(60) * random.normal(0, 0.1, (300, size, 1))
    safe = [
        found.holds_to is not None
        for world in worlds
        if (found := breakdown(rollout, world, orders)) is not None
    ]
    assert len(safe) == 300
    assert np.mean(safe) <= 0.08


def test_without_ground_there_is_no_answer() -> None:
    early = rollout_of(["a", "b", "c"], range(9), [3, 9, 9])
    assert breakdown(early, np.zeros((3, 9)), orders_of(early, seed=0)) is None
    late = rollout_of(["a", "b", "c"], range(9), [5, 9, 9])
    gap = np.zeros((3, 9))
    gap[0, 0] = np.nan
    assert breakdown(late, gap, orders_of(late, seed=0)) is None
    everybody = rollout_of(["a", "b"], range(9), [5, 5])
    assert breakdown(everybody, np.zeros((2, 9)), orders_of(everybody, seed=0)) is None
    with pytest.raises(NumberOutOfRange):
        trend_weights(late, 0)
