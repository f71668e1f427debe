"""The keeper: the process that owns PostgreSQL for as long as anybody uses it.

Started by the first `hoest` command that needs the database and told nothing more: it holds the
lock `keeper`, starts PostgreSQL, starts it again when it dies, and stops it when the lock `users`
can be had alone, that is, when the last user has left or been killed. When the keeper itself is
killed the kernel asks PostgreSQL to stop, and the next command starts another keeper.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path
from types import FrameType

from hoest.foundation.database.faults import DatabaseFault
from hoest.foundation.database.folder import DataFolder, write_json
from hoest.foundation.database.locks import FileLock
from hoest.foundation.database.server import Postmaster
from hoest.foundation.faults import Fault

TICK_SECONDS = 0.1
LONGEST_PAUSE_SECONDS = 10.0
STATE = "server.json"


class Keeper:
    """Runs in its own process. The lock `keeper` is inherited, held until the process ends."""

    def __init__(self, folder: DataFolder, lock_fd: int) -> None:
        """Take over the inherited lock."""
        self.folder = folder
        self.lock = FileLock(folder.lock("keeper"))
        self.lock.fd = lock_fd
        os.set_inheritable(lock_fd, False)
        self.users = FileLock(folder.lock("users"))
        self.told_to_stop = False

    def run(self) -> None:
        """Keep PostgreSQL until nobody uses it."""
        if os.getsid(0) != os.getpid():
            os.setsid()  # a Ctrl-C meant for the first user must not reach us
        signal.signal(signal.SIGTERM, self._on_signal)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        self.tell("starting")
        postmaster = Postmaster(self.folder)
        postmaster.init()
        postmaster.start()
        try:
            postmaster.wait_ready()
            self.tell("ready", postmaster)
            self._keep(postmaster)
        finally:
            if self.lock.is_in_place():
                self.tell("stopping", postmaster)
            # When the data folder was deleted under us there is nothing to close cleanly.
            postmaster.stop(immediately=not self.lock.is_in_place())

    def _keep(self, postmaster: Postmaster) -> None:
        pause = 0.0
        ready_at = time.monotonic()
        while not self._is_done():
            if not postmaster.wait_for_exit(TICK_SECONDS):
                continue
            self.tell("restarting", postmaster)
            # The first restart is immediate; only one that dies young again must wait.
            if time.monotonic() - ready_at > LONGEST_PAUSE_SECONDS:
                pause = 0.0
            time.sleep(pause)
            pause = min(max(0.2, pause * 2), LONGEST_PAUSE_SECONDS)
            ready_at = time.monotonic()
            try:
                postmaster.start()
                postmaster.wait_ready()
            except DatabaseFault as fault:
                self.tell("restarting", postmaster, str(fault))
                continue
            self.tell("ready", postmaster)

    def _is_done(self) -> bool:
        if self.told_to_stop or not self.lock.is_in_place():
            return True
        # Held alone until this process ends: whoever comes now waits for the next keeper.
        return self.users.try_exclusive()

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self.told_to_stop = True

    def tell(self, state: str, postmaster: Postmaster | None = None, why: str = "") -> None:
        """Write what happens, for every user of the database to read."""
        content: dict[str, object] = {"state": state, "keeper": os.getpid(), "why": why}
        if postmaster is not None:
            content |= {
                "postgres": postmaster.process.pid if postmaster.process else None,
                "version": postmaster.binaries.version,
                "binaries": str(postmaster.binaries.folder),
                "source": postmaster.binaries.source,
                "pgdata": str(postmaster.place.pgdata),
                "run": str(postmaster.place.run),
                "os_user": postmaster.place.user.name,
            }
        # The data folder may have been deleted while PostgreSQL ran.
        with suppress(FileNotFoundError):
            write_json(self.folder.path / "locks" / STATE, content)


def main(path: str, lock_fd: str) -> int:
    """Run a keeper for a data folder with an inherited lock."""
    keeper = Keeper(DataFolder(Path(path)), int(lock_fd))
    try:
        keeper.run()
    except Fault as fault:
        keeper.tell("failed", why=str(fault))
        return 2
    except OSError as error:
        keeper.tell("failed", why=f"Databasen kunne ikke startes: {error}.")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
