"""Backup: one file with the database, the uploaded files and a manifest that proves both.

The dump and the row counts come from one snapshot, read by a role that no policy narrows; a copy
that cannot be read again counts as none, so it is read before the old name is given to it.
Source: PostgreSQL manual, pg_dump (`--snapshot`); reliability goal: nothing half.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

import psycopg
from psycopg import sql

from hoest.foundation.clock import now
from hoest.foundation.database.clients import client, client_environment
from hoest.foundation.database.connection import connect
from hoest.foundation.database.faults import BackupFault
from hoest.foundation.database.folder import DataFolder, open_folder
from hoest.foundation.database.sharing import running

FORMAT = 1
DUMP = "database.dump"
MANIFEST = "manifest.json"
FILES = "files"
CHUNK_BYTES = 1 << 20


@dataclass
class Manifest:
    """What a backup holds, so that a restore can prove it got all of it."""

    made_at: str
    postgresql: int
    rows: dict[str, int]
    sha256: dict[str, str] = field(default_factory=dict)
    format: int = FORMAT

    def __str__(self) -> str:
        """Say in Danish how much there is."""
        rows = f"{sum(self.rows.values()):,}".replace(",", ".")
        return f"{rows} rækker i {len(self.rows)} tabeller og {len(self.sha256) - 1} filer"

    def summary(self) -> dict[str, Any]:
        """Return the figures that a program would read."""
        return {
            "made_at": self.made_at,
            "postgresql": self.postgresql,
            "rows": sum(self.rows.values()),
            "tables": len(self.rows),
            "files": len(self.sha256) - 1,
        }


@dataclass(frozen=True)
class Copy:
    """A backup on disk and what it holds."""

    file: Path
    manifest: Manifest


def backup(target: Path, folder: DataFolder | None = None) -> Copy:
    """Write a verified backup to a new file; a folder as target gives it a name with the date.

    Raises BackupFault when the target exists or cannot be written, or the copy cannot be read.
    """
    folder = folder or open_folder()
    if target.is_dir():
        target = target / f"hoest-{now():%Y%m%d-%H%M%S}.tar"
    if target.exists():
        raise BackupFault(f"Filen {target} findes allerede. Vælg et andet navn.")
    if not target.absolute().parent.is_dir():
        raise BackupFault(f"Mappen {target.absolute().parent} findes ikke.")
    beside = target.absolute().parent
    try:
        with (
            running(folder.path),
            tempfile.TemporaryDirectory(dir=beside, prefix=".hoest-") as draft,
        ):
            return Copy(target, _write(target, folder, Path(draft)))
    except OSError as error:
        raise BackupFault(
            f"Sikkerhedskopien kunne ikke skrives til {target}: {error.strerror}."
        ) from error


def _write(target: Path, folder: DataFolder, draft: Path) -> Manifest:
    dump = draft / DUMP
    with connect("backup", folder) as inside:
        inside.execute("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        row = inside.execute("SELECT pg_export_snapshot()").fetchone()
        _dump(folder, dump, str(row[0]) if row else "")
        manifest = Manifest(
            made_at=now().isoformat(timespec="seconds"),
            postgresql=inside.info.server_version // 10000,
            rows=count_rows(inside),
        )
        inside.execute("ROLLBACK")
    check_dump(dump)
    # Files are written before the row that names them, so the later copy has every one of them.
    copy = draft / "copy.tar"
    with tarfile.open(copy, "w") as tar:
        for path, name in _members(dump, folder.files):
            tar.add(path, name, recursive=False)
            manifest.sha256[name] = _sha256(path)
        text = draft / MANIFEST
        text.write_text(json.dumps(asdict(manifest), indent=1, ensure_ascii=False))
        tar.add(text, MANIFEST)
    copy.chmod(0o600)
    read_through(copy)
    with copy.open("rb") as written:
        os.fsync(written.fileno())
    copy.replace(target)
    return manifest


def _dump(folder: DataFolder, dump: Path, snapshot: str) -> None:
    command = [client("pg_dump", folder), "--format=custom", f"--snapshot={snapshot}"]
    run_client(
        [*command, f"--file={dump}", "--no-password"],
        client_environment("backup", folder),
        "Databasen kunne ikke kopieres",
    )


def run_client(command: list[str], environment: dict[str, str], failure: str) -> str:
    """Run one of PostgreSQL's client programs and return what it printed."""
    answer = subprocess.run(  # noqa: S603 - PostgreSQL's own programs, no shell
        command, env=environment, capture_output=True, text=True, check=False
    )
    if answer.returncode:
        lines = [line for line in answer.stderr.splitlines() if "error" in line.lower()]
        raise BackupFault(f"{failure}: {(lines or answer.stderr.splitlines() or ['?'])[0]}")
    return answer.stdout


def count_rows(inside: psycopg.Connection[tuple[Any, ...]]) -> dict[str, int]:
    """Count the rows of every table of ours, partitions through their parent."""
    tables = inside.execute(
        "SELECT c.relname FROM pg_class c WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition"
        " AND c.relnamespace = 'public'::regnamespace AND NOT EXISTS (SELECT 1 FROM pg_depend d"
        " WHERE d.objid = c.oid AND d.deptype = 'e') ORDER BY 1"
    ).fetchall()
    counts = {}
    for (name,) in tables:
        query = sql.SQL("SELECT count(*) FROM public.{}").format(sql.Identifier(name))
        row = inside.execute(query).fetchone()
        counts[name] = int(row[0]) if row else 0
    return counts


def _members(dump: Path, files: Path) -> Iterator[tuple[Path, str]]:
    yield dump, DUMP
    for path in sorted(files.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield path, f"{FILES}/{path.relative_to(files).as_posix()}"


def _sha256(path: Path) -> str:
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def check_dump(dump: Path) -> None:
    """Read a dump's table of contents. Raises BackupFault when it cannot be read."""
    command = [client("pg_restore"), "--list", str(dump)]
    run_client(command, dict(os.environ), "Kopien kan ikke læses")


def read_through(file: Path, into: Path | None = None) -> Manifest:
    """Read a whole backup and check every byte against its manifest; unpack it when asked.

    Raises BackupFault with the first thing that is wrong.
    """
    if not file.is_file():
        raise BackupFault(f"Filen {file} findes ikke.")
    found: dict[str, str] = {}
    text = b"{}"
    try:
        with tarfile.open(file, "r:") as tar:
            for member in tar:
                content = tar.extractfile(member) if member.isfile() else None
                if content is None or not _is_safe(member.name) or member.name in found:
                    raise BackupFault(f"Sikkerhedskopien {file} indeholder {member.name}.")
                if member.name == MANIFEST:
                    text = content.read()
                else:
                    found[member.name] = _unpack(content, into / member.name if into else None)
    except (tarfile.TarError, OSError) as error:
        raise BackupFault(f"Filen {file} er ikke en hel sikkerhedskopi fra Høst.") from error
    manifest = _manifest(file, text)
    if set(found) != set(manifest.sha256) or DUMP not in found:
        raise BackupFault(f"Sikkerhedskopien {file} mangler filer eller har for mange.")
    for name, digest in found.items():
        if digest != manifest.sha256[name]:
            raise BackupFault(f"Sikkerhedskopien {file} er ødelagt: {name} har ændret sig.")
    return manifest


def _is_safe(name: str) -> bool:
    parts = name.split("/")
    inside = name in (DUMP, MANIFEST) or (parts[0] == FILES and len(parts) > 1)
    return inside and not any(part in ("", ".", "..") for part in parts)


def _unpack(content: IO[bytes], target: Path | None) -> str:
    digest = hashlib.sha256()
    if target:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with target.open("wb") if target else nullcontext() as out:
        while chunk := content.read(CHUNK_BYTES):
            digest.update(chunk)
            if out:
                out.write(chunk)
    return digest.hexdigest()


def _manifest(file: Path, text: bytes) -> Manifest:
    try:
        manifest = Manifest(**json.loads(text))
    except (ValueError, TypeError) as error:
        raise BackupFault(f"Filen {file} er ikke en sikkerhedskopi fra Høst.") from error
    if manifest.format > FORMAT:
        raise BackupFault(f"Filen {file} er lavet af en nyere Høst. Opgrader Høst først.")
    return manifest
