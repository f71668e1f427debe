"""From a figure to a change: an idea given while looking at a series keeps its link to it."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from hoest.domain.evidence.models import SeriesIdea
from hoest.domain.evidence.queries.series import series_of
from hoest.domain.portfolio.actions.ideas import IdeaFields, give_idea
from hoest.foundation import clock
from hoest.foundation.access.actor import Actor
from hoest.foundation.audit.actions import record
from hoest.foundation.photos import Photo


@transaction.atomic
def give_idea_of_series(
    *, actor: Actor, series_id: int, fields: IdeaFields, photo: Photo | None = None
) -> Any:
    """Give an idea of what a series shows; both know the other. Raises as `give_idea`, NotFound."""
    series = series_of(actor, series_id)
    idea = give_idea(actor=actor, fields=fields, photo=photo)
    SeriesIdea.objects.create(
        organisation_id=actor.organisation_id, series=series, idea=idea, on=clock.today()
    )
    record(actor, "evidence.give_idea", series, idea=idea.title)
    return idea
