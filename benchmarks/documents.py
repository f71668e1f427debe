"""How long a business case takes as PDF, DOCX and XLSX, and what it weighs.

Run: `python -m benchmarks.documents [--json FILE]`. Cases of 12 and of 200 lines over ten
years, each written five times; the middle time, the size of the file and what the process grew to.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import resource
import statistics
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

SIZES, TIMES = (12, 200), 5


def made(count: int) -> tuple[Any, Any]:
    """Return the document and the workbook of a case with a number of lines."""
    from hoest.domain.business_cases import calculations
    from hoest.domain.business_cases.rules import CaseLineFigures
    from hoest.domain.business_cases.web import shown
    from hoest.domain.business_cases.web.documents.workbook import CaseBook
    from hoest.foundation.documents.tree import Document, Heading, Row, Table, Weight

    kinds = ("benefit", "operation", "investment")
    lines = [
        CaseLineFigures(
            initiative_id=1, line_key=f"Post {n} med et langt navn", kind=kinds[n % 3],
            measure="dkk", duration="recurring" if n % 3 < 2 else "one_off", price_level=2026,
            amounts={2026 + n % 5: Decimal(100_000 + 1000 * n)}, low_share=Decimal("0.8"),
            high_share=Decimal("1.2"), number=1, steering_area="service", source_title="Måling",
        )
        for n in range(count)
    ]  # fmt: skip
    figures = calculations.key_figures(lines, valued_on=dt.date(2026, 1, 1), horizon=2035)
    assert figures is not None
    [table] = shown.line_tables(lines, figures)
    at = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
    blocks: list[Any] = []
    for first in (0, 6):
        years = table.years[first : first + 6]
        rows = [Row((r.label, *(c.text for c in r.cells[first : first + 6]))) for r in table.rows]
        rows += [Row((n, *a[first : first + 6]), Weight.SUM) for n, a in table.totals]
        blocks += [
            Heading("Kroner", 3),
            Table("Kroner", ("Post", *map(str, years)), tuple(rows), frozenset(range(1, 7))),
        ]
    key = tuple(Row((k.label, k.value, k.definition)) for k in shown.key_figures(figures))
    document = Document(
        "Sag", "Controller", "Kommune", at, ("Kommune", "Business case"), "Hentet i dag",
        (Heading("Summen"), Table("Nøgletal", ("Navn", "Tal", "Regnemåde"), key)),
        "Bilag", tuple(blocks),
    )  # fmt: skip
    book = CaseBook(
        "Sag", "Punkt", "Controller", at, "Hentet i dag", "", (), (), lines, lines, figures,
        2026, 2026, calculations.price_index([]),
    )  # fmt: skip
    return document, book


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hoest.config.settings")
    import django

    django.setup()
    from hoest.domain.business_cases.web.documents import workbook
    from hoest.foundation.documents import docx, pdf

    rows = []
    for count in SIZES:
        document, book = made(count)
        jobs: dict[str, Callable[[], bytes]] = {
            "PDF": lambda document=document: pdf.written(document),
            "DOCX": lambda document=document: docx.written(document),
            "XLSX": lambda book=book: workbook.written(book),
        }
        for name, job in jobs.items():
            spent, size = [], 0
            for _again in range(TIMES):
                start = time.perf_counter()
                size = len(job())
                spent.append(time.perf_counter() - start)
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            rows.append(
                {
                    "lines": count,
                    "file": name,
                    "seconds_first": round(spent[0], 3),
                    "seconds": round(statistics.median(spent), 3),
                    "kb": round(size / 1024),
                    "process_mb": round(peak),
                }
            )
            print(json.dumps(rows[-1]))
    if asked.json:
        asked.json.write_text(json.dumps(rows, indent=2), encoding="utf-8")


if __name__ == "__main__":
    main()
