"""Reassurance sheets of the test world: one approved and public, one that waits."""

from __future__ import annotations

from typing import Any


def add_sheets(organisation: int, marker: str) -> None:
    """Tell, lay forward and approve as people do, alike in both municipalities."""
    from hoest.domain.portfolio.actions import answer_facts
    from hoest.domain.portfolio.models import Initiative
    from hoest.domain.portfolio.rules.facts import FactAnswer
    from hoest.domain.trust import actions
    from hoest.domain.trust.rules.sheets import SheetFactCode
    from tests.support.world import actor_with_role

    lead = actor_with_role(organisation, "portfolio_manager")
    officer = actor_with_role(organisation, "security_officer")
    rows = Initiative.objects.filter(organisation_id=organisation)
    training = rows.get(title__startswith="Digital hjemmetræning")
    visits = rows.get(title__startswith="Fælles skærmbesøg")
    actions.open_public_page(
        actor=actor_with_role(organisation, "executive"),
        contact=f"databeskyttelsen {marker}",
        mailbox="databeskyttelse@kommunen.example",
    )
    for initiative in (training, visits):
        answer_facts(
            actor=lead,
            initiative_id=initiative.pk,
            answers={"personal_data": FactAnswer.YES, "ai": FactAnswer.NO},
        )
        actions.tell_for_sheet(
            actor=lead,
            initiative_id=initiative.pk,
            told={
                SheetFactCode.DATA_KIND: ["health"],
                SheetFactCode.WHY: [f"Så kan du få hjælp hjemme {marker}."],
                SheetFactCode.PROTECTION: ["two_steps"],
                SheetFactCode.IF_WRONG: ["Så ringer vi til dig."],
                SheetFactCode.CONTACT: ["kommunens databeskyttelse"],
            },
        )
        made = actions.lay_forward(actor=lead, initiative_id=initiative.pk)
        if initiative == training:
            actions.approve_sheet(actor=officer, initiative_id=training.pk, number=made.number)
    _add_ethics(organisation, marker, training)
    _add_security(organisation, marker)


def _add_ethics(organisation: int, marker: str, initiative: Any) -> None:
    """A stance, a decided screening that was held against it, and one in progress."""
    from hoest.domain.organisations.models import Body
    from hoest.domain.trust import actions
    from hoest.domain.trust.rules.ethics import EthicsDecision
    from hoest.foundation import content
    from hoest.foundation.clock import today
    from tests.support.world import actor_with_role

    officer = actor_with_role(organisation, "security_officer")
    body = Body.objects.get(organisation_id=organisation, name="Økonomiudvalget")
    stance = actions.write_stance(
        actor=officer,
        body=body,
        principle=f"Ingen kameraer med ansigtsgenkendelse {marker}",
        explanation="",
        decided_on=today(),
        reference="Punkt 7",
    )
    questions = content.ethics_instrument().questions
    begun = actions.begin_screening(actor=officer, initiative_id=initiative.pk)
    answered = actions.answer_screening(
        actor=officer,
        initiative_id=initiative.pk,
        version=begun.version,
        answers={code: {"colour": "green"} for code in questions},
        affected=["older"],
        dilemma=f"Tryghed eller frihed {marker}",
        stances={stance.pk: {"answer": "follows"}},
    )
    actions.decide_screening(
        actor=officer,
        initiative_id=initiative.pk,
        version=answered.version,
        decided={
            "decision": EthicsDecision.GO_ON,
            "decision_text": f"Vi går videre {marker}",
            "body": body,
            "published_where": "Dagsordenen",
            "unpublished_because": "",
        },
    )
    begun = actions.begin_screening(actor=officer, initiative_id=initiative.pk)
    actions.answer_screening(
        actor=officer,
        initiative_id=initiative.pk,
        version=begun.version,
        answers={"choice": {"colour": "red", "note": f"Der er intet valg {marker}"}},
    )


def _add_security(organisation: int, marker: str) -> None:
    """Risks, counted incidents, a step of the management body; an approved report and a draft."""
    import datetime as dt

    from hoest.domain.trust import actions
    from hoest.domain.trust.rules.security import (
        IncidentKind,
        ManagementStepKind,
        RiskConsequence,
        RiskLikelihood,
    )
    from hoest.foundation.clock import today
    from tests.support.world import actor_with_role

    officer = actor_with_role(organisation, "security_officer")
    day = today()
    actions.write_risk(
        actor=officer,
        fields={
            "what_may_happen": f"Journalen er nede i et døgn {marker}",
            "consequence": "Hjemmeplejen kører efter papir",
            "consequence_word": RiskConsequence.SEVERE,
            "likelihood": RiskLikelihood.POSSIBLE,
            "measure": "Nødproceduren bliver øvet",
            "owner_function": "It-afdelingen",
            "ends_on": day + dt.timedelta(days=60),
            "initiative": None,
            "is_top": True,
        },
    )
    actions.count_incidents(
        actor=officer,
        fields={
            "starts_on": day - dt.timedelta(days=90),
            "ends_on": day - dt.timedelta(days=1),
            "kind": IncidentKind.WRONG_RECIPIENT,
            "count": 3,
            "reported": 1,
            "lesson": f"Adressen bliver nu slået op {marker}",
        },
    )
    actions.note_management_step(
        actor=officer,
        fields={
            "kind": ManagementStepKind.APPROVAL,
            "on": day - dt.timedelta(days=300),
            "who_function": f"Byrådet {marker}",
            "what": "Godkendte foranstaltningerne",
            "reference": "Punkt 4",
            "next_due_on": day + dt.timedelta(days=30),
        },
    )
    _add_reports(organisation, marker)


def _add_reports(organisation: int, marker: str) -> None:
    """An approved report and a draft that waits for its approval."""
    import datetime as dt

    from hoest.domain.organisations.models import Body
    from hoest.domain.trust import actions
    from hoest.foundation.clock import today
    from tests.support.world import actor_with_role

    officer, day = actor_with_role(organisation, "security_officer"), today()
    for decisions in ([f"Skal vi øve to gange om året? {marker}"], []):
        made = actions.write_report(
            actor=officer,
            fields={
                "starts_on": day - dt.timedelta(days=90),
                "ends_on": day,
                "body": Body.objects.get(organisation_id=organisation, name="Økonomiudvalget"),
                "introduction": f"Det vigtigste er journalen {marker}.",
                "decisions": decisions,
            },
        )
        sent = actions.send_report(actor=officer, number=made.number, version=made.version)
        if decisions:
            actions.approve_report(
                actor=actor_with_role(organisation, "executive"),
                number=made.number,
                version=sent.version,
            )
