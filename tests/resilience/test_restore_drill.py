"""Restore drill with the real schema: the copy is the same house, locks and all.

Not only rows: policies, triggers, rights, constraints and functions of the copy are compared with
the original's, for a new data folder and for an operator's server.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hoest.foundation.database.backup import backup
from hoest.foundation.database.connection import connect, database_url
from hoest.foundation.database.folder import DataFolder
from hoest.foundation.database.restore import restore
from hoest.foundation.database.sharing import running
from tests.support.processes import ROOT, TEST_ONLY, clear_away, new_folder

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("restore-drill")]

CATALOG = {
    "tables": """
        SELECT c.relname, c.relkind, c.relrowsecurity, c.relforcerowsecurity, c.reloptions,
               pg_get_userbyid(c.relowner),
               ARRAY(SELECT a::text FROM unnest(coalesce(c.relacl,
                 acldefault(CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", c.relowner)
               )) AS a ORDER BY 1)
        FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace
          AND c.relkind IN ('r', 'p', 'v', 'm', 'S') ORDER BY 1""",
    "policies": "SELECT * FROM pg_policies ORDER BY schemaname, tablename, policyname",
    "constraints": """
        SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), convalidated
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n'
        ORDER BY 1, 2""",
    "triggers": """
        SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid), tgenabled
        FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1, 2""",
    "functions": """
        SELECT p.oid::regprocedure::text, pg_get_functiondef(p.oid), pg_get_userbyid(p.proowner),
               ARRAY(SELECT a::text FROM unnest(
                 coalesce(p.proacl, acldefault('f', p.proowner))) AS a ORDER BY 1)
        FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND p.prokind IN ('f', 'p')
          AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
        ORDER BY 1""",
    "indexes": "SELECT tablename, indexname, indexdef FROM pg_indexes"
    " WHERE schemaname = 'public' ORDER BY 1, 2",
    "defaults": """
        SELECT pg_get_userbyid(defaclrole), defaclobjtype,
               ARRAY(SELECT a::text FROM unnest(defaclacl) AS a ORDER BY 1)
        FROM pg_default_acl ORDER BY 1, 2""",
}


# PostgreSQL writes the same expression with other casts and brackets after a round trip.
NOISE = re.compile(r"::[a-z ]+(\[\])?|[()]")


def plain(value: object) -> object:
    return NOISE.sub("", value) if isinstance(value, str) else value


def catalog(folder: DataFolder) -> dict[str, list[tuple[object, ...]]]:
    """Read everything about the schema that decides who may do what."""
    with connect("superuser", folder) as inside:
        return {
            name: [tuple(map(plain, row)) for row in inside.execute(query).fetchall()]
            for name, query in CATALOG.items()
        }


@pytest.fixture(scope="module")
def original() -> Iterator[DataFolder]:
    """A data folder with the real schema."""
    folder = new_folder()
    environment = {name: value for name, value in os.environ.items() if name not in TEST_ONLY}
    environment |= {"HOEST_DATA": str(folder.path), "PYTHONPATH": str(ROOT)}
    with running(folder.path):
        done = subprocess.run(
            [sys.executable, "-c", "from hoest.config import bootstrap; bootstrap.prepare()"],
            env=environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        yield folder
    clear_away(folder)


def assert_same(folder: DataFolder, expected: dict[str, list[tuple[object, ...]]]) -> None:
    found = catalog(folder)
    for name, rows in expected.items():
        assert found[name] == rows, name
        assert rows, f"nothing to compare in {name}"


def test_a_new_folder_gets_the_same_house(original: DataFolder, tmp_path: Path) -> None:
    copy = backup(tmp_path / "copy.tar", original)
    target = new_folder()
    try:
        restore(copy.file, target)
        with running(target.path):
            assert_same(target, catalog(original))
    finally:
        clear_away(target)


def test_the_operators_server_gets_the_same_house(
    original: DataFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = backup(tmp_path / "copy.tar", original)
    expected = catalog(original)
    server, ours = new_folder(), new_folder()
    try:
        with running(server.path):
            with connect("superuser", server, "postgres") as admin:
                admin.execute("CREATE DATABASE town")
            monkeypatch.setenv("DATABASE_URL", database_url("superuser", server, "town"))
            for overwrite in (False, True):
                restore(copy.file, ours, overwrite)
                assert_same(ours, expected)
            monkeypatch.delenv("DATABASE_URL")
    finally:
        clear_away(server)
        clear_away(ours)
