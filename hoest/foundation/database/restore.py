"""Restore: a backup becomes the database, all of it or nothing of it.

Embedded: the copy is restored into a new database, its rows are counted against the manifest, and
only then do the two change names in one transaction. On an operator's server, where we may not
make databases, the copy is played in one transaction into an empty (or emptied) database.
Works from an older major version to a newer. Source: PostgreSQL manual, pg_restore.
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from hoest.foundation.database import roles
from hoest.foundation.database.backup import (
    DUMP,
    FILES,
    Manifest,
    check_dump,
    count_rows,
    read_through,
    run_client,
)
from hoest.foundation.database.clients import client, client_environment
from hoest.foundation.database.connection import Role, connect, parameters, role_name
from hoest.foundation.database.faults import BackupFault
from hoest.foundation.database.folder import DataFolder, open_folder
from hoest.foundation.database.locks import FileLock
from hoest.foundation.database.sharing import running

# Everything in the schema except what belongs to an extension. The names are read before the first
# of them falls, because one may take others along.
EMPTY_THE_SCHEMA = """
DO $$
DECLARE statement text;
BEGIN
  FOREACH statement IN ARRAY ARRAY(
    SELECT format('DROP %s IF EXISTS %s CASCADE',
        CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW'
                       WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, c.oid::regclass)
    FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace
      AND c.relkind IN ('r', 'p', 'v', 'm', 'S') AND NOT EXISTS
        (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype IN ('e', 'i', 'a'))
    UNION ALL
    SELECT format('DROP ROUTINE IF EXISTS %s CASCADE', p.oid::regprocedure)
    FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
    UNION ALL
    SELECT format('DROP TYPE IF EXISTS %s CASCADE', t.oid::regtype)
    FROM pg_type t LEFT JOIN pg_class c ON c.oid = t.typrelid
    WHERE t.typnamespace = 'public'::regnamespace AND (t.typtype IN ('e', 'd', 'r')
      OR c.relkind = 'c') AND NOT EXISTS
        (SELECT FROM pg_depend d WHERE d.objid = t.oid AND d.deptype = 'e'))
  LOOP EXECUTE statement; END LOOP;
END $$;
"""


def restore(file: Path, folder: DataFolder | None = None, overwrite: bool = False) -> Manifest:
    """Make a backup the database of a data folder and return its manifest.

    Raises BackupFault when Høst runs, when there is data and `overwrite` is False, when the copy
    is damaged or newer than the server. Then nothing has changed.
    """
    folder = folder or open_folder()
    with _nobody_serves(folder), running(folder.path) as server, _room(folder) as room:
        manifest = read_through(file, room)
        check_dump(room / DUMP)
        roles.ensure(folder)
        _refuse_unfit(manifest, folder, overwrite)
        (room / FILES).mkdir(mode=0o700, exist_ok=True)
        if server.embedded:
            _into_a_new_database(room, manifest, folder)
        else:
            _in_one_transaction(room, manifest, folder)
    return manifest


@contextmanager
def _nobody_serves(folder: DataFolder) -> Iterator[None]:
    """Hold the start lock, so that nobody is served while names change."""
    lock = FileLock(folder.lock("start"))
    if not lock.try_exclusive():
        raise BackupFault("Høst kører. Stop Høst, før du lægger en sikkerhedskopi ind.")
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _room(folder: DataFolder) -> Iterator[Path]:
    """Make an empty folder on the data folder's own disk, and remove it afterwards."""
    room = folder.path / "restore.new"
    shutil.rmtree(room, ignore_errors=True)
    room.mkdir(mode=0o700)
    try:
        yield room
    finally:
        shutil.rmtree(room, ignore_errors=True)


def _refuse_unfit(manifest: Manifest, folder: DataFolder, overwrite: bool) -> None:
    with connect("superuser", folder) as inside:
        major = inside.info.server_version // 10000
        tables = count_rows(inside)
    if manifest.postgresql > major:
        raise BackupFault(
            f"Kopien er lavet med PostgreSQL {manifest.postgresql} og kan ikke læses af {major}. "
            f"Brug PostgreSQL {manifest.postgresql} eller nyere."
        )
    if tables and not overwrite:
        raise BackupFault(
            f"Datamappen {folder.path} har allerede en database med {len(tables)} tabeller. "
            "Vælg en ny mappe med HOEST_DATA, eller brug --overskriv for at erstatte den."
        )


def _into_a_new_database(room: Path, manifest: Manifest, folder: DataFolder) -> None:
    name = parameters("owner", folder)["dbname"]
    mark = secrets.token_hex(4)
    fresh, old = f"{name}_ny_{mark}", f"{name}_gammel_{mark}"
    with connect("superuser", folder, "postgres") as admin:
        admin.execute(
            sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8'").format(
                sql.Identifier(fresh), sql.Identifier(parameters("owner", folder)["user"])
            )
        )
        try:
            run_client(
                [
                    client("pg_restore", folder),
                    "--exit-on-error",
                    "--no-password",
                    f"--dbname={fresh}",
                    str(room / DUMP),
                ],
                client_environment("superuser", folder),
                "Kopien kunne ikke lægges ind, og intet er ændret",
            )
            roles.ensure(folder, fresh)
            _compare(manifest, folder, fresh)
            with _files_swapped(room, folder):
                _rename(admin, {name: old, fresh: name})
        except BaseException:
            _drop(admin, fresh)
            raise
        _drop(admin, old)


def _rename(admin: psycopg.Connection[tuple[Any, ...]], names: dict[str, str]) -> None:
    """Give databases new names in one transaction, after sending everybody out."""
    for name in names:
        admin.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s",
            (name,),
        )
    with admin.transaction():
        for name, new in names.items():
            admin.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                    sql.Identifier(name), sql.Identifier(new)
                )
            )


def _drop(admin: psycopg.Connection[tuple[Any, ...]], name: str) -> None:
    admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def _files_swapped(room: Path, folder: DataFolder) -> Iterator[None]:
    """Put the copy's files in place for a block, and the old ones back when it fails."""
    old = folder.path / "files.old"
    shutil.rmtree(old, ignore_errors=True)
    folder.files.rename(old)
    (room / FILES).rename(folder.path / FILES)
    try:
        yield
    except BaseException:
        (folder.path / FILES).rename(room / FILES)
        old.rename(folder.path / FILES)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _in_one_transaction(room: Path, manifest: Manifest, folder: DataFolder) -> None:
    """Play the copy as the owner: emptying and filling succeed together or not at all."""
    restorer, nothing = client("pg_restore", folder), dict(os.environ)
    contents = run_client([restorer, "--list", str(room / DUMP)], nothing, "Kopien kan ikke læses")
    # Extensions belong to the administrator and are there already.
    kept = [line for line in contents.splitlines() if " EXTENSION " not in line]
    (room / "contents").write_text("\n".join(kept), encoding="utf-8")
    (room / "empty.sql").write_text(EMPTY_THE_SCHEMA + _forget_defaults(), encoding="utf-8")
    run_client(
        [
            restorer,
            "--no-owner",
            f"--use-list={room / 'contents'}",
            f"--file={room / 'fill.sql'}",
            str(room / DUMP),
        ],
        nothing,
        "Kopien kan ikke læses",
    )
    with _files_swapped(room, folder):
        run_client(
            [
                client("psql", folder),
                *("--no-psqlrc", "--quiet", "--no-password", "--output=/dev/null"),
                *("--single-transaction", "--set=ON_ERROR_STOP=1"),
                f"--file={room / 'empty.sql'}",
                f"--file={room / 'fill.sql'}",
            ],
            client_environment("owner", folder),
            "Kopien kunne ikke lægges ind, og intet er ændret",
        )
    roles.ensure(folder)
    _compare(manifest, folder, None)


def _forget_defaults() -> str:
    """Return SQL that withdraws the rights new tables give by themselves.

    A dump says which rights a table has beyond PostgreSQL's own, not which it lacks: with our
    defaults in force the runtime roles would get back what a migration took from them. The dump
    sets the defaults again at its end.
    """
    runtime: tuple[Role, ...] = ("app", "worker")
    names = ", ".join(f'"{role_name(role)}"' for role in runtime)
    begin = "ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON"
    return f"{begin} TABLES FROM {names};\n{begin} SEQUENCES FROM {names};\n"


def _compare(manifest: Manifest, folder: DataFolder, database: str | None) -> None:
    with connect("backup", folder, database) as inside:
        found = count_rows(inside)
    wrong = [name for name, rows in manifest.rows.items() if found.get(name) != rows]
    if wrong:
        raise BackupFault(
            f"Kopien blev ikke hel: tabellen {wrong[0]} skulle have {manifest.rows[wrong[0]]} "
            f"rækker, men fik {found.get(wrong[0], 0)}."
        )
