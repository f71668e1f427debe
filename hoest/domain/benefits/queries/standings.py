"""Where benefits stand on the ladder, in a constant number of queries.

Of all measurements a standing needs one: the last that counts, so the database finds it by its
index (`with_last_measured`) and the other rows are never read. `facts_of` takes all measurements
as well, when they have been read to be shown; a test holds the two ways to the same answer.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import OuterRef, QuerySet, Subquery, prefetch_related_objects

from hoest.domain.benefits.models import (
    Benefit,
    HarvestDecision,
    LevelConfirmation,
    Measurement,
    StandingRecord,
)
from hoest.domain.benefits.rules import (
    BenefitFacts,
    BenefitType,
    Decision,
    Frequency,
    LadderLimits,
    MeasurementFact,
    Proof,
    Rung,
    Standing,
    proof_from,
    rung_of,
    stand,
)
from hoest.domain.benefits.rules.proof import noted
from hoest.domain.benefits.rules.proof import proof_of as judged
from hoest.foundation import clock, content


def ladder_limits() -> LadderLimits:
    """Return the limits of the ladder as the municipality's content has them."""
    return LadderLimits(
        grace_days={f: content.limit(f"measurement_grace_{f.value}") for f in Frequency},
        follow_up_months_after_target=content.limit("follow_up_months_after_target"),
        confirmations=content.limit("confirmations_for_quality"),
    )


class _Row(NamedTuple):
    """The columns of a benefit and its initiative that a standing is made of, in read order."""

    pk: int
    benefit_type: str
    is_disbenefit: bool
    owner_id: int | None
    owner_accepted_on: dt.date | None
    indicator: str
    baseline_value: Decimal | None
    baseline_on: dt.date | None
    target_value: Decimal | None
    target_on: dt.date | None
    method: str
    frequency: str
    lapsed_on: dt.date | None
    effect_shown_on: dt.date | None
    effect_grade: int | None
    effect_verdict: str
    effect_on: dt.date | None
    lead_id: int | None
    live_on: dt.date | None
    adoption_share: Decimal | None
    agreed_share: Decimal | None
    closes_on: dt.date | None
    closed_on: dt.date | None
    last_measured_on: dt.date | None = None


_OWN = _Row._fields[:17]
_INITIATIVES = (
    "lead_id",
    "live_on",
    "adoption_share",
    "agreed_adoption_share",
    "old_way_closes_on",
    "old_way_closed_on",
)
_DECIDED = ("decided_on", "amount_dkk", "budget_place", "hours", "named_use")
_LAST = "last_measured_on"


def with_last_measured(rows: QuerySet[Benefit]) -> QuerySet[Benefit]:
    """Add the day of the last measurement that counts for the ladder: last_measured_on."""
    counting = Measurement.objects.filter(
        organisation_id=OuterRef("organisation_id"),
        benefit_id=OuterRef("pk"),
        withdrawn_at__isnull=True,
        by_agreed_method=True,
        on__gte=OuterRef("initiative__live_on"),
        on__lte=clock.today(),
    ).order_by("-on")
    return rows.annotate(**{_LAST: Subquery(counting.values("on")[:1])})


def last_of_each_year(
    live_on: Mapping[int, dt.date | None],
) -> dict[int, list[tuple[dt.date, Decimal]]]:
    """Return (day, value) of the last measurement that counts in each year, by benefit; one query.

    `live_on` is the go-live of each benefit asked about. Counts: it stands, follows the agreed
    method, and its day is between go-live and today. The last of a year is before go-live only
    when all of that year are. The ids stand in the query as numbers: with a query inside it, the
    database has been seen to choose a plan of minutes before it had counted its rows.
    """
    ids = [pk for pk, day in live_on.items() if day is not None]
    found = (
        Measurement.objects.filter(
            benefit_id__in=ids,
            withdrawn_at__isnull=True,
            by_agreed_method=True,
            on__lte=clock.today(),
        )
        .order_by("benefit_id", "on__year", "-on", "-value")
        .distinct("benefit_id", "on__year")
        .values_list("benefit_id", "on", "value")
    )
    by_benefit: dict[int, list[tuple[dt.date, Decimal]]] = {}
    for pk, on, value in found:
        live = live_on[pk]
        if live is not None and live <= on:
            by_benefit.setdefault(pk, []).append((on, value))
    return by_benefit


def facts_of(benefit: Benefit) -> BenefitFacts:
    """Return the facts of a benefit whose initiative and rows are read already."""
    return _facts(
        _row_of(benefit),
        content.limit_decimal("agreed_adoption_share"),
        _measured(benefit),
        [
            _decision(*(getattr(d, name) for name in _DECIDED))
            for d in benefit.harvest_decisions.all()
            if d.withdrawn_on is None
        ],
        [(c.role, c.on) for c in benefit.confirmations.all()],
    )


def _row_of(benefit: Benefit) -> _Row:
    own = [getattr(benefit, name) for name in _OWN]
    return _Row(*own, *(getattr(benefit.initiative, name) for name in _INITIATIVES))


def _measured(benefit: Benefit) -> list[MeasurementFact]:
    if _LAST in benefit.__dict__:
        return _last_one(getattr(benefit, _LAST))
    return [
        MeasurementFact(m.on, m.by_agreed_method)
        for m in benefit.measurements.all()
        if m.withdrawn_at is None
    ]


def _last_one(on: dt.date | None) -> list[MeasurementFact]:
    return [] if on is None else [MeasurementFact(on)]


def _facts(
    row: _Row,
    agreed_by_default: Decimal,
    measurements: Iterable[MeasurementFact],
    decisions: Iterable[Decision],
    confirmations: Iterable[tuple[str, dt.date]],
) -> BenefitFacts:
    agreed = agreed_by_default if row.agreed_share is None else row.agreed_share
    return BenefitFacts(
        benefit_type=BenefitType(row.benefit_type),
        is_disbenefit=row.is_disbenefit,
        has_owner=row.owner_id is not None,
        owner_accepted_on=row.owner_accepted_on,
        owner_is_initiative_lead=row.owner_id is not None and row.owner_id == row.lead_id,
        has_indicator=bool(row.indicator),
        has_baseline=row.baseline_value is not None and row.baseline_on is not None,
        has_target=row.target_value is not None and row.target_on is not None,
        has_method=bool(row.method),
        frequency=Frequency(row.frequency) if row.frequency else None,
        target_on=row.target_on,
        live_on=row.live_on,
        adoption_share=None if row.adoption_share is None else float(row.adoption_share),
        agreed_adoption_share=float(agreed),
        old_way_closes_on=row.closed_on or row.closes_on,
        measurements=tuple(measurements),
        effect_shown_on=row.effect_shown_on,
        effect=noted(row.effect_grade, row.effect_verdict, row.effect_on, row.effect_shown_on),
        decisions=tuple(decisions),
        owner_confirmed_on=tuple(on for role, on in confirmations if role == "owner"),
        controller_confirmed_on=tuple(on for role, on in confirmations if role == "controller"),
        lapsed_on=row.lapsed_on,
    )


def _decision(
    on: dt.date, amount: Decimal | None, place: str, hours: Decimal | None, use: str
) -> Decision:
    return Decision(
        on,
        # A layer that gives some back is negative: it takes nothing home by itself.
        has_amount=amount is not None and amount > 0,
        has_budget_place=bool(place),
        has_hours=hours is not None and hours > 0,
        has_named_use=bool(use),
    )


def standings_of(benefits: Iterable[Benefit]) -> dict[int, Standing]:
    """Return the standing of each benefit by its id; reads what is missing at once."""
    rows = list(benefits)
    missing = ["initiative", "harvest_decisions", "confirmations"]
    if any(_LAST not in row.__dict__ for row in rows):
        missing.append("measurements")
    prefetch_related_objects(rows, *missing)
    today, limits = clock.today(), ladder_limits()
    return {row.pk: stand(facts_of(row), today, limits) for row in rows}


def standing_of(benefit: Benefit) -> Standing:
    """Return the standing of one benefit whose rows are read already."""
    return stand(facts_of(benefit), clock.today(), ladder_limits())


def standings_in(rows: QuerySet[Benefit]) -> dict[int, Standing]:
    """Return the standing of every benefit of a query by its id; three queries, as `facts_in`."""
    today, limits = clock.today(), ladder_limits()
    return {pk: stand(facts, today, limits) for pk, facts in facts_in(rows).items()}


def facts_in(rows: QuerySet[Benefit]) -> dict[int, BenefitFacts]:
    """Return the facts of every benefit of a query by its id, without making the rows.

    Three queries, however many rows: for a whole municipality. Of the measurements the facts hold
    the last that counts today, which is all that standing and due day are made of.
    """
    initiatives = (f"initiative__{name}" for name in _INITIATIVES)
    lean = with_last_measured(rows.order_by())
    found = [_Row(*one) for one in lean.values_list(*_OWN, *initiatives, _LAST)]
    ids = [row.pk for row in found]
    decided: dict[int, list[Decision]] = {}
    for pk, *facts in HarvestDecision.objects.filter(
        benefit_id__in=ids, withdrawn_on__isnull=True
    ).values_list("benefit_id", *_DECIDED):
        decided.setdefault(pk, []).append(_decision(*facts))
    confirmed: dict[int, list[tuple[str, dt.date]]] = {}
    for pk, role, on in LevelConfirmation.objects.filter(benefit_id__in=ids).values_list(
        "benefit_id", "role", "on"
    ):
        confirmed.setdefault(pk, []).append((role, on))
    agreed = content.limit_decimal("agreed_adoption_share")
    return {
        row.pk: _facts(
            row,
            agreed,
            _last_one(row.last_measured_on),
            decided.get(row.pk, ()),
            confirmed.get(row.pk, ()),
        )
        for row in found
    }


def proof_of(benefit: Benefit) -> Proof:
    """Return the grade and verdict of one benefit; its initiative and measurements are read."""
    agreed = content.limit_decimal("agreed_adoption_share")
    facts = _facts(_row_of(benefit), agreed, _measured(benefit), (), ())
    return proof_from(facts, clock.today())


def proofs_in(rows: QuerySet[Benefit]) -> dict[int, Proof]:
    """Return the grade and verdict of every benefit of a query by its id; one query."""
    names = ("effect_grade", "effect_verdict", "effect_on", "effect_shown_on")
    found = with_last_measured(rows.order_by()).values_list(
        "pk", "baseline_value", "baseline_on", _LAST, *names
    )
    return {
        pk: judged(
            measured_on=measured_on,
            has_baseline=value is not None and on is not None,
            effect=noted(*effect),
        )
        for pk, value, on, measured_on, *effect in found
    }


def ids_with_verdict(rows: QuerySet[Benefit], wanted: str) -> list[int]:
    """Return the ids of the rows whose figure may be called that, by the verdict's code."""
    return [pk for pk, proof in proofs_in(rows).items() if proof.verdict.code == wanted]


def rungs_in(rows: QuerySet[Benefit]) -> dict[int, Rung]:
    """Return the rung of every benefit of a query by its id; three queries, as `facts_in`."""
    return rungs_by(facts_in(rows))


def rungs_by(facts: Mapping[int, BenefitFacts]) -> dict[int, Rung]:
    """Return the rung of each benefit whose facts have been read."""
    today, limits = clock.today(), ladder_limits()
    return {pk: rung_of(one, today, limits) for pk, one in facts.items()}


def ids_on_rung(rows: QuerySet[Benefit], wanted: str) -> list[int]:
    """Return the ids of the rows that stand on a rung now."""
    return [pk for pk, rung in rungs_in(rows).items() if rung == wanted]


def count_by_rung(rows: QuerySet[Benefit]) -> dict[Rung, int]:
    """Count the rows by the rung they stand on now."""
    counts = dict.fromkeys(Rung, 0)
    for rung in rungs_in(rows).values():
        counts[rung] += 1
    return counts


def with_noted(rows: QuerySet[Benefit]) -> QuerySet[Benefit]:
    """Add what was noted last of each benefit, for sorting: noted_dkk, noted_level, noted_hours."""
    last = StandingRecord.objects.filter(
        organisation_id=OuterRef("organisation_id"), benefit_id=OuterRef("pk")
    ).order_by("-at", "-id")
    return rows.annotate(
        noted_dkk=Subquery(last.values("dkk_per_year")[:1]),
        noted_level=Subquery(last.values("price_level")[:1]),
        noted_hours=Subquery(last.values("hours_per_year")[:1]),
    )


def noted_since(organisation_id: int, day: dt.date) -> QuerySet[StandingRecord, Any]:
    """Return the ids of the benefits of which something was noted after the end of a day.

    A query to be put inside another one.
    """
    rows = StandingRecord.objects.filter(organisation_id=organisation_id, at__gt=_end_of(day))
    return rows.order_by().values("benefit_id")


def rung_noted_by(day: dt.date) -> Subquery:
    """Return the rung noted last by the end of a day, for rows with organisation and benefit_id."""
    last = StandingRecord.objects.filter(
        organisation_id=OuterRef("organisation_id"),
        benefit_id=OuterRef("benefit_id"),
        at__lte=_end_of(day),
    ).order_by("-at", "-id")
    return Subquery(last.values("rung")[:1])


def rungs_at(
    organisation_id: int, day: dt.date, benefit_ids: Iterable[int] | None = None
) -> dict[int, str]:
    """Return the rung each benefit stood on at the end of a day; absent when not yet known."""
    rows = StandingRecord.objects.filter(organisation_id=organisation_id, at__lte=_end_of(day))
    if benefit_ids is not None:
        rows = rows.filter(benefit_id__in=list(benefit_ids))
    latest = (
        rows.order_by("benefit_id", "-at", "-id")
        .distinct("benefit_id")
        .values_list("benefit_id", "rung")
    )
    return dict(latest)


def _end_of(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time.max, tzinfo=clock.DANISH_TIME)
