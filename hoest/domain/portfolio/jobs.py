"""What the portfolio does by the clock: ideas without an answer in time go to the next leader."""

from __future__ import annotations

from django.db import transaction

from hoest.domain.organisations.queries import organisations_here, system_actor
from hoest.domain.portfolio.actions.experiments import remind_of_limits
from hoest.domain.portfolio.actions.idea_answers import climb
from hoest.foundation import clock
from hoest.foundation.jobs import periodic
from hoest.foundation.tenancy.context import acting_for


@periodic("portfolio.climb_ideas", cron="30 4 * * *")
def climb_ideas() -> None:
    """Let ideas climb in every municipality, before the first mail of the day."""
    for organisation_id, _name in organisations_here():
        climb_in(organisation_id)


def climb_in(organisation_id: int) -> int:
    """Let ideas climb in one municipality and tell of experiments past their limit.

    Returns how many ideas climbed. Twice a day is once.
    """
    with acting_for(organisation_id), transaction.atomic():
        actor = system_actor(organisation_id, "Svarfrister", "job")
        remind_of_limits(actor=actor, on=clock.today())
        return climb(actor=actor, on=clock.today())
