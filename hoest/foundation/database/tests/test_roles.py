"""Roles: each may do its part and nothing else, on our server and on the operator's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from hoest.foundation.database import connection, roles
from hoest.foundation.database.connection import connect, database_url, django_settings
from hoest.foundation.database.faults import DatabaseFault, LacksDatabaseRight
from hoest.foundation.database.folder import CHECKOUT, DataFolder
from hoest.foundation.database.sharing import running
from hoest.foundation.database.tests.conftest import copied, throw_away

ATTRIBUTES = """
    SELECT rolname, rolcanlogin, rolsuper, rolbypassrls, rolinherit, rolcreaterole, rolcreatedb,
           rolreplication
    FROM pg_roles WHERE rolname LIKE 'hoest\\_%' ORDER BY 1
"""
WANTED = [
    ("hoest_app", True, False, False, False, False, False, False),
    ("hoest_backup", True, False, True, True, False, False, False),
    ("hoest_owner", True, False, False, True, False, False, False),
    ("hoest_worker", True, False, False, False, False, False, False),
]


@pytest.fixture
def folder(prepared_template: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[DataFolder]:
    """A data folder whose database and roles are there already."""
    made = copied(prepared_template)
    monkeypatch.setenv("HOEST_DATA", str(made.path))
    yield made
    throw_away(made)


@pytest.fixture
def prepared(folder: DataFolder) -> Iterator[DataFolder]:
    with running(folder.path):
        roles.ensure(folder)
        yield folder


def one(inside: psycopg.Connection, query: str) -> object:
    row = inside.execute(query).fetchone()
    assert row is not None
    return row[0]


def test_every_role_has_exactly_its_attributes(prepared: DataFolder) -> None:
    with connect("superuser", prepared) as inside:
        assert inside.execute(ATTRIBUTES).fetchall() == WANTED
        members = inside.execute(
            "SELECT g.rolname, m.rolname FROM pg_auth_members a JOIN pg_roles g ON g.oid = a.roleid"
            " JOIN pg_roles m ON m.oid = a.member WHERE m.rolname LIKE 'hoest\\_%'"
        ).fetchall()
        assert members == [("pg_read_all_data", "hoest_backup")]
        assert (
            one(
                inside,
                "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'hoest'",
            )
            == "hoest_owner"
        )


@pytest.mark.parametrize(("role", "statement_timeout"), [("app", "15s"), ("worker", "10min")])
def test_the_runtime_roles_wait_only_so_long(
    prepared: DataFolder, role: connection.Role, statement_timeout: str
) -> None:
    with connect(role, prepared) as inside:
        assert one(inside, "SHOW statement_timeout") == statement_timeout
        assert one(inside, "SHOW idle_in_transaction_session_timeout") == "30s"
        assert one(inside, "SHOW lock_timeout") == "5s"


def test_waiting_for_a_lock_ends_after_the_roles_limit(prepared: DataFolder) -> None:
    with connect("owner", prepared) as owner:
        owner.execute("CREATE TABLE thing (n int)")
    with connect("superuser", prepared) as admin:
        admin.execute("ALTER ROLE hoest_app SET lock_timeout = '100ms'")
    with (
        connect("owner", prepared) as owner,
        connect("app", prepared) as app,
        owner.transaction(),
    ):
        owner.execute("LOCK TABLE thing")
        with pytest.raises(psycopg.errors.LockNotAvailable):
            app.execute("SELECT * FROM thing")
    roles.ensure(prepared)
    with connect("app", prepared) as app:
        assert one(app, "SHOW lock_timeout") == "5s", "a changed role is mended"


@pytest.mark.parametrize("role", ["app", "worker"])
@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mine (n int)",
        "CREATE TEMP TABLE mine (n int)",
        "CREATE SCHEMA mine",
        "DROP TABLE thing",
        "TRUNCATE thing",
        "ALTER TABLE thing DISABLE ROW LEVEL SECURITY",
        "SET ROLE hoest_owner",
        "SET ROLE hoest_backup",
        "CREATE EXTENSION citext",
        "COPY thing TO PROGRAM 'cat'",
    ],
)
def test_the_runtime_roles_may_not_change_the_house(
    shared: DataFolder, role: connection.Role, statement: str
) -> None:
    with connect(role, shared) as inside, pytest.raises(psycopg.errors.InsufficientPrivilege):
        inside.execute(statement)


@pytest.fixture(scope="module")
def shared(prepared_template: Path) -> Iterator[DataFolder]:
    """One prepared database with a forced policy, for tests that change nothing in it."""
    folder = copied(prepared_template)
    with running(folder.path):
        roles.ensure(folder)
        with connect("owner", folder) as owner:
            owner.execute("CREATE TABLE thing (n int GENERATED ALWAYS AS IDENTITY, t text)")
            owner.execute("ALTER TABLE thing ENABLE ROW LEVEL SECURITY")
            owner.execute("ALTER TABLE thing FORCE ROW LEVEL SECURITY")
            owner.execute("CREATE POLICY own ON thing USING (t = current_setting('a.b', true))")
        yield folder
    throw_away(folder)


def test_the_runtime_roles_read_and_write_what_the_owner_makes(shared: DataFolder) -> None:
    with connect("app", shared) as app, app.transaction(force_rollback=True):
        app.execute("SELECT set_config('a.b', 'x', true)")
        app.execute("INSERT INTO thing (t) VALUES ('x')")
        assert one(app, "SELECT count(*) FROM thing") == 1


def test_only_the_backup_role_sees_past_a_forced_policy(shared: DataFolder) -> None:
    with connect("superuser", shared) as admin:
        admin.execute("INSERT INTO thing (t) VALUES ('hidden')")
    try:
        seen = {}
        for role in ("owner", "app", "worker", "backup"):
            with connect(role, shared) as inside:
                seen[role] = one(inside, "SELECT count(*) FROM thing")
        assert seen == {"owner": 0, "app": 0, "worker": 0, "backup": 1}
        with (
            connect("backup", shared) as backup,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            backup.execute("DELETE FROM thing")
    finally:
        with connect("superuser", shared) as admin:
            admin.execute("DELETE FROM thing")


def test_strangers_may_not_even_connect(shared: DataFolder) -> None:
    with connect("superuser", shared) as admin:
        admin.execute("CREATE ROLE stranger LOGIN PASSWORD 'x'")
        found = connection.parameters("app", shared)
        with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
            psycopg.connect(**{**found, "user": "stranger", "password": "x"})
        admin.execute("DROP ROLE stranger")


def test_preparing_again_changes_nothing(shared: DataFolder) -> None:
    with connect("superuser", shared) as admin:
        before = admin.execute("SELECT rolname, rolpassword FROM pg_authid ORDER BY 1").fetchall()
        assert roles.ensure(shared) == []
        after = admin.execute("SELECT rolname, rolpassword FROM pg_authid ORDER BY 1").fetchall()
    assert after == before


def test_the_gains_of_contrib_are_there_with_the_wheel(shared: DataFolder) -> None:
    with connect("superuser", shared) as admin:
        found = {row[0] for row in admin.execute("SELECT extname FROM pg_extension").fetchall()}
    assert found >= set(roles.EXTENSIONS)


def test_an_extension_that_is_not_to_be_had_is_done_without(
    shared: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(roles, "EXTENSIONS", ("no_such_extension",))
    assert roles.ensure(shared) == []


def test_django_gets_the_same_address_as_everybody_else(shared: DataFolder) -> None:
    settings = django_settings("app", shared)
    assert settings["USER"] == "hoest_app"
    assert settings["NAME"] == "hoest"
    assert settings["PORT"] == "5432"
    assert settings["OPTIONS"] == {}
    with psycopg.connect(database_url("app", shared)) as inside:
        assert one(inside, "SELECT current_user") == "hoest_app"
    assert settings["PASSWORD"] not in connection.public_url("app", shared)


# The operator's own server: played by a second PostgreSQL that we reach only by its address.


@pytest.fixture
def operators_server(
    second_folder: DataFolder, folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    with running(second_folder.path):
        with connect("superuser", second_folder, "postgres") as admin:
            admin.execute("CREATE DATABASE town")
        address = database_url("superuser", second_folder, "town")
        monkeypatch.setenv("DATABASE_URL", address)
        yield address


def as_user(address: str, user: str, password: str) -> str:
    found = psycopg.conninfo.conninfo_to_dict(address)
    return psycopg.conninfo.make_conninfo(**{**found, "user": user, "password": password})


def test_an_administrators_address_is_enough(operators_server: str, folder: DataFolder) -> None:
    assert roles.ensure(folder) == []
    with psycopg.connect(operators_server, autocommit=True) as admin:
        assert admin.execute(ATTRIBUTES).fetchall() == WANTED
    with connect("owner", folder) as owner:
        owner.execute("CREATE TABLE thing (n int)")
    with connect("app", folder) as app:
        assert one(app, "SELECT current_database()") == "town"
        app.execute("INSERT INTO thing VALUES (1)")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("CREATE TABLE mine (n int)")


def test_a_new_data_folder_mends_the_passwords(operators_server: str, folder: DataFolder) -> None:
    roles.ensure(folder)
    folder.secrets_file.unlink()
    roles.ensure(folder)
    with connect("worker", folder) as worker:
        assert one(worker, "SELECT current_user") == "hoest_worker"


def test_a_role_that_may_make_roles_and_owns_the_database_is_enough(
    operators_server: str, folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    with psycopg.connect(operators_server, autocommit=True) as admin:
        admin.execute("CREATE ROLE chief LOGIN CREATEROLE PASSWORD 'x'")
        admin.execute("ALTER DATABASE town OWNER TO chief")
    monkeypatch.setenv("DATABASE_URL", as_user(operators_server, "chief", "x"))
    notices = roles.ensure(folder)
    assert len(notices) == 1
    assert "hoest_backup" in notices[0]
    with connect("owner", folder) as owner:
        owner.execute("CREATE TABLE thing (n int)")
    with connect("app", folder) as app:
        app.execute("INSERT INTO thing VALUES (1)")


def test_an_address_without_the_right_is_told_which_sql_to_run(
    operators_server: str, folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    with psycopg.connect(operators_server, autocommit=True) as admin:
        admin.execute("CREATE ROLE humble LOGIN PASSWORD 'x'")
    monkeypatch.setenv("DATABASE_URL", as_user(operators_server, "humble", "x"))
    with pytest.raises(LacksDatabaseRight, match=r"ops/database/roles\.sql.*HOEST_APP_URL"):
        roles.ensure(folder)


def test_the_sql_for_the_administrator_gives_the_same_roles(
    operators_server: str, folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    import os
    import subprocess

    from hoest.foundation.database.clients import client, client_environment

    script = CHECKOUT / "ops" / "database" / "roles.sql"
    names = ("owner", "app", "worker", "backup")
    passwords = [f"--set={name}_password=secret-{name}" for name in names]
    command = [client("psql", folder), "--no-psqlrc", "--quiet", *passwords, "--file", str(script)]
    for _ in range(2):
        ran = subprocess.run(
            command, env=client_environment("superuser", folder), capture_output=True, text=True
        )
        assert ran.returncode == 0, ran.stderr
    with psycopg.connect(operators_server, autocommit=True) as admin:
        assert admin.execute(ATTRIBUTES).fetchall() == WANTED
        configured = admin.execute(
            "SELECT rolname, rolconfig FROM pg_roles WHERE rolconfig IS NOT NULL ORDER BY 1"
        ).fetchall()
    planned = [
        (connection.ROLE_NAMES[plan.role], {f"{key}={value}" for key, value in plan.waits})
        for plan in roles.PLANS
        if plan.waits
    ]
    assert [(name, set(found)) for name, found in configured] == sorted(planned)

    ready_made = {
        "DATABASE_URL": "owner",
        "HOEST_APP_URL": "app",
        "HOEST_WORKER_URL": "worker",
        "HOEST_BACKUP_URL": "backup",
    }
    for variable, role in ready_made.items():
        address = as_user(operators_server, f"hoest_{role}", f"secret-{role}")
        monkeypatch.setitem(os.environ, variable, address)
    assert roles.ensure(folder) == []
    with connect("owner", folder) as owner:
        owner.execute("CREATE TABLE thing (n int)")
    with connect("app", folder) as app:
        app.execute("INSERT INTO thing VALUES (1)")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("CREATE TABLE mine (n int)")


def test_half_of_the_ready_made_addresses_is_not_enough(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://o:x@localhost/town")
    monkeypatch.setenv("HOEST_APP_URL", "postgresql://a:x@localhost/town")
    with pytest.raises(DatabaseFault, match="HOEST_WORKER_URL"):
        connection.parameters("worker", folder)


@pytest.mark.parametrize(
    ("address", "complaint"),
    [
        ("mysql://x@y/z", "ikke en adresse"),
        ("postgresql://server/", "mangler bruger eller database"),
        ("postgresql://o:x@localhost:1/town", "svarer ikke"),
    ],
)
def test_a_wrong_address_is_named_without_its_password(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch, address: str, complaint: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", address.replace(":x@", ":topsecret@"))
    with pytest.raises(DatabaseFault, match=complaint) as caught:
        roles.ensure(folder)
    assert "topsecret" not in str(caught.value)


@pytest.mark.parametrize(
    ("address", "mode", "root"),
    [
        ("postgresql://o:x@db.town.dk/town", "verify-full", "system"),
        ("postgresql://o:x@db.town.dk/town?sslrootcert=/ca.crt", "verify-full", "/ca.crt"),
        ("postgresql://o:x@db.town.dk/town?sslmode=disable", "disable", None),
        ("postgresql://o:x@localhost/town", None, None),
        ("postgresql://o:x@127.0.0.1/town", None, None),
        ("postgresql://o:x@[::1]/town", None, None),
        ("postgresql://o:x@/town?host=/run/postgresql", None, None),
        ("postgresql://o:x@localhost,db.town.dk/town", "verify-full", "system"),
    ],
)
def test_the_way_to_another_machine_is_verified_unless_the_operator_decides(
    folder: DataFolder,
    monkeypatch: pytest.MonkeyPatch,
    address: str,
    mode: str | None,
    root: str | None,
) -> None:
    monkeypatch.delenv("PGSSLMODE", raising=False)
    monkeypatch.delenv("PGSSLROOTCERT", raising=False)
    monkeypatch.setenv("HOME", str(folder.path))
    monkeypatch.setenv("DATABASE_URL", address)
    options = django_settings("app", folder)["OPTIONS"]
    assert options.get("sslmode") == mode
    assert options.get("sslrootcert") == root
