"""The whole of Høst under one command: killed piece by piece, stopped, started again.

Promise: whatever is killed with -9, the pages answer again, and nothing outlives the command. How
fast is measured by `python -m benchmarks.recovery`, not here: machines are shared. Power loss is
not covered: only processes are killed.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from tests.support.processes import (
    Part,
    RunningHoest,
    clear_away,
    free_port,
    hoest_started,
    launch,
    new_folder,
    processes_with,
    until,
    wait_ready,
)

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("whole-house")]

PATIENCE_SECONDS = 120.0
SIGN_IN = "konto/log-ind/"


@pytest.fixture(scope="module")
def house() -> Iterator[RunningHoest]:
    with hoest_started("--uden-demo") as started:
        assert started.get(SIGN_IN) == 200, started.output
        yield started


@pytest.mark.parametrize("part", ["web", "worker", "postgres", "keeper"])
def test_pages_are_back_after_a_kill(house: RunningHoest, part: Part) -> None:
    for _ in range(3):
        killed = set(house.kill(part))
        until(lambda gone=killed: set(house.pids(part)) - gone, PATIENCE_SECONDS)
        until(lambda: house.get(SIGN_IN) == 200, PATIENCE_SECONDS)


def test_nothing_dies_when_nobody_kills_it() -> None:
    with hoest_started("--uden-demo") as house:
        # The one that supervises the pages, and two that answer.
        until(lambda: house.pids("worker") and len(house.pids("web")) == 3, PATIENCE_SECONDS)
        before = house.pids("web"), house.pids("worker")
        time.sleep(8)
        assert (house.pids("web"), house.pids("worker")) == before
        assert "startes igen" not in house.output


def test_the_database_of_a_running_house_can_be_copied(house: RunningHoest) -> None:
    from pathlib import Path

    from hoest.foundation.database.backup import backup

    target = Path(house.folder.path) / "copy.tar"
    made = backup(target, house.folder)
    target.unlink()
    assert sum(made.manifest.rows.values()) > 100
    assert house.get(SIGN_IN) == 200


def test_a_stopped_house_starts_again_with_its_data() -> None:
    folder, port = new_folder(), free_port()
    try:
        first = wait_ready(launch(folder, port, None, "--uden-demo"))
        first.stop(seconds=PATIENCE_SECONDS)
        assert first.process.returncode == 0
        assert processes_with(str(folder.path)) == {}
        second = wait_ready(launch(folder, port, None, "--uden-demo"))
        second.kill("supervisor")
        until(lambda: not processes_with(str(folder.path)), PATIENCE_SECONDS)
        third = wait_ready(launch(folder, port, None, "--uden-demo"))
        assert third.get(SIGN_IN) == 200
        third.stop(seconds=PATIENCE_SECONDS)
        assert third.process.returncode == 0
    finally:
        clear_away(folder)
