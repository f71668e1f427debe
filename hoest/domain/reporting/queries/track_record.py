"""The cases of the track record: every promise whose day has come, that the actor may see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import QuerySet

from hoest.domain.benefits import queries as benefits
from hoest.domain.business_cases import queries as cases
from hoest.domain.reporting.queries.figures import figures_of
from hoest.domain.reporting.rules.account import BenefitFigures
from hoest.domain.reporting.rules.track_record import MEASURES, Background, Case, case_of
from hoest.foundation import clock, content
from hoest.foundation.access.actor import Actor

_COLUMNS = (
    "pk",
    "initiative_id",
    "initiative__live_on",
    "initiative__initiative_type",
    "owner_id",
    "owner__unit_id",
    "owner__unit__name",
    "baseline_value",
    "indicator",
    "measure_unit",
)


class _Row(NamedTuple):
    """What the account's figures lack, in the order of `_COLUMNS`."""

    pk: int
    initiative_id: int
    live_on: dt.date | None
    initiative_type: str
    owner_id: int | None
    owner_unit_id: int | None
    owner_unit_name: str | None
    baseline: Decimal | None
    indicator: str
    measure_unit: str


def cases_of(actor: Actor) -> list[Case]:
    """Return the cases of both measures, by benefit, in a constant number of queries.

    Three queries more than the account's figures, however many benefits and measurements.
    """
    return cases_among(actor.organisation_id, benefits.visible_to(actor), figures_of(actor))


def cases_among(
    organisation_id: int, seen: QuerySet[Any], figures: Iterable[BenefitFigures]
) -> list[Case]:
    """Return the cases of some benefits whose figures have been read; `seen` holds them all."""
    today, months = clock.today(), content.limit("track_record_live_months")
    promised = {row.benefit_id: row for row in figures if row.promised or row.promised_hours}
    return [
        case
        for pk, background in backgrounds(organisation_id, seen, promised).items()
        for measure in MEASURES
        if (case := case_of(promised[pk], background, measure, today, months)) is not None
    ]


def backgrounds(
    organisation_id: int, seen: QuerySet[Any], promised: Mapping[int, BenefitFigures]
) -> dict[int, Background]:
    """Return what the track record needs beside the figures of some benefits; four queries."""
    wanted = seen.filter(pk__in=list(promised)).order_by("pk")
    rows = [_Row(*one) for one in wanted.values_list(*_COLUMNS)]
    authors = cases.authors_of(organisation_id, {row.initiative_id for row in rows})
    firsts = benefits.first_targets(
        organisation_id, {row.pk: (row.indicator, row.measure_unit) for row in rows}
    )
    found, marks = {}, {}
    for row in rows:
        first = firsts.get(row.pk, benefits.FirstTarget(None, None))
        found[row.pk] = Background(
            live_on=row.live_on,
            initiative_type=row.initiative_type,
            owner_unit_id=row.owner_unit_id,
            owner_unit_name=row.owner_unit_name or "",
            owner_id=row.owner_id,
            **authors.get(row.initiative_id, {}),
            baseline=row.baseline,
            first_target=first.value,
            first_target_on=first.on,
        )
        if row.live_on is None or row.baseline is None or first.value is None:
            continue
        if row.baseline != first.value:
            marks[row.pk] = benefits.Mark(row.live_on, row.baseline, first.value)
    for pk, reach in benefits.reached(organisation_id, marks).items():
        found[pk] = replace(
            found[pk],
            reached_on=reach.reached_on,
            measured_on=reach.last_on,
            measured_value=reach.last_value,
        )
    return found
