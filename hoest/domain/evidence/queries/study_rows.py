"""What a study is estimated from: the values that may be used together, and who started when.

A place starts in the period its start lies in. A unit of ours starts when the initiative is rolled
out there unless the study says otherwise; another municipality when the roll-out or the study says.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from hoest.domain.evidence.models import Point, Study, StudyPlace
from hoest.domain.evidence.queries.series import breaks_of
from hoest.domain.evidence.queries.studies import orders_of
from hoest.domain.evidence.rules import BreakHandling, Step, first_day, usable
from hoest.domain.evidence.rules.asked import AskedRow, AskedRows
from hoest.domain.evidence.rules.breaks import BreakFact
from hoest.domain.evidence.rules.drawing import as_drawn
from hoest.domain.portfolio import queries as portfolio
from hoest.foundation import clock

NOT_DRAWN = "ikke med i lodtrækningen"


@dataclass(frozen=True)
class Start:
    """A place of a study: the day it started (None: not yet), and who says so.

    `said` is "study", "rollout" or "nobody"; `left_out` why the place is not used.
    """

    place_id: int
    place: str
    is_elsewhere: bool
    stratum: str
    on: dt.date | None
    said: str
    left_out: str = ""


@dataclass(frozen=True)
class StudyRows:
    """The rows of a study, ready to be estimated: (place, period, value, start, stratum).

    `asked` is the question with the rows, `sha256` its fingerprint; `was_drawn` when the places
    started as an order drawn by lot said.
    """

    asked: AskedRows
    starts: tuple[Start, ...]

    @property
    def rows(self) -> tuple[AskedRow, ...]:
        """The rows themselves."""
        return self.asked.rows

    @property
    def was_drawn(self) -> bool:
        """Whether the order of starts was drawn by lot."""
        return self.asked.was_drawn

    @property
    def sha256(self) -> str:
        """The fingerprint of the question and the rows."""
        return self.asked.sha256

    @property
    def last_period(self) -> dt.date:
        """The last period with a value; of rows that have been estimated."""
        return max(row[1] for row in self.rows)


def starts_of(study: Study) -> list[Start]:
    """Return every place with a value in the series, and when it started; four queries."""
    said = {
        row.place_id: row
        for row in StudyPlace.objects.filter(organisation_id=study.organisation_id, study=study)
    }
    by_unit: dict[int, dt.date] = {}
    by_name: dict[str, dt.date] = {}
    for one in portfolio.places_of(study.benefit.initiative):
        rollout = one.rollout
        if rollout.live_on is None or rollout.live_on > clock.today():
            continue
        if rollout.unit_id is not None:
            by_unit[rollout.unit_id] = rollout.live_on
        else:
            by_name[rollout.place_name.casefold()] = rollout.live_on
    points = Point.objects.filter(organisation_id=study.organisation_id, series=study.series)
    places = (
        points.order_by()
        .values_list(
            "place_id", "place__name", "place__is_elsewhere", "place__stratum", "place__unit_id"
        )
        .distinct()
    )
    found = []
    for place_id, name, elsewhere, stratum, unit_id in sorted(places, key=lambda one: one[1]):
        row = said.get(place_id)
        if row is not None and row.left_out_because:
            on, who, left_out = None, "study", row.left_out_because
        elif row is not None:
            on, who, left_out = row.started_on, "study", ""
        else:
            on = by_unit.get(unit_id) if unit_id else by_name.get(name.casefold())
            who, left_out = ("rollout" if on else "nobody"), ""
        found.append(Start(place_id, name, elsewhere, stratum, on, who, left_out))
    return found


def lot_followed(study: Study, starts: Iterable[Start]) -> frozenset[str]:
    """Return the places of the lot that the starts followed; empty when there is none.

    Only the newest order that was kept before the first place began counts: of many drawn orders
    one would always fit.
    """
    begun = {one.place: one.on for one in starts if not one.left_out}
    days = [on for on in begun.values() if on is not None]
    if not days:
        return frozenset()
    kept = (
        row
        for row in orders_of(study)
        if row.drawn_at.astimezone(clock.DANISH_TIME).date() <= min(days)
    )
    newest = next(kept, None)
    if newest is None or newest.is_wish or not as_drawn(newest.waves, begun):
        return frozenset()
    return frozenset(name for wave in newest.waves for name in wave)


def data_of(study: Study) -> StudyRows:
    """Return what a study is estimated from. Raises UnhandledBreak."""
    step = Step(study.series.step)
    after, before = usable(
        BreakFact(row.on, BreakHandling(row.handling)) for row in breaks_of(study.series)
    )
    starts = starts_of(study)
    lot = lot_followed(study, starts)
    used = {one.place_id: one for one in starts if not one.left_out}
    points = Point.objects.filter(
        organisation_id=study.organisation_id, series=study.series, place_id__in=list(used)
    )
    floor = max((day for day in (after, study.from_period) if day is not None), default=None)
    if floor is not None:
        points = points.filter(period__gte=floor)
    if before is not None:
        points = points.filter(period__lt=before)
    rows = tuple(
        (
            used[place_id].place,
            period,
            float(value),
            None if (on := used[place_id].on) is None else first_day(on, step),
            # Who was never in the lot could not have been drawn: they are not shuffled with it.
            NOT_DRAWN if lot and used[place_id].place not in lot else used[place_id].stratum,
        )
        for place_id, period, value in points.order_by("place_id", "period").values_list(
            "place_id", "period", "value"
        )
    )
    asked = AskedRows(study.method, study.control, study.seed, bool(lot), study.series.step, rows)
    return StudyRows(asked, tuple(starts))
