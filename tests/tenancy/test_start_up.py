"""Høst refuses to start as a role that the policies do not bind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from hoest.foundation.database import connection as database
from hoest.foundation.tenancy.gate import RoleNotSafe, refuse_unsafe_role

pytestmark = [pytest.mark.xdist_group("tenancy-mutation")]


@pytest.fixture(scope="module")
def admin(house_database: str) -> Iterator[Any]:
    """A connection as superuser to the house's database."""
    with database.connect("superuser", database=house_database) as connection:
        yield connection


def test_the_roles_that_run_are_let_through(house_database: str):
    for role in ("app", "worker"):
        with database.connect(role, database=house_database) as connection:
            refuse_unsafe_role(connection.cursor())


@pytest.mark.parametrize("role", ["superuser", "owner", "backup"])
def test_the_other_roles_are_refused(house_database: str, role: Any):
    with (
        database.connect(role, database=house_database) as connection,
        pytest.raises(RoleNotSafe, match="Høst starter ikke"),
    ):
        refuse_unsafe_role(connection.cursor())


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("alter role {name} superuser", "superbruger"),
        ("alter role {name} bypassrls", "BYPASSRLS"),
        ("alter role {name} createrole", "lave roller"),
        ("grant hoest_owner to {name}", "medlem af en anden rolle"),
        ("create table own_thing (id int); alter table own_thing owner to {name}", "ejer tabeller"),
    ],
)
def test_each_way_past_the_policies_is_refused(admin: Any, change: str, words: str):
    with admin.transaction(force_rollback=True), admin.cursor() as cursor:
        cursor.execute("create role for_a_moment nosuperuser nobypassrls")
        cursor.execute("grant usage, create on schema public to for_a_moment")
        cursor.execute("set local role for_a_moment")
        refuse_unsafe_role(cursor)
        cursor.execute("reset role")
        cursor.execute(change.format(name="for_a_moment"))
        cursor.execute("set local role for_a_moment")
        with pytest.raises(RoleNotSafe, match=words):
            refuse_unsafe_role(cursor)


def test_every_start_looks_at_the_connections_that_will_run(monkeypatch: pytest.MonkeyPatch):
    from hoest.config import bootstrap

    asked: list[str] = []
    real = database.connect

    def connect(role: Any, *args: Any, **kwargs: Any) -> Any:
        asked.append(role)
        return real("superuser" if role == "worker" else role, *args, **kwargs)

    monkeypatch.setattr(bootstrap.connection, "connect", connect)
    with pytest.raises(RoleNotSafe):
        bootstrap.prepare(lambda text: None)
    assert "worker" in asked
