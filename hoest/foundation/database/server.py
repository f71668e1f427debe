"""Our supervisor of one PostgreSQL: make, start, watch, stop, start again after a crash.

PostgreSQL is our own child and never a daemon: after kill -9 a daemon may stay a zombie that keeps
its lock file "alive", and the next start fails. Only the keeper uses this class.
Source: docs/decisions/0002-embedded-postgresql.md; PostgreSQL manual, "Shutting Down the Server".
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from hoest.foundation.database.binaries import Binaries, choose, reachable
from hoest.foundation.database.credentials import credentials
from hoest.foundation.database.faults import DatabaseFault
from hoest.foundation.database.folder import DataFolder
from hoest.foundation.database.placement import PORT, Place, place_of
from hoest.foundation.database.process import (
    die_with_parent,
    is_alive,
    postgres_processes,
    postgres_works_in,
)

SUPERUSER = "postgres"
LOG_LIMIT_BYTES = 10_000_000
# A clean stop breaks off open statements; then harder means, each with its seconds.
STOP_STEPS = ((signal.SIGINT, 20.0), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0))
ORPHAN_SECONDS = 30.0
# The builtin collation exists from 17 and orders alike on every machine.
BUILTIN_LOCALE_SINCE = 17

SETTINGS = {
    "listen_addresses": "",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "log_min_messages": "warning",
    "log_timezone": "Europe/Copenhagen",
    "jit": "off",
    "cluster_name": "hoest",
}


class Postmaster:
    """One PostgreSQL server as a child of this process."""

    def __init__(self, folder: DataFolder) -> None:
        """Choose place and binaries; nothing is made or started yet."""
        self.folder = folder
        self.place: Place = place_of(folder)
        self.binaries: Binaries = reachable(choose(self.place.pgdata), self.place.user)
        self.process: subprocess.Popen[bytes] | None = None
        self._log_from = 0

    @property
    def log_file(self) -> Path:
        """PostgreSQL's log."""
        return self.folder.log / "postgresql.log"

    def init(self) -> bool:
        """Make the database folder when it is missing; answer whether it was made.

        It is made beside and renamed, so an interrupted attempt is never taken for a database.
        """
        pgdata = self.place.pgdata
        if (pgdata / "PG_VERSION").exists():
            self._take_over(pgdata)
            return False
        draft = pgdata.with_name("pg.new")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        self.place.user.own(draft)
        password = self.place.run / f"initdb-{secrets.token_hex(8)}"
        fd = os.open(password, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        os.write(fd, credentials(self.folder)["superuser"].encode())
        os.close(fd)
        self.place.user.own(password)
        try:
            self._initdb(draft, password)
        finally:
            password.unlink()
        draft.rename(pgdata)
        return True

    def _initdb(self, target: Path, password: Path) -> None:
        command = [self.binaries.program("initdb"), "-D", str(target), "-U", SUPERUSER]
        command += ["--auth=scram-sha-256", f"--pwfile={password}", "--data-checksums"]
        command += ["--encoding=UTF8", "--locale=C.UTF-8"]
        if self.binaries.major >= BUILTIN_LOCALE_SINCE:
            command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        answer = subprocess.run(  # noqa: S603 - PostgreSQL's own program, no shell
            command,
            check=False,
            capture_output=True,
            text=True,
            cwd="/",
            env=_environment(),
            stdin=subprocess.DEVNULL,
            **self.place.user.popen_arguments(),
        )
        if answer.returncode:
            reason = (answer.stderr.strip() or answer.stdout.strip()).splitlines()[-1:]
            raise DatabaseFault(f"Databasen kunne ikke laves i {target.parent}: {' '.join(reason)}")

    def start(self) -> None:
        """Start PostgreSQL as our child; `wait_ready` tells when it answers."""
        self.clear_leftovers()
        self._rotate_log()
        settings = {**SETTINGS, "unix_socket_directories": str(self.place.run)}
        command = [self.binaries.program("postgres"), "-D", str(self.place.pgdata)]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        with self.log_file.open("ab") as log:
            self._log_from = log.tell()
            self.process = subprocess.Popen(  # noqa: S603 - PostgreSQL's own program, no shell
                command,
                cwd="/",
                env=_environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=die_with_parent(signal.SIGINT),
                **self.place.user.popen_arguments(),
            )

    def is_ready(self) -> bool:
        """Tell whether our PostgreSQL accepts connections, from its own status line."""
        try:
            lines = (self.place.pgdata / "postmaster.pid").read_text().splitlines()
        except OSError:
            return False
        ours = self.process is not None and lines[:1] == [str(self.process.pid)]
        return ours and len(lines) > 7 and lines[7].strip() == "ready"

    def wait_ready(self, timeout: float = 600.0) -> None:
        """Wait until PostgreSQL answers; recovery after a crash may take its time.

        Raises DatabaseFault with the log's last words when it gives up.
        """
        end = time.monotonic() + timeout
        while not self.is_ready():
            if not self.is_running():
                raise DatabaseFault(
                    f"PostgreSQL kunne ikke starte: {self._last_words()} (mere i {self.log_file})"
                )
            if time.monotonic() > end:
                raise DatabaseFault(
                    f"PostgreSQL er ikke klar efter {timeout:.0f} sekunder. Se {self.log_file}."
                )
            time.sleep(0.01)

    def is_running(self) -> bool:
        """Tell whether our child lives; a dead one is reaped here."""
        return self.process is not None and self.process.poll() is None

    def wait_for_exit(self, timeout: float) -> bool:
        """Wait some seconds for our child to die; answer whether it did."""
        if self.process is None:
            return True
        try:
            self.process.wait(timeout)
        except subprocess.TimeoutExpired:
            return False
        return True

    def stop(self, immediately: bool = False) -> None:
        """Stop PostgreSQL: break off statements and close cleanly; harder when it does not obey."""
        for signal_number, patience in STOP_STEPS[1 if immediately else 0 :]:
            if not self.is_running() or self.process is None:
                break
            self.process.send_signal(signal_number)
            if self.wait_for_exit(patience):
                break
        self._wait_for_children()
        self.process = None

    def clear_leftovers(self) -> None:
        """Make the folder free to start in.

        A PostgreSQL that outlived its keeper is stopped, orphaned children are waited for, and
        lock files that name another program's process are removed: PostgreSQL would refuse for
        ever when that process belongs to the same OS user.
        """
        pid_file = self.place.pgdata / "postmaster.pid"
        pid = _first_number(pid_file)
        if pid and postgres_works_in(pid, self.place.pgdata):
            for signal_number, patience in STOP_STEPS:
                _signal(pid, signal_number)
                if _wait_until(lambda: not is_alive(pid), patience):
                    break
        self._wait_for_children()
        socket_lock = self.place.run / f".s.PGSQL.{PORT}.lock"
        for stale in (pid_file, socket_lock):
            owner = _first_number(stale)
            if owner is None or not postgres_works_in(owner, self.place.pgdata):
                stale.unlink(missing_ok=True)

    def _wait_for_children(self) -> None:
        pgdata = self.place.pgdata
        if not _wait_until(lambda: not postgres_processes(pgdata), ORPHAN_SECONDS):
            for pid in postgres_processes(pgdata):
                _signal(pid, signal.SIGKILL)
            _wait_until(lambda: not postgres_processes(pgdata), 5.0)

    def _take_over(self, pgdata: Path) -> None:
        """Give a folder that lies with another OS user to ours, or say who may run it."""
        owner, user = pgdata.stat().st_uid, self.place.user
        if owner == user.uid:
            return
        if not user.switch:
            raise DatabaseFault(
                f"Databasen i {pgdata} tilhører en anden bruger (nummer {owner}). "
                "Kør hoest som den bruger eller som root."
            )
        self.clear_leftovers()
        for parent, folders, files in os.walk(pgdata):
            for name in (".", *folders, *files):
                os.chown(Path(parent, name), user.uid, user.gid, follow_symlinks=False)

    def _rotate_log(self) -> None:
        if self.log_file.exists() and self.log_file.stat().st_size > LOG_LIMIT_BYTES:
            self.log_file.replace(self.log_file.with_suffix(".log.1"))

    def _last_words(self) -> str:
        with self.log_file.open("rb") as log:
            log.seek(self._log_from)
            lines = log.read().decode(errors="replace").strip().splitlines()
        # The reason usually stands in the line before the last; time and process help nobody here.
        bare = [re.sub(r"^.*?\[\d+\] \w+: +", "", line) for line in lines[-2:]]
        return "; ".join(bare) or "uden forklaring"


def _environment() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C.UTF-8"}


def _first_number(path: Path) -> int | None:
    try:
        return abs(int(path.read_text().split("\n", 1)[0]))
    except (OSError, ValueError):
        return None


def _signal(pid: int, signal_number: int) -> None:
    try:
        os.kill(pid, signal_number)
    except ProcessLookupError:
        return


def _wait_until(condition: Callable[[], bool], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True
