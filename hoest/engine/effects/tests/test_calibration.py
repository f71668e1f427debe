"""With no effect, "vist" is said at most six times in a hundred; a small fixed sample of worlds.

The 2,000 worlds of each size are run by `python -m benchmarks.effects calibrate`.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from hoest.engine.effects import (
    Method,
    Noise,
    Question,
    Verdict,
    detectable,
    effect_of,
    group_time,
    orders_of,
    power_of,
    randomised,
    simple_weights,
    synthetic,
    trend_weights,
)
from hoest.engine.effects.tests.worlds import noise, panel, staggered, together

WORLDS = {6: 60, 12: 50, 98: 20}
MADE = (
    *((what, size) for what in ("vist", "p <= 0.05", "cs vist", "cs p <= 0.05") for size in WORLDS),
    *((what, size) for what in ("sdid vist", "sdid p <= 0.05") for size in (6, 12, 20, 24, 40, 98)),
    ("sdid of two vist", 12),
    ("sdid of two p <= 0.05", 12),
    ("its vist", 1),
)
SIGNS = "(at most an indication)"


@pytest.mark.parametrize("size", [6, 12, 98])
def test_chance_is_seldom_called_an_effect(size: int) -> None:
    worlds = noise(np.random.default_rng(2026), WORLDS[size], size)
    rollout = staggered(size)
    asked = Question(method=Method.IMPUTATION, permutations=199)
    said = [effect_of(panel(rollout, one), asked).judgement.verdict for one in worlds]
    # 6 % and two standard errors of so few worlds.
    share = sum(one is Verdict.SHOWN for one in said) / len(said)
    assert share <= 0.06 + 2 * (0.06 * 0.94 / len(said)) ** 0.5
    assert Verdict.CANNOT not in said


@pytest.mark.parametrize("size", [6, 12, 98])
def test_other_orders_keep_their_level_over_two_thousand_worlds(size: int) -> None:
    rollout = staggered(size)
    random = np.random.default_rng(7)
    alarms = 0
    for _ in range(20):
        worlds = noise(random, 100, size)
        orders = orders_of(rollout, seed=int(random.integers(1 << 30)))
        alarms += int((randomised(rollout, worlds, orders).p <= 0.05).sum())
    assert alarms <= 0.06 * 2_000


@pytest.mark.parametrize("size", [6, 12, 98])
def test_other_orders_keep_the_level_of_group_time_effects(size: int) -> None:
    rollout, alarms = staggered(size), 0
    for seed in range(8):
        worlds = noise(np.random.default_rng(seed), 50, size)
        rows = simple_weights(rollout, group_time(rollout, worlds))
        found = randomised(rollout, worlds, orders_of(rollout, seed=seed), by_start=rows)
        alarms += int((found.p <= 0.05).sum())
        alone = Question(method=Method.GROUP_TIME, seed=seed)
        told = effect_of(panel(rollout, worlds[0]), alone)
        assert told.p == found.p[0]
    assert alarms / 400 <= 0.06 + 2 * (0.06 * 0.94 / 400) ** 0.5


@pytest.mark.parametrize(("size", "adopters", "count"), [(24, 1, 60), (98, 1, 24), (12, 2, 40)])
def test_a_weighted_neighbour_seldom_cries_wolf(size: int, adopters: int, count: int) -> None:
    """So few worlds find gross faults only; that p keeps its level exactly is in test_swaps."""
    rollout = together(size, adopters)
    worlds = noise(np.random.default_rng(2026), count, size)
    found = np.array([synthetic(rollout, one, steps=300).p for one in worlds])
    assert (found <= 0.05).mean() <= 0.06 + 2 * (0.06 * 0.94 / count) ** 0.5
    # p is spread over all of 0 to 1, not heaped where it can do no harm.
    assert found.min() < 0.3
    assert found.max() > 0.7


@pytest.mark.parametrize("size", [6, 12])
def test_one_that_starts_among_few_cannot_be_shown(size: int) -> None:
    rollout = together(size)
    for world in noise(np.random.default_rng(1), 3, size):
        asked = Question(method=Method.SYNTHETIC)
        found = effect_of(panel(rollout, world + 50 * rollout.treated), asked)
        assert found.p == pytest.approx(1 / size)
        assert found.judgement.verdict is Verdict.CANNOT


def test_one_series_says_a_sign_at_most() -> None:
    rollout = together(1)
    said = [
        effect_of(panel(rollout, one), Question(method=Method.INTERRUPTED)).judgement.verdict
        for one in noise(np.random.default_rng(2026), 200, 1)
    ]
    assert Verdict.SHOWN not in said
    # A date when nobody had begun that shows as much takes the sign away: fewer than cry wolf.
    assert said.count(Verdict.INDICATED) / len(said) <= 0.25


def test_the_kept_figures_stay_below_six_in_a_hundred() -> None:
    """Written by `python -m benchmarks.effects calibrate --file`."""
    text = Path(__file__).with_name("calibration.csv").read_text(encoding="utf-8")
    table = list(csv.DictReader(text.splitlines()))
    assert all(row["worlds"] == "2000" for row in table)
    kept = {(row["what"], int(row["units"])): float(row["share"]) for row in table}
    assert kept.keys() >= set(MADE)
    # One series alone cries wolf more often; that is why it may only be called a sign.
    assert all(share <= 0.06 for (what, _), share in kept.items() if SIGNS not in what)
    assert kept["its vist", 1] == 0
    assert {kept["sdid p <= 0.05", size] for size in (6, 12)} == {0}
    safe = {int(row["units"]): row for row in table if row["what"].startswith("straight")}
    for size in (6, 12):
        rollout, random = staggered(size), np.random.default_rng(2026)
        rows, found = trend_weights(rollout), 0
        for seed in range(40):
            slopes = random.normal(0, 0.1, (50, size, 1))
            worlds = noise(random, 50, size) + np.arange(60) * slopes
            orders = orders_of(rollout, seed=seed)
            found += int((randomised(rollout, worlds, orders, by_start=rows).p <= 0.05).sum())
        assert found / 2_000 == pytest.approx(float(safe[size]["share"]), abs=2e-3)


def test_an_effect_of_the_told_size_is_seen_four_times_in_five() -> None:
    rollout = staggered(12)
    size = detectable(rollout, Noise(1.25, 0.6))
    worlds = noise(np.random.default_rng(5), 400, 12) + size * rollout.treated
    found = randomised(rollout, worlds, orders_of(rollout, seed=3))
    assert 0.72 <= (found.p <= 0.05).mean() <= 0.9
    assert 0.92 <= ((found.low <= size) & (size <= found.high)).mean() <= 0.99


def test_the_table_of_what_can_be_seen_is_the_one_that_is_made() -> None:
    """Written by `python -m benchmarks.effects power`; effects in units of one month's shock."""
    text = Path(__file__).with_name("power_table.csv").read_text(encoding="utf-8")
    table = list(csv.DictReader(text.splitlines()))
    assert {int(row["units"]) for row in table} == {6, 12, 98}
    for row in table:
        rollout, effect = staggered(int(row["units"])), float(row["effect_in_shock_sd"])
        told = power_of(rollout, Noise(1.25, 0.6), effect)
        assert told == pytest.approx(float(row["told_share"]), abs=6e-4)
        # What is told before go-live may be humble, never more than a little too bold.
        assert told <= float(row["seen_share"]) + 0.03
        if row["units"] == "12":
            worlds = noise(np.random.default_rng(11), 1_000, 12) + effect * rollout.treated
            found = randomised(rollout, worlds, orders_of(rollout, seed=3))
            seen = (found.p <= 0.05).mean()
            assert seen == pytest.approx(float(row["seen_share"]), abs=2e-3)
