"""Every policy, every FORCE and every composite key, removed in turn: something must turn red.

As superuser, inside a transaction that is rolled back, on a copy of the database. The alarms are
the catalog gate, which runs at every start, and the list of what the schema lacks.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pgtrigger.compiler
import pytest
from django.apps import apps

from hoest.foundation.database import connection as database
from hoest.foundation.tenancy.fields import TenantForeignKey
from hoest.foundation.tenancy.gate import GLOBAL_TABLES, SchemaNotSafe, breaches, refuse_unsafe
from hoest.foundation.tenancy.schema import owned_models, unsecured

pytestmark = [pytest.mark.xdist_group("tenancy-mutation")]


@pytest.fixture(scope="module")
def admin(house_database: str) -> Iterator[Any]:
    """A connection as superuser to the house's database."""
    with database.connect("superuser", database=house_database) as connection:
        yield connection


def alarms(cursor: Any) -> list[Any]:
    """Return what the gate and the list of missing keys say."""
    return [*breaches(cursor), *unsecured(cursor)]


def survivors(admin: Any, mutations: dict[str, str]) -> list[str]:
    """Make each change, ask for alarms, undo it; return those that nobody noticed."""
    silent = []
    for name, statement in mutations.items():
        with admin.transaction(force_rollback=True), admin.cursor() as cursor:
            cursor.execute(statement)
            if not alarms(cursor):
                silent.append(name)
    return silent


def policies(admin: Any) -> list[tuple[str, str]]:
    rows = admin.execute(
        "select tablename, policyname from pg_policies where schemaname = 'public' order by 1, 2"
    )
    return list(rows.fetchall())


def test_nothing_is_red_before_anything_is_removed(admin: Any):
    with admin.cursor() as cursor:
        assert alarms(cursor) == []


def test_every_table_has_a_policy_to_remove(admin: Any):
    with_policy = {table for table, _name in policies(admin)}
    owned = {model._meta.db_table for model in owned_models()}
    assert len(owned) > 20
    assert owned <= with_policy
    existing = admin.execute("select tablename from pg_tables where schemaname = 'public'")
    listed = {row[0] for row in existing.fetchall()} & set(GLOBAL_TABLES)
    assert listed <= with_policy


@pytest.mark.parametrize(
    "change",
    [
        'drop policy "{policy}" on "{table}"',
        'alter table "{table}" no force row level security',
        'alter table "{table}" disable row level security',
    ],
    ids=["policy", "force", "security"],
)
def test_no_policy_force_or_security_can_go_unnoticed(admin: Any, change: str):
    mutations = {
        f"{table}.{policy}": change.format(table=table, policy=policy)
        for table, policy in policies(admin)
        # The two narrowing policies of memberships stand behind the first; removing one is below.
        if policy in ("tenant", "everyone")
    }
    assert len(mutations) > 40
    assert survivors(admin, mutations) == []


@pytest.mark.parametrize(
    "weaker",
    [
        "using (true)",
        "using (organisation_id = (select hoest_organisation()) or true)",
        "using (organisation_id is not null)",
        "with check (true)",
        "with check (organisation_id = (select hoest_organisation()) or organisation_id > 0)",
    ],
)
def test_no_policy_can_be_weakened_unnoticed(admin: Any, weaker: str):
    mutations = {
        model._meta.db_table: f'alter policy tenant on "{model._meta.db_table}" {weaker}'
        for model in owned_models()
    }
    assert survivors(admin, mutations) == []


def test_a_second_policy_that_opens_a_table_is_noticed(admin: Any):
    mutations = {
        model._meta.db_table: f'create policy extra on "{model._meta.db_table}" using (true)'
        for model in owned_models()
    }
    assert survivors(admin, mutations) == []


def test_the_narrowing_policies_of_memberships_cannot_go_unnoticed(admin: Any):
    table = "organisations_membership"
    narrow = [name for one, name in policies(admin) if one == table and name != "tenant"]
    assert sorted(narrow) == ["tenant_delete", "tenant_update"]
    mutations = {name: f'drop policy "{name}" on {table}' for name in narrow}
    assert survivors(admin, mutations) == []


def test_no_composite_key_can_go_unnoticed(admin: Any):
    links = admin.execute(
        "select conrelid::regclass::text, conname from pg_constraint"
        " where connamespace = 'public'::regnamespace and conname like '%\\_org\\_fk'"
    ).fetchall()
    fields = [
        field
        for model in owned_models()
        # History tells of rows that are gone, so it points at nothing.
        if not hasattr(model, "pgh_tracked_model")
        for field in model._meta.local_concrete_fields
        if isinstance(field, TenantForeignKey)
    ]
    assert len(links) == len(fields) > 20
    mutations = {name: f"alter table {table} drop constraint {name}" for table, name in links}
    assert survivors(admin, mutations) == []


def test_a_key_without_the_municipality_is_noticed(admin: Any):
    mutations = {
        "person.unit": (
            "alter table organisations_person add constraint plain_fk"
            " foreign key (unit_id) references organisations_unit (id)"
        ),
        "unit.name": "create unique index plain on organisations_unit (id, name)",
        "nullable": "alter table organisations_unit alter organisation_id drop not null",
    }
    assert survivors(admin, mutations) == []


def test_a_view_a_function_and_a_table_that_pass_by_the_policies_are_noticed(admin: Any):
    mutations = {
        "view": "create view all_units as select * from organisations_unit",
        "materialised": "create materialized view all_units as select * from organisations_unit;"
        " grant select on all_units to hoest_app",
        "function": "create function all_units() returns bigint language sql security definer"
        " as $$ select count(*) from organisations_unit $$",
        "table": "create table notes (id bigint)",
        "owned table": "create table notes (id bigint, organisation_id bigint not null)",
        "truncate": "grant truncate on organisations_unit to hoest_app",
        "bypass": "alter role hoest_app bypassrls",
        "member": "grant hoest_owner to hoest_app",
        "owner": "alter table organisations_unit owner to hoest_worker",
    }
    assert survivors(admin, mutations) == []


IGNORE = "function public._pgtrigger_should_ignore(name)"
DOOR = "function public.hoest_remove_demo(bigint)"


def test_a_door_that_is_not_ours_keeps_the_house_closed(admin: Any):
    found = admin.execute(
        "select oid::regprocedure::text from pg_proc"
        " where proname like 'pgtrigger\\_measurement\\_is\\_not\\_deleted%'"
    ).fetchone()
    body = pgtrigger.compiler.UpsertTriggerSql(
        pgid="pgtrigger_some",
        func="RETURN NULL;",
        table="organisations_unit",
        when="BEFORE",
        operation="DELETE",
    )
    mutations = {
        "a migration made a trigger": str(body),
        "another body": f"create or replace {IGNORE.replace('(', '(trigger_name ')}"
        " returns boolean language plpgsql stable"
        " set search_path = pg_catalog, public, pg_temp as 'begin return true; end'",
        "loose ignoring": f"alter {IGNORE} reset search_path",
        "other path": f"alter {IGNORE} set search_path = pg_temp, public",
        "loose door": f"alter {DOOR} reset all",
        "definer": f"alter {DOOR} security definer",
        "open to the role": f"grant execute on {DOOR} to hoest_app",
        "open to all": f"grant execute on {DOOR} to public",
        "no door": f"drop {DOOR}",
        "loose trigger": f"alter function {found[0]} reset search_path",
        "mark": "grant update (is_demo) on organisations_organisation to hoest_app",
        "removal": "grant delete on organisations_organisation to hoest_worker",
    }
    for name, statement in mutations.items():
        with admin.transaction(force_rollback=True), admin.cursor() as cursor:
            cursor.execute(statement)
            assert breaches(cursor), name
            with pytest.raises(SchemaNotSafe):
                refuse_unsafe(cursor)


def test_every_owned_model_is_known_to_django(admin: Any):
    columns = admin.execute(
        "select table_name from information_schema.columns"
        " where table_schema = 'public' and column_name = 'organisation_id'"
    )
    in_database = {row[0] for row in columns.fetchall()}
    views = {model._meta.db_table for model in apps.get_models() if not model._meta.managed}
    assert in_database - views == {model._meta.db_table for model in owned_models()}
