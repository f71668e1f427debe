"""Writes of the marks of a solution: who shares it, and how much happens by itself."""

from __future__ import annotations

from django.db import transaction

from hoest.domain.portfolio import queries
from hoest.domain.portfolio.models import SolutionMark
from hoest.domain.portfolio.permissions import CHANGE_INITIATIVES
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import require
from hoest.foundation.audit.actions import record
from hoest.foundation.forms.versions import check_version


@transaction.atomic
def mark_solution(
    *, actor: Actor, initiative_id: int, version: int, reach: str, automation: str
) -> SolutionMark:
    """Mark an initiative's solution; `version` is that of the mark, 0 when there was none.

    Raises NotAllowed in the unit, ChangedMeanwhile.
    """
    initiative = queries.initiative_of(actor, initiative_id)
    require(actor, CHANGE_INITIATIVES, initiative.unit_id)
    values = {"reach": reach, "automation": automation}
    mark = (
        SolutionMark.objects.select_for_update()
        .filter(organisation_id=actor.organisation_id, initiative=initiative)
        .first()
    )
    if mark is None:
        mark = SolutionMark.objects.create(
            organisation_id=actor.organisation_id, initiative=initiative, **values
        )
    else:
        check_version(mark, version, {k: v for k, v in values.items() if getattr(mark, k) != v})
        mark.reach, mark.automation, mark.version = reach, automation, mark.version + 1
        mark.save(update_fields=["reach", "automation", "version", "changed_at"])
    record(actor, "portfolio.mark_solution", initiative, **values)
    return mark
