"""The data folder: everything of one installation that must survive, and its layout.

`HOEST_DATA` names it; otherwise it is `.hoest` in the checkout the code lies in, or in the
current folder when Høst is installed without a checkout. Deleting it means starting afresh.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hoest.foundation.database.faults import DatabaseFault

CHECKOUT = Path(__file__).resolve().parents[3]

# Layout. `pg` and `run` may lie elsewhere: see placement.py.
RESTORE_NAMES = {"restore.new", "files.old"}
OWN_NAMES = {
    "pg",
    "pg.new",
    "run",
    "files",
    "log",
    "locks",
    "secrets.json",
    "place.json",
    "mail",
    "first-log-in.txt",
    "sources",
    *RESTORE_NAMES,
}


@dataclass(frozen=True)
class DataFolder:
    """A data folder that exists and is ours to write in."""

    path: Path

    @property
    def files(self) -> Path:
        """Uploaded and made files that belong to rows in the database."""
        return self._made("files")

    @property
    def log(self) -> Path:
        """Logs of PostgreSQL and of what runs."""
        return self._made("log")

    @property
    def locks(self) -> Path:
        """Lock files and the state of what runs."""
        return self._made("locks")

    @property
    def secrets_file(self) -> Path:
        """Passwords and keys, readable by the owner alone."""
        return self.path / "secrets.json"

    @property
    def place_file(self) -> Path:
        """The pointer to where PostgreSQL's folder lies when it cannot lie here."""
        return self.path / "place.json"

    def lock(self, name: str) -> Path:
        """Return the path of a lock file: `users`, `keeper`, `start`, `secrets`, `place`."""
        return self.locks / f"{name}.lock"

    def _made(self, name: str) -> Path:
        folder = self.path / name
        folder.mkdir(mode=0o700, exist_ok=True)
        return folder


def default_path() -> Path:
    """Return the data folder's path without making it."""
    named = os.environ.get("HOEST_DATA")
    if named:
        return Path(named).expanduser().absolute()
    home = CHECKOUT if (CHECKOUT / "pyproject.toml").exists() else Path.cwd()
    return home / ".hoest"


def open_folder(path: Path | None = None) -> DataFolder:
    """Open the data folder, making it with mode 0700 when it is missing.

    Raises DatabaseFault when the folder cannot be made or written in.
    """
    chosen = (path or default_path()).absolute()
    try:
        chosen.parent.mkdir(parents=True, exist_ok=True)
        chosen.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise DatabaseFault(
            f"Datamappen {chosen} kan ikke laves: {error.strerror}. Vælg en anden med HOEST_DATA."
        ) from error
    if not os.access(chosen, os.R_OK | os.W_OK | os.X_OK):
        raise DatabaseFault(
            f"Du kan ikke skrive i datamappen {chosen}. Kør som den bruger, der lavede den, "
            "eller vælg en anden med HOEST_DATA."
        )
    return DataFolder(chosen)


def write_json(path: Path, content: dict[str, Any]) -> None:
    """Replace a small JSON file in one step, readable by the owner alone."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    fd = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(fd, "w", encoding="utf-8") as file:
        json.dump(content, file, ensure_ascii=False, indent=1)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def read_json(path: Path) -> dict[str, Any]:
    """Read a small JSON file; an absent one is an empty answer, a broken one a clear fault."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except PermissionError as error:
        raise DatabaseFault(
            f"Du kan ikke læse {path}. Kør som den bruger, der lavede datamappen."
        ) from error
    except ValueError as error:
        raise DatabaseFault(
            f"Filen {path} er ødelagt. Læg den tilbage fra en sikkerhedskopi."
        ) from error
    return content if isinstance(content, dict) else {}
