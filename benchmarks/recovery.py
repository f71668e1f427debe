"""How long the pages are away when a part of Høst is killed with -9.

Run: `python -m benchmarks.recovery [kills]`. The goal is 5 seconds on a machine that is not busy
with something else, so the number of programs that wait for each core stands beside every figure.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import time

from tests.support.processes import Part, hoest_started, until

PARTS: tuple[Part, ...] = ("web", "worker", "postgres")
GOAL_SECONDS = 5.0


def main(kills: int) -> None:
    """Kill random parts, wait for the pages, and print a line per part."""
    chance = random.Random(1)
    found: dict[str, list[tuple[float, float]]] = {part: [] for part in PARTS}
    with hoest_started("--uden-demo") as house:
        until(lambda: house.get("konto/log-ind/") == 200, 120)
        for number in range(kills):
            part = PARTS[number % len(PARTS)]
            until(lambda part=part: house.pids(part), 120)
            time.sleep(chance.uniform(0.2, 1.5))
            house.kill(part)
            seconds = until(lambda: house.get("konto/log-ind/") == 200, 120)
            found[part].append((seconds, os.getloadavg()[0] / (os.cpu_count() or 1)))
    print(
        f"{'part':<10}{'kills':>6}{'median s':>10}{'worst s':>9}{'goal s':>8}{'load per core':>15}"
    )
    for part, rows in found.items():
        times = [seconds for seconds, _load in rows]
        load = max(load for _seconds, load in rows)
        print(
            f"{part:<10}{len(rows):>6}{statistics.median(times):>10.2f}{max(times):>9.2f}"
            f"{GOAL_SECONDS:>8.1f}{load:>15.1f}"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 30)
