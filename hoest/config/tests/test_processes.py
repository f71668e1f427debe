"""One foreground process holds everything: ready, killed, restarted, stopped, never twice."""

from __future__ import annotations

import itertools
import os
import signal
import socket
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from hoest.config.processes import Child
from hoest.foundation.database.folder import DataFolder
from hoest.foundation.database.process import is_alive
from hoest.foundation.database.sharing import server_state
from tests.support.processes import (
    RunningHoest,
    clear_away,
    free_port,
    launch,
    new_folder,
    processes_with,
    until,
    wait_ready,
)

TOY = [sys.executable, str(Path(__file__).with_name("toy_start.py"))]


@pytest.fixture
def folder() -> Iterator[DataFolder]:
    made = new_folder()
    yield made
    clear_away(made)


@pytest.fixture
def started(folder: DataFolder) -> RunningHoest:
    return wait_ready(launch(folder, free_port(), TOY))


def page(started: RunningHoest) -> str:
    with urllib.request.urlopen(started.address, timeout=10) as answer:
        return str(answer.read().decode())


def test_it_says_where_it_is_and_serves_as_the_application_role(started: RunningHoest) -> None:
    assert f"Høst er klar: http://127.0.0.1:{started.port}/" in started.output
    assert page(started).split()[1] == "app"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_told_to_stop_it_leaves_nothing_within_seconds(
    started: RunningHoest, number: signal.Signals
) -> None:
    assert started.stop(number) < 8
    assert started.process.returncode == 0
    assert processes_with(str(started.folder.path)) == {}
    assert "interrupted" not in (started.folder.log / "postgresql.log").read_text()


def test_a_worker_that_does_not_listen_is_stopped_by_force(folder: DataFolder) -> None:
    started = wait_ready(launch(folder, free_port(), TOY, "--worker", "deaf"))
    assert started.stop() < 10
    assert processes_with(str(folder.path)) == {}


def test_a_second_start_on_the_same_folder_says_so(started: RunningHoest) -> None:
    second = launch(started.folder, free_port(), TOY)
    assert second.process.wait(20) == 2
    until(lambda: second.output, 5)
    assert second.output.splitlines() == [
        f"Høst kører allerede på {started.address} (proces {started.process.pid}) "
        f"med datamappen {started.folder.path}."
    ]
    assert page(started)


def test_a_busy_port_is_said_before_anything_is_made(folder: DataFolder) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        refused = launch(folder, other.getsockname()[1], TOY)
        assert refused.process.wait(20) == 2
    until(lambda: refused.output, 5)
    assert refused.output.splitlines() == [
        f"Port {refused.port} er optaget af et andet program. Vælg en anden med --port."
    ]
    assert not (folder.path / "pg").exists()


def test_an_address_that_is_not_ours_is_one_sentence(folder: DataFolder) -> None:
    refused = launch(folder, free_port(), TOY, "--host", "192.0.2.1")
    assert refused.process.wait(20) == 2
    until(lambda: refused.output, 5)
    assert len(refused.output.splitlines()) == 1
    assert "192.0.2.1" in refused.output


def test_a_killed_web_server_is_back_at_once_and_nobody_is_refused(started: RunningHoest) -> None:
    for _ in range(3):
        before = page(started)
        killed = started.kill("web")
        begun = time.monotonic()
        # The connection waits in the supervisor's socket until the new web server takes it.
        assert page(started) != before
        assert time.monotonic() - begun < 5
        assert not any(is_alive(pid) for pid in killed)


def test_a_killed_worker_is_back_at_once(started: RunningHoest) -> None:
    def workers() -> list[int]:
        found = processes_with(str(started.folder.path))
        return [pid for pid, command in found.items() if "time.sleep" in command]

    before = workers()
    assert len(before) == 1
    os.kill(before[0], signal.SIGKILL)
    assert until(lambda: workers() and workers() != before, 5) < 2
    # What it says is read by another thread.
    until(lambda: "Arbejderen stoppede (kode -9) og startes igen." in started.output, 30)


@pytest.mark.parametrize("part", ["postgres", "keeper"])
def test_a_killed_database_is_back_while_the_pages_stay(started: RunningHoest, part: str) -> None:
    before = server_state(started.folder)[part]
    started.kill(part)  # type: ignore[arg-type]
    until(
        lambda: (
            server_state(started.folder).get("state") == "ready"
            and server_state(started.folder)[part] != before
        ),
        10,
    )
    assert page(started)
    until(lambda: "Databasen stoppede og er startet igen." in started.output, 5)


def test_killed_itself_it_takes_everything_along_and_starts_again(folder: DataFolder) -> None:
    port = free_port()
    for _ in range(2):
        started = wait_ready(launch(folder, port, TOY))
        started.kill("supervisor")
        until(lambda: not processes_with(str(folder.path)), 10)
    again = wait_ready(launch(folder, port, TOY))
    assert page(again)
    assert again.stop() < 8


def test_a_start_right_after_a_kill_waits_for_the_port(folder: DataFolder) -> None:
    port = free_port()
    wait_ready(launch(folder, port, TOY)).kill("supervisor")
    again = wait_ready(launch(folder, port, TOY))
    assert page(again)


def test_a_child_that_keeps_dying_is_started_ever_more_slowly(
    capsys: pytest.CaptureFixture[str],
) -> None:
    child = Child("Arbejderen", [sys.executable, "-c", "raise SystemExit(3)"], {})
    starts = []
    end = time.monotonic() + 3
    while time.monotonic() < end:
        before = child.started_at
        child.tend()
        if child.started_at != before:
            starts.append(child.started_at)
        time.sleep(0.01)
    if child.process is not None:
        child.process.wait()
    pauses = [later - earlier for earlier, later in itertools.pairwise(starts)]
    assert pauses[0] < 1, "the first restart is at once"
    assert 3 <= len(starts) <= 6
    assert pauses[-1] > pauses[1] > 0.3
    assert "Arbejderen stoppede (kode 3)" in capsys.readouterr().err
