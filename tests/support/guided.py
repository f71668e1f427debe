"""The guide of a business case, filled in: what a case must say, and all of it for the world."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from hoest.domain.business_cases import actions
from hoest.domain.business_cases.models import Answer, CaseVersion
from hoest.domain.business_cases.queries import parts_of
from hoest.domain.business_cases.rules.assumptions import Used
from hoest.domain.business_cases.rules.guide import Question
from hoest.foundation import clock
from hoest.foundation.access.actor import Actor

EFFECT = {
    Question.USER_GROUP: "Borgere, der genoptræner efter en operation",
    Question.CHANGE: "De kan begynde hjemme dagen efter i stedet for at vente to uger.",
    Question.MEASURED_BY: "Dage fra udskrivning til første træning, talt op hver måned.",
}
NEED = {
    Question.SITUATION: "Borgerne venter på en plads på holdet og mister kræfter imens.",
    Question.NEED: "Træningen skal begynde, når borgeren kommer hjem.",
}


def standing(draft: CaseVersion) -> int:
    """Return the version of a draft as it stands."""
    return CaseVersion.objects.values_list("version", flat=True).get(pk=draft.pk)


def tell_effect(actor: Actor, draft: CaseVersion, **more: Any) -> CaseVersion:
    """Write the effect for citizens, which no case is handed over without; returns the draft."""
    version = parts_of(draft).version_of_step("behov")
    actions.write_answers(
        actor=actor,
        version_id=draft.pk,
        slug="behov",
        version=version,
        texts={**EFFECT, **more.get("texts", {})},
    )
    draft.refresh_from_db()
    return draft


def has_effect(draft: CaseVersion) -> CaseVersion:
    """Let a draft have its effect for citizens without an act; its version stays as it is."""
    for question, text in EFFECT.items():
        Answer.objects.get_or_create(
            organisation_id=draft.organisation_id,
            case_version=draft,
            question=question,
            defaults={
                "text": text,
                "answered_by_name": "Opsætning",
                "answered_at": clock.now(),
            },
        )
    return draft


def fill(actor: Actor, draft: CaseVersion, marker: str = "") -> CaseVersion:
    """Answer most of the guide: need, alternatives, assumptions with a derived line, the owner."""
    year = clock.today().year
    tell_effect(actor, draft, texts=NEED)
    for name, nothing in (("Fortsætte som i dag", True), (f"Flere hold {marker}", False)):
        actions.set_alternative(
            actor=actor,
            version_id=draft.pk,
            version=standing(draft),
            alternative=actions.AlternativeInput(
                name,
                what="Ventelisten vokser.",
                one_off_dkk=None if nothing else Decimal(400_000),
                yearly_cost_dkk=Decimal(1_100_000),
                why="Det løser ikke ventetiden.",
            ),
            is_do_nothing=nothing,
        )
    made = [
        actions.set_assumption(
            actor=actor,
            version_id=draft.pk,
            version=standing(draft),
            assumption=actions.AssumptionInput(
                f"{name} {marker}".strip(), unit, Decimal(value), source, dt.date(year - 1, 3, 1)
            ),
        )
        for name, unit, value, source in (
            ("Forløb om året", "forløb", "420", "Omsorgsjournalen"),
            ("Undervisning pr. forløb", "kr.", "125.5", "Leverandørens tilbud"),
        )
    ]
    actions.set_derived_line(
        actor=actor,
        version_id=draft.pk,
        version=standing(draft),
        line=actions.LineInput("Oplæring af borgere", "operation", cost_type="training"),
        factors=[Used(one.pk) for one in made],
        ramp={year: Decimal(1)},
    )
    draft.refresh_from_db()
    return draft
