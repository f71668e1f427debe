"""How fast the pages are, what they weigh, and what it takes to run and to start Høst.

Run: `python -m benchmarks.pages [--requests 40] [--sizes 1,10] [--json FILE]`. In a data folder of
its own: a first start from nothing; then 12 municipalities × 50 initiatives × 4 benefits × 36
monthly measurements, and ten times that; every page for a reader who sees everything and for one
who sees a department. Then the real server with its web processes is asked for the same pages.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from benchmarks.portfolio import Municipality
    from tests.support.processes import RunningHoest

READERS = ("controller", "unit_leader")
GOALS = {"p95_ms": 120, "weight_kb": 250, "start_s": 60, "memory_mb": 250}
SERVED = 30


@dataclass(frozen=True)
class Page:
    """A page that is measured."""

    name: str
    path: str


def pages_of(made: Municipality) -> list[Page]:
    """Return the pages of a municipality that are measured."""
    from django.urls import NoReverseMatch, reverse

    named = [
        ("portefølje", "portfolio:initiatives", []),
        ("initiativ", "portfolio:initiative", [made.initiative_id]),
        ("gevinster", "benefits:benefits", []),
        ("gevinst", "benefits:benefit", [made.benefit_id]),
        ("business case", "business_cases:case", [made.initiative_id]),
        ("høstregnskab", "reporting:account", []),
    ]
    pages = [Page("Min uge", "/")]
    pages += [Page(name, reverse(view, args=args)) for name, view, args in named]
    roof = reverse("reporting:rows") + "?trin=promised"
    pages.append(Page("rækker bag et tal", roof))
    try:
        pages.append(Page("søgning", reverse("search:search") + "?q=gevinst"))
    except NoReverseMatch:
        pages.append(Page("søgning i listen", reverse("benefits:benefits") + "?q=gevinst"))
    return pages


def first_start(arguments: argparse.Namespace) -> tuple[RunningHoest, dict[str, float]]:
    """Start Høst on an empty folder; return it with the seconds until it answered."""
    from hoest.foundation.database.folder import DataFolder
    from tests.support.processes import free_port, launch

    parent = Path("/dev/shm") if arguments.in_memory else None
    folder = DataFolder(Path(tempfile.mkdtemp(prefix="hoest-benchmark-", dir=parent)))
    begun, used = time.monotonic(), os.times()
    started = launch(folder, free_port())
    while started.get("konto/log-ind/") != 200:
        if started.process.poll() is not None:
            raise SystemExit(started.output)
        time.sleep(0.05)
    seconds = time.monotonic() - begun
    started.seconds_to_ready = seconds
    started.stop(seconds=60)
    now = os.times()
    # The processes it started have ended and been waited for, so what they used is known.
    spent = now.children_user + now.children_system - used.children_user - used.children_system
    return started, {"seconds": seconds, "processor_seconds": spent}


def measure(
    made: list[Municipality], requests: int, say: Any
) -> tuple[dict[str, dict[str, Any]], dict[str, str]]:
    """Ask every page of one municipality for both readers; return figures and cookies."""
    from benchmarks.asking import ask_often, cookie_of
    from hoest.config.wsgi import application

    one = made[len(made) // 2]
    cookies = {reader: cookie_of(one.accounts[reader]) for reader in READERS}
    found: dict[str, dict[str, Any]] = {}
    for page in pages_of(one):
        for reader in READERS:
            costs = ask_often(application, page.path, cookies[reader], requests)
            found[f"{page.name}, {reader}"] = {
                "page": page.name, "reader": reader, "path": page.path,
                **{f"{what}_p{p}": round(costs.percentile(what, p), 1)
                   for what in ("wall", "processor", "database", "work") for p in (50, 95)},
                "queries": costs.queries, "html_kb": round(len(costs.body) / 1000, 1),
            }  # fmt: skip
            say(row_of(found[f"{page.name}, {reader}"]))
    return found, cookies


HEADING = (
    f"{'side':<18} {'læser':<12} {'ur p50':>7} {'p95':>6} {'proc p50':>9} {'p95':>6} "
    f"{'db p50':>7} {'p95':>6} {'sum p50':>8} {'p95':>6} {'spørgsm.':>9} {'html kB':>8}"
)


def row_of(figures: dict[str, Any]) -> str:
    """Return the figures of a page as a line, milliseconds."""
    return (
        f"{figures['page']:<18} {figures['reader']:<12} {figures['wall_p50']:>7} "
        f"{figures['wall_p95']:>6} {figures['processor_p50']:>9} {figures['processor_p95']:>6} "
        f"{figures['database_p50']:>7} {figures['database_p95']:>6} {figures['work_p50']:>8} "
        f"{figures['work_p95']:>6} {figures['queries']:>9} {figures['html_kb']:>8}"
    )


def served(
    started: RunningHoest, paths: list[tuple[str, str]], cookie: str
) -> tuple[dict[str, dict[str, float]], list[dict[str, float]]]:
    """Ask the real server for every page; return what each weighs and what its processes hold."""
    from benchmarks.weighing import memory_mb, sent, weigh
    from tests.support.processes import launch, wait_ready

    running = wait_ready(launch(started.folder, started.port))
    try:
        known: dict[str, int] = {}
        weights = {}
        for name, path in paths:
            own, rest = weigh(running.address, path, cookie, known)
            weights[name] = {"page_kb": round(own / 1000, 1), "rest_kb": round(rest / 1000, 1),
                             "weight_kb": round((own + rest) / 1000, 1)}  # fmt: skip
            for _ in range(SERVED):
                sent(running.address.rstrip("/") + path, cookie)
        held = [memory_mb(pid) for pid in running.pids("web")]
        return weights, [{"resident_mb": round(a), "own_mb": round(b)} for a, b in held]
    finally:
        running.stop(seconds=60)


def keep_figures(made: list[Municipality]) -> None:
    """Keep the figures of each municipality, as the worker does within a minute."""
    from hoest.domain.reporting.actions.kept import refresh
    from hoest.foundation.tenancy.context import acting_for

    for one in made:
        with acting_for(one.organisation_id):
            refresh(one.organisation_id)


def analyse() -> None:
    """Let PostgreSQL count its rows and note its full pages, as it does by itself in minutes."""
    from hoest.foundation.database import connection

    with connection.connect("superuser") as admin:
        admin.execute("vacuum (analyze)")


def run(arguments: argparse.Namespace) -> dict[str, Any]:
    """Start, fill, measure and weigh; return all figures."""

    def say(text: str) -> None:
        print(text, flush=True)

    started, begun = first_start(arguments)
    say(f"første start, tom mappe til svar: {begun['seconds']:.1f} s "
        f"(processortid {begun['processor_seconds']:.1f} s)")  # fmt: skip
    os.environ["HOEST_DATA"] = str(started.folder.path)
    report: dict[str, Any] = {"goals": GOALS, "first_start": begun, "sizes": {}}
    try:
        from hoest.config.bootstrap import ready

        with ready():
            from benchmarks.portfolio import Size, make

            for letter, times in zip("PQRS", arguments.sizes, strict=False):
                size = replace(Size(), initiatives=Size.initiatives * times)
                clock = time.monotonic()
                made = make(size, letter)
                keep_figures(made)
                analyse()
                say(f"\n{size} (lagt ind på {time.monotonic() - clock:.0f} s), millisekunder")
                say(HEADING)
                figures, cookies = measure(made, arguments.requests, say)
                report["sizes"][str(size)] = figures
        paths = [(f["page"], f["path"]) for f in figures.values() if f["reader"] == READERS[0]]
        report["weights"], report["web_processes"] = served(started, paths, cookies[READERS[0]])
        say("\nvægt på ledningen ved første besøg (største størrelse), kB: side + resten")
        for name, weight in report["weights"].items():
            say(f"{name:<18} {weight['page_kb']:>7} + {weight['rest_kb']} = {weight['weight_kb']}")
        say(f"\nwebprocesser efter kørslen, MB: {report['web_processes']}")
    finally:
        from tests.support.processes import clear_away

        clear_away(started.folder) if not arguments.keep else say(str(started.folder.path))
        shutil.rmtree(started.folder.path, ignore_errors=True) if not arguments.keep else None
    return report


def main(argv: list[str]) -> None:
    """Read the command line, measure, print and write."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pages", description=__doc__)
    parser.add_argument("--requests", type=int, default=40, help="per page and reader")
    parser.add_argument("--sizes", default="1,10", type=lambda t: [int(n) for n in t.split(",")])
    parser.add_argument("--json", type=Path, help="write all figures to a file")
    parser.add_argument("--in-memory", action="store_true", help="keep the data folder in memory")
    parser.add_argument("--keep", action="store_true", help="leave the data folder")
    arguments = parser.parse_args(argv)
    report = run(arguments)
    if arguments.json:
        arguments.json.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
