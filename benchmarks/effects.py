"""How fast the effects engine is on a whole country, beside a peer, and how often it is wrong.

Run: `python -m benchmarks.effects [--peers] [--calibration] [--power FILE]`. Prints one line per
figure. Goals on 98 municipalities x 120 months x 500 indicators, two cores: group-time effects with
999 draws 4 s, imputation 0.3 s, 999 orders 3 s, at most 1 GB. `--peers` also runs diff-diff where
it is installed (`pip install diff-diff`), on the first indicator, and compares the answers.
`--calibration` runs 2,000 worlds without an effect of each size through the whole answer;
`--power` writes the table of what can be seen (hoest/engine/effects/tests/power_table.csv).
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import os
import resource
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from hoest.engine.effects import (
    Average,
    Base,
    Method,
    Noise,
    Question,
    Rollout,
    Verdict,
    averaged,
    effect_of,
    group_time,
    imputed,
    multiplier_bands,
    orders_of,
    power_of,
    randomised,
    rollout_of,
)
from hoest.engine.effects.tests.worlds import noise, panel, staggered

UNITS, PERIODS, INDICATORS, DRAWS = 98, 120, 500, 999
SIZES = (6, 12, 98)
WORLDS = 2_000
EFFECTS = (0.2, 0.4, 0.6, 0.8, 1.0, 1.5)


def country() -> tuple[Rollout, np.ndarray]:
    """Return 98 municipalities, 74 of which start at eight dates, and 500 indicators."""
    random = np.random.default_rng(0)
    starts = np.full(UNITS, PERIODS)
    on = random.permutation(UNITS)[:74]
    starts[on] = random.choice(np.array([48, 54, 60, 66, 72, 78, 84, 90]) - 1, 74)
    rollout = rollout_of([f"k{k:02}" for k in range(UNITS)], range(PERIODS), starts.tolist())
    values = random.standard_normal((INDICATORS, UNITS, PERIODS))
    values += np.cumsum(random.standard_normal((INDICATORS, 1, PERIODS)) * 0.3, 2)
    values += np.cumsum(random.standard_normal((INDICATORS, UNITS, PERIODS)) * 0.15, 2)
    return rollout, values + 0.5 * rollout.treated


def timed(name: str, run: Callable[[], object], tries: int = 3) -> tuple[float, object]:
    """Run a few times and print the best time and the load of the machine."""
    best, found = float("inf"), None
    for _ in range(tries):
        started = time.perf_counter()
        found = run()
        best = min(best, time.perf_counter() - started)
    print(f"{name}: {best:.2f} s (load {os.getloadavg()[0]:.1f})")
    return best, found


def group_time_with_bands(rollout: Rollout, values: np.ndarray) -> np.ndarray:
    """Estimate 61 periods since the start with bands; return the overall effects."""
    cells = group_time(rollout, values, base=Base.UNIVERSAL)
    found = averaged(rollout, values, cells, Average.EVENT, first=-24, last=36)
    multiplier_bands(found.influence, draws=DRAWS)
    return found.overall


def speed() -> tuple[Rollout, np.ndarray, float, float]:
    """Measure the three goals; return the data and our seconds for one indicator."""
    rollout, values = country()
    ours, _ = timed("group-time, 61 periods, 999 draws, 500 indicators",
                    lambda: group_time_with_bands(rollout, values))  # fmt: skip
    quick, _ = timed("imputation with clustered errors, 500 indicators",
                     lambda: imputed(rollout, values))  # fmt: skip
    orders = orders_of(rollout, seed=1, permutations=DRAWS)
    timed("999 orders with intervals, 500 indicators", lambda: randomised(rollout, values, orders))
    timed("the whole answer with every check, 1 indicator",
          lambda: effect_of(panel(rollout, values[0])))  # fmt: skip
    print(f"most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    return rollout, values, ours, quick


def peers(rollout: Rollout, values: np.ndarray, ours: float, quick: float) -> None:
    """Run the peers on the first indicator and compare answers and times per 500 indicators."""
    if importlib.util.find_spec("diff_diff") is None:
        print("diff-diff is not installed")
        return
    import diff_diff
    import pandas as pd

    begun = np.where(rollout.starts < PERIODS, rollout.starts, 0)
    frame = pd.DataFrame(
        {
            "unit": np.repeat(np.arange(UNITS), PERIODS),
            "time": np.tile(np.arange(PERIODS), UNITS),
            "y": values[0].ravel(),
            "g": np.repeat(begun, PERIODS),
        }
    )
    names = ("y", "unit", "time", "g")
    one, found = timed("diff-diff imputation, 1 indicator",
                       lambda: diff_diff.ImputationDiD().fit(frame, *names), 2)  # fmt: skip
    own = imputed(rollout, values[:1])
    gaps = [found.overall_att - own.estimates[0, 0], found.overall_se - own.standard_errors[0, 0]]
    print(
        f"  differs by {gaps[0]:.1e} and {gaps[1]:.1e}; {one * INDICATORS / quick:.0f} times ours"
    )
    asked = {"control_group": "not_yet_treated", "n_bootstrap": DRAWS, "seed": 1}
    one, found = timed(
        "diff-diff group-time, 999 draws, 1 indicator",
        lambda: diff_diff.CallawaySantAnna(**asked).fit(frame, *names, aggregate="event_study"),
        1,
    )
    cells = group_time(rollout, values[:1])
    simple = averaged(rollout, values[:1], cells, Average.SIMPLE).overall[0]
    print(f"  simple average differs by {found.overall_att - simple:.1e}; "
          f"{one * INDICATORS / ours:.0f} times ours")  # fmt: skip


def calibration() -> None:
    """Print how often "vist" is said of 2,000 worlds without an effect, for each size."""
    for size in SIZES:
        rollout = staggered(size)
        random = np.random.default_rng(2026)
        shown = alarms = 0
        for _ in range(WORLDS // 50):
            worlds = noise(random, 50, size)
            for world in worlds:
                asked = Question(method=Method.IMPUTATION, seed=int(random.integers(1 << 30)))
                found = effect_of(panel(rollout, world), asked)
                shown += found.judgement.verdict is Verdict.SHOWN
                alarms += found.p <= 0.05
        print(f"{size} units: vist {shown / WORLDS:.1%}, p <= 0.05 {alarms / WORLDS:.1%}")


def power_table(file: Path) -> None:
    """Write what share of 1,000 worlds with an effect is seen, beside what is told before."""
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["units", "effect_in_shock_sd", "seen_share", "told_share"])
        for size in SIZES:
            rollout = staggered(size)
            orders = orders_of(rollout, seed=3)
            for effect in EFFECTS:
                worlds = noise(np.random.default_rng(11), 1_000, size)
                found = randomised(rollout, worlds + effect * rollout.treated, orders)
                told = power_of(rollout, Noise(1.25, 0.6), effect)
                writer.writerow([size, effect, f"{(found.p <= 0.05).mean():.3f}", f"{told:.3f}"])
    print(f"power table: {file}")


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--calibration", action="store_true")
    parser.add_argument("--power", type=Path)
    asked = parser.parse_args()
    if asked.calibration:
        calibration()
    elif asked.power:
        power_table(asked.power)
    else:
        measured = speed()
        if asked.peers:
            peers(*measured)


if __name__ == "__main__":
    main()
