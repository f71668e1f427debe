"""A database of its own for each test process, cloned from a migrated template."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

TEMPLATE = "hoest_test_template"
COPY_ATTEMPTS = 20


def _admin_run(*statements: sql.Composed) -> None:
    from hoest.foundation.database import connection

    with connection.connect("superuser", database="postgres") as admin:
        for statement in statements:
            admin.execute(statement)


def make_template() -> None:
    """Migrate the template database unless it already has this schema."""
    from hoest.config.bootstrap import fingerprint
    from hoest.foundation.database import connection, roles
    from hoest.foundation.database.folder import open_folder
    from hoest.foundation.database.locks import exclusively

    with exclusively(open_folder().lock("test-template")):
        roles.ensure(database=TEMPLATE)
        with connection.connect("superuser", database=TEMPLATE) as admin:
            row = admin.execute(
                "select obj_description(oid) from pg_class where relname = 'django_migrations'"
            ).fetchone()
        if row and row[0] == fingerprint():
            return
        _admin_run(sql.SQL("drop database {} with (force)").format(sql.Identifier(TEMPLATE)))
        roles.ensure(database=TEMPLATE)
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-m", "hoest.config.bootstrap"],
            env={
                **os.environ,
                "HOEST_DATABASE_ROLE": "owner",
                "HOEST_DATABASE_NAME": TEMPLATE,
                "DJANGO_SETTINGS_MODULE": "hoest.config.settings",
            },
            cwd=Path(__file__).resolve().parents[2],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-3000:]


def clone(name: str, template: str = TEMPLATE) -> None:
    """Make a database as a copy of the template (about a tenth of a second)."""
    from django.db import connections

    from hoest.foundation.database.folder import open_folder
    from hoest.foundation.database.locks import exclusively

    # A database is copied only while nobody is connected to it.
    connections.close_all()
    with exclusively(open_folder().lock("test-clone")):
        for attempt in range(COPY_ATTEMPTS):
            try:
                _admin_run(
                    sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)),
                    sql.SQL("create database {} template {} owner hoest_owner").format(
                        sql.Identifier(name), sql.Identifier(template)
                    ),
                )
            except psycopg.errors.ObjectInUse:
                # PostgreSQL's own housekeeping may be in it for a moment.
                if attempt == COPY_ATTEMPTS - 1:
                    raise
                time.sleep(0.5)
            else:
                return


def drop(name: str) -> None:
    """Remove a database with whoever is connected to it."""
    _admin_run(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))


@contextmanager
def pointed_at(name: str) -> Iterator[None]:
    """Let Django's connections of this process use another database."""
    from django.db import connection, connections

    before = connections.settings["default"]["NAME"]
    connections.close_all()
    connections.settings["default"]["NAME"] = name
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connections.close_all()
        connections.settings["default"]["NAME"] = before
        connection.settings_dict["NAME"] = before


@pytest.fixture(scope="session")
def postgres() -> Iterator[None]:
    """PostgreSQL runs, and the migrated template is there."""
    from hoest.foundation.database.sharing import running

    with running():
        make_template()
        yield


@pytest.fixture(scope="session")
def world_template(postgres: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[str]:
    """The name of this process's database in which the two municipalities stand."""
    from tests.support.world import build_world

    name = f"hoest_test_{os.getpid()}"
    clone(name)
    with django_db_blocker.unblock(), pointed_at(name):
        build_world()
    yield name
    drop(name)


@pytest.fixture(scope="session")
def django_db_setup(
    world_template: str, django_db_blocker: pytest.FixtureRequest
) -> Iterator[None]:
    """Replace pytest-django's database by ours."""
    with django_db_blocker.unblock(), pointed_at(world_template):
        yield


@pytest.fixture
def own_database(
    world_template: str, django_db_setup: None, django_db_blocker: pytest.FixtureRequest
) -> Iterator[str]:
    """A database for one test alone, with real commits: for servers, threads and kills."""
    from django.db import connections

    name = f"{world_template}_own"
    connections.close_all()
    clone(name, world_template)
    with django_db_blocker.unblock(), pointed_at(name):
        yield name
    drop(name)
