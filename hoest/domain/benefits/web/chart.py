"""The small picture of measurements: a line between baseline and target, drawn by us.

Numbers only: the template writes the SVG. The axis shows the measured range with baseline and
target in it, not zero, because the indicator is a level and not an amount; the table beside it has
the same numbers.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from hoest.domain.benefits.models import Benefit
from hoest.domain.benefits.rules.achievement import expected_value
from hoest.domain.benefits.web import words
from hoest.ui import formats

# The plot; to the right of it the names of the levels and the last value, each on two lines.
LEFT, RIGHT, TOP, BOTTOM = 8.0, 248.0, 26.0, 168.0
LABEL_HEIGHT = 31.0
MANY = 14


@dataclass(frozen=True)
class Point:
    """A measurement on the picture."""

    x: str
    y: str
    text: str


@dataclass(frozen=True)
class Level:
    """A line across the picture: baseline or target."""

    y: str
    kind: str


@dataclass(frozen=True)
class Label:
    """A number with its name beside the plot, as near its height as the others allow."""

    y: str
    number: str
    name: str
    name_y: str
    kind: str


@dataclass(frozen=True)
class Chart:
    """Everything the template draws, in units of the view box 340 × 200.

    Lengths are texts with a point, since a page in Danish would write them with a comma.
    `live_x` is where the new way went into operation, empty when that is outside the picture.
    `expected` is the way to the target, as far as the picture goes: "x,y x,y", or empty.
    """

    title: str
    points: list[Point]
    path: str
    levels: list[Level]
    labels: list[Label]
    first_day: str
    last_day: str
    radius: str
    live_x: str = ""
    expected: str = ""


def chart_of(benefit: Benefit, share: Decimal | None) -> Chart | None:
    """Return the picture of the standing measurements, or None when there are none."""
    taken = sorted((m.on, m.value) for m in benefit.measurements.all() if m.withdrawn_at is None)
    if not taken:
        return None
    named = [
        (value, name, kind)
        for value, name, kind in (
            (benefit.baseline_value, _("baseline"), "baseline"),
            (
                benefit.target_value,
                _("ventet") if benefit.is_disbenefit else _("mål"),
                "target",
            ),
        )
        if value is not None
    ]
    values = [value for _day, value in taken] + [value for value, _name, _kind in named]
    low, high = float(min(values)), float(max(values))
    span = (high - low) or 1.0
    days = [day for day, _value in taken]

    def y(value: Decimal) -> float:
        return BOTTOM - (float(value) - low) / span * (BOTTOM - TOP)

    points = [
        Point(
            _text(_x(day, days)),
            _text(y(value)),
            f"{formats.short_date(day)}: {words.plain_number(value)}",
        )
        for day, value in taken
    ]
    labels = [(y(v), words.plain_number(v), name, kind) for v, name, kind in named]
    labels.append((y(taken[-1][1]), words.plain_number(taken[-1][1]), _("nu"), "last"))
    live_x = _live(benefit.initiative.live_on, days)
    return Chart(
        title=_title(benefit, share),
        points=points,
        path=" ".join(f"{p.x},{p.y}" for p in points),
        levels=[Level(_text(y(value)), kind) for value, _name, kind in named],
        labels=_labels(labels),
        first_day=formats.short_date(days[0]),
        last_day=formats.short_date(days[-1]) if len(days) > 1 else "",
        radius="4.5" if len(days) <= MANY else "2.5",
        live_x=_text(live_x) if live_x is not None else "",
        expected=" ".join(
            f"{_text(_x(day, days))},{_text(y(value))}" for day, value in _way(benefit, days)
        ),
    )


def _way(benefit: Benefit, days: Sequence[dt.date]) -> list[tuple[dt.date, Decimal]]:
    """Return the (day, value) at which the way to the target begins, bends and leaves the picture.

    A straight line from the baseline at go-live to the target on its day, level after that.
    """
    live, until = benefit.initiative.live_on, benefit.target_on
    if live is None or until is None or days[0] == days[-1]:
        return []
    first, last = max(days[0], live), days[-1]
    turns = sorted({first, last} | ({until} if first < until < last else set()))
    found = []
    for day in turns:
        value = expected_value(benefit.baseline_value, benefit.target_value, live, until, day)
        if value is not None:
            found.append((day, value))
    return found if len(found) > 1 else []


def _live(live_on: dt.date | None, days: Sequence[dt.date]) -> float | None:
    """Return where the new way went into operation, when measurements lie on both sides."""
    if live_on is None or not days[0] < live_on < days[-1]:
        return None
    return _x(live_on, days)


def _x(day: dt.date, days: Sequence[dt.date]) -> float:
    first, last = days[0], days[-1]
    if first == last:
        return (LEFT + RIGHT) / 2
    along = (day - first).days / (last - first).days
    return LEFT + 8 + along * (RIGHT - LEFT - 16)


def _text(length: float) -> str:
    return f"{length:.1f}"


def _labels(wanted: list[tuple[float, str, str, str]]) -> list[Label]:
    """Place the labels at their heights, pushed apart where they would touch, inside the plot."""
    rows = sorted(wanted)
    heights = [max(y + 4, TOP + 4) for y, _number, _name, _kind in rows]
    for place in range(1, len(heights)):
        heights[place] = max(heights[place], heights[place - 1] + LABEL_HEIGHT)
    lowest = BOTTOM - 10
    for place in reversed(range(len(heights))):
        heights[place] = min(heights[place], lowest)
        lowest = heights[place] - LABEL_HEIGHT
    return [
        Label(_text(height), number, name, _text(height + 13), kind)
        for height, (_y, number, name, kind) in zip(heights, rows, strict=True)
    ]


def _title(benefit: Benefit, share: Decimal | None) -> str:
    if share is None:
        return benefit.indicator or _("Målingerne over tid")
    if benefit.is_disbenefit:
        return (
            _("Ulempen er større end ventet")
            if share > 1
            else _("Ulempen er ikke større end ventet")
        )
    if share < 0:
        return _("Tallet er gået den forkerte vej siden baseline")
    if share >= 1:
        return _("Målet er nået")
    return _("%(share)s af vejen til målet er nået") % {
        "share": formats.percent(share, 0, words.language())
    }
