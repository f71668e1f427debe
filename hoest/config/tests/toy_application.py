"""A page that names its process, for test_processes.py."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable


def application(environ: dict[str, object], start: Callable[..., object]) -> Iterable[bytes]:
    """Answer every request with this process's number and database role."""
    start("200 OK", [("Content-Type", "text/plain")])
    return [f"{os.getppid()} {os.environ['HOEST_DATABASE_ROLE']}".encode()]
