"""What can go wrong with the database, as sentences an operator can act on."""

from __future__ import annotations

from hoest.foundation.faults import Fault


class DatabaseFault(Fault):
    """The database cannot be made, started, reached or copied; the sentence says what to do."""


class WrongDatabaseVersion(DatabaseFault):
    """The database folder was made by a PostgreSQL that is not here."""


class LacksDatabaseRight(DatabaseFault):
    """The administrator connection may not do what Høst needs; the sentence names the SQL."""


class BackupFault(DatabaseFault):
    """A backup could not be made, is damaged, or cannot be restored here."""
