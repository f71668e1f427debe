"""Reads of what is shared: what would leave, our own copies, and those of the others.

Source: docs/decisions/0015-shared-lessons.md.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from hoest.domain.evidence.models import (
    Estimate,
    Point,
    Series,
    SharedEffect,
    SharedSeries,
    Study,
)
from hoest.domain.evidence.permissions import VIEW_EVIDENCE
from hoest.domain.evidence.queries.among_many import weighed_of
from hoest.domain.evidence.queries.estimates import latest_of
from hoest.domain.evidence.queries.series import breaks_of
from hoest.domain.evidence.queries.study_rows import starts_of
from hoest.domain.evidence.rules import BreakHandling, usable
from hoest.domain.evidence.rules.breaks import BreakFact
from hoest.domain.evidence.rules.sharing import MunicipalLine, municipal_line
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere
from hoest.foundation.faults import NotFound


@dataclass(frozen=True)
class Leaving:
    """What leaves the municipality when somebody says yes. `seen` is its fingerprint."""

    line: MunicipalLine
    started_on: dt.date | None
    seen: str


def leaving_of(actor: Actor, series: Series) -> Leaving:
    """Return the one line a series would be shared as. Raises UnhandledBreak."""
    after, before = usable(
        BreakFact(row.on, BreakHandling(row.handling)) for row in breaks_of(series)
    )
    points = Point.objects.filter(
        organisation_id=actor.organisation_id, series=series, place__is_elsewhere=False
    )
    if after is not None:
        points = points.filter(period__gte=after)
    if before is not None:
        points = points.filter(period__lt=before)
    rows = list(points.values_list("place_id", "period", "value", "place__name", "place__unit_id"))
    names = {name.casefold() if unit_id is None else "" for _p, _d, _v, name, unit_id in rows}
    is_whole = names == {actor.organisation_name.casefold()}
    fewest = content.limit("shared_series_places")
    line = municipal_line(((p, d, v) for p, d, v, _n, _u in rows), fewest, is_whole=is_whole)
    started_on = _first_start(series)
    told = [points_as_json(line), series.name, series.measure_unit, series.definition, started_on]
    text = json.dumps(told, default=str)
    return Leaving(line, started_on, hashlib.sha256(text.encode()).hexdigest())


def points_as_json(line: MunicipalLine) -> list[list[Any]]:
    """Return the points as they are kept: [day, mean as text, places]."""
    return [[one.on.isoformat(), f"{one.mean:f}", one.places] for one in line.points]


def _first_start(series: Series) -> dt.date | None:
    """Return the day the first of our own places began, from the studies of the series."""
    days = [
        one.on
        for study in Study.objects.filter(
            organisation_id=series.organisation_id, series=series
        ).select_related("series", "benefit__initiative")
        for one in starts_of(study)
        if one.on is not None and not one.is_elsewhere
    ]
    return min(days, default=None)


def copy_of(series: Series) -> SharedSeries | None:
    """Return the copy of a series we share, None when it is not shared."""
    return SharedSeries.objects.filter(
        organisation_id=series.organisation_id, series=series
    ).first()


def effect_copy_of(study: Study) -> SharedEffect | None:
    """Return the copy of a study's result we share, None when it is not shared."""
    return SharedEffect.objects.filter(organisation_id=study.organisation_id, study=study).first()


def shared_apart(study: Study, latest: Estimate) -> SharedEffect | None:
    """Return the copy others read when it says something else than the newest answer does."""
    copy = effect_copy_of(study)
    if copy is None:
        return None
    theirs = (copy.estimate, copy.low, copy.high, copy.grade, copy.verdict)
    now = (latest.estimate, latest.low, latest.high, latest.grade, latest.verdict)
    return copy if theirs != now else None


def shared_study_ids(actor: Actor) -> set[int]:
    """Return the studies of ours whose result is shared."""
    rows = SharedEffect.objects.filter(organisation_id=actor.organisation_id)
    return set(rows.values_list("study_id", flat=True))


def series_shared_by_others(actor: Actor) -> QuerySet[SharedSeries]:
    """Return the lines other municipalities have decided to share."""
    rows = SharedSeries.objects.exclude(organisation_id=actor.organisation_id)
    return rows if allowed_somewhere(actor, VIEW_EVIDENCE) else rows.none()


def effects_shared_by_others(actor: Actor) -> QuerySet[SharedEffect]:
    """Return the results other municipalities have decided to share, shown or not."""
    rows = SharedEffect.objects.exclude(organisation_id=actor.organisation_id)
    return rows if allowed_somewhere(actor, VIEW_EVIDENCE) else rows.none()


def shared_effect_of(actor: Actor, shared_id: int) -> SharedEffect:
    """Return one shared result of another municipality. Raises NotFound."""
    found = effects_shared_by_others(actor).filter(pk=shared_id).first()
    if found is None:
        raise NotFound("Resultatet findes ikke, eller det er ikke delt længere.")
    return found


def same_solution(actor: Actor, *shared: SharedEffect) -> QuerySet[SharedEffect]:
    """Return what all others share of solutions in the same unit and wished direction.

    The size of the letters does not make another solution.
    """
    asked = Q(pk__in=[])
    for one in shared:
        asked |= Q(
            solution__iexact=one.solution,
            measure_unit__iexact=one.measure_unit,
            wanted=one.wanted,
        )
    return effects_shared_by_others(actor).filter(asked)


def shared_series_of(actor: Actor, shared_id: int) -> SharedSeries:
    """Return one shared line of another municipality. Raises NotFound."""
    found = series_shared_by_others(actor).filter(pk=shared_id).first()
    if found is None:
        raise NotFound("Serien findes ikke, eller den er ikke delt længere.")
    return found


def result_to_share(study: Study) -> Estimate | None:
    """Return the newest estimate of a study, as it may be called, when it has a figure."""
    latest = weighed_of(study, latest_of(study))
    return latest if latest is not None and latest.estimate is not None else None
