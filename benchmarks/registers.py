"""How fast the registers are in one municipality: 5,000 ideas, 2,000 systems, 1,200 initiatives.

Run: `python -m benchmarks.registers [--requests 40] [--only WORD] [--keep] [--data FOLDER]`. In a
data folder of its own: one municipality by the same rows as `benchmarks.pages`, and the other
registers through their tables in bulk; the worker's nightly job keeps its figures. Then every list
is asked as a browser asks it.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

GOAL_MS = 120
CODE = "S00"
INITIATIVES, IDEAS, SYSTEMS = 1200, 5000, 2000


def pages(made: Any) -> list[tuple[str, str]]:
    """Return (name, address) of every register in the portfolio and what leads to it."""
    from django.urls import reverse

    from hoest.foundation import rooms

    found = [("portefølje", reverse("portfolio:initiatives"))]
    found.append(("portefølje, søgt", found[0][1] + "?q=skærm"))
    found += [
        (room.url_name, reverse(room.url_name))
        for (_place, _name), room in sorted(rooms._registry.items())
    ]
    found.append(("initiativ", reverse("portfolio:initiative", args=[made.initiative_id])))
    return found


def fill(organisation_id: int, say: Any) -> None:
    """Put the registers' rows in, each subject by its own maker when it has one."""
    from benchmarks.register_rows import MAKERS
    from hoest.foundation.tenancy.context import acting_for

    for name, maker, rows in MAKERS:
        clock = time.monotonic()
        with acting_for(organisation_id):
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
            scale.pages = pages
            found = scale.ask_pages(
                made, arguments.requests, ("controller", "unit_leader"), arguments.only, say
            )
            slow = [one["page"] for one in found if one["work_p95"] > GOAL_MS]
            say(f"over målet på {GOAL_MS} ms: {', '.join(slow) or 'ingen'}")
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
