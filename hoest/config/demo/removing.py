"""Takes a demo municipality's rows away, through the one door the database has for it.

The function `hoest_remove_demo` (foundation/tenancy/demo_door.py) is for the owner of the tables:
the roles that serve people may not call it, and it refuses a municipality that is no demo. It waits
for whoever is building the same municipality.
"""

from __future__ import annotations

import psycopg

from hoest.domain.organisations.actions import NotADemo
from hoest.foundation.database.connection import connect
from hoest.foundation.tenancy.demo_door import NOT_A_DEMO


def remove_rows(organisation_id: int) -> int:
    """Remove every row of a demo municipality but its place in the directory; return how many.

    All or nothing. Raises NotADemo.
    """
    from django.db import connection as of_django

    database = str(of_django.settings_dict["NAME"])
    with connect("owner", database=database) as owner:
        try:
            with owner.transaction():
                row = owner.execute("select hoest_remove_demo(%s)", (organisation_id,)).fetchone()
        except psycopg.DatabaseError as error:
            if error.sqlstate != NOT_A_DEMO:
                raise
            raise NotADemo("Kommunen er ikke en demo, så dens tal bliver ikke rørt.") from error
    return int(row[0]) if row else 0
