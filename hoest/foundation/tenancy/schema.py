"""Secures the schema after migrations: policies, composite foreign keys, grants. Idempotent.

A new table has no grants until it is secured here, so a forgotten step fails closed. Everything
is derived from the models: a table with `organisation_id` gets the tenant policy; others must be
named in `gate.GLOBAL_TABLES` with a reason.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models

from hoest.foundation.tenancy.demo_door import DEMO_DOOR, SEARCH_PATH, loose_trigger_functions
from hoest.foundation.tenancy.fields import TenantForeignKey
from hoest.foundation.tenancy.gate import (
    APPEND_ONLY,
    GLOBAL_TABLES,
    SHARED_TABLES,
    runtime_roles,
)
from hoest.foundation.tenancy.public_door import FUNCTION as PUBLIC_FUNCTION
from hoest.foundation.tenancy.public_door import PUBLIC_TABLES
from hoest.foundation.tenancy.public_door import USING as PUBLIC

FUNCTIONS = """
create or replace function hoest_organisation() returns bigint language sql stable parallel safe as
  $$ select current_setting('hoest.organisation_id')::bigint $$;
create or replace function hoest_organisation_or_null() returns bigint language sql stable
  parallel safe as
  $$ select nullif(current_setting('hoest.organisation_id', true), '')::bigint $$;
create or replace function hoest_account_or_null() returns bigint language sql stable
  parallel safe as
  $$ select nullif(current_setting('hoest.account_id', true), '')::bigint $$;
create or replace function da_key(t text) returns text language sql immutable strict
  parallel safe as
  $$ select translate(replace(lower(t), 'aa', 'å'),
       'æäøöåéèêëáàâóòôúùûüíìîñç -', '{{||}eeeeaaaooouuuyiiinc') $$;
"""

# A person must find the organisations she belongs to before one is chosen, so this one policy
# also looks at the account; it never raises and it lets nobody write outside the tenant.
MEMBERSHIP_TABLE = "organisations_membership"
TENANT = "(organisation_id = (select hoest_organisation()))"
OWN_MEMBERSHIP = (
    "(account_id = (select hoest_account_or_null())"
    " or organisation_id = (select hoest_organisation_or_null()))"
)


def owned_models() -> Iterator[type[models.Model]]:
    """Yield every concrete model whose table has an organisation_id column."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy and _column(model, "organisation_id"):
            yield model


def _column(model: type[models.Model], column: str) -> bool:
    return any(field.column == column for field in model._meta.local_concrete_fields)


def relax_for_owner(cursor: Any) -> None:
    """Let hoest_owner alone see all rows while it migrates; the runtime roles stay bound.

    Checking a new foreign key reads both tables; under FORCE the owner would be refused.
    """
    cursor.execute("select relname from pg_class where relkind = 'r' and relforcerowsecurity")
    for (table,) in cursor.fetchall():
        cursor.execute(f'alter table "{table}" no force row level security')


def secure_schema(cursor: Any) -> list[str]:
    """Apply what is missing and return the statements that were run."""
    cursor.execute(FUNCTIONS)
    cursor.execute(PUBLIC_FUNCTION)
    cursor.execute(DEMO_DOOR)
    done: list[str] = []
    for statement in _missing(cursor):
        cursor.execute(statement)
        done.append(statement)
    _grant(cursor)
    return done


def unsecured(cursor: Any) -> list[str]:
    """Return what `secure_schema` would have to run: policies and composite keys that are gone."""
    return list(_missing(cursor))


def _missing(cursor: Any) -> Iterator[str]:
    cursor.execute("select conname from pg_constraint where connamespace = 'public'::regnamespace")
    constraints = {row[0] for row in cursor.fetchall()}
    cursor.execute("select relname from pg_class where relrowsecurity and relforcerowsecurity")
    forced = {row[0] for row in cursor.fetchall()}
    cursor.execute("select tablename from pg_policies where policyname in ('tenant', 'everyone')")
    with_policy = {row[0] for row in cursor.fetchall()}
    yield from _keys(constraints)
    for model in owned_models():
        table = model._meta.db_table
        if table not in forced:
            yield f'alter table "{table}" enable row level security'
            yield f'alter table "{table}" force row level security'
        if table not in with_policy:
            using = _readable_by(table)
            yield f'create policy tenant on "{table}" using {using} with check {TENANT}'
    for table in (MEMBERSHIP_TABLE, *PUBLIC_TABLES):
        yield from _narrow(cursor, table)
    yield from _share(cursor)
    for function in loose_trigger_functions(cursor):
        yield f"alter function {function} set search_path = {SEARCH_PATH}"
    for table in GLOBAL_TABLES:
        if table in forced:
            continue
        cursor.execute("select to_regclass(%s)", [f'public."{table}"'])
        if cursor.fetchone()[0] is not None:
            yield f'alter table "{table}" enable row level security'
            yield f'alter table "{table}" force row level security'
            if table not in with_policy:
                yield f'create policy everyone on "{table}" using (true) with check (true)'


def _readable_by(table: str) -> str:
    if table in PUBLIC_TABLES:
        return PUBLIC
    return OWN_MEMBERSHIP if table == MEMBERSHIP_TABLE else TENANT


def _narrow(cursor: Any, table: str) -> Iterator[str]:
    """Let nobody change or delete a row from outside its municipality, who may read it there."""
    cursor.execute("select policyname from pg_policies where tablename = %s", [table])
    there = {row[0] for row in cursor.fetchall()}
    for verb, check in (("update", f" with check {TENANT}"), ("delete", "")):
        if f"tenant_{verb}" not in there:
            yield (
                f'create policy tenant_{verb} on "{table}" as restrictive'
                f" for {verb} using {TENANT}{check}"
            )


def _share(cursor: Any) -> Iterator[str]:
    """Let what was decided to be shared be read by all; writing stays with its municipality."""
    cursor.execute("select tablename from pg_policies where policyname = 'shared'")
    there = {row[0] for row in cursor.fetchall()}
    for table in SHARED_TABLES:
        cursor.execute("select to_regclass(%s)", [f'public."{table}"'])
        if table not in there and cursor.fetchone()[0] is not None:
            yield f'create policy shared on "{table}" for select using (true)'


def _keys(constraints: set[str]) -> Iterator[str]:
    links = [
        (model, field)
        for model in owned_models()
        # History tells of rows that are gone, so it points at nothing.
        if not hasattr(model, "pgh_tracked_model")
        for field in model._meta.local_concrete_fields
        if isinstance(field, TenantForeignKey)
    ]
    for table in sorted({field.related_model._meta.db_table for _, field in links}):
        name = _name(table, "org_id_uniq")
        if name not in constraints:
            yield f'alter table "{table}" add constraint {name} unique (organisation_id, id)'
    for model, field in links:
        table, target = model._meta.db_table, field.related_model._meta.db_table
        name = _name(f"{table}_{field.column}", "org_fk")
        if name not in constraints:
            yield (
                f'alter table "{table}" add constraint {name} foreign key '
                f'(organisation_id, "{field.column}") references "{target}" (organisation_id, id) '
                "deferrable initially deferred"
            )


def _name(base: str, ending: str) -> str:
    digest = hashlib.sha256(base.encode()).hexdigest()[:8]
    return f"{base[:40]}_{digest}_{ending}".lower()


def _grant(cursor: Any) -> None:
    owned = {model._meta.db_table for model in owned_models()}
    cursor.execute("select tablename from pg_tables where schemaname = 'public'")
    existing = {row[0] for row in cursor.fetchall()}
    for role in (f'"{name}"' for name in runtime_roles()):
        cursor.execute(f"grant usage on schema public to {role}")
        cursor.execute(f"grant usage, select on all sequences in schema public to {role}")
        cursor.execute(f"grant execute on all functions in schema public to {role}")
        cursor.execute(f"revoke execute on function hoest_remove_demo(bigint) from {role}")
        for table in sorted(existing):
            rights = _rights(table, owned)
            cursor.execute(f'revoke all on "{table}" from {role}')
            if rights:
                cursor.execute(f'grant {rights} on "{table}" to {role}')


def _rights(table: str, owned: set[str]) -> str:
    if table in APPEND_ONLY or (table.endswith("event") and table in owned):
        return "select, insert"
    if table in owned:
        return "select, insert, update, delete"
    if table in GLOBAL_TABLES:
        return GLOBAL_TABLES[table].rights
    return ""
