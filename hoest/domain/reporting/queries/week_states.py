"""What Min uge knows of each benefit and initiative, made from rows that are read already."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from types import SimpleNamespace
from typing import Any, NamedTuple

from hoest.domain.benefits.rules import BenefitFacts
from hoest.domain.benefits.rules.ownership import Step
from hoest.domain.business_cases import queries as cases
from hoest.domain.portfolio import queries as portfolio
from hoest.domain.portfolio.rules import ACTIVE_PHASES, DELIVERING_PHASES, Phase
from hoest.domain.reporting.queries.evidence import Beside, beside_among
from hoest.domain.reporting.rules import BenefitFigures
from hoest.domain.reporting.rules.evidence import Verdict
from hoest.domain.reporting.rules.stakes import Stake
from hoest.domain.reporting.rules.week import BenefitState, InitiativeState
from hoest.foundation import clock
from hoest.foundation.access.actor import Actor


class Answers(NamedTuple):
    """What waits for an answer about profiles: a no to owning, and portions asked of somebody."""

    refusals: Mapping[int, Step]
    asked: Mapping[int, Sequence[tuple[str, int]]]


def said_of(
    actor: Actor,
    rows: Iterable[dict[str, Any]],
    figures: Iterable[BenefitFigures],
    facts: dict[int, BenefitFacts],
) -> dict[int, Beside]:
    """Return what stands beside the word of the leads who have said one, by initiative."""
    words = portfolio.last_words(actor.organisation_id)
    spoken = {row["id"]: SimpleNamespace(**row) for row in rows if row["id"] in words}
    return beside_among(
        actor.organisation_id,
        spoken.values(),
        (
            row
            for row in figures
            if row.initiative_id in spoken and not facts[row.benefit_id].is_disbenefit
        ),
        facts,
        words,
    )


def initiative_state(
    row: dict[str, Any], waiting: dict[int, cases.WaitingCase], said: Beside | None
) -> InitiativeState:
    """Return what the rules of Min uge read of an initiative."""
    case = waiting.get(row["id"])
    return InitiativeState(
        initiative_id=row["id"],
        title=row["title"],
        is_active=row["phase"] in ACTIVE_PHASES,
        is_stopped=row["phase"] == Phase.STOPPED,
        is_delivering=row["phase"] in DELIVERING_PHASES,
        unit_id=row["unit_id"],
        lead_id=row["lead_id"],
        sponsor_id=row["sponsor_id"],
        live_on=row["live_on"],
        old_way_closes_on=row["old_way_closes_on"],
        old_way_closed_on=row["old_way_closed_on"],
        adoption_is_known=row["adoption_share"] is not None,
        last_sign_on=row["changed_at"].astimezone(clock.DANISH_TIME).date(),
        submitted_on=case.since if case and case.is_submitted else None,
        returned_on=case.since if case and not case.is_submitted else None,
        open_version_id=case.version_id if case else 0,
        sender_id=case.sender_id if case else None,
        word=said.word if said else None,
        said_on=said.said_on if said else None,
        verdict=said.verdict if said else Verdict.TOO_EARLY,
        findings=said.findings if said else (),
    )


def benefit_state(
    row: BenefitFigures,
    facts: BenefitFacts,
    initiative: InitiativeState,
    due: dt.date | None,
    answers: Answers,
) -> BenefitState:
    """Return what the rules of Min uge read of a benefit; `due` is its next measurement."""
    refusal = answers.refusals.get(row.benefit_id)
    reached = max(row.achieved_by_year, default=None)
    return BenefitState(
        benefit_id=row.benefit_id,
        title=row.title,
        initiative=initiative,
        benefit_type=row.benefit_type,
        rung=row.rung,
        unit_id=row.unit_id or 0,
        has_owner=facts.has_owner and not facts.owner_is_initiative_lead,
        owner_has_accepted=facts.owner_accepted_on is not None,
        has_baseline=facts.has_baseline,
        is_approved=row.approved is not None or row.approved_hours is not None,
        achieved=None if reached is None else row.achieved_by_year[reached],
        due_on=due,
        owner_confirmed_on=facts.owner_confirmed_on,
        controller_confirmed_on=facts.controller_confirmed_on,
        stake=_stake(row),
        is_disbenefit=facts.is_disbenefit,
        refused_by=refusal.person_name if refusal else "",
        refusal=refusal.reason if refusal else "",
        asked=tuple(answers.asked.get(row.benefit_id, ())),
    )


def _stake(row: BenefitFigures) -> Stake:
    """Return what is outside the hand; nothing for what is in it or given up."""
    if row.rung in ("in_hand", "lapsed"):
        return Stake()
    counts_kroner = bool(row.worth_dkk or row.worth_once_dkk) and row.price_level is not None
    return Stake(
        row.worth_dkk,
        row.worth_once_dkk,
        row.worth_hours,
        1,
        frozenset({row.price_level}) if counts_kroner and row.price_level else frozenset(),
    )
