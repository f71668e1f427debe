"""How fast the effects engine is on a whole country, beside a peer, and how often it is wrong.

Run: `python -m benchmarks.effects [speed|peers|calibrate|power] [--worlds N] [--file FILE]
[--only METHOD ...]`. Prints one line per figure. Goals on 98 municipalities x 120 months x 500
indicators, two cores: group-time effects with 999 draws 4 s, imputation 0.3 s, 999 orders 3 s, at
most 1 GB. `peers` also runs diff-diff, csdid and pyfixest, those that are installed (they are in no
requirements file), on the first indicator, and compares the answers. `calibrate` runs 2,000 worlds
without an effect of each size; its figures are kept in hoest/engine/effects/tests/calibration.csv,
where `--only` leaves the rows of the other methods as they are. `power` writes the table of what
can be seen (hoest/engine/effects/tests/power_table.csv).
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import functools
import importlib.util
import io
import os
import resource
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from hoest.engine.effects import (
    Average,
    Base,
    Control,
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
    simple_weights,
    structural,
    synthetic,
    trend_weights,
)
from hoest.engine.effects.tests.worlds import noise, panel, staggered, together

UNITS, PERIODS, INDICATORS, DRAWS = 98, 120, 500, 999
SIZES = (6, 12, 98)
WORLDS = 2_000
# Of how many units how many start; what p may be after few steps of the weights and after more.
NEIGHBOURS = ((98, 1), (40, 1), (24, 1), (20, 1), (12, 2), (12, 1), (6, 1))
NEAR = {100: 0.09, 1_000: 0.06}
KEYS = ("what", "units", "worlds", "share")
POWER_TABLE = Path(__file__).parents[1] / "hoest/engine/effects/tests/power_table.csv"
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
    """Run a few times; print the best time, the processor's time then and the machine's load."""
    best, busy, found = float("inf"), 0.0, None
    for _ in range(tries):
        started, spent = time.perf_counter(), time.process_time()
        found = run()
        took = time.perf_counter() - started
        if took < best:
            best, busy = took, time.process_time() - spent
    load = os.getloadavg()[0]
    print(f"{name}: {best:.2f} s, processor {busy:.2f} s (load {load:.1f})", flush=True)
    # On a machine that others use, the processor's time is what it takes alone.
    return min(best, busy), found


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


Pair = tuple[float, float]


def diff_diff_imputation(frame: Any) -> Pair:
    """Estimate by imputation with diff-diff."""
    import diff_diff

    found = diff_diff.ImputationDiD().fit(frame, "y", "unit", "time", "g")
    return found.overall_att, found.overall_se


def diff_diff_group_time(frame: Any) -> Pair:
    """Estimate group-time effects with 999 draws with diff-diff; its error is drawn."""
    import diff_diff

    asked = {"control_group": "not_yet_treated", "n_bootstrap": DRAWS, "seed": 1}
    found = diff_diff.CallawaySantAnna(**asked).fit(
        frame, "y", "unit", "time", "g", aggregate="event_study"
    )
    return found.overall_att, found.overall_se


def pyfixest_two_stage(frame: Any) -> Pair:
    """Estimate by two stages with pyfixest; its error is another one."""
    import pyfixest

    found = pyfixest.event_study(
        data=frame.assign(g=frame.g.astype(float)),
        yname="y",
        idname="unit",
        tname="time",
        gname="g",
        estimator="did2s",
        att=True,
    ).tidy()
    return float(found["Estimate"].iloc[0]), float(found["Std. Error"].iloc[0])


def csdid_group_time(frame: Any) -> Pair:
    """Estimate group-time effects without draws with csdid."""
    from csdid.att_gt import ATTgt

    names = {"yname": "y", "tname": "time", "idname": "unit", "gname": "g", "xformla": "y~1"}
    found = ATTgt(**names, control_group=["notyettreated"], data=frame)
    found = found.fit(est_method="reg", bstrap=False)
    with contextlib.redirect_stdout(io.StringIO()):
        found.aggte("simple")
    return float(found.atte["overall_att"]), float(found.atte["overall_se"])


PEERS: tuple[tuple[str, str, bool, Callable[[Any], Pair]], ...] = (
    ("diff_diff", "diff-diff imputation", True, diff_diff_imputation),
    ("pyfixest", "pyfixest two stages", True, pyfixest_two_stage),
    ("diff_diff", "diff-diff group-time, 999 draws", False, diff_diff_group_time),
    ("csdid", "csdid group-time, no draws", False, csdid_group_time),
)


def peers(rollout: Rollout, values: np.ndarray, ours: float, quick: float) -> None:
    """Run the peers on the first indicator; compare answers, and times per 500 indicators."""
    import pandas as pd

    frame = pd.DataFrame(
        {
            "unit": np.repeat(np.arange(UNITS), PERIODS),
            "time": np.tile(np.arange(PERIODS), UNITS),
            "y": values[0].ravel(),
            "g": np.repeat(np.where(rollout.starts < PERIODS, rollout.starts, 0), PERIODS),
        }
    )
    own = imputed(rollout, values[:1])
    simple = averaged(rollout, values[:1], group_time(rollout, values[:1]), Average.SIMPLE)
    for package, name, plain, run in PEERS:
        if importlib.util.find_spec(package) is None:
            print(f"{name}: {package} is not installed")
            continue
        run(frame)
        one, found = timed(f"{name}, 1 indicator", functools.partial(run, frame), 2)
        assert isinstance(found, tuple)
        pair = (
            (own.estimates[0, 0], own.standard_errors[0, 0])
            if plain
            else (simple.overall[0], simple.overall_error[0])
        )
        gaps = [float(a - b) for a, b in zip(found, pair, strict=True)]
        times = one * INDICATORS / (quick if plain else ours)
        print(f"  differs by {gaps[0]:.1e}, its error by {gaps[1]:.1e}; {times:.0f} times ours")


def verdicts(size: int, count: int) -> tuple[float, float]:
    """Return how often "vist" is said, and p <= 0.05 found, of worlds without an effect."""
    rollout, random = staggered(size), np.random.default_rng(2026)
    shown = alarms = 0
    for _ in range(count // 50):
        for world in noise(random, 50, size):
            asked = Question(method=Method.IMPUTATION, seed=int(random.integers(1 << 30)))
            found = effect_of(panel(rollout, world), asked)
            shown += found.judgement.verdict is Verdict.SHOWN
            alarms += found.p <= 0.05
    return shown / count, alarms / count


def called_safe(size: int, count: int) -> float:
    """Return how often straight trends are called safe in worlds with trends and no effect."""
    rollout, random = staggered(size), np.random.default_rng(2026)
    rows, safe = trend_weights(rollout), 0
    for seed in range(count // 50):
        slopes = random.normal(0, 0.1, (50, size, 1))
        worlds = noise(random, 50, size) + np.arange(60) * slopes
        orders = orders_of(rollout, seed=seed)
        safe += int((randomised(rollout, worlds, orders, by_start=rows).p <= 0.05).sum())
    return safe / count


def alone(count: int) -> float:
    """Return how often one unit with seven untouched ones has p <= 0.05 without an effect."""
    worlds = noise(np.random.default_rng(2026), count, 8)
    return float(np.mean([structural(one[0], one[1:], 36).p <= 0.05 for one in worlds]))


Row = tuple[str, int, float]


def trends(count: int) -> Iterator[Row]:
    """Tell how often straight trends are called safe."""
    for size in SIZES:
        yield "straight trends called safe", size, called_safe(size, count)


def structural_series(count: int) -> Iterator[Row]:
    """Tell how often a structural series has a small p."""
    yield "structural p <= 0.05 (at most an indication)", 8, alone(count)


def imputation(count: int) -> Iterator[Row]:
    """Tell how often imputation is wrong."""
    for size in SIZES:
        shown, alarms = verdicts(size, count)
        yield "vist", size, shown
        yield "p <= 0.05", size, alarms


def staggered_group_time(count: int) -> Iterator[Row]:
    """Tell how often group-time effects are wrong; the whole answer where p is small."""
    for size in SIZES:
        rollout, random = staggered(size), np.random.default_rng(2026)
        shown = alarms = 0
        for _ in range(count // 50):
            worlds, seed = noise(random, 50, size), int(random.integers(1 << 30))
            cells = group_time(rollout, worlds, control=Control.NOT_YET)
            rows = simple_weights(rollout, cells)
            orders = orders_of(rollout, seed=seed)
            small = randomised(rollout, worlds, orders, by_start=rows).p <= 0.05
            alarms += int(small.sum())
            asked = Question(method=Method.GROUP_TIME, seed=seed)
            for world in worlds[small]:
                found = effect_of(panel(rollout, world), asked)
                shown += found.judgement.verdict is Verdict.SHOWN
        yield "cs vist", size, shown / count
        yield "cs p <= 0.05", size, alarms / count


def synthetic_neighbours(count: int) -> Iterator[Row]:
    """Tell how often synthetic differences are wrong, of one that starts and of two.

    Few and then more steps of the weights find the worlds where p may be small; of those, the whole
    answer. With 20 and 40 units p can be 0.05 exactly, so nothing of the level is left unused.
    """
    for size, adopters in NEIGHBOURS:
        rollout, random = together(size, adopters), np.random.default_rng(2026)
        asked = Question(method=Method.SYNTHETIC)
        shown = alarms = 0
        for _ in range(count // 50):
            for world in noise(random, 50, size):
                if all(synthetic(rollout, world, steps=a).p <= b for a, b in NEAR.items()):
                    found = effect_of(panel(rollout, world), asked)
                    shown += found.judgement.verdict is Verdict.SHOWN
                    alarms += found.p <= 0.05
        name = "sdid" if adopters == 1 else "sdid of two"
        yield f"{name} vist", size, shown / count
        yield f"{name} p <= 0.05", size, alarms / count


def own_line(count: int) -> Iterator[Row]:
    """Tell what one series alone says; it has no comparison and may never say more than a sign."""
    rollout = together(1)
    said = [
        effect_of(panel(rollout, world), Question(method=Method.INTERRUPTED))
        for world in noise(np.random.default_rng(2026), count, 1)
    ]
    verdicts = [one.judgement.verdict for one in said]
    yield "its vist", 1, verdicts.count(Verdict.SHOWN) / count
    yield "its antydet (at most an indication)", 1, verdicts.count(Verdict.INDICATED) / count
    small = sum(one.p <= 0.05 for one in said)
    yield "its p <= 0.05 (at most an indication)", 1, small / count


CALIBRATED: dict[str, Callable[[int], Iterator[Row]]] = {
    "trend": trends,
    "bsts": structural_series,
    "did": imputation,
    "cs": staggered_group_time,
    "its": own_line,
    "sdid": synthetic_neighbours,
}


def calibrate(count: int, file: Path | None, only: list[str]) -> None:
    """Print how often each answer is wrong of worlds without an effect; write it when asked.

    The file is written after each method, and keeps the rows that are not made again.
    """
    for name in only:
        rows: dict[tuple[str, str], dict[str, str]] = {}
        if file and file.exists():
            text = file.read_text(encoding="utf-8")
            rows = {(row["what"], row["units"]): row for row in csv.DictReader(text.splitlines())}
        for what, units, share in CALIBRATED[name](count):
            print(f"{units} units, {what}: {share:.2%} of {count}", flush=True)
            line = (what, str(units), str(count), f"{share:.4f}")
            rows[what, str(units)] = dict(zip(KEYS, line, strict=True))
        if file:
            with file.open("w", encoding="utf-8", newline="") as stream:
                writer = csv.DictWriter(stream, KEYS, lineterminator="\n")
                writer.writeheader()
                writer.writerows(rows.values())


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
    choices = ["speed", "peers", "calibrate", "power"]
    parser.add_argument("what", nargs="?", default="speed", choices=choices)
    parser.add_argument("--worlds", type=int, default=WORLDS)
    parser.add_argument("--file", type=Path)
    parser.add_argument("--only", nargs="+", choices=list(CALIBRATED), default=list(CALIBRATED))
    asked = parser.parse_args()
    if asked.what == "calibrate":
        calibrate(asked.worlds, asked.file, asked.only)
    elif asked.what == "power":
        power_table(asked.file or POWER_TABLE)
    else:
        measured = speed()
        if asked.what == "peers":
            peers(*measured)


if __name__ == "__main__":
    main()
