"""Who started first: a keen start is seen, a drawn one is not, and strata explain it away."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from hoest.engine.effects import (
    Note,
    Question,
    early_adopters,
    effect_of,
    in_strata,
    orders_of,
    rollout_of,
)
from hoest.engine.effects.tests.worlds import noise, panel, staggered


def test_the_large_that_start_first_are_seen_and_strata_explain_them() -> None:
    rollout = staggered(12)
    big = np.repeat([1, 0], 6)
    world = noise(np.random.default_rng(3), 1, 12)[0]
    world += 40.0 * big[:, None] - world.mean(1, keepdims=True)
    found = early_adopters(rollout, world, orders_of(rollout, seed=1))
    assert found is not None
    assert found.level < -0.7
    assert found.level_p < 0.02
    layered = in_strata(panel(rollout, world), big)
    within = early_adopters(layered.rollout, world, orders_of(layered.rollout, seed=1))
    assert within is not None
    assert within.level == found.level
    assert within.level_p > 0.05
    notes = {note for note, _ in effect_of(panel(rollout, world), Question()).notes}
    assert Note.EARLY_DIFFER in notes
    assert Note.EARLY_DIFFER not in {note for note, _ in effect_of(layered, Question()).notes}


def test_without_a_difference_the_alarm_is_as_rare_as_it_says() -> None:
    rollout = staggered(12)
    orders = orders_of(rollout, seed=1, permutations=399)
    worlds = noise(np.random.default_rng(8), 400, 12)
    found = [early_adopters(rollout, world, orders) for world in worlds]
    level = np.mean([one.level_p <= 0.05 for one in found if one])
    trend = np.mean([one.trend_p <= 0.05 for one in found if one])
    assert 0.01 < level < 0.09
    assert 0.01 < trend < 0.09


@given(st.floats(-50, 50), st.floats(0.1, 10))
def test_adding_and_scaling_change_nothing(add: float, scale: float) -> None:
    rollout = rollout_of(["a", "b", "c", "d", "e"], range(10), [5, 6, 7, 10, 10])
    orders = orders_of(rollout, seed=0)
    world = np.random.default_rng(1).standard_normal((5, 10)).round(3)
    one = early_adopters(rollout, world, orders)
    other = early_adopters(rollout, add + scale * world, orders)
    assert one is not None
    assert other is not None
    assert abs(one.level - other.level) < 1e-9
    assert one.level_p == other.level_p
    turned = early_adopters(rollout, -world, orders)
    assert turned is not None
    assert abs(turned.level + one.level) < 1e-9


def test_a_short_time_before_gives_no_answer() -> None:
    rollout = rollout_of(["a", "b", "c"], range(6), [3, 6, 6])
    assert early_adopters(rollout, np.zeros((3, 6)), orders_of(rollout, seed=0)) is None
