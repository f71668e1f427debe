"""What is known of initiatives beside what is said of them, in a constant number of queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from django.apps import apps
from django.db.models import QuerySet

from hoest.domain.benefits import queries as benefits
from hoest.domain.benefits.rules import BenefitFacts, next_measurement_due
from hoest.domain.benefits.rules.ladder import LadderLimits
from hoest.domain.portfolio import queries as portfolio
from hoest.domain.portfolio.rules import (
    ACTIVE_PHASES,
    InitiativeFacts,
    LeadWord,
    Phase,
    status,
    status_reasons,
)
from hoest.domain.reporting.models import KeptEvidence
from hoest.domain.reporting.queries.figures import figures_in
from hoest.domain.reporting.queries.kept import stale_ids
from hoest.domain.reporting.rules.account import BenefitFigures, LineFigures
from hoest.domain.reporting.rules.account import Yearly as ByYear
from hoest.domain.reporting.rules.evidence import (
    BenefitEvidence,
    EvidenceLimits,
    Finding,
    InitiativeEvidence,
    Verdict,
    Yearly,
    disagree,
    findings_of,
    said_of,
    verdict_of,
)
from hoest.domain.reporting.rules.kept import evidence_from_kept
from hoest.foundation import clock, content
from hoest.foundation.access.actor import Actor


@dataclass(frozen=True)
class Beside:
    """What is said of an initiative, and what stands beside it."""

    initiative_id: int
    word: LeadWord | None
    sentence: str
    said_by: str
    said_on: dt.date | None
    said: LeadWord | None
    verdict: Verdict
    findings: tuple[Finding, ...]

    @property
    def disagrees(self) -> bool:
        """Tell whether what is said is brighter than what the facts say."""
        return disagree(self.said, self.verdict)


def evidence_limits() -> EvidenceLimits:
    """Return the limits of the findings as the municipality's content has them."""
    return EvidenceLimits(
        path_short_share=content.limit_decimal("path_short_share"),
        wrong_way_share=content.limit_decimal("path_wrong_way_share"),
        reestimate_share=content.limit_decimal("reestimate_notice_share"),
        adoption_months=content.limit("adoption_after_months"),
        live_moved_days=content.limit("live_moved_days"),
    )


def beside_of(actor: Actor, initiative_ids: Collection[int] | None = None) -> dict[int, Beside]:
    """Return what stands beside the status of some initiatives, or of all the actor may see.

    By initiative, in a constant number of queries: what is kept of each benefit, and afresh what
    is marked as changed.
    """
    rows = portfolio.visible_to(actor)
    seen = benefits.gains_of(actor)
    if initiative_ids is None:
        return _beside_rows(actor, rows, seen, is_some=False)
    ids = list(initiative_ids)
    some = seen.filter(initiative_id__in=ids)
    return _beside_rows(actor, rows.filter(pk__in=ids), some, is_some=True)


def beside_active(actor: Actor, initiative_ids: Collection[int]) -> dict[int, Beside]:
    """Return what stands beside the status of some initiatives, those that are active."""
    ids = list(initiative_ids)
    rows = portfolio.visible_to(actor).filter(phase__in=ACTIVE_PHASES, pk__in=ids)
    seen = benefits.gains_of(actor).filter(initiative__phase__in=ACTIVE_PHASES, initiative__in=ids)
    return _beside_rows(actor, rows, seen, is_some=True)


def _beside_rows(
    actor: Actor, rows: QuerySet[Any], seen: QuerySet[Any], *, is_some: bool
) -> dict[int, Beside]:
    found = [SimpleNamespace(**row) for row in rows.values("id", *portfolio.FACT_FIELDS)]
    organisation_id = actor.organisation_id
    words = portfolio.last_words(organisation_id, [row.id for row in found])
    known = _evidence_of(organisation_id, seen, is_some=is_some)
    return _beside_each(organisation_id, found, known, words)


def beside_among(
    organisation_id: int,
    rows: Iterable[Any],
    figures: Iterable[BenefitFigures],
    facts: Mapping[int, BenefitFacts],
    words: Mapping[int, Any] | None = None,
) -> dict[int, Beside]:
    """Return what stands beside some initiatives whose benefits have been read; two queries.

    `words` is the last word of each, when it has been read.

    `rows` have the fields of an initiative that a status is made of (`portfolio.FACT_FIELDS`).
    """
    found_rows = list(rows)
    words = (
        portfolio.last_words(organisation_id, [r.id for r in found_rows])
        if words is None
        else words
    )
    today, ladder = clock.today(), benefits.ladder_limits()
    of_benefits: dict[int, list[BenefitEvidence]] = {}
    for row in figures:
        if row.benefit_id in facts:
            one = evidence_of(row, facts[row.benefit_id], today, ladder)
            of_benefits.setdefault(row.initiative_id, []).append(one)
    return _beside_each(organisation_id, found_rows, of_benefits, words)


def _evidence_of(
    organisation_id: int, seen: QuerySet[Any], *, is_some: bool
) -> dict[int, list[BenefitEvidence]]:
    """Return what is known of some benefits by initiative: as kept, or read now where it is not.

    What is kept may be older than the benefits when more than `kept_fresh_most` have changed since
    the nightly job; then it orders and filters a long list, and the rows on a page are read fresh.
    """
    initiatives = dict(seen.order_by().values_list("pk", "initiative_id"))
    rows = KeptEvidence.objects.filter(organisation_id=organisation_id)
    if is_some:
        rows = rows.filter(benefit_id__in=list(initiatives))
    kept = dict(rows.order_by().values_list("benefit_id", "evidence"))
    unread = set(initiatives.keys() - kept.keys())
    stale = stale_ids(organisation_id) & kept.keys() & initiatives.keys()
    if len(unread) + len(stale) <= content.limit("kept_fresh_most"):
        unread |= stale
    read = dict(_read_now(organisation_id, seen, unread)) if unread else {}
    found: dict[int, list[BenefitEvidence]] = {}
    for pk in sorted(initiatives):
        one = read.get(pk)
        if one is None and pk in kept:
            one = evidence_from_kept(kept[pk])
        if one is not None:
            found.setdefault(initiatives[pk], []).append(one)
    return found


def _read_now(
    organisation_id: int, seen: QuerySet[Any], ids: Collection[int]
) -> Iterable[tuple[int, BenefitEvidence]]:
    today, ladder = clock.today(), benefits.ladder_limits()
    rows = seen.filter(pk__in=list(ids))
    facts = benefits.facts_in(rows)
    initiative_ids = set(rows.order_by().values_list("initiative_id", flat=True))
    for row in figures_in(organisation_id, rows, facts=facts, initiative_ids=initiative_ids):
        yield row.benefit_id, evidence_of(row, facts[row.benefit_id], today, ladder)


def _beside_each(
    organisation_id: int,
    rows: list[Any],
    of_benefits: Mapping[int, list[BenefitEvidence]],
    words: Mapping[int, Any],
) -> dict[int, Beside]:
    today, limits = clock.today(), evidence_limits()
    firsts = first_live_days(organisation_id, [row.id for row in rows])
    found = {}
    for row in rows:
        known = portfolio.status_facts_of(row)
        evidence = InitiativeEvidence(
            initiative_id=row.id,
            phase=Phase(row.phase),
            live_on=row.live_on,
            first_live_on=firsts.get(row.id),
            adoption_share=row.adoption_share,
            agreed_share=portfolio.agreed_share(row),
            old_way_closes_on=row.old_way_closes_on,
            old_way_closed_on=row.old_way_closed_on,
            benefits=tuple(of_benefits.get(row.id, ())),
        )
        found[row.id] = _beside(evidence, known, words.get(row.id), today, limits)
    return found


def _beside(
    evidence: InitiativeEvidence,
    known: InitiativeFacts,
    said: Any | None,
    today: dt.date,
    limits: EvidenceLimits,
) -> Beside:
    found = findings_of(evidence, today, limits)
    word = LeadWord(said.word) if said else None
    is_active = known.phase in ACTIVE_PHASES
    standing = status(status_reasons(known, today)) if is_active else None
    return Beside(
        initiative_id=evidence.initiative_id,
        word=word,
        sentence=said.sentence if said else "",
        said_by=said.said_by_name if said else "",
        said_on=said.said_at.astimezone(clock.DANISH_TIME).date() if said else None,
        said=said_of(word, standing) if is_active else None,
        verdict=verdict_of(evidence, found, today),
        findings=found,
    )


def first_live_days(
    organisation_id: int, initiative_ids: Collection[int] | None = None
) -> dict[int, dt.date]:
    """Return the day of go-live as it was first written of each initiative; one query."""
    history: Any = apps.get_model("portfolio", "InitiativeEvent")._default_manager
    rows = history.filter(organisation_id=organisation_id, live_on__isnull=False)
    if initiative_ids is not None:
        rows = rows.filter(pgh_obj_id__in=list(initiative_ids))
    first = rows.order_by("pgh_obj_id", "pgh_id").distinct("pgh_obj_id")
    return dict(first.values_list("pgh_obj_id", "live_on"))


def evidence_of(
    row: BenefitFigures, facts: BenefitFacts, today: dt.date, limits: LadderLimits
) -> BenefitEvidence:
    """Return what is known of one benefit on a day."""
    due = next_measurement_due(facts, today, limits)
    late = due
    if due is not None and facts.frequency is not None:
        late = due + dt.timedelta(days=limits.grace_days[facts.frequency])
    last_year = max(row.achieved_by_year, default=None)
    in_kroner = bool(row.promised or row.approved)
    return BenefitEvidence(
        benefit_id=row.benefit_id,
        title=row.title,
        rung=row.rung,
        live_on=facts.live_on,
        target_on=facts.target_on,
        due_on=due,
        late_on=late,
        measured_on=max((m.on for m in facts.measurements), default=None),
        achieved=None if last_year is None else row.achieved_by_year[last_year],
        proof=row.proof,
        promised=_full(row.promised if in_kroner else row.promised_hours, in_kroner),
        approved=_full(row.approved if in_kroner else row.approved_hours, in_kroner),
        taken=_taken(row, in_kroner, today.year),
    )


def _full(line: LineFigures | None, in_kroner: bool) -> Yearly | None:
    full = line.full_effect if line else None
    if line is None or full is None:
        return None
    return Yearly(full, line.price_level if in_kroner else None)


def _taken(row: BenefitFigures, in_kroner: bool, year: int) -> Yearly | None:
    """Return what decisions took a year by now: that of the last year that has begun."""
    level = row.price_level if in_kroner else None
    taken: ByYear = row.harvested_dkk.get(level or 0, {}) if in_kroner else row.harvested_hours
    begun = [one for one in taken if one <= year]
    return Yearly(Decimal(taken[max(begun)]), level) if begun else None
