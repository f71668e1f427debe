"""Candidates, lessons, small purchases and marks, alike in both municipalities of the tests."""

from __future__ import annotations

from decimal import Decimal
from typing import Any


def add_learning(organisation: int, marker: str) -> None:
    """Make what the pages of this corner can show; only what is shared carries no marker."""
    from hoest.domain.organisations.queries import system_actor
    from hoest.domain.portfolio.actions import candidates, lessons, marks
    from hoest.domain.portfolio.models import CandidateFile, Initiative
    from hoest.foundation.clock import today
    from tests.support.world import actor_with_role

    system = system_actor(organisation, "Opsætning", "test")
    training = Initiative.objects.get(
        organisation_id=organisation, title__startswith="Digital hjemmetræning"
    )
    facts: dict[str, Any] = {"source": "own", "unit": training.unit}
    candidates.create_candidate(
        actor=system,
        fields={
            "title": f"Adresseskift tastes i tre systemer {marker}",
            "times_per_year": Decimal(4200),
            "minutes_each": Decimal(6),
            "automation_share": Decimal("0.8"),
            "answers": {"structured": "high", "judgement": "little", "change": "some"},
            **facts,
        },
    )
    away = candidates.create_candidate(
        actor=system, fields={"title": f"Takkebreve {marker}", **facts}
    )
    candidates.put_candidate_away(
        actor=system, candidate_id=away.pk, version=away.version, reason="De er få og gode."
    )
    CandidateFile.objects.create(
        organisation_id=organisation, file_name=f"processer {marker}.xlsx", read_by_name="En"
    )
    told = {"came": "Der kom 2.600 timer", "why": "Aftenholdet kom for sent med", "promised": ""}
    lessons.write_lesson(
        actor=system,
        fields={"title": f"Tabletter til alle {marker}", "learnt_on": today(), **told},
    )
    shared = lessons.write_lesson(
        actor=system, fields={"title": "Mødeplaner på papir", "learnt_on": today(), **told}
    )
    lessons.share_lesson(actor=system, lesson_id=shared.pk, version=shared.version)
    _purchases(organisation, marker, training, actor_with_role(organisation, "portfolio_manager"))
    marks.mark_solution(
        actor=system, initiative_id=training.pk, version=0, reach="municipal", automation="steps"
    )


def _purchases(organisation: int, marker: str, training: Any, asker: Any) -> None:
    from hoest.domain.portfolio.actions import purchases

    fields: dict[str, Any] = {
        "title": f"12 tablets {marker}",
        "solves": "Fejl på vejen bliver meldt med billede og sted",
        "unit": training.unit,
        "amount_dkk": Decimal(36_000),
    }
    for lacking in ({}, {"core_task": training.core_task, "value_for_staff": "Færre omveje"}):
        purchases.ask_purchase(actor=asker, fields={**fields, **lacking})  # type: ignore[typeddict-item]
