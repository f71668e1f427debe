"""What benefits do by the clock: note where each stands, since time alone can lower a rung.

A go-live that comes, a measurement that is missed, an approved version: all of them move a rung
without anybody touching the benefit. Runs every night; noting twice changes nothing.
"""

from __future__ import annotations

from django.db import transaction

from hoest.domain.benefits.actions import record_standing
from hoest.domain.benefits.actions.reminding import remind
from hoest.domain.benefits.actions.sources import ask_for_run, carry_out
from hoest.domain.benefits.models import Benefit
from hoest.domain.benefits.queries.sources import ids_to_read
from hoest.domain.organisations.queries import organisations_here, system_actor
from hoest.foundation.jobs import defer, job, periodic
from hoest.foundation.tenancy.context import acting_for


@periodic("benefits.note_standings", cron="20 1 * * *")
def note_standings() -> None:
    """Note the standings of every municipality, each in a transaction of its own."""
    for organisation_id, _name in organisations_here():
        note_standings_of(organisation_id)


def note_standings_of(organisation_id: int) -> int:
    """Note the standings of one municipality; return how many had changed."""
    with acting_for(organisation_id), transaction.atomic():
        ids = list(
            Benefit.objects.filter(organisation_id=organisation_id).values_list("pk", flat=True)
        )
        actor = system_actor(organisation_id, "Natlig opgørelse", "job")
        return len(record_standing(actor=actor, benefit_ids=ids, because="time"))


@periodic("benefits.remind", cron="40 4 * * *")
def remind_everywhere() -> None:
    """Queue the day's reminders of every municipality, before the first mail of the day."""
    for organisation_id, _name in organisations_here():
        remind_in(organisation_id)


def remind_in(organisation_id: int) -> int:
    """Queue the day's reminders of one municipality; return how many there were."""
    with acting_for(organisation_id), transaction.atomic():
        return remind(actor=system_actor(organisation_id, "Påmindelser", "job"))


@job("benefits.read_source")
def read_source(*, organisation_id: int, run_id: int) -> None:
    """Read a source as asked; a run that is done is not done again."""
    with transaction.atomic():
        carry_out(actor=system_actor(organisation_id, "Kilder", "job"), run_id=run_id)


@periodic("benefits.read_sources", cron="20 2 * * *")
def read_sources() -> None:
    """Ask for a reading of every source that is on, in every municipality."""
    for organisation_id, _name in organisations_here():
        read_sources_of(organisation_id)


def read_sources_of(organisation_id: int) -> list[int]:
    """Ask for a reading of a municipality's sources; return the runs."""
    with acting_for(organisation_id), transaction.atomic():
        actor = system_actor(organisation_id, "Kilder", "job")
        runs = [
            ask_for_run(actor=actor, source_id=pk, is_try=False).pk
            for pk in ids_to_read(organisation_id)
        ]
        for run_id in runs:
            defer(read_source, organisation_id=organisation_id, run_id=run_id)
    return runs
