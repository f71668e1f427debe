"""Writes of the figures kept beside each benefit: made anew where the database has marked them.

Called by the worker. The marks are read first and taken away with the figures that were made after
them, in one transaction: a change that comes in between has a mark of its own and is made next
time. Nothing here is an act of a person, so nothing is logged.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, transaction

from hoest.domain.benefits import queries as benefits
from hoest.domain.benefits.rules import MONTHS_BETWEEN, BenefitFacts
from hoest.domain.benefits.rules.ladder import LadderLimits, add_months
from hoest.domain.organisations.queries import system_actor
from hoest.domain.portfolio import queries as portfolio
from hoest.domain.reporting.calculations import in_range_of, months_late_of, share_of
from hoest.domain.reporting.models import (
    FiguresRow,
    KeptCase,
    KeptEvidence,
    KeptStanding,
    StaleBenefit,
    YearAmount,
)
from hoest.domain.reporting.queries.evidence import evidence_of
from hoest.domain.reporting.queries.figures import figures_in
from hoest.domain.reporting.queries.kept import made_by, stale_ids
from hoest.domain.reporting.queries.standing import (
    kept_standings,
    made_of,
    outdated,
    seen_now,
)
from hoest.domain.reporting.queries.track_record import backgrounds
from hoest.domain.reporting.rules.account import BenefitFigures
from hoest.domain.reporting.rules.kept import as_kept, digest_of, evidence_as_kept
from hoest.domain.reporting.rules.sums import is_odd, rung_amounts, year_amounts
from hoest.domain.reporting.rules.track_record import (
    MEASURES,
    Background,
    Case,
    case_of,
    phase_in_months,
    promised_day,
)
from hoest.foundation import clock, content

BATCH = 2000
ONE_DAY = dt.timedelta(days=1)


def refresh(organisation_id: int, benefit_ids: Iterable[int] | None = None) -> int:
    """Make the kept figures of what is marked (or of some benefits) anew; return how many.

    In transactions of at most BATCH benefits; the municipality is bound. Two at a time wait for
    each other.
    """
    with transaction.atomic():
        found = stale_ids(organisation_id) if benefit_ids is None else set(benefit_ids)
    wanted = sorted(found)
    for start in range(0, len(wanted), BATCH):
        with transaction.atomic():
            _one_at_a_time(organisation_id)
            _make(organisation_id, wanted[start : start + BATCH])
    return len(wanted)


def refresh_standings(organisation_id: int, *, all_of_them: bool = False) -> int:
    """Make anew how initiatives stand, where it is outdated; return how many.

    One transaction; the municipality is bound. What is no longer active is taken away.
    """
    with transaction.atomic():
        _one_at_a_time(organisation_id)
        actor = system_actor(organisation_id, "Natlig opgørelse", "job")
        # Read before what is made of it: a change in between is then found the next time.
        changed_at = dict(portfolio.changed_at_of(actor))
        words = portfolio.last_word_ids(organisation_id)
        seen, kept = seen_now(actor), kept_standings(organisation_id)
        late = set(seen) if all_of_them else outdated(actor, seen, kept)
        late &= changed_at.keys()
        made = made_of(actor, late)
        rows = KeptStanding.objects.filter(organisation_id=organisation_id)
        rows.filter(initiative_id__in=late | (kept.keys() - seen.keys())).delete()
        today = clock.today()
        KeptStanding.objects.bulk_create(
            KeptStanding(
                organisation_id=organisation_id,
                initiative_id=pk,
                status=one.status,
                is_disputed=one.is_disputed,
                made_on=today,
                seen_changed_at=changed_at[pk],
                seen_word_id=words.get(pk, 0),
            )
            for pk, one in made.items()
        )
        return len(made)


def differences(organisation_id: int, benefit_ids: Iterable[int]) -> list[int]:
    """Return the benefits whose kept figures are not what their own rows say now.

    Everything is read and made again and nothing is written: the check of the whole arrangement.
    """
    wrong: list[int] = []
    wanted = sorted(benefit_ids)
    today, ladder = clock.today(), benefits.ladder_limits()
    for start in range(0, len(wanted), BATCH):
        ids = wanted[start : start + BATCH]
        seen = benefits.in_organisation(organisation_id).filter(pk__in=ids)
        initiative_ids = set(seen.values_list("initiative_id", flat=True))
        facts = benefits.facts_in(seen)
        figures = figures_in(organisation_id, seen, facts=facts, initiative_ids=initiative_ids)
        made = {
            row.benefit_id: (
                digest_of(as_kept(row)),
                evidence_as_kept(evidence_of(row, facts[row.benefit_id], today, ladder)),
            )
            for row in figures
        }
        own = {"organisation_id": organisation_id, "benefit_id__in": ids}
        known = dict(KeptEvidence.objects.filter(**own).values_list("benefit_id", "evidence"))
        rows = FiguresRow.objects.filter(**own).values_list("benefit_id", "digest")
        kept = {pk: (digest, known.get(pk)) for pk, digest in rows}
        wrong += [pk for pk in sorted({*made, *kept}) if made.get(pk) != kept.get(pk)]
    return wrong


def _one_at_a_time(organisation_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(hashtext('reporting.kept'), %s)", [organisation_id]
        )


def _make(organisation_id: int, ids: Sequence[int]) -> None:
    own = {"organisation_id": organisation_id}
    marks = StaleBenefit.objects.filter(**own, benefit_id__in=ids)
    read = list(marks.values_list("pk", flat=True))
    seen = benefits.in_organisation(organisation_id).filter(pk__in=ids)
    initiative_ids = set(seen.values_list("initiative_id", flat=True))
    facts = benefits.facts_in(seen)
    figures = figures_in(organisation_id, seen, facts=facts, initiative_ids=initiative_ids)
    promised = {row.benefit_id: row for row in figures if row.promised or row.promised_hours}
    behind = backgrounds(organisation_id, seen, promised)
    ahead = benefits.measured_ahead(ids)
    before = dict(
        FiguresRow.objects.filter(**own, benefit_id__in=ids).values_list(
            "benefit_id", "recorded_digest"
        )
    )
    noted = benefits.rungs_at(organisation_id, clock.today(), ids)
    # How their initiatives stand is made of them; without a row it is read afresh.
    rows_before = FiguresRow.objects.filter(**own, benefit_id__in=ids)
    moved = initiative_ids | set(rows_before.values_list("initiative_id", flat=True))
    KeptStanding.objects.filter(**own, initiative_id__in=moved).delete()
    for model in (FiguresRow, YearAmount, KeptCase, KeptEvidence):
        model.objects.filter(**own, benefit_id__in=ids).delete()
    rows, years, cases, known = [], [], [], []
    today, limits = clock.today(), benefits.ladder_limits()
    for row in figures:
        pk = row.benefit_id
        background = behind.get(pk, Background())
        until = _valid_until(row, facts[pk], background, ahead.get(pk))
        kept = _row(organisation_id, row, until)
        kept.recorded_digest, kept.noted_rung = before.get(pk, ""), noted.get(pk, "")
        rows.append(kept)
        years += [
            YearAmount(**own, benefit_id=pk, benefit_type=row.benefit_type,
                       **key._asdict(), amount=amount)
            for key, amount in _added(row)
        ]  # fmt: skip
        cases += [_case(organisation_id, case) for case in _cases(row, background)]
        evidence = evidence_as_kept(evidence_of(row, facts[pk], today, limits))
        known.append(KeptEvidence(**own, benefit_id=pk, evidence=evidence))
    FiguresRow.objects.bulk_create(rows, BATCH)
    YearAmount.objects.bulk_create(years, BATCH)
    KeptCase.objects.bulk_create(cases, BATCH)
    KeptEvidence.objects.bulk_create(known, BATCH)
    StaleBenefit.objects.filter(**own, pk__in=read).delete()


def _added(row: BenefitFigures) -> Iterable[tuple[Any, Any]]:
    """Return what a benefit adds to the years, each place once."""
    found: dict[Any, Any] = {}
    for key, amount in year_amounts(row):
        found[key] = found.get(key, 0) + amount
    return found.items()


def _row(organisation_id: int, row: BenefitFigures, until: dt.date) -> FiguresRow:
    amounts = rung_amounts(row)
    return FiguresRow(
        organisation_id=organisation_id,
        benefit_id=row.benefit_id,
        initiative_id=row.initiative_id,
        benefit_type=row.benefit_type,
        rung=row.rung,
        unit_id=row.unit_id,
        unit_name=row.unit_name,
        body_id=row.body_id,
        body_name=row.body_name,
        purpose_type=row.purpose_type,
        price_level=row.price_level,
        counts_kroner=row.counts_kroner,
        is_odd=is_odd(row),
        dkk=amounts.dkk,
        low_dkk=amounts.low_dkk,
        high_dkk=amounts.high_dkk,
        once_dkk=amounts.once_dkk,
        hours=amounts.hours,
        promised_dkk=amounts.promised_dkk,
        source_id=row.promised.source_id if row.promised else None,
        digest=digest_of(as_kept(row)),
        made_at=clock.now(),
        made_by=made_by(),
        valid_until=until,
    )


def _cases(row: BenefitFigures, background: Background) -> Iterable[Case]:
    months = content.limit("track_record_live_months")
    for measure in MEASURES:
        case = case_of(row, background, measure, clock.today(), months)
        if case is not None:
            yield case


def _case(organisation_id: int, case: Case) -> KeptCase:
    return KeptCase(
        organisation_id=organisation_id,
        benefit_id=case.figures.benefit_id,
        measure=case.measure,
        state=case.state,
        share=share_of(case),
        months_late=months_late_of(case),
        in_range=in_range_of(case),
        is_not_reached=case.is_not_reached,
        unit_id=case.figures.unit_id,
        unit_name=case.figures.unit_name,
        owner_unit_id=case.background.owner_unit_id,
        owner_unit_name=case.background.owner_unit_name,
        owner_id=case.background.owner_id,
        author_unit_id=case.background.author_unit_id,
        author_unit_name=case.background.author_unit_name,
        author_id=case.background.author_id,
        benefit_type=case.figures.benefit_type,
        initiative_type=case.background.initiative_type,
        purpose_type=case.figures.purpose_type,
    )


def _valid_until(
    row: BenefitFigures, facts: BenefitFacts, background: Background, ahead: dt.date | None
) -> dt.date:
    """Return the first day on which the figures may be others although nobody has done anything."""
    today = clock.today()
    limits = benefits.ladder_limits()
    days = [ahead, facts.live_on, facts.effect_shown_on, *(d.on for d in facts.decisions)]
    days += [*facts.owner_confirmed_on, *facts.controller_confirmed_on]
    days += _missed_on(facts, limits)
    least = content.limit("track_record_live_months")
    for line in (row.promised, row.promised_hours):
        if line is not None and line.amounts:
            days.append(promised_day(line, background.first_target_on))
            if facts.live_on is not None:
                months = max(least, phase_in_months(line))
                days.append(add_months(facts.live_on, months))
    next_year = dt.date(today.year + 1, 1, 1)
    ahead_of_us = [day for day in days if day is not None and day > today]
    return min([next_year, *ahead_of_us])


def _missed_on(facts: BenefitFacts, limits: LadderLimits) -> list[dt.date]:
    """Return the day after which the last measurement is too old."""
    if facts.frequency is None or not facts.measurements:
        return []
    last = max(m.on for m in facts.measurements)
    due = add_months(last, MONTHS_BETWEEN[facts.frequency])
    return [due + dt.timedelta(days=limits.grace_days[facts.frequency]) + ONE_DAY]
