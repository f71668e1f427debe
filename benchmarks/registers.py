"""How fast the registers are in one municipality: 5,000 ideas, 2,000 systems, 1,200 initiatives.

Run: `python -m benchmarks.registers [--requests 40] [--only WORD] [--keep] [--data FOLDER]`. In a
data folder of its own: one municipality by the same rows as `benchmarks.pages`, and the other
registers through their tables in bulk; the worker's nightly job keeps its figures. Then every
address of the registers that shows a page is asked as a browser asks it: lists, searches, and a
page about one row of each. Processor time (`cpu`) and the wait for the database (`db`) stand beside
the clock (`ur`), which on a machine with other work measures the others; `sum` is the two together.
"""

from __future__ import annotations

import argparse
import logging
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

GOAL_MS = 120
CODE = "S00"
INITIATIVES = 1200
SUBJECTS = (
    "portfolio", "candidates", "capacity", "delivery", "gates", "ideas", "needs", "experiments",
    "lessons", "purchases", "marks", "similar", "service_money", "search", "systems", "suppliers",
    "data_sets", "reuse", "sheets", "ethics", "security", "week",
)  # fmt: skip
SEARCHES = (
    ("portfolio:initiatives", "?q=skærm"),
    ("ideas:ideas", "?q=nøgle"),
    ("systems:systems", "?q=omsorg"),
    ("similar:similar", "?tekst=Kørelister på telefonen i hjemmeplejen"),
    ("search:search", "?q=nøgle"),
)


def pages(made: Any) -> list[tuple[str, str]]:
    """Return (name, address) of every register and page about one of its rows, and searches."""
    from django.db import transaction

    from hoest.foundation.tenancy.context import acting_for
    from tests.support.addresses import all_addresses

    found = []
    with acting_for(made.organisation_id), transaction.atomic():
        for one in all_addresses():
            if one.access != "municipality" or one.name.split(":")[0] not in SUBJECTS:
                continue
            try:
                found.append((one.name, one.path(made.organisation_id)))
            except AssertionError:
                # There is no such row in this municipality.
                continue
    paths = dict(found)
    found += [(f"{name}{asked}", paths[name] + asked) for name, asked in SEARCHES]
    return [*found, ("week:mine", "/")]


def reached(made: Any, listed: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Keep those that answer with a page."""
    from benchmarks.asking import ask, cookie_of
    from hoest.config.wsgi import application

    cookie = cookie_of(made.accounts["controller"])
    return [
        one for one in listed
        if (said := ask(application, one[1], cookie)).status == 200
        and said.body.lstrip()[:1] == b"<"
    ]  # fmt: skip


def fill(organisation_id: int, say: Any) -> None:
    """Put the registers' rows in, each subject by its own maker when it has one."""
    from django.db import transaction

    from benchmarks.register_rows import MAKERS
    from hoest.foundation.tenancy.context import acting_for

    for name, maker, rows in MAKERS:
        clock = time.monotonic()
        with acting_for(organisation_id), transaction.atomic():
            maker(organisation_id, rows)
        say(f"{name}: {rows} rækker på {time.monotonic() - clock:.0f} s")


def run(arguments: argparse.Namespace) -> None:
    """Start, fill and ask."""
    from hoest.foundation.database.folder import DataFolder

    def say(text: str) -> None:
        print(text, flush=True)

    folder = None
    if arguments.data:
        os.environ["HOEST_DATA"] = str(arguments.data)
    else:
        folder = DataFolder(Path(tempfile.mkdtemp(prefix="hoest-registers-")))
        os.environ["HOEST_DATA"] = str(folder.path)
        say(f"data: {folder.path}")
    try:
        from hoest.config.bootstrap import ready

        with ready():
            from benchmarks import scale
            from benchmarks.pages import analyse
            from benchmarks.portfolio import Size, found_again, make

            if folder is None:
                made = found_again(CODE)
            else:
                clock = time.monotonic()
                made = make(Size(1, INITIATIVES, 4, 12), CODE[0])[0]
                say(f"{INITIATIVES} initiativer på {time.monotonic() - clock:.0f} s")
                fill(made.organisation_id, say)
                analyse()
                scale.kept(made.organisation_id, say)
                analyse()
            # What a reader may not see is left out here, and no news.
            logging.disable(logging.WARNING)
            listed = [one for one in pages(made) if arguments.only in one[0]]
            say(f"belastning: {os.getloadavg()[0]:.1f}")
            found = scale.ask_pages(
                made, reached(made, listed), arguments.requests, ("controller", "unit_leader"), say
            )
            slow = {one["page"] for one in found if one["work_p95"] > GOAL_MS}
            say(f"belastning: {os.getloadavg()[0]:.1f}")
            say(f"over målet på {GOAL_MS} ms: {', '.join(sorted(slow)) or 'ingen'}")
    finally:
        if folder is not None and not arguments.keep:
            from tests.support.processes import clear_away

            clear_away(folder)
            shutil.rmtree(folder.path, ignore_errors=True)


def main(argv: list[str]) -> None:
    """Read the command line, measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.registers", description=__doc__)
    parser.add_argument("--requests", type=int, default=40)
    parser.add_argument("--only", default="", help="kun sider, hvis navn rummer ordet")
    parser.add_argument("--keep", action="store_true", help="behold mappen")
    parser.add_argument("--data", type=Path, help="en mappe, der blev beholdt")
    run(parser.parse_args(argv))


if __name__ == "__main__":
    main(sys.argv[1:])
