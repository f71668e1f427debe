"""Places that were live before their stage was opened, and what is said of a stage still shut."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from hoest.domain.portfolio import queries
from hoest.domain.portfolio.actions.early import shut_in_words
from hoest.domain.portfolio.models import Rollout
from hoest.domain.portfolio.queries.stages import StageOf, early_cause, stages_of
from hoest.domain.portfolio.rules.stages import EarlyCause
from hoest.domain.portfolio.web.delivery.words import day
from hoest.foundation.access.actor import Actor
from hoest.foundation.clock import today


def stage_before(actor: Actor, rollout: Rollout) -> tuple[bool, str]:
    """Return whether a place is asked why it went live early, and what its shut stage lacks.

    The words are empty when the stage is open or the place is live already.
    """
    if rollout.stage_id is None:
        return bool(rollout.early_because), ""
    stages = stages_of(rollout.initiative)
    cause = early_cause(stages, rollout.stage_id, rollout.live_on or today())
    asks = bool(rollout.early_because) or cause is not None
    if cause is not EarlyCause.NOT_OPENED or rollout.live_on is not None:
        return asks, ""
    its = next(one for one in stages if one.stage.pk == rollout.stage_id)
    said = _("Stedet er i etapen »%(stage)s«, som ikke er åbnet endnu.") % {"stage": its.stage.name}
    return asks, f"{said} {shut_in_words(actor, rollout.initiative, its)}"


def early_places(
    stages: Sequence[StageOf], places: Iterable[queries.Place], may_change: bool
) -> list[dict[str, Any]]:
    """Return the places that were live before their stage was opened, each with why."""
    names = {one.stage.pk: one.stage.name for one in stages}
    return [
        {
            "place": str(row),
            "stage": names.get(row.stage_id or 0, ""),
            "live": day(row.live_on),
            "why": row.early_because,
            "who": row.early_told_by_name,
            "on": day(row.early_told_on) if row.early_told_on else "",
            "url": reverse("portfolio:change_rollout", args=[row.pk]) if may_change else "",
        }
        for row in (place.rollout for place in places)
        if row.early_because or early_cause(stages, row.stage_id, row.live_on) is not None
    ]
