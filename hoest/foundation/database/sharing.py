"""Use the database together: `with running() as server:` from as many processes as you like.

The first user starts the keeper, the others join, the last one out stops PostgreSQL; the locks are
the kernel's, so a user killed with -9 counts as gone. With `DATABASE_URL` nothing is started.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hoest.foundation.database.faults import DatabaseFault
from hoest.foundation.database.folder import CHECKOUT, DataFolder, open_folder, read_json
from hoest.foundation.database.keeper import STATE
from hoest.foundation.database.locks import FileLock, is_held

KEEPER_MODULE = "hoest.foundation.database.keeper"
READY_SECONDS = 600.0
LEAVE_SECONDS = 40.0


def uses_operators_server() -> bool:
    """Tell whether the operator's own server is used (`DATABASE_URL`)."""
    return bool(os.environ.get("DATABASE_URL"))


@dataclass
class Server:
    """A database in use. `embedded` is False for the operator's own server."""

    folder: DataFolder
    embedded: bool
    _users: FileLock | None = field(default=None, repr=False)
    _keeper_pid: int | None = field(default=None, repr=False)

    @property
    def state(self) -> dict[str, Any]:
        """What the keeper last said: state, version, pgdata, run, postgres."""
        return server_state(self.folder)

    def tend(self) -> None:
        """Start a new keeper when the last one was killed; call it now and then. Cheap.

        Raises DatabaseFault when the data folder is gone.
        """
        if not self.folder.path.exists():
            raise DatabaseFault(f"Datamappen {self.folder.path} er væk.")
        if self.embedded and not is_held(self.folder.lock("keeper")):
            self._start_keeper()

    def wait_ready(self, timeout: float = READY_SECONDS) -> None:
        """Wait until PostgreSQL accepts connections. Raises DatabaseFault with the reason."""
        end = time.monotonic() + timeout
        attempts = 0
        while self.embedded:
            if not is_held(self.folder.lock("keeper")):
                state = self.state
                if attempts and state.get("state") == "failed":
                    raise DatabaseFault(str(state.get("why")))
                if attempts >= 3:
                    raise DatabaseFault(
                        f"Databasen stopper igen og igen. Se {self.folder.log}/postgresql.log."
                    )
                attempts += self._start_keeper()
            elif self.state.get("state") == "ready":
                return
            if time.monotonic() > end:
                raise DatabaseFault(
                    f"Databasen er ikke klar efter {timeout:.0f} sekunder. "
                    f"{self.state.get('why', '')} Se {self.folder.log}/postgresql.log."
                )
            time.sleep(0.02)

    def _start_keeper(self) -> int:
        """Start a keeper that inherits the lock; answer 1, or 0 when somebody was faster."""
        self._reap_keeper()
        lock = FileLock(self.folder.lock("keeper"))
        if not lock.try_exclusive() or lock.fd is None:
            return 0
        try:
            (self.folder.locks / STATE).unlink(missing_ok=True)
            self._keeper_pid = _spawn_keeper(self.folder, lock.fd)
        finally:
            lock.release()
        return 1

    def leave(self) -> None:
        """Leave the database; when we were the last, wait until PostgreSQL has stopped."""
        if self._users is None:
            return
        self._users.release()
        self._users = None
        end = time.monotonic() + LEAVE_SECONDS
        busy = 0
        while (
            time.monotonic() < end
            and self.folder.path.exists()
            and is_held(self.folder.lock("keeper"))
        ):
            # Nobody else and not yet stopping: the keeper will notice at its next look.
            others = is_held(self.folder.lock("users"))
            busy = busy + 1 if others and self.state.get("state") != "stopping" else 0
            if busy > 3:
                return
            time.sleep(0.03)
        self._reap_keeper()

    def _reap_keeper(self) -> None:
        """Collect a keeper of ours that has ended, so that it is no zombie."""
        if self._keeper_pid is not None:
            with suppress(ChildProcessError):
                os.waitpid(self._keeper_pid, os.WNOHANG)


def server_state(folder: DataFolder) -> dict[str, Any]:
    """Return what the keeper last said of a data folder; empty when it never ran."""
    return read_json(folder.locks / STATE)


def python_path() -> str:
    """Return a PYTHONPATH with which another process finds this very code."""
    given = os.environ.get("PYTHONPATH")
    return f"{CHECKOUT}{os.pathsep}{given}" if given else str(CHECKOUT)


def _spawn_keeper(folder: DataFolder, lock_fd: int) -> int:
    """Start a keeper that holds the lock file open, and return its process number.

    Spawned rather than kept as a Popen: it may well outlive us, when others use the database.
    """
    log = os.open(folder.log / "keeper.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.set_inheritable(lock_fd, True)
    try:
        return os.posix_spawn(
            sys.executable,
            [sys.executable, "-m", KEEPER_MODULE, str(folder.path), str(lock_fd)],
            {**os.environ, "PYTHONPATH": python_path()},
            file_actions=[
                (os.POSIX_SPAWN_DUP2, nothing, 0),
                (os.POSIX_SPAWN_DUP2, nothing, 1),
                (os.POSIX_SPAWN_DUP2, log, 2),
            ],
        )
    finally:
        os.set_inheritable(lock_fd, False)
        os.close(log)
        os.close(nothing)


@contextmanager
def running(data_dir: Path | None = None) -> Iterator[Server]:
    """Use the database of a data folder, starting it when nobody has.

    Raises DatabaseFault when it cannot be started. The operator's own server is left alone.
    """
    folder = open_folder(data_dir)
    if uses_operators_server():
        yield Server(folder, embedded=False)
        return
    users = FileLock(folder.lock("users"))
    users.shared()
    server = Server(folder, embedded=True, _users=users)
    try:
        server.wait_ready()
        yield server
    finally:
        server.leave()
