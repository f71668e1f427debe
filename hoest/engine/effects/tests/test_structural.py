"""The structural time series: agrees with a Kalman filter, keeps its laws, rarely cries wolf."""

from __future__ import annotations

import importlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoest.engine.effects import (
    Method,
    Question,
    TooFewPeriods,
    TooFewUnits,
    Verdict,
    effect_of,
    rollout_of,
    structural,
)
from hoest.engine.effects.tests.worlds import noise, panel

# The package holds a function of the same name.
GRID = importlib.import_module("hoest.engine.effects.structural")
LENGTH, START = 60, 36


def world(seed: int, size: int = 12) -> np.ndarray:
    return noise(np.random.default_rng(seed), 1, size, LENGTH)[0]


def test_one_drift_and_one_reach_agree_with_a_kalman_filter(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import statsmodels.api as sm

    monkeypatch.setattr(GRID, "DRIFTS", np.array([0.3]))
    monkeypatch.setattr(GRID, "REACHES", np.array([100.0]))
    table = world(1, 3)
    found = structural(table[0], table[1:], START)
    y = table[0].copy()
    y[START:] = np.nan
    moved = table[1:] - table[1:, :START].mean(1, keepdims=True)
    moved = (moved / moved[:, :START].std(1, keepdims=True)).T
    model = sm.tsa.UnobservedComponents(y, "llevel", exog=moved, mle_regression=False)
    kept = model.smooth([1.0, 0.09])
    foretold = np.asarray(kept.get_prediction(0, LENGTH - 1).predicted_mean)[START:]
    gap = table[0, START:] - foretold
    assert found.estimate == pytest.approx(gap.mean(), abs=0.02)


@settings(max_examples=12, deadline=None)
@given(st.floats(-100, 100), st.floats(0.1, 20), st.integers(0, 5))
def test_moving_scaling_and_turning_carry_over(add: float, scale: float, seed: int) -> None:
    table = world(seed, 4)
    one = structural(table[0], table[1:], START)
    other = structural(add + scale * table[0], 3 - 2 * table[1:], START)
    assert other.estimate == pytest.approx(scale * one.estimate, abs=1e-4 * scale)
    assert other.p == pytest.approx(one.p, abs=1e-4)
    turned = structural(-table[0], table[1:], START)
    assert turned.low == pytest.approx(-one.high, abs=1e-5)
    order = structural(table[0], table[1:][::-1], START)
    assert order.estimate == pytest.approx(one.estimate, abs=1e-8)


@settings(max_examples=12, deadline=None)
@given(st.floats(-5, 5))
def test_an_effect_is_found_as_it_is(effect: float) -> None:
    table = world(3, 6)
    after = np.arange(LENGTH) >= START
    plain = structural(table[0], table[1:], START)
    moved = structural(table[0] + effect * after, table[1:], START)
    assert moved.estimate - plain.estimate == pytest.approx(effect, abs=1e-6)
    assert moved.without == pytest.approx(plain.without, abs=1e-6)


def test_the_untouched_sharpen_the_answer() -> None:
    random = np.random.default_rng(5)
    common = np.cumsum(random.standard_normal(LENGTH))
    table = common + 0.3 * random.standard_normal((6, LENGTH))
    near = structural(table[0], table[1:], START)
    strangers = random.standard_normal((5, LENGTH))
    far = structural(table[0], strangers, START)
    assert near.high - near.low < (far.high - far.low) / 3


def test_no_effect_is_seldom_called_one() -> None:
    alarms = [
        structural(table[0], table[1:], START).p <= 0.05
        for table in noise(np.random.default_rng(12), 120, 8, LENGTH)
    ]
    assert np.mean(alarms) <= 0.10


def test_it_is_never_more_than_an_indication() -> None:
    table = world(2, 8)
    table[0, START:] += 8
    rollout = rollout_of([f"k{k}" for k in range(8)], range(LENGTH), [START] + [LENGTH] * 7)
    found = effect_of(panel(rollout, table), Question(method=Method.STRUCTURAL))
    assert found.p < 0.01
    assert found.low < 8 < found.high
    assert found.judgement.verdict is Verdict.INDICATED
    assert int(found.grade) == 2
    assert found.picture.without[START:].mean() == pytest.approx(
        table[0, START:].mean() - found.estimate, abs=1e-9
    )


def test_a_missing_value_of_ours_is_passed_over_and_a_gap_in_theirs_leaves_them_out() -> None:
    table = world(2, 4)
    table[0, 5] = np.nan
    table[1, 7] = np.nan
    assert structural(table[0], table[1:], START).controls == 2
    with pytest.raises(TooFewUnits):
        structural(table[0], table[1:2], START)
    with pytest.raises(TooFewPeriods):
        structural(table[0], table[2:], 5)
