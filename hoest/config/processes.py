"""One foreground process that runs the whole of Høst: PostgreSQL, web server and worker.

It owns the listening socket, so a restarted web server loses no waiting connection; it starts a
dead child again at once and ever more slowly when it keeps dying; on Ctrl-C or SIGTERM everything
stops within seconds. Killed with -9 it takes its children along, by the kernel's hand.
Source: prctl(2) PR_SET_PDEATHSIG; gunicorn settings `bind fd://`.
"""

from __future__ import annotations

import errno
import http
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

import click

from hoest.foundation.database.folder import DataFolder, open_folder, read_json, write_json
from hoest.foundation.database.locks import FileLock
from hoest.foundation.database.process import is_alive, tethered
from hoest.foundation.database.sharing import Server, python_path, running
from hoest.foundation.faults import Fault

TICK_SECONDS = 0.1
# A child that lived this long is started again at once; the pause never costs more than the
# promise of pages back within 5 seconds allows.
STEADY_SECONDS = 5.0
LONGEST_PAUSE_SECONDS = 3.0
STOP_SECONDS = 8.0
# After a kill -9 the old web server needs a moment to let go of the port.
PORT_PATIENCE_SECONDS = 10.0
# Two processes for two cores; threads because requests mostly wait for the database.
WEB_PROCESSES = 2
WEB_THREADS = 4
WEB_TIMEOUT_SECONDS = 60
WEB_GRACE_SECONDS = 5
BACKLOG = 512


class AlreadyRunning(Fault):
    """Høst already runs on this data folder."""


class PortBusy(Fault):
    """Another program listens on the port, or we may not."""


@dataclass
class Child:
    """A child process that is to live for as long as we do."""

    name: str
    command: list[str]
    environment: dict[str, str]
    pass_fds: tuple[int, ...] = ()
    process: subprocess.Popen[bytes] | None = None
    deaths: int = 0
    started_at: float = 0.0
    next_start: float = field(default=0.0)

    def start(self) -> None:
        """Start the process in its own session, tethered to us."""
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603 - our own commands, no shell
            tethered(self.command),
            env=self.environment,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            pass_fds=self.pass_fds,
        )

    def tend(self) -> None:
        """Start the process again when it has died, at once the first time, then with pauses."""
        now = time.monotonic()
        if self.process is not None:
            code = self.process.poll()
            if code is None:
                return
            if now - self.started_at > STEADY_SECONDS:
                self.deaths = 0
            pause = 0.0 if not self.deaths else min(0.2 * 2**self.deaths, LONGEST_PAUSE_SECONDS)
            self.deaths += 1
            self.next_start = now + pause
            self.process = None
            click.echo(f"{self.name} stoppede (kode {code}) og startes igen.", err=True)
        if now >= self.next_start:
            self.start()

    def signal(self, number: int) -> None:
        """Send a signal to the process and everything it started."""
        if self.process is not None:
            with suppress(ProcessLookupError, PermissionError):
                if number == signal.SIGKILL:
                    os.killpg(self.process.pid, number)
                else:
                    self.process.send_signal(number)

    def is_gone(self) -> bool:
        """Tell whether the process has ended."""
        return self.process is None or self.process.poll() is not None


class Supervisor:
    """Holds children and database until told to stop."""

    def __init__(self, children: list[Child], server: Server) -> None:
        """Take the children, not yet started, and the database in use."""
        self.children = children
        self.server = server
        self.told_to_stop = 0
        self.postgres: int | None = server.state.get("postgres")

    def run(self, ask: Callable[[], int | None], announce: Callable[[int], None]) -> None:
        """Start the children and hold them; announce once the status of the first answer."""
        before = {n: signal.signal(n, self._on_signal) for n in (signal.SIGINT, signal.SIGTERM)}
        announced = False
        try:
            while not self.told_to_stop:
                self._tend_database()
                for child in self.children:
                    child.tend()
                if not announced and (status := ask()):
                    announced = True
                    announce(status)
                time.sleep(TICK_SECONDS)
        finally:
            self.stop()
            for number, handler in before.items():
                signal.signal(number, handler)

    def _tend_database(self) -> None:
        """See that the database has its keeper, and say so when PostgreSQL was started again."""
        self.server.tend()
        state = self.server.state
        if state.get("state") == "ready" and state.get("postgres") != self.postgres:
            self.postgres = state.get("postgres")
            click.echo("Databasen stoppede og er startet igen.", err=True)

    def stop(self) -> None:
        """Stop every child: kindly, then by force for what is left of its process group."""
        for child in self.children:
            child.signal(signal.SIGTERM)
        end = time.monotonic() + STOP_SECONDS
        while not all(child.is_gone() for child in self.children):
            # A second Ctrl-C means: now.
            if time.monotonic() > end or self.told_to_stop > 1:
                break
            time.sleep(0.05)
        for child in self.children:
            child.signal(signal.SIGKILL)
            if child.process is not None:
                child.process.wait()

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self.told_to_stop += 1


def serve(
    *,
    port: int,
    host: str = "127.0.0.1",
    prepare: Callable[[], None] = lambda: None,
    data_dir: Path | None = None,
) -> None:
    """Run Høst on an address until it is told to stop.

    `prepare` runs with the database up and the port ours, before the first request.
    Raises AlreadyRunning, PortBusy or a DatabaseFault, each with one Danish sentence.
    """
    folder = open_folder(data_dir)
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}/"
    with _only_one(folder, address) as was_killed, _listening(host, port, was_killed) as listener:
        before = signal.signal(signal.SIGTERM, _break_off)
        try:
            with running(folder.path) as server:
                prepare()
                supervisor = Supervisor(_children(folder, listener), server)
                supervisor.run(lambda: _front_page(listener), lambda s: _announce(address, s))
                click.echo("Høst stopper.")
        finally:
            signal.signal(signal.SIGTERM, before)


def _announce(address: str, status: int) -> None:
    if status >= http.HTTPStatus.INTERNAL_SERVER_ERROR:
        click.echo(f"Høst kører på {address}, men forsiden svarer med fejl {status}.", err=True)
    else:
        click.echo(f"Høst er klar: {address} (stop med Ctrl-C)")


def _break_off(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


@contextmanager
def _only_one(folder: DataFolder, address: str) -> Iterator[bool]:
    """Hold the data folder's start lock; yield whether the last run ended without cleaning up."""
    lock = FileLock(folder.lock("start"))
    note = folder.locks / "start.json"
    if not lock.try_exclusive():
        other = read_json(note)
        raise AlreadyRunning(
            f"Høst kører allerede på {other.get('address', 'en anden adresse')} "
            f"(proces {other.get('pid', 'ukendt')}) med datamappen {folder.path}."
        )
    try:
        was_killed = note.exists()
        write_json(note, {"pid": os.getpid(), "address": address})
        yield was_killed
    finally:
        note.unlink(missing_ok=True)
        lock.release()


@contextmanager
def _listening(host: str, port: int, was_killed: bool) -> Iterator[socket.socket]:
    """Listen on an address, or say in one sentence why that cannot be."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    end = time.monotonic() + (PORT_PATIENCE_SECONDS if was_killed else 0)
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        while True:
            try:
                listener.bind((host, port))
                listener.listen(BACKLOG)
                break
            except PermissionError as error:
                raise PortBusy(f"Du må ikke åbne port {port}. Vælg en anden med --port.") from error
            except OverflowError as error:
                raise PortBusy(f"Port {port} findes ikke. Vælg en fra 1 til 65535.") from error
            except socket.gaierror as error:
                raise PortBusy(f"Adressen {host} findes ikke på denne maskine.") from error
            except OSError as error:
                if time.monotonic() < end:
                    time.sleep(0.2)
                    continue
                raise PortBusy(_why_not(host, port, error)) from error
        yield listener


def _why_not(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} er optaget af et andet program. Vælg en anden med --port."
    return f"Adressen {host}, port {port}, kan ikke bruges: {error.strerror}."


def _children(folder: DataFolder, listener: socket.socket) -> list[Child]:
    environment = {
        **os.environ,
        "HOEST_DATA": str(folder.path),
        "PYTHONPATH": python_path(),
        "PYTHONUNBUFFERED": "1",
    }
    if environment.get("HOEST_SECURE") != "1":
        environment.setdefault("HOEST_ADDRESS", f"http://localhost:{listener.getsockname()[1]}")
    python = sys.executable
    processes = os.environ.get("HOEST_WEB_PROCESSES", str(WEB_PROCESSES))
    threads = os.environ.get("HOEST_WEB_THREADS", str(WEB_THREADS))
    web = [python, "-m", "gunicorn", "hoest.config.wsgi:application"]
    web += ["--bind", f"fd://{listener.fileno()}", "--worker-class", "gthread"]
    # Loaded once and forked: half the start, and a killed web process is replaced at once.
    web += ["--preload", "--workers", processes, "--threads", threads, "--no-control-socket"]
    web += ["--timeout", str(WEB_TIMEOUT_SECONDS), "--graceful-timeout", str(WEB_GRACE_SECONDS)]
    web += ["--log-level", "warning"]
    if os.access("/dev/shm", os.W_OK):  # noqa: S108 - a heartbeat file must not wait for a disk
        web += ["--worker-tmp-dir", "/dev/shm"]  # noqa: S108
    worker = [python, "-m", "hoest.config.cli", "worker"]
    return [
        Child(
            "Webserveren",
            web,
            {**environment, "HOEST_DATABASE_ROLE": "app"},
            pass_fds=(listener.fileno(),),
        ),
        Child("Arbejderen", worker, {**environment, "HOEST_DATABASE_ROLE": "worker"}),
    ]


def _front_page(listener: socket.socket) -> int | None:
    """Ask our own front page for its status; None while nobody answers."""
    host, port = listener.getsockname()[:2]
    local = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared only
    name = os.environ.get("HOEST_HOSTS", "localhost").split(",")[0]
    request = http.client.HTTPConnection(local, port, timeout=2)
    try:
        request.request("GET", "/", headers={"Host": name})
        return request.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        request.close()


def running_address(folder: DataFolder) -> str | None:
    """Return the address Høst runs on with this data folder, or None."""
    note = read_json(folder.locks / "start.json")
    alive = bool(note) and is_alive(int(note.get("pid", 0)))
    return str(note["address"]) if alive else None
