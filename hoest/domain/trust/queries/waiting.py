"""What of sheets, screenings and reports asks for somebody, read in few queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from hoest.domain.trust.models import EthicsScreening, SecurityReport, Sheet
from hoest.domain.trust.permissions import APPROVE_REPORTS, KEEP_SECURITY
from hoest.domain.trust.queries.ethics import latest_decided
from hoest.domain.trust.queries.registered import answers_of
from hoest.domain.trust.queries.security import duties_of, management_steps
from hoest.domain.trust.rules.ethics import LETS_ON, ScreeningState, triggers
from hoest.domain.trust.rules.security import Duty, DutyWord, ReportState
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed


@dataclass(frozen=True)
class Standing:
    """How trust stands on an initiative: its sheet, its screening, its answers."""

    sheet: Sheet | None
    screening: EthicsScreening | None
    is_advised: bool
    answers: dict[str, str]


def standing_of(initiative: Any) -> Standing:
    """Return how trust stands on an initiative; three queries."""
    sheet = Sheet.objects.filter(
        organisation_id=initiative.organisation_id, initiative_id=initiative.pk
    ).first()
    answers = answers_of(initiative)
    return Standing(
        sheet,
        latest_decided(initiative.organisation_id, initiative.pk),
        bool(triggers(content.ethics_instrument().asked_by, answers)),
        answers,
    )


def waiting_reports(actor: Actor) -> list[SecurityReport]:
    """Return the reports that wait for this actor's approval, oldest first; one query."""
    if not allowed(actor, APPROVE_REPORTS):
        return []
    rows = SecurityReport.objects.filter(
        organisation_id=actor.organisation_id, state=ReportState.DRAFT, asked_at__isnull=False
    ).exclude(written_by_id=actor.person_id)
    return list(rows.select_related("body").order_by("asked_at", "pk"))


def due_duties(actor: Actor) -> list[Duty]:
    """Return the duties of the management body that are due soon or overdue; one query.

    A duty nobody has registered anything of is not due: nobody knows when it would be.
    """
    if not allowed(actor, KEEP_SECURITY):
        return []
    found = duties_of(management_steps(actor))
    return [one for one in found if one.word in (DutyWord.OVERDUE, DutyWord.SOON)]


@dataclass(frozen=True)
class ToldScreening:
    """What a gate is told of an initiative's screening."""

    is_decided: bool
    decision: str
    on: dt.date | None
    name: str

    @property
    def lets_on(self) -> bool:
        """Whether it was decided that the initiative may go on, also with conditions."""
        return self.is_decided and self.decision in LETS_ON


def screenings_for_gates(
    organisation_id: int, initiative_ids: Collection[int]
) -> dict[int, ToldScreening]:
    """Return the newest screening of each initiative that has one; one query."""
    rows = (
        EthicsScreening.objects.filter(
            organisation_id=organisation_id, initiative_id__in=list(initiative_ids)
        )
        .order_by("initiative_id", "-number")
        .distinct("initiative_id")
    )
    return {
        one.initiative_id: ToldScreening(
            one.state == ScreeningState.DECIDED,
            one.decision,
            one.decided_on,
            one.decided_by_name,
        )
        for one in rows
    }
