"""How far a long work is, noted where others see it before the work is saved.

Why: an import is one transaction, so what it writes itself is seen only when it is done. The note
is written on a connection of its own, at most twice a second.
"""

from __future__ import annotations

import datetime as dt

import psycopg
from django.db import connections, models
from psycopg import sql

from hoest.foundation import clock
from hoest.foundation.database import connection

SECONDS = 0.5


class RowProgress:
    """Notes figures on one row of a municipality while a transaction works."""

    def __init__(self, row: models.Model, organisation_id: int) -> None:
        """Remember which row; nothing is written yet."""
        self.table = row._meta.db_table
        self.database = connections[type(row)._default_manager.db].settings_dict["NAME"]
        self.row_id, self.organisation_id = row.pk, organisation_id
        self.last: dt.datetime | None = None

    def note(self, **values: int | str) -> None:
        """Write the columns, unless something was written within the last half second."""
        now = clock.now()
        if self.last and (now - self.last).total_seconds() < SECONDS:
            return
        self.last = now
        role = connection.role_of_this_process("worker")
        address = connection.database_url(role, database=self.database)
        columns = sql.SQL(", ").join(
            sql.SQL("{} = {}").format(sql.Identifier(name), sql.Placeholder(name))
            for name in values
        )
        with psycopg.connect(address) as own:
            own.execute(
                "select set_config('hoest.organisation_id', %s, true)",
                [str(self.organisation_id)],
            )
            own.execute(
                sql.SQL("update {} set {} where id = %(row_id)s").format(
                    sql.Identifier(self.table), columns
                ),
                {**values, "row_id": self.row_id},
            )
