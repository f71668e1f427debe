"""The database `hoest` and its four roles: who owns, who runs, who works, who copies.

The application runs as a role that owns nothing, so row-level security binds it and a slip cannot
change the schema. Every step can be repeated. Source: docs/decisions/0002-embedded-postgresql.md;
ops/database/roles.sql is the same for an operator who makes the roles by hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

from hoest.foundation.database.connection import (
    ROLE_NAMES,
    Role,
    brings_own_roles,
    connect,
    parameters,
    role_name,
)
from hoest.foundation.database.credentials import credentials
from hoest.foundation.database.faults import DatabaseFault, LacksDatabaseRight
from hoest.foundation.database.folder import DataFolder, open_folder
from hoest.foundation.database.sharing import uses_operators_server

OLDEST_VERSION = 150000
EXTENSIONS = ("pg_trgm", "unaccent", "btree_gist")
# Any number will do; it must only be the same in every process that prepares the database.
PREPARE_LOCK = 4_906_753_118

_SHORT_WAITS = {"idle_in_transaction_session_timeout": "30s", "lock_timeout": "5s"}


@dataclass(frozen=True)
class RolePlan:
    """What a role may do and how long it may wait."""

    role: Role
    bypasses_policies: bool = False
    inherits: bool = True
    waits: tuple[tuple[str, str], ...] = ()

    @property
    def attributes(self) -> str:
        """The attributes as CREATE ROLE takes them."""
        bypass = "BYPASSRLS" if self.bypasses_policies else "NOBYPASSRLS"
        inherit = "INHERIT" if self.inherits else "NOINHERIT"
        return f"LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION {bypass} {inherit}"


PLANS = (
    RolePlan("owner"),
    RolePlan(
        "app",
        inherits=False,
        waits=tuple({"statement_timeout": "15s", **_SHORT_WAITS}.items()),
    ),
    RolePlan(
        "worker",
        inherits=False,
        waits=tuple({"statement_timeout": "10min", **_SHORT_WAITS}.items()),
    ),
    RolePlan("backup", bypasses_policies=True),
)


def ensure(folder: DataFolder | None = None, database: str | None = None) -> list[str]:
    """Make the database and the roles as they should be; return Danish notices, mostly none.

    Raises LacksDatabaseRight with what to run when the operator's connection may not do it, and
    DatabaseFault for a PostgreSQL older than 15.
    """
    folder = folder or open_folder()
    name = database or parameters("owner", folder)["dbname"]
    home = None if uses_operators_server() else "postgres"
    with connect("superuser", folder, home) as admin:
        if admin.info.server_version < OLDEST_VERSION:
            version = admin.info.server_version // 10000
            raise DatabaseFault(
                f"Databasen er PostgreSQL {version}, og Høst kræver 15 eller nyere. "
                "Opgrader serveren, eller peg DATABASE_URL på en nyere."
            )
        admin.execute("SELECT pg_advisory_lock(%s)", (PREPARE_LOCK,))
        try:
            notices = [] if brings_own_roles() else _make_roles(admin, folder)
            _make_database(admin, name)
            _prepare_database(admin, folder, name)
        except psycopg.errors.InsufficientPrivilege as error:
            raise _lacks_right(str(error)) from error
    return notices


def _make_roles(admin: psycopg.Connection[tuple[Any, ...]], folder: DataFolder) -> list[str]:
    """Make missing roles and mend changed ones; the backup role may be refused by a host."""
    notices = []
    there = {row[0]: row[1:] for row in admin.execute(_ROLES_NOW).fetchall()}
    for plan in PLANS:
        name = ROLE_NAMES[plan.role]
        waits = sorted(f"{key}={value}" for key, value in plan.waits)
        wanted = (True, False, False, False, False, plan.bypasses_policies, plan.inherits, waits)
        if there.get(name) == wanted or name == admin.info.user:
            continue
        try:
            _make_role(admin, folder, plan, exists=name in there)
        except psycopg.errors.InsufficientPrivilege as error:
            if plan.role != "backup":
                raise _lacks_right(str(error)) from error
            notices.append(
                "Rollen hoest_backup kunne ikke laves med ret til at læse alt. Sikkerhedskopi "
                "med 'hoest backup' kræver, at en administrator kører ops/database/roles.sql."
            )
    if uses_operators_server():
        _mend_passwords(admin, folder)
    return notices


_ROLES_NOW = """
    SELECT rolname, rolcanlogin, rolsuper, rolcreatedb, rolcreaterole, rolreplication,
           rolbypassrls, rolinherit,
           ARRAY(SELECT c FROM unnest(coalesce(rolconfig, '{}')) AS c ORDER BY c)
    FROM pg_roles WHERE rolname LIKE 'hoest\\_%'
"""


def _make_role(
    admin: psycopg.Connection[tuple[Any, ...]],
    folder: DataFolder,
    plan: RolePlan,
    exists: bool,
) -> None:
    name = sql.Identifier(ROLE_NAMES[plan.role])
    password = sql.Literal(credentials(folder)[plan.role])
    verb = sql.SQL("ALTER ROLE {} {}" if exists else "CREATE ROLE {} {} PASSWORD {}")
    with admin.transaction():
        admin.execute(verb.format(name, sql.SQL(plan.attributes), password))
        for key, value in plan.waits:
            admin.execute(
                sql.SQL("ALTER ROLE {} SET {} = {}").format(
                    name, sql.Identifier(key), sql.Literal(value)
                )
            )
        if plan.role == "backup":
            admin.execute(sql.SQL("GRANT pg_read_all_data TO {}").format(name))


def _mend_passwords(admin: psycopg.Connection[tuple[Any, ...]], folder: DataFolder) -> None:
    """Set our passwords again when the data folder is new but the operator's server is not."""
    for plan in PLANS:
        name = ROLE_NAMES[plan.role]
        there = admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (name,)).fetchone()
        if not there or name == admin.info.user:
            continue
        try:
            with connect(plan.role, folder):
                continue
        except DatabaseFault as fault:
            if not isinstance(fault.__cause__, psycopg.OperationalError):
                raise
        try:
            admin.execute(
                sql.SQL("ALTER ROLE {} PASSWORD {}").format(
                    sql.Identifier(name), sql.Literal(credentials(folder)[plan.role])
                )
            )
        except psycopg.errors.InsufficientPrivilege as error:
            raise LacksDatabaseRight(
                f"Rollen {name} findes, men dens adgangskode er ikke den i secrets.json. "
                "Sæt HOEST_APP_URL, HOEST_WORKER_URL og HOEST_BACKUP_URL."
            ) from error


def _make_database(admin: psycopg.Connection[tuple[Any, ...]], name: str) -> None:
    found = admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone()
    if found is None:
        admin.execute(
            sql.SQL("CREATE DATABASE {} OWNER {} ENCODING 'UTF8' TEMPLATE template0").format(
                sql.Identifier(name), sql.Identifier(role_name("owner"))
            )
        )


def _prepare_database(
    admin: psycopg.Connection[tuple[Any, ...]], folder: DataFolder, name: str
) -> None:
    """Give each role its rights in one database, and PUBLIC none."""
    owner = sql.Identifier(role_name("owner"))
    runtime = [sql.Identifier(role_name(role)) for role in ("app", "worker")]
    backup = [sql.Identifier(role_name("backup"))] if _has_backup_role(admin) else []
    database = sql.Identifier(name)
    with connect("superuser", folder, name) as inside:
        for extension in EXTENSIONS:
            _try_extension(inside, extension)
        for statement in (
            sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database),
            sql.SQL("GRANT CONNECT, CREATE, TEMPORARY ON DATABASE {} TO {}").format(
                database, owner
            ),
            sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(
                database, sql.SQL(", ").join([*runtime, *backup])
            ),
            # A temporary table could stand in the way of one that a function reads.
            sql.SQL("REVOKE TEMPORARY ON DATABASE {} FROM {}").format(
                database, sql.SQL(", ").join(runtime)
            ),
            sql.SQL("REVOKE CREATE ON SCHEMA public FROM PUBLIC"),
            sql.SQL("GRANT USAGE, CREATE ON SCHEMA public TO {}").format(owner),
            sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(
                sql.SQL(", ").join([*runtime, *backup])
            ),
        ):
            inside.execute(statement)
        _check_owner_may_create(inside, name)
    runtime_list = sql.SQL(", ").join(runtime)
    with connect("owner", folder, name) as own:
        for what in (
            "SELECT, INSERT, UPDATE, DELETE ON TABLES",
            "USAGE, SELECT ON SEQUENCES",
        ):
            own.execute(
                sql.SQL("ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT {} TO {}").format(
                    sql.SQL(what),
                    runtime_list,
                )
            )


def _has_backup_role(admin: psycopg.Connection[tuple[Any, ...]]) -> bool:
    name = role_name("backup")
    row = admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (name,)).fetchone()
    return row is not None


def _try_extension(inside: psycopg.Connection[tuple[Any, ...]], extension: str) -> None:
    """Add an extension where it is to be had; nothing in Høst requires one."""
    missing = inside.execute(
        "SELECT 1 FROM pg_available_extensions WHERE name = %s AND installed_version IS NULL",
        (extension,),
    ).fetchone()
    if missing:
        try:
            inside.execute(sql.SQL("CREATE EXTENSION {}").format(sql.Identifier(extension)))
        except (psycopg.errors.InsufficientPrivilege, psycopg.errors.FeatureNotSupported):
            return


def _check_owner_may_create(inside: psycopg.Connection[tuple[Any, ...]], database: str) -> None:
    """A GRANT without the right to give is only a warning in PostgreSQL, so look afterwards."""
    owner = role_name("owner")
    row = inside.execute(
        "SELECT has_schema_privilege(%s, 'public', 'CREATE')"
        " AND has_database_privilege(%s, %s, 'CONNECT')",
        (owner, owner, database),
    ).fetchone()
    if not row or not row[0]:
        raise _lacks_right(f"{owner} må ikke lave tabeller i databasen {database}")


def _lacks_right(reason: str) -> LacksDatabaseRight:
    first = reason.strip().splitlines()[0]
    return LacksDatabaseRight(
        f"Forbindelsen i DATABASE_URL må ikke lave Høsts roller ({first}). Bed en administrator "
        "om at køre ops/database/roles.sql, og sæt HOEST_APP_URL, HOEST_WORKER_URL og "
        "HOEST_BACKUP_URL til de nye roller."
    )
