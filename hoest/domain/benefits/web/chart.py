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
from hoest.domain.benefits.web import words
from hoest.ui import formats

WIDTH, HEIGHT = 340.0, 200.0
# Under BOTTOM there is room for the last value, above the axis and its days.
LEFT, RIGHT, TOP, BOTTOM = 8.0, 332.0, 26.0, 152.0
NEAR = 14.0


@dataclass(frozen=True)
class Point:
    """A measurement on the picture."""

    x: str
    y: str
    text: str


@dataclass(frozen=True)
class Level:
    """A line across the picture with its name: baseline or target."""

    y: str
    text_y: str
    text: str
    kind: str


@dataclass(frozen=True)
class Chart:
    """Everything the template draws, in units of the view box 340 × 200.

    Lengths are texts with a point, since a page in Danish would write them with a comma.
    """

    title: str
    points: list[Point]
    path: str
    levels: list[Level]
    first_day: str
    last_day: str
    last: Point
    last_anchor: str


def chart_of(benefit: Benefit, share: Decimal | None) -> Chart | None:
    """Return the picture of the standing measurements, or None when there are none."""
    taken = sorted((m.on, m.value) for m in benefit.measurements.all() if m.withdrawn_at is None)
    if not taken:
        return None
    named = [
        (value, name, kind)
        for value, name, kind in (
            (benefit.baseline_value, _("baseline"), "baseline"),
            (benefit.target_value, _("mål"), "target"),
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
    last_x, last_y = _x(days[-1], days), y(taken[-1][1])
    levels = _levels([(y(v), f"{n} {words.plain_number(v)}", k) for v, n, k in named])
    falls = len(taken) > 1 and taken[-1][1] < taken[-2][1]
    over = last_y + 18 if falls or last_y - 10 < TOP else last_y - 10
    return Chart(
        title=_title(benefit, share),
        points=points,
        path=" ".join(f"{p.x},{p.y}" for p in points),
        levels=levels,
        first_day=formats.short_date(days[0]),
        last_day=formats.short_date(days[-1]) if len(days) > 1 else "",
        last=Point(_text(last_x), _text(over), words.plain_number(taken[-1][1])),
        last_anchor="end" if last_x > WIDTH / 2 else "middle",
    )


def _x(day: dt.date, days: Sequence[dt.date]) -> float:
    first, last = days[0], days[-1]
    if first == last:
        return WIDTH / 2
    along = (day - first).days / (last - first).days
    return LEFT + 8 + along * (RIGHT - LEFT - 16)


def _text(length: float) -> str:
    return f"{length:.1f}"


def _levels(named: list[tuple[float, str, str]]) -> list[Level]:
    """Place the names above their lines, or below when two would touch."""
    placed: list[Level] = []
    before: float | None = None
    for y, text, kind in sorted(named):
        text_y = y - 5
        if before is not None and abs(text_y - before) < NEAR:
            text_y = before + NEAR + 6
        before = text_y
        placed.append(Level(_text(y), _text(text_y), text, kind))
    return placed


def _title(benefit: Benefit, share: Decimal | None) -> str:
    if share is None:
        return benefit.indicator or _("Målingerne over tid")
    if share < 0:
        return _("Tallet er gået den forkerte vej siden baseline")
    if share >= 1:
        return _("Målet er nået")
    return _("%(share)s af vejen til målet er nået") % {
        "share": formats.percent(share, 0, words.language())
    }
