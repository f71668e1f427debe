"""What reporting does by the clock: keeps its figures true, and records them at the end of a day.

Every minute the benefits the database has marked are made anew; most often there are none. At
night all are made anew and compared with what was kept, so that nothing can stay wrong for longer
than a day, and somebody is told when it was.
"""

from __future__ import annotations

import logging

from django.db import transaction

from hoest.domain.benefits import queries as benefits
from hoest.domain.organisations.queries import organisations_here
from hoest.domain.reporting.actions.kept import differences, refresh, refresh_standings
from hoest.domain.reporting.actions.records import record_day
from hoest.foundation.jobs import periodic
from hoest.foundation.tenancy.context import acting_for

log = logging.getLogger("hoest.reporting")


@periodic("reporting.keep_figures", cron="* * * * *")
def keep_figures() -> None:
    """Make anew what has changed in every municipality."""
    for organisation_id, _name in organisations_here():
        with acting_for(organisation_id):
            refresh(organisation_id)
            refresh_standings(organisation_id)


@periodic("reporting.record_figures", cron="50 21 * * *")
def record_figures() -> None:
    """Record the day in every municipality, shortly before it ends in Denmark."""
    for organisation_id, _name in organisations_here():
        with acting_for(organisation_id):
            record_day(organisation_id)


@periodic("reporting.check_figures", cron="10 2 * * *")
def check_figures() -> None:
    """Make every kept figure anew in every municipality, and tell of those that were wrong."""
    for organisation_id, name in organisations_here():
        with acting_for(organisation_id):
            refresh(organisation_id)
            with transaction.atomic():
                rows = benefits.in_organisation(organisation_id)
                wrong = differences(organisation_id, rows.values_list("pk", flat=True))
            if wrong:
                log.error("kept figures were wrong", extra={"municipality": name, "ids": wrong})
                refresh(organisation_id, wrong)
            refresh_standings(organisation_id, all_of_them=True)
