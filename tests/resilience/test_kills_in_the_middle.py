"""Fifty kills -9 while people measure and workbooks are read in: nothing lost, nothing half.

Web server, worker and PostgreSQL fall in random order under three people who measure without rest
and one who imports workbook after workbook. Goals: pages back after every kill; every acknowledged
measurement there exactly once; every import whole or absent; indexes and checksums clean. How fast
the pages come back is measured by `python -m benchmarks.recovery`. `HOEST_KILLS` sets another
number. Power loss is not covered.
"""

from __future__ import annotations

import io
import os
import random
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import pytest
import xlsxwriter

from hoest.foundation.database.connection import connect
from tests.support.processes import ROOT, TEST_ONLY, Part, RunningHoest, hoest_started, until
from tests.support.visitor import Visitor

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("whole-house")]

KILLS = int(os.environ.get("HOEST_KILLS", "50"))
SEED = 20261122
PATIENCE_SECONDS = 120.0
SETTLE_SECONDS = 150.0
WRITERS = 3
ROWS = 60
PARTS: tuple[Part, ...] = ("web", "worker", "postgres")


def workbook(number: int) -> bytes:
    """Make a workbook of many initiatives and benefits that no other workbook has."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheets: dict[str, list[list[Any]]] = {
            "Om": [["nøgle", "værdi"], ["kommune", "København"], ["prisniveau", 2026],
                   ["beløbsenhed", "kr."], ["kilde", f"Prøve {number}"], ["dato", "28.04.2026"]],
            "Initiativer": [["nøgle", "titel", "enhed"]],
            "Økonomi": [["initiativ", "post", "art", "varighed", "2026", "2027"]],
            "Gevinster": [["nøgle", "initiativ", "titel", "gevinsttype", "post"]],
        }  # fmt: skip
        for row in range(ROWS):
            key = f"P{number}-{row}"
            sheets["Initiativer"].append([key, f"Prøve {number} nr. {row}", "Stab"])
            sheets["Økonomi"].append([key, "Spar", "gevinst", "varig", 1000, 1000])
            sheets["Gevinster"].append(
                [f"G{key}", key, f"Gevinst {number}.{row}", "budget", "Spar"]
            )
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for index, cells in enumerate(rows):
                sheet.write_row(index, 0, cells)
    return target.getvalue()


@dataclass
class Importer:
    """Signs in and imports one workbook after the other until told to stop."""

    house: RunningHoest
    done: threading.Event = field(default_factory=threading.Event)
    sent: int = 0
    seen_applied: set[int] = field(default_factory=set)
    seen_given_up: set[int] = field(default_factory=set)
    troubles: list[str] = field(default_factory=list)

    def run(self) -> None:
        """Work; what goes wrong is kept for the test to show."""
        try:
            email = re.search(r"E-mail: +(\S+)", self.house.output)
            password = re.search(r"Adgangskode: +(\S+)", self.house.output)
            assert email
            assert password
            visitor = Visitor(self.house.address)
            visitor.sign_in(email[1], password[1])
            while not self.done.is_set():
                self._one(visitor)
        except AssertionError as error:
            self.troubles.append(str(error))

    def _one(self, visitor: Visitor) -> None:
        number = self.sent
        self.sent += 1
        body = workbook(number)
        run = None
        while run is None:
            visitor.patiently_get("regneark/")
            visitor.post("regneark/", {}, ("file", f"p{number}.xlsx", body))
            run = re.search(r"/regneark/(\d+)/", visitor.url)
        path = f"regneark/{run[1]}/"
        calm_since = None
        while calm_since is None or time.monotonic() - calm_since < SETTLE_SECONDS:
            # While workers keep falling an import may have to wait; afterwards it must end.
            if self.done.is_set() and calm_since is None:
                calm_since = time.monotonic()
            visitor.patiently_get(path)
            if f"/{path}bekraeft/" in visitor.page:
                visitor.post(path + "bekraeft/", {})
            elif f"/{path}fortryd/" in visitor.page:
                self.seen_applied.add(number)
                return
            elif 'id="import-state"' in visitor.page and "hx-trigger" not in visitor.page:
                said = re.search(r'<h1 class="point">(.*?)</h1>', visitor.page, re.DOTALL)
                if said and "gik i stå" in said[1]:
                    self.seen_given_up.add(number)
                else:
                    self.troubles.append(f"import {number}: {said[1] if said else visitor.page}")
                return
            time.sleep(0.2)
        self.troubles.append(f"import {number} never came to an end")


@dataclass
class Writer:
    """A measuring program and what was acknowledged to it."""

    name: str
    benefit_id: int
    process: subprocess.Popen[str]
    acknowledged: dict[int, int] = field(default_factory=dict)

    def listen(self) -> None:
        """Note every acknowledgement."""
        assert self.process.stdout is not None
        with self.process.stdout as lines:
            for line in lines:
                _, pk, value = line.split()
                self.acknowledged[int(value)] = int(pk)


@dataclass
class Aftermath:
    """What stood when everything had been killed and had settled."""

    house: RunningHoest
    writers: list[Writer]
    importer: Importer
    recoveries: list[Part]


def start_writers(house: RunningHoest) -> list[Writer]:
    """Start the people who measure, each with a benefit of their own."""
    with connect("superuser", house.folder) as inside:
        rows = inside.execute(
            "SELECT id FROM benefits_benefit ORDER BY id LIMIT %s", (WRITERS,)
        ).fetchall()
    environment = {name: value for name, value in os.environ.items() if name not in TEST_ONLY}
    environment |= {"HOEST_DATA": str(house.folder.path), "PYTHONPATH": str(ROOT)}
    writers = []
    for number, (benefit_id,) in enumerate(rows):
        command = [sys.executable, "-m", "tests.support.measuring", f"m{number}", str(benefit_id)]
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
        )
        writer = Writer(f"m{number}", benefit_id, process)
        threading.Thread(target=writer.listen, daemon=True).start()
        writers.append(writer)
    until(lambda: all(writer.acknowledged for writer in writers), 60)
    return writers


def kill_and_wait(house: RunningHoest, chance: random.Random) -> list[Part]:
    """Kill a random part again and again; the next one falls when the pages are back."""
    recoveries = []
    for _ in range(KILLS):
        time.sleep(chance.uniform(0.2, 1.5))
        part = chance.choice(PARTS)
        house.kill(part)
        until(lambda: house.get("konto/log-ind/") == 200, PATIENCE_SECONDS)
        recoveries.append(part)
    return recoveries


@pytest.fixture(scope="module")
def aftermath() -> Iterator[Aftermath]:
    with hoest_started() as house:
        importer = Importer(house)
        busy = threading.Thread(target=importer.run, daemon=True)
        busy.start()
        writers = start_writers(house)
        try:
            recoveries = kill_and_wait(house, random.Random(SEED))
            importer.done.set()
            busy.join(SETTLE_SECONDS + 60)
        finally:
            for writer in writers:
                with suppress(ProcessLookupError):
                    writer.process.kill()
                writer.process.wait()
        assert not busy.is_alive(), "the last import did not settle"
        yield Aftermath(house, writers, importer, recoveries)


def ask(house: RunningHoest, query: str, *values: object) -> list[tuple[Any, ...]]:
    with connect("superuser", house.folder) as inside:
        return inside.execute(query, values).fetchall()


def test_the_pages_were_back_after_every_kill(aftermath: Aftermath) -> None:
    assert len(aftermath.recoveries) == KILLS
    assert set(aftermath.recoveries) == set(PARTS) or KILLS < 20
    assert aftermath.house.get("konto/log-ind/") == 200


def test_no_acknowledged_measurement_is_lost_or_doubled(aftermath: Aftermath) -> None:
    for writer in aftermath.writers:
        rows = ask(
            aftermath.house,
            "SELECT id, value::int FROM benefits_measurement"
            " WHERE benefit_id = %s AND request_key LIKE %s",
            writer.benefit_id,
            f"{writer.name}-%",
        )
        found = {value: pk for pk, value in rows}
        assert len(found) == len(rows), "a value stands twice"
        assert len(writer.acknowledged) > KILLS / 5, "too few writes to prove anything"
        lost = {v: pk for v, pk in writer.acknowledged.items() if found.get(v) != pk}
        assert lost == {}
        # The writer was killed too: one more may stand that it never heard of.
        assert len(found) - len(writer.acknowledged) in (0, 1)


def test_every_measurement_has_its_act_in_the_log(aftermath: Aftermath) -> None:
    orphans = ask(
        aftermath.house,
        "SELECT m.id FROM benefits_measurement m WHERE m.request_key LIKE 'm%%-%%' AND 1 <> ("
        " SELECT count(*) FROM audit_act a WHERE a.verb = 'benefits.measure'"
        " AND (a.facts ->> 'measurement')::bigint = m.id)",
    )
    assert orphans == []


def test_every_import_is_whole_or_absent(aftermath: Aftermath) -> None:
    importer = aftermath.importer
    assert importer.troubles == []
    # A job whose worker is killed five times is given up, and says that nothing was changed.
    assert len(importer.seen_applied | importer.seen_given_up) == importer.sent
    assert importer.seen_applied
    for number in range(importer.sent):
        initiatives = ask(
            aftermath.house,
            "SELECT count(*) FROM portfolio_initiative WHERE title LIKE %s",
            f"Prøve {number} nr. %",
        )
        benefits = ask(
            aftermath.house,
            "SELECT count(*) FROM benefits_benefit WHERE title LIKE %s",
            f"Gevinst {number}.%",
        )
        wanted = ROWS if number in importer.seen_applied else 0
        assert (number, initiatives[0][0], benefits[0][0]) == (number, wanted, wanted)


def test_nothing_that_runs_is_left_waiting(aftermath: Aftermath) -> None:
    until(
        lambda: (
            not ask(
                aftermath.house,
                "SELECT 1 FROM procrastinate_jobs WHERE status IN ('todo', 'doing')",
            )
        ),
        SETTLE_SECONDS,
    )
    states = ask(aftermath.house, "SELECT DISTINCT state FROM exchange_importrun")
    assert {state for (state,) in states} <= {"applied", "ready", "failed"}


def test_indexes_and_checksums_are_clean(aftermath: Aftermath) -> None:
    with connect("superuser", aftermath.house.folder) as inside:
        inside.execute("CREATE EXTENSION IF NOT EXISTS amcheck")
        checked = inside.execute(
            "SELECT bt_index_check(c.oid, heapallindexed => true) FROM pg_class c"
            " JOIN pg_am a ON a.oid = c.relam WHERE a.amname = 'btree' AND c.relkind = 'i'"
            " AND c.relpersistence = 'p'"
        ).fetchall()
        failures = inside.execute("SELECT sum(checksum_failures) FROM pg_stat_database").fetchone()
    assert len(checked) > 100
    assert failures == (0,)
