"""The schema of lean migrations is the schema of Django's own way, to the letter."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from hoest.config.bootstrap import PACKAGE, SETTINGS
from hoest.foundation.database import connection, roles
from hoest.foundation.database.clients import client
from tests.support.database import TEMPLATE, drop

pytestmark = [pytest.mark.slow]


def schema_of(database: str) -> list[str]:
    """Return the schema as PostgreSQL tells it, without the key of the telling."""
    told = subprocess.run(
        [
            client("pg_dump"),
            "--schema-only",
            connection.database_url("superuser", database=database),
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    return [line for line in told.stdout.splitlines() if "restrict " not in line]


def test_lean_migrations_make_the_schema_django_makes(postgres: None) -> None:
    name = f"hoest_plain_{os.getpid()}"
    roles.ensure(database=name)
    try:
        subprocess.run(
            [sys.executable, "-W", "ignore", "-m", "hoest.config.bootstrap", "plain"],
            env={
                **os.environ,
                "HOEST_DATABASE_ROLE": "owner",
                "HOEST_DATABASE_NAME": name,
                "DJANGO_SETTINGS_MODULE": SETTINGS,
            },
            cwd=PACKAGE.parent,
            check=True,
        )
        plain = schema_of(name)
    finally:
        drop(name)
    assert len(plain) > 10_000
    assert plain == schema_of(TEMPLATE)
