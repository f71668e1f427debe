"""What was first written of a benefit's target, and when measurements first reached it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from django.apps import apps
from django.db import connection

from hoest.domain.benefits.models import Measurement
from hoest.foundation import clock


class FirstTarget(NamedTuple):
    """The target of a benefit as it was first written, in the unit it is measured in now."""

    value: Decimal | None
    on: dt.date | None


class Reach(NamedTuple):
    """The first measurement that reached a target, and the last one."""

    reached_on: dt.date | None
    last_on: dt.date
    last_value: Decimal


class Mark(NamedTuple):
    """What measurements of a benefit are held against."""

    live_on: dt.date
    baseline: Decimal
    target: Decimal


def first_targets(
    organisation_id: int, measured_as: Mapping[int, tuple[str, str]]
) -> dict[int, FirstTarget]:
    """Return the target as first written of some benefits; one query.

    `measured_as` is (indicator, unit of measurement) of each benefit now: a target that was written
    for another indicator cannot be held against today's measurements. The day counts all the same.
    """
    history: Any = apps.get_model("benefits", "BenefitEvent")._default_manager
    rows = (
        history.filter(organisation_id=organisation_id, pgh_obj_id__in=list(measured_as))
        .exclude(target_value__isnull=True, target_on__isnull=True)
        .order_by("pgh_obj_id", "pgh_id")
        .values_list("pgh_obj_id", "indicator", "measure_unit", "target_value", "target_on")
    )
    found: dict[int, FirstTarget] = {}
    for pk, indicator, unit, value, on in rows:
        first = found.get(pk, FirstTarget(None, None))
        comparable = value if (indicator, unit) == measured_as[pk] else None
        found[pk] = FirstTarget(
            comparable if first.value is None else first.value, on if first.on is None else first.on
        )
    return found


def reached(organisation_id: int, marks: Mapping[int, Mark]) -> dict[int, Reach]:
    """Return when each benefit first reached its mark, with its last measurement; one query.

    Counts as on the ladder: stands, by the agreed method, between go-live and today. Absent without
    any. Two million measurements stay in the database; a row per benefit comes out.
    """
    if not marks:
        return {}
    table = connection.ops.quote_name(Measurement._meta.db_table)
    far = "abs(mark.target - mark.baseline)"
    gone = "(m.value - mark.baseline) * sign(mark.target - mark.baseline)"
    # Only the name of our own table is written into the query.
    query = f"""
        select mark.id, min(m."on") filter (where {gone} >= {far}), max(m."on"),
               (array_agg(m.value order by m."on" desc))[1]
        from unnest(%s::bigint[], %s::date[], %s::numeric[], %s::numeric[])
             as mark(id, live_on, baseline, target)
        join {table} m on m.benefit_id = mark.id and m.organisation_id = %s
        where m.withdrawn_at is null and m.by_agreed_method
          and m."on" between mark.live_on and %s
        group by mark.id
    """  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(
            query,
            [list(marks), *_columns(marks.values()), organisation_id, clock.today()],
        )
        return {pk: Reach(*rest) for pk, *rest in cursor.fetchall()}


def _columns(marks: Iterable[Mark]) -> list[list[Any]]:
    rows = list(marks)
    return [[row.live_on for row in rows], [row.baseline for row in rows], [r.target for r in rows]]
