"""A person who measures without rest, as a program: one line `ack ID VALUE` per committed row.

Runs as hoest_app in a process of its own, so that it may be killed. After an error it asks again
with the same key, as the form does. Arguments: name, benefit id.
"""

from __future__ import annotations

import datetime as dt
import sys
import time
from decimal import Decimal


def main(name: str, benefit_id: int) -> None:
    """Measure one benefit, a day further back each time."""
    from hoest.config.bootstrap import set_up

    set_up("app")
    from django.db import DatabaseError, connection, transaction

    from hoest.domain.benefits.actions import measure
    from hoest.domain.organisations.queries import find_organisation, system_actor
    from hoest.foundation import clock
    from hoest.foundation.tenancy.context import acting_for

    organisation_id = None
    number = 0
    while True:
        try:
            if organisation_id is None:
                found = find_organisation("0101")
                assert found is not None
                organisation_id = found.pk
            with acting_for(organisation_id), transaction.atomic():
                made = measure(
                    actor=system_actor(organisation_id, name),
                    benefit_id=benefit_id,
                    on=clock.today() - dt.timedelta(days=number),
                    value=Decimal(number),
                    request_key=f"{name}-{number}",
                )
                pk = made.pk
        except DatabaseError:
            connection.close()
            time.sleep(0.05)
            continue
        sys.stdout.write(f"ack {pk} {number}\n")
        sys.stdout.flush()
        number += 1
        time.sleep(0.02)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
