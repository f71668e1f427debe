"""Makes the database ready: roles, migrations, policies, catalog gate. Every step can be repeated.

`ready()` is what every command that needs data stands inside. Migrating runs in a process of its
own as hoest_owner, so the process that serves people never holds the owner's password.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from hoest.foundation.database import connection, roles
from hoest.foundation.database.sharing import Server, running
from hoest.foundation.faults import Fault
from hoest.foundation.tenancy.gate import refuse_unsafe, refuse_unsafe_role

PACKAGE = Path(__file__).resolve().parent.parent
SETTINGS = "hoest.config.settings"
RUNNING: tuple[connection.Role, ...] = ("app", "worker")


class PreparationFailed(Fault):
    """Migrating failed; the reason is in the text."""


def fingerprint() -> str:
    """Return a hash of everything that shapes the schema: migrations, policies, gate."""
    digest = hashlib.sha256()
    files = [*PACKAGE.glob("*/*/migrations/*.py"), *(PACKAGE / "foundation/tenancy").glob("*.*")]
    files.append(PACKAGE.parent / "requirements" / "base.txt")
    for file in sorted(file for file in files if file.is_file()):
        digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()[:32]


def prepare(say: Callable[[str], None] | None = None) -> None:
    """Make roles, migrate and secure the schema when it is not the one this version needs."""
    for notice in roles.ensure():
        (say or _to_stderr)(notice)
    _refuse_unsafe_roles()
    wanted = fingerprint()
    with connection.connect("owner") as owner:
        row = owner.execute(
            "select obj_description(c.oid) from pg_class c where c.relname = 'django_migrations'"
        ).fetchone()
        if row and row[0] == wanted:
            refuse_unsafe(owner.cursor())
            return
    if say:
        say("Gør databasen klar …")
    done = subprocess.run(
        [sys.executable, "-m", "hoest.config.bootstrap"],
        env={**os.environ, "HOEST_DATABASE_ROLE": "owner", "DJANGO_SETTINGS_MODULE": SETTINGS},
        capture_output=True,
        text=True,
        check=False,
        cwd=PACKAGE.parent,
    )
    if done.returncode:
        tail = (done.stderr.strip() or done.stdout.strip()).splitlines()[-1:]
        raise PreparationFailed(
            "Databasen kunne ikke gøres klar, og intet er ændret: " + " ".join(tail)
        )


def _refuse_unsafe_roles() -> None:
    """Look at the very connections that will serve people and run jobs."""
    for role in RUNNING:
        with connection.connect(role) as runtime:
            refuse_unsafe_role(runtime.cursor())


def _to_stderr(text: str) -> None:
    sys.stderr.write(text + "\n")


def set_up(role: str = "app") -> None:
    """Set Django up in this process as one of the database roles."""
    import django

    os.environ.setdefault("HOEST_DATABASE_ROLE", role)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    django.setup()


@contextmanager
def ready(say: Callable[[str], None] | None = None) -> Iterator[Server]:
    """Have the database running, prepared and Django set up as hoest_app for a command."""
    with running() as server:
        prepare(say)
        set_up("app")
        try:
            yield server
        finally:
            from django.db import connections

            connections.close_all()
            for alias in connections:
                close_pool = getattr(connections[alias], "close_pool", None)
                if close_pool is not None:
                    close_pool()


def migrate(*, is_lean: bool = True) -> None:
    """Migrate, secure and check the schema as hoest_owner, and note which version it is.

    Without `is_lean` as Django does it: the same schema, in twice the time.
    """
    set_up("owner")
    from django.core.management import call_command
    from django.db import connection as django_connection

    from hoest.foundation.database.lean_migrations import rendering_only_fields
    from hoest.foundation.tenancy.schema import relax_for_owner, secure_schema

    with django_connection.cursor() as cursor:
        relax_for_owner(cursor)
    with rendering_only_fields() if is_lean else nullcontext():
        call_command("migrate", verbosity=0, interactive=False)
    with django_connection.cursor() as cursor:
        secure_schema(cursor)
        refuse_unsafe(cursor)
        cursor.execute(f"comment on table django_migrations is '{fingerprint()}'")


if __name__ == "__main__":
    try:
        migrate(is_lean=sys.argv[1:] != ["plain"])
    except Fault as fault:
        _to_stderr(str(fault))
        sys.exit(2)
