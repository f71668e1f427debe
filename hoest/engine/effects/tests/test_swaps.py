"""Chance beside a weighted neighbour: any unit might have been ours; an effect is no chance."""

from __future__ import annotations

from importlib import import_module
from itertools import combinations

import numpy as np
import pytest

from hoest.engine.effects import Method, Question, Verdict, effect_of, synthetic
from hoest.engine.effects.panel import Rollout, rollout_of
from hoest.engine.effects.tests.worlds import noise, panel, together


def started(size: int, ours: tuple[int, ...]) -> Rollout:
    starts = [36 if unit in ours else 60 for unit in range(size)]
    return rollout_of([f"k{unit:02}" for unit in range(size)], range(60), starts)


def world(seed: int, size: int) -> np.ndarray:
    return noise(np.random.default_rng(seed), 1, size)[0]


@pytest.mark.parametrize(("size", "adopters"), [(7, 1), (6, 2)])
def test_whoever_had_started_the_same_estimates_would_stand_against_each_other(
    size: int, adopters: int
) -> None:
    """So p is exact: over the labels it takes each value 1/n, 2/n … as often as the next."""
    table = world(4, size)
    every = [
        synthetic(started(size, ours), table, steps=400)
        for ours in combinations(range(size), adopters)
    ]
    whole = [np.sort([one.estimate, *one.swaps]) for one in every]
    assert np.ptp(whole, axis=0) == pytest.approx(0, abs=1e-9)
    larger = [1 + int((np.abs(one.swaps) >= abs(one.estimate) - 1e-9).sum()) for one in every]
    assert sorted(larger) == list(range(1, len(every) + 1))
    assert all(one.p >= rank / len(every) for one, rank in zip(every, larger, strict=True))


@pytest.mark.parametrize("adopters", [1, 2])
def test_an_effect_moves_the_estimate_and_neither_error_nor_range(adopters: int) -> None:
    rollout = together(12, adopters)
    table = world(3, 12)
    plain = synthetic(rollout, table, steps=400)
    for effect in (2.0, 20.0):
        found = synthetic(rollout, table + effect * rollout.treated, steps=400)
        assert found.estimate == pytest.approx(plain.estimate + effect, abs=1e-9)
        assert found.placebo_error == pytest.approx(plain.placebo_error, abs=1e-9)
        assert found.placebos == pytest.approx(plain.placebos, abs=1e-9)


def test_a_range_holds_zero_exactly_where_p_is_above_the_level() -> None:
    rollout = together(24)
    for table in noise(np.random.default_rng(8), 12, 24):
        for effect in (0.0, 1.5, 3.0):
            found = synthetic(rollout, table + effect * rollout.treated, steps=200)
            assert (found.reach(0.05) >= abs(found.estimate)) is bool(found.p > 0.05)


def test_the_tables_are_weighted_in_parts_that_memory_holds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rollout, table = together(12, 2), world(3, 12)
    whole = synthetic(rollout, table, steps=100)
    neighbours = import_module("hoest.engine.effects.synthetic")
    left = neighbours.synthetic_without(rollout, table, steps=100)
    monkeypatch.setattr(neighbours, "SIDE_BY_SIDE", 3 * 12 * 72)
    parts = synthetic(rollout, table, steps=100)
    assert parts.placebos == pytest.approx(whole.placebos, abs=1e-12)
    again = neighbours.synthetic_without(rollout, table, steps=100)
    assert again == pytest.approx(left, abs=1e-12)


def test_one_whose_absence_leaves_nothing_to_say_takes_no_answer_away() -> None:
    """With a value missing in the one, the mean without the other has a hole."""
    table = world(5, 2)[:, :60].copy()
    rollout = together(2, 2)
    table[0, 10] = np.nan
    found = effect_of(panel(rollout, table), Question(method=Method.INTERRUPTED))
    assert found.checks.left_out is not None
    assert not found.checks.left_out.sign_holds
    assert found.judgement.verdict is not Verdict.SHOWN
