"""The cases of the track record: every promise whose day has come, that the actor may see."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from hoest.domain.benefits import queries as benefits
from hoest.domain.reporting.queries.figures import figures_of
from hoest.domain.reporting.rules.account import BenefitFigures
from hoest.domain.reporting.rules.track_record import MEASURES, Background, Case, case_of
from hoest.foundation import clock, content
from hoest.foundation.access.actor import Actor

_COLUMNS = (
    "pk",
    "initiative__live_on",
    "initiative__initiative_type",
    "owner__unit_id",
    "owner__unit__name",
    "baseline_value",
    "indicator",
    "measure_unit",
)


class _Row(NamedTuple):
    """What the account's figures lack, in the order of `_COLUMNS`."""

    pk: int
    live_on: dt.date | None
    initiative_type: str
    owner_unit_id: int | None
    owner_unit_name: str | None
    baseline: Decimal | None
    indicator: str
    measure_unit: str


def cases_of(actor: Actor) -> list[Case]:
    """Return the cases of both measures, by benefit, in a constant number of queries.

    Three queries more than the account's figures, however many benefits and measurements.
    """
    today, months = clock.today(), content.limit("track_record_live_months")
    promised = {
        row.benefit_id: row for row in figures_of(actor) if row.promised or row.promised_hours
    }
    return [
        case
        for pk, background in _backgrounds(actor, promised).items()
        for measure in MEASURES
        if (case := case_of(promised[pk], background, measure, today, months)) is not None
    ]


def _backgrounds(actor: Actor, promised: dict[int, BenefitFigures]) -> dict[int, Background]:
    seen = benefits.visible_to(actor).filter(pk__in=list(promised)).order_by("pk")
    rows = [_Row(*one) for one in seen.values_list(*_COLUMNS)]
    firsts = benefits.first_targets(
        actor.organisation_id, {row.pk: (row.indicator, row.measure_unit) for row in rows}
    )
    found, marks = {}, {}
    for row in rows:
        first = firsts.get(row.pk, benefits.FirstTarget(None, None))
        found[row.pk] = Background(
            live_on=row.live_on,
            initiative_type=row.initiative_type,
            owner_unit_id=row.owner_unit_id,
            owner_unit_name=row.owner_unit_name or "",
            baseline=row.baseline,
            first_target=first.value,
            first_target_on=first.on,
        )
        if row.live_on is None or row.baseline is None or first.value is None:
            continue
        if row.baseline != first.value:
            marks[row.pk] = benefits.Mark(row.live_on, row.baseline, first.value)
    for pk, reach in benefits.reached(actor.organisation_id, marks).items():
        found[pk] = replace(
            found[pk],
            reached_on=reach.reached_on,
            measured_on=reach.last_on,
            measured_value=reach.last_value,
        )
    return found
