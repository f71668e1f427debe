"""How fast a portfolio workbook is read, written and refused.

Run: `python -m benchmarks.workbook [rows]`. Prints one line per figure.
"""

from __future__ import annotations

import resource
import sys
import time
from collections import Counter
from decimal import Decimal

from hoest.domain.exchange.rules import Initiative, Line, Workbook, parse, write
from hoest.foundation.imports import refusals
from hoest.foundation.imports.reader import read_workbook
from tests.support.malformed import NAMED, good_file, malformed

READINGS = 20
MUTATIONS = 300


def large(rows: int) -> Workbook:
    """Return a workbook with this many rows: a tenth initiatives, the rest lines."""
    initiatives = tuple(
        Initiative(f"I{n}", f"Initiativ nummer {n}", "Sundhed og Omsorg") for n in range(rows // 10)
    )
    lines = tuple(
        Line(f"I{n % len(initiatives)}", f"Post {n}", "benefit", "service", "recurring",
             amounts_dkk={2026: Decimal(n), 2027: Decimal(2 * n)})
        for n in range(rows - len(initiatives))
    )  # fmt: skip
    return Workbook("København", 2026, initiatives=initiatives, lines=lines)


def main(rows: int) -> None:
    """Measure and print."""
    started = time.perf_counter()
    for _ in range(READINGS):
        read_workbook(good_file())
    each = (time.perf_counter() - started) / READINGS
    print(f"a small workbook, child process included: {each * 1000:.0f} ms")

    started = time.perf_counter()
    content = write(workbook := large(rows))
    print(f"{rows} rows written: {time.perf_counter() - started:.1f} s, {len(content)} bytes")
    started = time.perf_counter()
    sheets = read_workbook(content)
    print(f"{rows} rows read in the child: {time.perf_counter() - started:.1f} s")
    started = time.perf_counter()
    parsed = parse(sheets)
    print(f"{rows} rows understood: {time.perf_counter() - started:.1f} s")
    print(f"the same again: {parsed.workbook == workbook}")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"most memory of a child: {peak:.0f} MB")

    timed = [(name, make()) for name, (make, _expected) in NAMED.items()]
    timed += [malformed(number)[::2] for number in range(MUTATIONS)]
    outcomes: Counter[str] = Counter()
    worst, slowest = 0.0, ""
    for name, content in timed:
        started = time.perf_counter()
        try:
            outcomes["read" if parse(read_workbook(content)).workbook else "faults"] += 1
        except refusals.FileRefused as refused:
            outcomes[type(refused).__name__] += 1
        took = time.perf_counter() - started
        if took > worst:
            worst, slowest = took, name
    print(f"{len(timed)} malformed workbooks: {dict(outcomes.most_common())}")
    print(f"the slowest: {slowest}, {worst:.2f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50_000)
