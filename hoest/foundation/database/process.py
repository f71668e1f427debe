"""Processes seen from outside: does one live, is it PostgreSQL, and children that die with us.

Source: Linux proc(5) and prctl(2). Where /proc is missing the answers are cautious.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

PROC = Path("/proc")
_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def die_with_parent(signal_number: int = signal.SIGTERM) -> Callable[[], None]:
    """Return a `preexec_fn`: the kernel signals the child when its parent dies, even by kill -9.

    The parent must fork from its main thread, since the kernel watches the forking thread.
    Outside Linux the function does nothing.
    """
    parent = os.getpid()

    def arm() -> None:
        if _libc is not None:
            _libc.prctl(_PR_SET_PDEATHSIG, signal_number, 0, 0, 0)
            if os.getppid() != parent:
                os._exit(1)

    return arm


# Runs in a bare Python that then becomes the command: no Python runs between fork and exec, so it
# is safe where threads run (a preexec_fn is not). Arguments: parent, signal, command.
_TETHER = (
    "import ctypes, os, sys\n"
    "parent, number, *command = sys.argv[1:]\n"
    "if sys.platform == 'linux':\n"
    "    ctypes.CDLL(None).prctl(1, int(number), 0, 0, 0)\n"
    "    if os.getppid() != int(parent):\n"
    "        sys.exit(1)\n"
    "os.execv(command[0], command)\n"
)


def tethered(command: list[str], signal_number: int = signal.SIGTERM) -> list[str]:
    """Return the command so that it dies with this process, even by kill -9 (Linux).

    The first word must be a full path. The process number stays the one subprocess reports.
    """
    mine = [str(os.getpid()), str(int(signal_number))]
    return [sys.executable, "-I", "-S", "-c", _TETHER, *mine, *command]


def is_alive(pid: int) -> bool:
    """Tell whether a process exists and is not a zombie."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return _state(pid) != "Z"


def _state(pid: int) -> str:
    try:
        text = (PROC / str(pid) / "stat").read_text()
    except OSError:
        return ""
    return text.rpartition(")")[2].split()[0]


def postgres_works_in(pid: int, pgdata: Path) -> bool:
    """Tell whether a process is a PostgreSQL server process whose folder is `pgdata`.

    A number in postmaster.pid may have been given to another process since: name and working
    folder decide. Without /proc any living process counts, so nothing is removed by mistake.
    """
    if not PROC.joinpath("self", "stat").exists():
        return is_alive(pid)
    try:
        exe = (PROC / str(pid) / "exe").readlink().name
        cwd = (PROC / str(pid) / "cwd").readlink()
    except OSError:
        return False
    return exe.split(" ")[0] in {"postgres", "postmaster"} and cwd == pgdata.resolve()


def postgres_processes(pgdata: Path) -> list[int]:
    """List every living PostgreSQL process of a database folder."""
    if not PROC.joinpath("self", "stat").exists():
        return []
    numbers = [int(entry.name) for entry in PROC.iterdir() if entry.name.isdigit()]
    return [n for n in numbers if postgres_works_in(n, pgdata) and is_alive(n)]
