"""Addresses of the database, one per role.

Embedded: a Unix socket in the data folder's place, passwords from secrets.json. Operator's server:
`DATABASE_URL` is the administrator (or owner) connection, and the runtime roles either use our
passwords or come ready-made in `HOEST_APP_URL`, `HOEST_WORKER_URL` and `HOEST_BACKUP_URL`.
Source: libpq connection parameters; docs/how-to/drift.md.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote, urlencode

import psycopg
from psycopg.conninfo import conninfo_to_dict

from hoest.foundation.database.credentials import credentials
from hoest.foundation.database.faults import DatabaseFault
from hoest.foundation.database.folder import DataFolder, open_folder
from hoest.foundation.database.placement import PORT, place_of
from hoest.foundation.database.server import SUPERUSER
from hoest.foundation.database.sharing import uses_operators_server

Role = Literal["owner", "app", "worker", "backup", "superuser"]

DATABASE = "hoest"
ROLE_NAMES: dict[Role, str] = {
    "owner": "hoest_owner",
    "app": "hoest_app",
    "worker": "hoest_worker",
    "backup": "hoest_backup",
    "superuser": SUPERUSER,
}
READY_MADE: dict[Role, str] = {
    "app": "HOEST_APP_URL",
    "worker": "HOEST_WORKER_URL",
    "backup": "HOEST_BACKUP_URL",
}
LOCAL_HOSTS = {"", "localhost", "127.0.0.1", "::1"}
CONNECT_SECONDS = 10


def brings_own_roles() -> bool:
    """Tell whether the operator made the roles and gives their addresses ready-made."""
    return uses_operators_server() and bool(os.environ.get("HOEST_APP_URL"))


def role_name(role: Role) -> str:
    """Return the database's name of a role, which an operator may have chosen."""
    return parameters(role)["user"]


def parameters(
    role: Role, folder: DataFolder | None = None, database: str | None = None
) -> dict[str, str]:
    """Return libpq's parameters for a role: user, password, host, port, dbname and more.

    Raises DatabaseFault when an address cannot be read.
    """
    folder = folder or open_folder()
    if uses_operators_server():
        found = _operators_parameters(role, folder)
    else:
        found = {
            "user": ROLE_NAMES[role],
            "password": credentials(folder)[role],
            "host": _socket_folder(folder.path, folder.path.stat().st_ino),
            "port": str(PORT),
            "dbname": DATABASE,
        }
    return found | ({"dbname": database} if database else {})


@lru_cache(maxsize=8)
def _socket_folder(path: Path, inode: int) -> str:
    """Return where the socket lies; a data folder that was made anew is asked again."""
    return str(place_of(DataFolder(path)).run)


def _operators_parameters(role: Role, folder: DataFolder) -> dict[str, str]:
    variable = READY_MADE.get(role, "")
    if os.environ.get(variable):
        return _read_address(variable)
    base = _read_address("DATABASE_URL")
    if role == "superuser" or (role == "owner" and brings_own_roles()):
        return base
    if variable and brings_own_roles():
        raise DatabaseFault(
            f"Du har sat HOEST_APP_URL, men ikke {variable}. Sæt adressen på rollen også."
        )
    name = ROLE_NAMES[role]
    if base.get("user") == name:
        return base
    return {**base, "user": name, "password": credentials(folder)[role]}


def _read_address(variable: str) -> dict[str, str]:
    try:
        found = conninfo_to_dict(os.environ[variable])
    except psycopg.ProgrammingError as error:
        raise DatabaseFault(
            f"{variable} er ikke en adresse på en PostgreSQL-database. Den skal se sådan ud: "
            "postgresql://bruger:adgangskode@server:5432/hoest"
        ) from error
    address = {name: str(value) for name, value in found.items() if value is not None}
    if not address.get("user") or not address.get("dbname"):
        raise DatabaseFault(
            f"{variable} mangler bruger eller database. Den skal se sådan ud: "
            "postgresql://bruger:adgangskode@server:5432/hoest"
        )
    return _with_verified_tls(address)


def _with_verified_tls(address: dict[str, str]) -> dict[str, str]:
    """Demand a verified certificate on the way to another machine, unless the operator decided."""
    hosts = address.get("host", address.get("hostaddr", "")).split(",")
    local = all(host in LOCAL_HOSTS or host.startswith(("/", "@")) for host in hosts)
    if local or "sslmode" in address or os.environ.get("PGSSLMODE"):
        return address
    verified = {**address, "sslmode": "verify-full"}
    own_root = Path("~/.postgresql/root.crt").expanduser().exists()
    if "sslrootcert" not in address and not os.environ.get("PGSSLROOTCERT") and not own_root:
        verified["sslrootcert"] = "system"
    return verified


def database_url(role: Role, folder: DataFolder | None = None, database: str | None = None) -> str:
    """Return a role's address as a URL, password included: never print it."""
    return _as_url(parameters(role, folder, database))


def public_url(role: Role, folder: DataFolder | None = None) -> str:
    """Return a role's address as a URL without its password, fit to print."""
    shown = parameters(role, folder)
    shown.pop("password", None)
    return _as_url(shown)


def _as_url(found: dict[str, str]) -> str:
    rest = dict(found)
    user, password = quote(rest.pop("user"), safe=""), rest.pop("password", None)
    secret = f":{quote(password, safe='')}" if password else ""
    host, port, name = rest.pop("host", ""), rest.pop("port", ""), quote(rest.pop("dbname"))
    if host.startswith("/") or "," in host or "," in port or ":" in host:
        rest = {"host": host, **({"port": port} if port else {}), **rest}
        host = port = ""
    where = f"{host}:{port}" if port else host
    extra = f"?{urlencode(rest, quote_via=quote)}" if rest else ""
    return f"postgresql://{user}{secret}@{where}/{name}{extra}"


def django_settings(role: Role, folder: DataFolder | None = None) -> dict[str, Any]:
    """Return NAME, USER, PASSWORD, HOST, PORT and OPTIONS for Django's DATABASES."""
    rest = parameters(role, folder)
    return {
        "NAME": rest.pop("dbname"),
        "USER": rest.pop("user"),
        "PASSWORD": rest.pop("password", ""),
        "HOST": rest.pop("host", ""),
        "PORT": rest.pop("port", ""),
        "OPTIONS": rest,
    }


def role_of_this_process(otherwise: Role = "owner") -> Role:
    """Return the role this process was started for (`HOEST_DATABASE_ROLE`)."""
    named = os.environ.get("HOEST_DATABASE_ROLE", otherwise)
    for role in ROLE_NAMES:
        if role == named:
            return role
    raise DatabaseFault(
        f"HOEST_DATABASE_ROLE er '{named}', men skal være en af: {', '.join(ROLE_NAMES)}."
    )


@contextmanager
def connect(
    role: Role, folder: DataFolder | None = None, database: str | None = None
) -> Iterator[psycopg.Connection[tuple[Any, ...]]]:
    """Open an autocommit connection for the length of a block.

    Raises DatabaseFault in Danish with the server's first line when it cannot be opened.
    """
    wanted = parameters(role, folder, database)
    wanted.setdefault("connect_timeout", str(CONNECT_SECONDS))
    try:
        connection = psycopg.connect(**wanted, autocommit=True)  # type: ignore[arg-type]
    except psycopg.OperationalError as error:
        reason = str(error).strip().splitlines()[-1]
        shown = _as_url(
            {k: v for k, v in wanted.items() if k not in ("password", "connect_timeout")}
        )
        raise DatabaseFault(f"Databasen {shown} svarer ikke: {reason}") from error
    with connection:
        yield connection
