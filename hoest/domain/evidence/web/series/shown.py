"""What the page of a series shows: the point, the picture, the table, loads, breaks, history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from hoest.domain.evidence.models import Point, PointCorrection, Series, SeriesBreak
from hoest.domain.evidence.queries.series import breaks_of, corrections_of, points_of
from hoest.domain.evidence.rules import Step, from_first
from hoest.domain.evidence.web.series import words
from hoest.domain.evidence.web.series.picture import Line, SeriesPicture, series_picture

# The table shows this many periods at first; all of them are in the list's files.
PERIODS_SHOWN = 13
# A narrow page has room for this many; the others are folded away there.
NEWEST_SHOWN = 3


@dataclass(frozen=True)
class Cell:
    """A value of the table with its period, and what stood before it was corrected."""

    value: str
    before: str = ""
    period: str = ""


@dataclass(frozen=True)
class Row:
    """A place with its values in the periods of the table."""

    name: str
    is_elsewhere: bool
    cells: list[Cell]


@dataclass(frozen=True)
class Shown:
    """Everything the page needs of the values.

    `averaged` counts the places behind the point; a narrow page folds the first `folded` periods.
    """

    point: str
    picture: SeriesPicture | None
    periods: list[str]
    rows: list[Row]
    earlier: int
    places: int
    averaged: int
    folded: int
    corrections: list[dict[str, Any]]
    breaks: list[SeriesBreak]


def shown(series: Series, *, all_periods: bool) -> Shown:
    """Read a series once and say it in words, a picture and a table; four queries."""
    points = list(points_of(series))
    breaks = list(breaks_of(series))
    corrections = list(corrections_of(series))
    step = Step(series.step)
    days = sorted({one.period for one in points})
    by_day = _ours_by_day(points)
    last = max(by_day, default=None)
    mean = _mean(list(by_day[last].values())) if last is not None else None
    change = _change(by_day, last, step) if last is not None else None
    told = words.point(
        series.measure_unit,
        series.step,
        last,
        mean,
        change if not _cut_between(breaks, last) else None,
    )
    wanted = days if all_periods else days[-PERIODS_SHOWN:]
    periods = [words.short_period(day, series.step) for day in wanted]
    return Shown(
        point=told,
        picture=series_picture(
            _lines(points, by_day),
            step,
            [one.on for one in breaks],
            series.measure_unit,
            _("%(name)s over tid, sted for sted") % {"name": series.name},
        ),
        periods=periods,
        rows=_rows(points, corrections, dict(zip(wanted, periods, strict=True))),
        earlier=len(days) - len(wanted),
        places=len({one.place_id for one in points}),
        averaged=len(by_day[last]) if last is not None else 0,
        folded=0 if all_periods else max(0, len(periods) - NEWEST_SHOWN),
        corrections=[_corrected(one, series) for one in corrections[:50]],
        breaks=breaks,
    )


def _ours_by_day(points: Sequence[Point]) -> dict[dt.date, dict[int, Decimal]]:
    found: dict[dt.date, dict[int, Decimal]] = {}
    for one in points:
        if not one.place.is_elsewhere:
            found.setdefault(one.period, {})[one.place_id] = one.value
    return found


def _mean(values: Sequence[Decimal]) -> Decimal:
    return sum(values, Decimal(0)) / len(values)


def _change(by_day: dict[dt.date, dict[int, Decimal]], last: dt.date, step: Step) -> Decimal | None:
    """Return the mean change over a year among the places that have both."""
    before = by_day.get(dt.date(last.year - 1, last.month, 1), {})
    both = [by_day[last][place] - before[place] for place in by_day[last] if place in before]
    return _mean(both) if both else None


def _cut_between(breaks: Sequence[SeriesBreak], last: dt.date | None) -> bool:
    """Tell whether a break lies in the last year: then nothing is compared across it."""
    if last is None:
        return False
    return any(dt.date(last.year - 1, last.month, 1) < one.on <= last for one in breaks)


def _lines(points: Sequence[Point], by_day: dict[dt.date, dict[int, Decimal]]) -> list[Line]:
    of_place: dict[int, dict[dt.date, float]] = {}
    named: dict[int, Any] = {}
    for one in points:
        of_place.setdefault(one.place_id, {})[one.period] = float(one.value)
        named[one.place_id] = one.place
    ours = [pk for pk, place in named.items() if not place.is_elsewhere]
    lines = [
        Line(
            named[pk].name,
            values,
            is_bold=len(ours) == 1 and pk == ours[0],
            is_elsewhere=named[pk].is_elsewhere,
        )
        for pk, values in of_place.items()
    ]
    if len(ours) > 1:
        mean = {day: float(_mean(list(values.values()))) for day, values in by_day.items()}
        lines.append(Line(_("Gennemsnit"), mean, is_bold=True))
    return lines


def _rows(
    points: Sequence[Point], corrections: Sequence[PointCorrection], days: Mapping[dt.date, str]
) -> list[Row]:
    """Return a row for each place; `days` are the periods of the table with their words."""
    values = {(one.place_id, one.period): one.value for one in points}
    before: dict[tuple[int, dt.date], Decimal] = {}
    for one in corrections:
        before.setdefault((one.place_id, one.period), one.old_value)
    places = {one.place_id: one.place for one in points}
    shown_values = [value for (_pk, day), value in values.items() if day in days]
    digits = max((words.decimals_of(value) for value in shown_values), default=0)
    return [
        Row(
            place.name,
            place.is_elsewhere,
            [
                Cell(
                    words.number(values[pk, day], digits) if (pk, day) in values else "–",
                    words.number(before[pk, day], digits) if (pk, day) in before else "",
                    said,
                )
                for day, said in days.items()
            ],
        )
        for pk, place in sorted(
            places.items(), key=lambda one: (one[1].is_elsewhere, one[1].name.casefold())
        )
    ]


def _corrected(one: PointCorrection, series: Series) -> dict[str, Any]:
    return {
        "place": one.place.name,
        "period": words.period(one.period, series.step),
        "old": words.with_unit(one.old_value, series.measure_unit),
        "new": words.with_unit(one.new_value, series.measure_unit),
        "load": one.load,
    }


def break_words(series: Series, row: SeriesBreak) -> dict[str, Any]:
    """Say a break: from which period, what changed, and which side is used."""
    return {
        "pk": row.pk,
        "from": words.period(row.on, series.step),
        "before": words.period(from_first(row.on, Step(series.step), -1), series.step),
        "what": row.what,
        "is_waiting": not row.handling,
        "handling": words.HANDLING[row.handling],
        "by": row.handled_by_name,
        "number": row.definition_number,
    }
