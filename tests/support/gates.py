"""What the test world has of gates: something in every state a page can show."""

from __future__ import annotations

import datetime as dt
from typing import Any


def add_gates(organisation: int, marker: str) -> None:
    """Give both municipalities the same; nobody leads or sponsors the initiative."""
    from hoest.domain.portfolio import actions
    from hoest.domain.portfolio.models import Initiative
    from hoest.domain.portfolio.rules import FactAnswer, RequirementState, Stance
    from hoest.foundation.clock import today
    from tests.support.world import actor_with_role

    executive = actor_with_role(organisation, "executive")
    manager = actor_with_role(organisation, "portfolio_manager")
    visits = Initiative.objects.get(organisation_id=organisation, title__startswith="Fælles skærm")
    on: dict[str, Any] = {"actor": manager, "initiative_id": visits.pk}
    actions.answer_facts(
        **on,
        answers={
            "personal_data": FactAnswer.YES,
            "affects_work": FactAnswer.YES,
            "it_operation": FactAnswer.YES,
            "ai": FactAnswer.UNKNOWN,
            "critical": FactAnswer.NO,
        },
        notes={"personal_data": f"Navne og sager {marker}"},
    )
    for code, fields in {
        "legal_basis": {
            "state": RequirementState.PRESENT,
            "link": f"Sag 26/1 {marker}",
            "dated_on": today(),
            "made_by": "Jurist",
        },
        "principle_2": {"stance": Stance.DEVIATES, "reason": f"Midlertidigt {marker}"},
    }.items():
        actions.write_requirement(
            **on, code=code, version=0, fields=actions.RequirementFields(**fields)
        )
    asked = actions.ask_deviation(
        **on,
        code="staff_hearing",
        reason=f"MED mødes i januar {marker}",
        ends_on=today() + dt.timedelta(days=90),
    )
    actions.answer_deviation(
        actor=executive, deviation_id=asked.pk, version=1, approve=True, reason="Det er varslet"
    )
    _wait(executive, visits, marker)
    actions.ask_decision(**on, note=f"Vi er klar {marker}")
    _draft(manager, marker)


def _wait(executive: Any, visits: Any, marker: str) -> None:
    from hoest.domain.portfolio import actions
    from hoest.domain.portfolio.rules import Outcome, WaitingKind
    from hoest.foundation.clock import today

    visits.refresh_from_db()
    actions.decide_gate(
        actor=executive,
        initiative_id=visits.pk,
        version=visits.version,
        outcome=Outcome.WAIT,
        reason=f"Andre prøver først {marker}",
        waiting=actions.WaitingFields(
            kind=WaitingKind.MARKET,
            waits_for=f"Naboens erfaring {marker}",
            trigger="Når naboen har målt",
            consequence="To årsværk taster videre",
            alternatives="En fælles aftale er set igennem",
            review_on=today() + dt.timedelta(days=120),
        ),
    )


def _draft(manager: Any, marker: str) -> None:
    from hoest.domain.portfolio import actions
    from hoest.foundation import content

    text = content.phase_model_text("five_phase")
    text = text.replace("code: five_phase", "code: vores").replace("Fem faser", f"Vores {marker}")
    actions.write_phase_model(actor=manager, text=text)
