"""Several machines: a real scheduler and two workers, one of which is killed halfway."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from hoest.config.cli import main
from hoest.engine.effects import Cluster, Here, Memory, Processes, RunStopped, effects_of_many
from hoest.engine.effects.tests.test_many import ASKED, table

ROOT = Path(__file__).parents[4]
PATIENCE_SECONDS = 60

pytestmark = pytest.mark.slow


@dataclass
class Started:
    """The address of a scheduler, and the workers behind it."""

    address: str
    workers: list[subprocess.Popen[bytes]]


def _process(module: str, *words: str, folder: Path) -> subprocess.Popen[bytes]:
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)}
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.{module}", *words, "--no-dashboard"],
            cwd=folder,
            env=environment,
            stdout=log,
            stderr=log,
        )


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Started]:
    file = tmp_path / "scheduler.json"
    place = ["--scheduler-file", str(file)]
    started = [_process("dask_scheduler", "--port", "0", "--host", "127.0.0.1", *place,
                        folder=tmp_path)]  # fmt: skip
    try:
        alone = ["--no-nanny", "--nthreads", "1", *place]
        started += [_process("dask_worker", *alone, folder=tmp_path) for _ in range(2)]
        until = time.monotonic() + PATIENCE_SECONDS
        log = tmp_path / "log"
        while log.read_text().count("Registered to") < 2 or not file.exists():
            assert time.monotonic() < until, log.read_text()
            time.sleep(0.1)
        yield Started(json.loads(file.read_text())["address"], started[1:])
    finally:
        for one in reversed(started):
            one.kill()
            one.wait()


def test_a_killed_machine_costs_time_and_not_one_bit(cluster: Started) -> None:
    many, store = table(24), Memory()

    def kill_one_halfway(done: int, total: int) -> None:
        if done >= total // 2 and cluster.workers[0].poll() is None:
            cluster.workers[0].kill()

    found = effects_of_many(
        many,
        ASKED,
        store=store,
        machines=Cluster(cluster.address),
        chunk=1,
        progress=kill_one_halfway,
    )
    assert cluster.workers[0].wait() != 0
    assert len(found.found) == 24
    here, pool = Memory(), Memory()
    effects_of_many(many, ASKED, store=here, machines=Here())
    effects_of_many(many, ASKED, store=pool, machines=Processes(2))
    assert store.texts == here.texts == pool.texts


def test_a_run_on_machines_can_be_stopped_and_goes_on_at_the_command_line(
    cluster: Started, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = Memory()
    with pytest.raises(RunStopped) as stopped:
        effects_of_many(
            table(12),
            ASKED,
            store=store,
            machines=Cluster(cluster.address),
            chunk=1,
            stopped=lambda: len(store.texts) >= 3,
        )
    assert stopped.value.done == len(store.texts) == 3

    file = tmp_path / "tal.csv"
    lines = ["tal,enhed,md,værdi,start"]
    for one in table(3):
        rollout = one.panel.rollout
        for unit, start, row in zip(rollout.units, rollout.starts, one.panel.values, strict=True):
            begun = "" if start >= rollout.length else str(start)
            lines += [f"{one.name},{unit},{t},{value!r},{begun}" for t, value in
                      enumerate(row.tolist())]  # fmt: skip
    file.write_text("\n".join(lines), encoding="utf-8")
    words = ["effects", str(file), "--indicator", "tal", "--unit", "enhed", "--time", "md"]
    words += ["--value", "værdi", "--treated", "start", "--json"]
    answers = []
    for where in (["--scheduler", cluster.address], ["--processes", "1"]):
        assert main([*words, "--store", str(tmp_path / where[0][2:]), *where]) == 0
        answers.append(capsys.readouterr().out)
    assert answers[0] == answers[1]
    assert json.loads(answers[0])["count"] == 3
