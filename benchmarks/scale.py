"""How fast the heavy pages are in one municipality: 50,000 benefits, 2 million measurements.

Run: `python -m benchmarks.scale [--initiatives 12500] [--months 40] [--requests 30] [--keep]`.
In a data folder of its own: one municipality is made by the same rows as `benchmarks.pages`, the
measurements in one statement; the worker's own jobs make the kept figures and record a day. Then
the account, the rows behind it, the track record, the lists and Min uge are asked as a browser asks
them. `--keep` leaves the folder, `--data` asks it again.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

GOAL_MS = 300


def pages(made: Any) -> list[tuple[str, str]]:
    """Return (name, address) of the pages that are measured."""
    from django.urls import reverse

    account = reverse("reporting:account")
    unit = made.units[0].pk
    return [
        ("høstregnskab", account),
        ("høstregnskab, én enhed", f"{account}?enhed={unit}"),
        ("rækker bag et tal", reverse("reporting:rows") + "?trin=promised"),
        ("træfsikkerhed", reverse("reporting:track_record")),
        ("portefølje", reverse("portfolio:initiatives")),
        ("gevinster", reverse("benefits:benefits")),
        ("Min uge", "/"),
    ]


def kept(organisation_id: int, say: Any) -> dict[str, float]:
    """Let the worker keep and check all figures and record the day; return the seconds."""
    from hoest.domain.reporting.actions.kept import refresh, refresh_standings
    from hoest.domain.reporting.actions.records import record_day
    from hoest.foundation.tenancy.context import acting_for

    took = {}
    for name, work in (
        ("regn om", refresh),
        ("stand", refresh_standings),
        ("gem dagen", record_day),
    ):
        clock = time.monotonic()
        with acting_for(organisation_id):
            work(organisation_id)
        took[name] = time.monotonic() - clock
        say(f"{name}: {took[name]:.0f} s")
    return took


def ask_pages(
    made: Any, listed: Sequence[tuple[str, str]], requests: int, readers: tuple[str, ...], say: Any
) -> list[dict[str, Any]]:
    """Ask every page that a reader reaches and return its figures in milliseconds."""
    from benchmarks.asking import ask, ask_often, cookie_of
    from hoest.config.wsgi import application

    found = []
    cookies = {reader: cookie_of(made.accounts[reader]) for reader in readers}
    say(f"{'side':<26} {'læser':<12} {'ur p50':>7} {'p95':>7} {'sum p50':>7} {'p95':>7} "
        f"{'cpu p50':>7} {'p95':>7} {'db p50':>7} {'spørgsm.':>9}")  # fmt: skip
    for name, path in listed:
        for reader in readers:
            if ask(application, path, cookies[reader]).status != 200:
                continue
            costs = ask_often(application, path, cookies[reader], requests, 1)
            one = {
                "page": name,
                "reader": reader,
                **{
                    f"{what}_p{p}": round(costs.percentile(what, p), 1)
                    for what in ("wall", "work", "processor", "database")
                    for p in (50, 95)
                },
                "queries": costs.queries,
            }
            found.append(one)
            figures = (
                one[f"{what}_p{p}"] for what in ("wall", "work", "processor") for p in (50, 95)
            )
            said = " ".join(f"{figure:>7}" for figure in (*figures, one["database_p50"]))
            say(f"{name:<26} {reader:<12} {said} {one['queries']:>9}")
    return found


def run(arguments: argparse.Namespace) -> dict[str, Any]:
    """Start, fill, keep and ask; return all figures."""
    from benchmarks.pages import analyse
    from hoest.foundation.database.folder import DataFolder

    def say(text: str) -> None:
        print(text, flush=True)

    if arguments.data:
        os.environ["HOEST_DATA"] = str(arguments.data)
        folder = None
    else:
        parent = Path("/dev/shm") if arguments.in_memory else None
        folder = DataFolder(Path(tempfile.mkdtemp(prefix="hoest-scale-", dir=parent)))
        os.environ["HOEST_DATA"] = str(folder.path)
        say(f"data: {folder.path}")
    report: dict[str, Any] = {"goal_ms": GOAL_MS}
    try:
        from hoest.config.bootstrap import ready

        with ready():
            from benchmarks.portfolio import found_again
            from benchmarks.scale_rows import CODE, make_large, note_moves

            size = (arguments.initiatives, arguments.benefits, arguments.months)
            clock = time.monotonic()
            if folder is None:
                made = found_again(CODE)
            else:
                made = make_large(*size)
                say(f"{' × '.join(map(str, size))}: lagt ind på {time.monotonic() - clock:.0f} s")
                analyse()
                report["kept"] = kept(made.organisation_id, say)
                note_moves(made.organisation_id)
            analyse()
            readers = ("controller", "unit_leader")
            listed = [one for one in pages(made) if arguments.only in one[0]]
            report["pages"] = ask_pages(made, listed, arguments.requests, readers, say)
    finally:
        if folder is not None and not arguments.keep:
            from tests.support.processes import clear_away

            clear_away(folder)
            shutil.rmtree(folder.path, ignore_errors=True)
    return report


def main(argv: list[str]) -> None:
    """Read the command line, measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__)
    parser.add_argument("--initiatives", type=int, default=12_500)
    parser.add_argument("--benefits", type=int, default=4)
    parser.add_argument("--months", type=int, default=40)
    parser.add_argument("--requests", type=int, default=30)
    parser.add_argument("--only", default="", help="pages whose name has this in it")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--data", type=Path, help="a folder that was kept with --keep")
    parser.add_argument("--in-memory", action="store_true")
    parser.add_argument("--keep", action="store_true", help="leave the data folder")
    arguments = parser.parse_args(argv)
    report = run(arguments)
    if arguments.json:
        arguments.json.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
