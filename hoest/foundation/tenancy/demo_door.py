"""The one door through which final rows leave the database: a whole demo municipality at once.

Every trigger of ours first asks `_pgtrigger_should_ignore`; as the library makes it, any role may
switch any trigger off with a setting. Ours says yes only inside `hoest_remove_demo`, to the owner
of the tables, while bound to a municipality that was made as a demo (a mark the database lets
nobody set afterwards); the policies keep the deletes to its rows.

PostgreSQL looks for tables among the temporary ones first, so a caller could stand a table of
her own in the way: both functions fix their search_path, and so do all trigger functions. The
library writes its own version back with each trigger a migration adds, so the gate compares.
Source: docs/decisions/0008-demo.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

SEARCH_PATH = "pg_catalog, public, pg_temp"
# What `hoest_remove_demo` raises for a municipality that is no demo, and for nothing else.
NOT_A_DEMO = "HD001"
# The first half of the advisory lock on a demo; the second is the municipality's id.
DEMO_LOCK = 1_214_603_620

IGNORE = """
  begin
    if coalesce(current_setting('hoest.removing_demo', true), '') = '' then return false; end if;
    return current_user = (select tableowner from pg_catalog.pg_tables
                             where schemaname = 'public' and tablename = 'audit_act')
      and current_setting('hoest.removing_demo') = current_setting('hoest.organisation_id')
      and exists(select 1 from public.organisations_organisation
                   where id = current_setting('hoest.removing_demo')::pg_catalog.int8 and is_demo);
  end """
REMOVE = f"""
  declare
    owned name;
    removed bigint;
    total bigint := 0;
  begin
    perform pg_advisory_xact_lock({DEMO_LOCK}, demo::integer);
    perform 1 from public.organisations_organisation where id = demo and is_demo for update;
    if not found then
      raise exception 'organisation % is not a demo', demo using errcode = '{NOT_A_DEMO}';
    end if;
    perform set_config('hoest.organisation_id', demo::text, true);
    perform set_config('hoest.removing_demo', demo::text, true);
    -- The keys between the tables are checked at commit, so any order will do.
    for owned in
      select c.relname from pg_catalog.pg_class c
        join pg_catalog.pg_attribute a on a.attrelid = c.oid
        where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
          and a.attname = 'organisation_id' and not a.attisdropped
    loop
      execute format('delete from public.%I where organisation_id = $1', owned) using demo;
      get diagnostics removed = row_count;
      total := total + removed;
    end loop;
    perform set_config('hoest.removing_demo', '', true);
    return total;
  end """  # noqa: S608 - our own numbers
DEMO_DOOR = f"""
create or replace function public._pgtrigger_should_ignore(trigger_name name) returns boolean
  language plpgsql stable set search_path = {SEARCH_PATH} as $${IGNORE}$$;
create or replace function public.hoest_remove_demo(demo bigint) returns bigint
  language plpgsql set search_path = {SEARCH_PATH} as $${REMOVE}$$;
revoke execute on function public.hoest_remove_demo(bigint) from public;
"""

_FUNCTIONS_NOW = """
select p.oid::regprocedure::text, p.proname, p.prosrc, p.prosecdef, l.lanname,
  coalesce(p.proconfig, '{}') = array['search_path=' || %(path)s]
from pg_catalog.pg_proc p join pg_catalog.pg_language l on l.oid = p.prolang
where p.pronamespace = 'public'::regnamespace
  and (p.proname in ('_pgtrigger_should_ignore', 'hoest_remove_demo')
       or starts_with(p.proname, 'pgtrigger_'))
order by 1
"""


def _functions(cursor: Any) -> list[tuple[Any, ...]]:
    cursor.execute(_FUNCTIONS_NOW, {"path": SEARCH_PATH})
    return list(cursor.fetchall())


def loose_trigger_functions(cursor: Any) -> Iterator[str]:
    """Yield the trigger functions whose search_path a caller could choose."""
    for signature, name, *_rest, is_fixed in _functions(cursor):
        if name.startswith("pgtrigger_") and not is_fixed:
            yield signature


def door_breaches(cursor: Any) -> list[tuple[str, str]]:
    """List what of the door and of the triggers behind it is not as it is written here."""
    bodies = {"_pgtrigger_should_ignore": IGNORE, "hoest_remove_demo": REMOVE}
    found = [
        ("trigger function without a fixed search_path", signature)
        for signature in loose_trigger_functions(cursor)
    ]
    seen: dict[str, int] = dict.fromkeys(bodies, 0)
    for signature, name, body, is_definer, language, is_fixed in _functions(cursor):
        if name not in bodies:
            continue
        seen[name] += 1
        if body != bodies[name] or is_definer or language != "plpgsql" or not is_fixed:
            found.append(("function of the door is not the one Høst made", signature))
    found += [
        ("function of the door is not there once", n) for n, count in seen.items() if count != 1
    ]
    return found
