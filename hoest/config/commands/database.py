"""`hoest database`: what the database is and where, without showing a password."""

from __future__ import annotations

import json
from typing import Any

import click


@click.group("database", help="Viser, hvor databasen ligger, og hvordan den har det.")
def command() -> None:
    """Group the database's subcommands."""


@command.command(
    "status", help="Viser version, mappe og størrelse. Starter databasen, hvis den er stoppet."
)
@click.option("--json", "as_json", is_flag=True, help="Skriv svaret som JSON.")
def status(as_json: bool) -> None:
    """Show version, folders, size and roles."""
    facts = _facts()
    if as_json:
        click.echo(json.dumps(facts, ensure_ascii=False, indent=2))
        return
    words = {True: "ja", False: "nej", None: "-"}
    for name, label in _LABELS.items():
        value = facts[name]
        shown = words[value] if value is None or isinstance(value, bool) else value
        click.echo(f"{label:<24}{shown}")


_LABELS = {
    "postgresql": "PostgreSQL",
    "embedded": "Indbygget",
    "source": "Programmerne kommer fra",
    "data_folder": "Datamappe",
    "pgdata": "Databasens mappe",
    "address": "Adresse",
    "size_mb": "Størrelse (MB)",
    "roles": "Roller",
    "extensions": "Udvidelser",
    "running_at": "Høst kører på",
}


def _facts() -> dict[str, Any]:
    from hoest.config.processes import running_address
    from hoest.foundation.database import connection, roles
    from hoest.foundation.database.sharing import running

    with running() as server:
        roles.ensure(server.folder)
        state = server.state if server.embedded else {}
        with connection.connect("superuser", server.folder) as inside:
            version, size = inside.execute(
                "SELECT current_setting('server_version'),"
                " round(pg_database_size(current_database()) / 1e6)::int"
            ).fetchone() or ("", 0)
            found = inside.execute("SELECT extname FROM pg_extension ORDER BY 1").fetchall()
            named = inside.execute(
                "SELECT rolname FROM pg_roles WHERE rolname LIKE 'hoest\\_%' ORDER BY 1"
            ).fetchall()
        return {
            "postgresql": version,
            "embedded": server.embedded,
            "source": state.get("binaries"),
            "data_folder": str(server.folder.path),
            "pgdata": state.get("pgdata"),
            "address": connection.public_url("app", server.folder),
            "size_mb": size,
            "roles": ", ".join(row[0] for row in named),
            "extensions": ", ".join(row[0] for row in found),
            "running_at": running_address(server.folder),
        }


@command.command("psql-url", help="Viser databasens adresse uden adgangskode.")
@click.option(
    "--rolle",
    "role",
    type=click.Choice(["owner", "app", "worker", "backup", "superuser"]),
    default="app",
    show_default=True,
    help="Rollen, som adressen er for. Adgangskoden ligger i secrets.json i datamappen.",
)
def psql_url(role: Any) -> None:
    """Print an address for psql; the password stays in secrets.json."""
    from hoest.foundation.database import connection

    click.echo(connection.public_url(role))
