"""File locks that the kernel releases when their holder dies, however it dies.

Source: flock(2). A lock belongs to an open file, so a child that inherits the file holds it too.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class FileLock:
    """One open lock file. Several objects, also in one process, are several holders."""

    def __init__(self, path: Path) -> None:
        """Remember the path; the file is made at the first attempt to lock."""
        self.path = path
        self.fd: int | None = None

    def shared(self) -> None:
        """Wait until nobody holds the lock exclusively, then hold it with others."""
        self._acquire(fcntl.LOCK_SH)

    def exclusive(self) -> None:
        """Wait until nobody else holds the lock, then hold it alone."""
        self._acquire(fcntl.LOCK_EX)

    def try_exclusive(self) -> bool:
        """Hold the lock alone if nobody else holds it; answer whether it succeeded."""
        try:
            self._acquire(fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def is_in_place(self) -> bool:
        """Tell whether the path still names the file we hold (the folder may be deleted)."""
        if self.fd is None:
            return False
        try:
            there = self.path.stat()
        except OSError:
            return False
        here = os.fstat(self.fd)
        return (there.st_ino, there.st_dev) == (here.st_ino, here.st_dev)

    def release(self) -> None:
        """Let the lock go; harmless when it is not held."""
        if self.fd is not None:
            os.close(self.fd)
            self.fd = None

    def _acquire(self, how: int) -> None:
        while True:
            self.release()
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.fd = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                fcntl.flock(self.fd, how)
            except BaseException:
                self.release()
                raise
            if self.is_in_place():
                return


def is_held(path: Path) -> bool:
    """Tell whether somebody holds the lock, without keeping it."""
    lock = FileLock(path)
    free = lock.try_exclusive()
    lock.release()
    return not free


@contextmanager
def exclusively(path: Path) -> Iterator[None]:
    """Hold a lock alone for the length of a block, waiting for it first."""
    lock = FileLock(path)
    lock.exclusive()
    try:
        yield
    finally:
        lock.release()
