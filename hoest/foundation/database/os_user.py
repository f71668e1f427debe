"""The operating system's user that PostgreSQL runs as.

PostgreSQL refuses to run as root. As root we use a dedicated user, made when possible; otherwise
the user is ourselves.
"""

from __future__ import annotations

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hoest.foundation.database.faults import DatabaseFault

DEDICATED_USER = "hoest-db"


@dataclass(frozen=True)
class OsUser:
    """A user of the operating system. `switch` is True when we are root and must become them."""

    name: str
    uid: int
    gid: int
    switch: bool

    def popen_arguments(self) -> dict[str, Any]:
        """Return the arguments that let subprocess run as this user."""
        if not self.switch:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def can_enter(self, folder: Path) -> bool:
        """Ask the kernel whether the user can enter a folder through all its parents."""
        if not self.switch:
            return os.access(folder, os.X_OK)
        answer = subprocess.run(  # noqa: S603 - fixed command, no shell text from outside
            ["/bin/sh", "-c", 'cd "$1" 2>/dev/null', "sh", str(folder)],
            check=False,
            cwd="/",
            **self.popen_arguments(),
        )
        return answer.returncode == 0

    def own(self, path: Path) -> None:
        """Give one file or folder to the user (only needed, and possible, for root)."""
        if self.switch:
            os.chown(path, self.uid, self.gid)


def database_user() -> OsUser:
    """Return the user PostgreSQL runs as; as root, make the dedicated user when it is missing.

    Raises DatabaseFault for a bare user number without a name: initdb refuses those.
    """
    uid = os.geteuid()
    if uid != 0:
        try:
            me = pwd.getpwuid(uid)
        except KeyError as error:
            raise DatabaseFault(
                f"Brugernummer {uid} har intet navn på denne maskine, og det kræver PostgreSQL. "
                "Giv det et navn i /etc/passwd, eller brug din egen server med DATABASE_URL."
            ) from error
        return OsUser(me.pw_name, me.pw_uid, me.pw_gid, switch=False)
    for name in (DEDICATED_USER, "nobody"):
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            if name != DEDICATED_USER or not _make_dedicated_user():
                continue
            found = pwd.getpwnam(name)
        return OsUser(found.pw_name, found.pw_uid, found.pw_gid, switch=True)
    raise DatabaseFault(
        f"PostgreSQL kan ikke køre som root, og brugeren {DEDICATED_USER} kunne ikke oprettes. "
        f"Opret den med 'useradd -r {DEDICATED_USER}', eller kør hoest som en almindelig bruger."
    )


def _make_dedicated_user() -> bool:
    command = ["useradd", "--system", "--no-create-home", "--home-dir", "/nonexistent"]
    command += ["--shell", "/usr/sbin/nologin", "--user-group", DEDICATED_USER]
    try:
        # A second process may make the user at the same moment; then its existence counts.
        subprocess.run(command, check=False, capture_output=True)  # noqa: S603
        pwd.getpwnam(DEDICATED_USER)
    except (FileNotFoundError, KeyError):
        return False
    return True
