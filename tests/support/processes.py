"""A whole `hoest start` in its own data folder and on its own port, to be killed piece by piece."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from hoest.foundation.database.folder import DataFolder, read_json
from hoest.foundation.database.process import is_alive
from hoest.foundation.database.sharing import server_state

ROOT = Path(__file__).resolve().parents[2]
START = [sys.executable, "-m", "hoest.config.cli", "start"]
READY_SECONDS = 600
APPEAR_SECONDS = 60
# What the tests set for themselves must not reach the product.
TEST_ONLY = ("HOEST_TESTING", "HOEST_DATABASE_ROLE", "HOEST_DATABASE_NAME", "DATABASE_URL")

_launched: list[subprocess.Popen[str]] = []

Part = Literal["supervisor", "web", "worker", "keeper", "postgres", "everything"]


def free_port() -> int:
    """Return a port above 18000 that nobody listens on just now."""
    while True:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port: int = probe.getsockname()[1]
        if port > 18000:
            return port


def until(condition: Callable[[], object], seconds: float) -> float:
    """Wait for a condition and return the seconds it took; fail when it does not come true."""
    begun = time.monotonic()
    while not condition():
        assert time.monotonic() - begun < seconds, f"not within {seconds} s"
        time.sleep(0.02)
    return time.monotonic() - begun


def processes_with(text: str) -> dict[int, str]:
    """Return the living processes whose command or environment holds a text, with commands."""
    found = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        try:
            command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            environment = (entry / "environ").read_bytes().decode(errors="replace")
            cwd = str((entry / "cwd").readlink())
        except OSError:
            continue
        held = text in command or f"={text}" in environment or cwd.startswith(text)
        if held and is_alive(int(entry.name)):
            found[int(entry.name)] = command
    return found


@dataclass
class RunningHoest:
    """A `hoest start` that said it is ready."""

    folder: DataFolder
    port: int
    process: subprocess.Popen[str]
    lines: list[str] = field(default_factory=list)
    seconds_to_ready: float = 0.0

    @property
    def address(self) -> str:
        """The address of the front page."""
        return f"http://127.0.0.1:{self.port}/"

    @property
    def output(self) -> str:
        """Everything printed so far."""
        return "".join(self.lines)

    def pids(self, part: Part) -> list[int]:
        """Return the process numbers of a part, its own first."""
        if part == "supervisor":
            return [self.process.pid]
        if part in ("keeper", "postgres"):
            number = server_state(self.folder).get(part)
            return [int(number)] if number and is_alive(int(number)) else []
        everything = processes_with(str(self.folder.path))
        if part == "everything":
            return sorted(everything)
        word = {"web": "gunicorn", "worker": "hoest.config.cli worker"}[part]
        return sorted(pid for pid, command in everything.items() if word in command)

    def kill(self, part: Part) -> list[int]:
        """Kill a part with -9, all its processes at once; return their numbers."""
        end = time.monotonic() + APPEAR_SECONDS
        # A part may just have died of another part's death and be on its way up again.
        while not (doomed := self.pids(part)) and time.monotonic() < end:
            time.sleep(0.02)
        assert doomed, f"{part} does not run:\n{self.output}"
        for pid in doomed:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        if self.process.pid in doomed:
            self.process.wait()
        return doomed

    def get(self, path: str = "", timeout: float = 10) -> int:
        """Ask a page for its status; 0 when nobody answers."""
        try:
            with urllib.request.urlopen(self.address + path, timeout=timeout) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            with error:
                return error.code
        except OSError:
            return 0

    def stop(self, number: int = signal.SIGTERM, seconds: float = 20) -> float:
        """Stop it as an operator would, and return how long it took."""
        begun = time.monotonic()
        if self.process.poll() is None:
            self.process.send_signal(number)
            self.process.wait(seconds)
        return time.monotonic() - begun


def launch(
    folder: DataFolder, port: int, command: list[str] | None = None, *arguments: str
) -> RunningHoest:
    """Start Høst on a data folder and a port, without waiting for it."""
    environment = {name: value for name, value in os.environ.items() if name not in TEST_ONLY}
    environment |= {"HOEST_DATA": str(folder.path), "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [*(command or START), "--port", str(port), *arguments],
        cwd=ROOT,
        env={**environment, "PYTHONUNBUFFERED": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    _launched.append(process)
    started = RunningHoest(folder, port, process)
    threading.Thread(target=_collect, args=(process, started.lines), daemon=True).start()
    return started


def _collect(process: subprocess.Popen[str], lines: list[str]) -> None:
    assert process.stdout is not None
    with process.stdout:
        lines.extend(process.stdout)


def wait_ready(started: RunningHoest) -> RunningHoest:
    """Wait until it says it is ready; fail with its output when it ends first."""
    begun = time.monotonic()
    while "Høst er klar" not in started.output:
        assert started.process.poll() is None, f"it stopped:\n{started.output}"
        assert time.monotonic() - begun < READY_SECONDS, f"never ready:\n{started.output}"
        time.sleep(0.02)
    started.seconds_to_ready = time.monotonic() - begun
    return started


def new_folder() -> DataFolder:
    """Make a fresh data folder, in memory where there is such a place: tests wait on fsync."""
    memory = Path("/dev/shm")
    parent = memory if memory.is_dir() else None
    return DataFolder(Path(tempfile.mkdtemp(prefix="hoest-test-", dir=parent)))


def clear_away(folder: DataFolder) -> None:
    """End what is left of a data folder's processes and delete the folder.

    Kindly first: a PostgreSQL that is killed leaves shared memory to its next start, and there
    will be none.
    """
    for number, seconds in ((signal.SIGTERM, 15), (signal.SIGKILL, 5)):
        left = processes_with(str(folder.path))
        for pid, command in left.items():
            if number == signal.SIGTERM and "postgres" in command.split(" ")[0]:
                continue
            with suppress(ProcessLookupError):
                os.kill(pid, number)
        end = time.monotonic() + seconds
        while processes_with(str(folder.path)) and time.monotonic() < end:
            time.sleep(0.05)
    assert not processes_with(str(folder.path))
    for process in list(_launched):
        if process.poll() is not None:
            _launched.remove(process)
    outside = read_json(folder.place_file).get("place")
    if outside:
        shutil.rmtree(outside, ignore_errors=True)
    shutil.rmtree(folder.path, ignore_errors=True)


@contextmanager
def hoest_started(*arguments: str, command: list[str] | None = None) -> Iterator[RunningHoest]:
    """Have a whole Høst for the length of a block, and nothing of it afterwards."""
    folder = new_folder()
    try:
        started = wait_ready(launch(folder, free_port(), command, *arguments))
        yield started
        started.stop()
    finally:
        clear_away(folder)
