"""The catalog gate: refuses to run on a schema where one municipality could see another's rows.

Runs in the tests and at every start. Tables without an organisation are listed here, each with
its reason and the rights the runtime roles have; anything else is a breach.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from hoest.foundation.database.connection import role_name
from hoest.foundation.faults import Fault
from hoest.foundation.tenancy.demo_door import door_breaches
from hoest.foundation.tenancy.public_door import PUBLIC_TABLES

GATE_SQL = (Path(__file__).parent / "gate.sql").read_text(encoding="utf-8")
ALL = "select, insert, update, delete"

# The policies of owned tables as PostgreSQL writes them back; compared word for word.
_ORGANISATION = "(organisation_id = ( SELECT hoest_organisation() AS hoest_organisation))"
POLICIES = {
    "tenant": _ORGANISATION,
    "membership": "organisations_membership",
    "own": "((account_id = ( SELECT hoest_account_or_null() AS hoest_account_or_null)) OR "
    "(organisation_id = ( SELECT hoest_organisation_or_null() AS hoest_organisation_or_null)))",
    "public": "((organisation_id = ( SELECT hoest_organisation_or_null() AS "
    "hoest_organisation_or_null)) OR (organisation_id = ( SELECT "
    "hoest_public_organisation_or_null() AS hoest_public_organisation_or_null)))",
}


class GlobalTable(NamedTuple):
    """A table that is shared by the installation: why, and what the runtime roles may do."""

    reason: str
    rights: str = ALL


_ACCOUNT = "a sign-in belongs to the person, who may work for several municipalities"
_QUEUE = "the queue carries ids only, never content; each job binds its organisation itself"

GLOBAL_TABLES: dict[str, GlobalTable] = {
    "organisations_organisation": GlobalTable(
        "the directory: names and codes, public facts; nobody changes or removes a municipality",
        "select, insert",
    ),
    "access_account": GlobalTable(_ACCOUNT),
    "account_emailaddress": GlobalTable(_ACCOUNT),
    "account_emailconfirmation": GlobalTable(_ACCOUNT),
    "mfa_authenticator": GlobalTable(_ACCOUNT),
    "usersessions_usersession": GlobalTable(_ACCOUNT),
    "socialaccount_socialaccount": GlobalTable(_ACCOUNT),
    "socialaccount_socialapp": GlobalTable("the identity providers of the installation", "select"),
    "socialaccount_socialtoken": GlobalTable(_ACCOUNT),
    "django_session": GlobalTable(_ACCOUNT),
    "django_migrations": GlobalTable("what has been migrated", "select"),
    "django_content_type": GlobalTable("the framework's list of models", "select"),
    "axes_accessattempt": GlobalTable("failed sign-ins, before anybody is known"),
    "axes_accessattemptexpiration": GlobalTable("failed sign-ins, before anybody is known"),
    "axes_accessfailurelog": GlobalTable("failed sign-ins, before anybody is known"),
    "axes_accesslog": GlobalTable("sign-ins, before a municipality is chosen"),
    "procrastinate_jobs": GlobalTable(_QUEUE),
    "procrastinate_events": GlobalTable(_QUEUE),
    "procrastinate_periodic_defers": GlobalTable(_QUEUE),
    "procrastinate_workers": GlobalTable(_QUEUE),
    "pghistory_context": GlobalTable("unused: history rows carry their own context", ""),
    "auth_group": GlobalTable("unused by Høst; roles live in the municipality", ""),
    "auth_group_permissions": GlobalTable("unused by Høst", ""),
    "auth_permission": GlobalTable("unused by Høst", ""),
}

APPEND_ONLY = {"audit_act"}

# Owned tables whose rows every municipality may read, each with its reason. They hold copies that
# somebody decided to share; a second policy lets them be read, and the tenant's alone be written.
SHARED_TABLES: dict[str, str] = {
    "portfolio_sharedlesson": "lessons a municipality has decided to share, word for word",
    "evidence_sharedseries": "series a municipality has decided to share, as one line",
    "evidence_sharedeffect": "results a municipality has decided to share, with grade and verdict",
}

# Breaches that are looked at and accepted, each with its reason.
ACCEPTED: dict[tuple[str, str], str] = {}


def runtime_roles() -> tuple[str, ...]:
    """Return the database's names of the roles that serve people and do jobs."""
    return tuple(dict.fromkeys(role_name(role) for role in ("app", "worker")))


class RoleNotSafe(Fault):
    """The role Høst runs as could pass by the policies; Høst does not start."""


class SchemaNotSafe(Fault):
    """The catalog gate found a breach; Høst does not start."""


def _looked_for() -> dict[str, Any]:
    return {
        "roles": list(runtime_roles()),
        "shared": list(SHARED_TABLES),
        "public_tables": list(PUBLIC_TABLES),
        **POLICIES,
    }


def breaches(cursor: Any) -> list[tuple[str, str]]:
    """List the breaches that are not accepted, as (breach, object)."""
    cursor.execute(GATE_SQL, _looked_for())
    found = [(row[0], row[1]) for row in cursor.fetchall()]
    cursor.execute(
        "select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace"
        " where n.nspname = 'public' and c.relkind in ('r', 'p') and not exists("
        "  select 1 from pg_attribute a where a.attrelid = c.oid"
        "  and a.attname = 'organisation_id' and not a.attisdropped)"
    )
    unlisted = [row[0] for row in cursor.fetchall() if row[0] not in GLOBAL_TABLES]
    found += [("table without organisation that nobody has listed", name) for name in unlisted]
    found += door_breaches(cursor)
    return [breach for breach in found if breach not in ACCEPTED]


def refuse_unsafe(cursor: Any) -> None:
    """Raise `SchemaNotSafe` with the first breaches when the schema is not safe."""
    found = breaches(cursor)
    if found:
        first = "; ".join(f"{breach}: {name}" for breach, name in found[:5])
        raise SchemaNotSafe(
            f"Databasen holder ikke kommunerne adskilt ({len(found)} brud), så Høst starter ikke. "
            f"Først: {first}."
        )


WHO_AM_I = """
select r.rolname, r.rolsuper, r.rolbypassrls, r.rolcreaterole,
  (select count(*) from pg_auth_members m where m.member = r.oid),
  (select count(*) from pg_class c where c.relowner = r.oid)
from pg_roles r where r.rolname = current_user
"""


def refuse_unsafe_role(cursor: Any) -> None:
    """Raise `RoleNotSafe` when the connection's own role is not bound by the policies."""
    cursor.execute(WHO_AM_I)
    name, is_super, bypasses, makes_roles, memberships, owns = cursor.fetchone()
    reasons = {
        "er superbruger": is_super,
        "går uden om adskillelsen (BYPASSRLS)": bypasses,
        "kan lave roller": makes_roles,
        "er medlem af en anden rolle": memberships,
        "ejer tabeller": owns,
    }
    found = [words for words, holds in reasons.items() if holds]
    if found:
        raise RoleNotSafe(
            f"Databaserollen {name} {' og '.join(found)}, så kommunerne er ikke holdt adskilt. "
            "Høst starter ikke. Brug rollerne fra ops/database/roles.sql."
        )
