"""Reads of a committee's page: its benefits, what waits for a decision, what the facts say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from hoest.domain.benefits import queries as benefits
from hoest.domain.benefits.queries import takeout
from hoest.domain.benefits.rules.takeout import COUNTING
from hoest.domain.business_cases import queries as cases
from hoest.domain.business_cases.queries import WaitingCase
from hoest.domain.portfolio import queries as portfolio
from hoest.domain.reporting.queries.evidence import Beside, beside_of
from hoest.domain.reporting.queries.figures import figures_in
from hoest.domain.reporting.rules.account import BenefitFigures
from hoest.foundation.access.actor import Actor


@dataclass(frozen=True)
class OfCommittee:
    """What a committee's page tells: figures, open agreements, submitted cases, evidence."""

    initiatives: dict[int, str]
    figures: list[BenefitFigures]
    agreements: list[Any]
    cases: dict[int, WaitingCase]
    beside: dict[int, Beside]


def of_committee(actor: Actor, body_id: int) -> OfCommittee:
    """Return what the actor may see of a committee's initiatives, in a constant number of queries.

    Only what belongs to the committee is read, however large the municipality is.
    """
    rows = portfolio.visible_to(actor).filter(body_id=body_id)
    titles = dict(rows.order_by("title", "pk").values_list("pk", "title"))
    seen = benefits.gains_of(actor).filter(initiative__body_id=body_id)
    open_agreements = takeout.with_agreement_rows(
        takeout.agreements_seen(actor).filter(
            Q(body_id=body_id) | Q(body=None, benefit__initiative__body_id=body_id),
            withdrawn_on=None,
        )
    ).exclude(status__in=COUNTING)
    waiting = cases.waiting_cases(actor) if titles else {}
    return OfCommittee(
        initiatives=titles,
        figures=figures_in(actor.organisation_id, seen, initiative_ids=titles) if titles else [],
        agreements=list(open_agreements.order_by("recorded_at", "pk")),
        cases={pk: one for pk, one in waiting.items() if pk in titles and one.is_submitted},
        beside=beside_of(actor, titles) if titles else {},
    )
