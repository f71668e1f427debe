"""What benefits do by the clock: note where each stands, since time alone can lower a rung.

A go-live that comes, a measurement that is missed, an approved version: all of them move a rung
without anybody touching the benefit. Runs every night; noting twice changes nothing.
"""

from __future__ import annotations

from django.db import transaction

from hoest.domain.benefits.actions import record_standing
from hoest.domain.benefits.models import Benefit
from hoest.domain.organisations.queries import organisations_here, system_actor
from hoest.foundation.jobs import periodic
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
