"""The picture of a roll-out over units and time: planned and real go-live, and growing use.

Drawn as plain SVG with presentation attributes, so that it stands on paper. A phone has sentences
that tell the same (`told.py`) instead of a narrow picture, and the table stands beside.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from html import escape

from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hoest.domain.portfolio.rules.stages import days_late
from hoest.domain.portfolio.web.delivery.told import told_places
from hoest.domain.portfolio.web.delivery.words import language, percent
from hoest.ui import formats
from hoest.ui.pictures import palette
from hoest.ui.pictures.harvest import Picture
from hoest.ui.pictures.shapes import n

WIDTH, LEFT, RIGHT, ROW, TOP = 880.0, 216.0, 800.0, 40.0, 34.0
BAR = 22.0
GROUP = 30.0
LONGEST_NAME = 26
MOST_LINES = 30
MARGIN_DAYS = 21
MARKS = 6


@dataclass(frozen=True)
class Line:
    """One place: its days, and (day, share) of every count, oldest first."""

    label: str
    group: str = ""
    planned_on: dt.date | None = None
    expected_on: dt.date | None = None
    live_on: dt.date | None = None
    counts: Sequence[tuple[dt.date, Decimal]] = field(default_factory=list)
    is_own: bool = True


@dataclass(frozen=True)
class Scale:
    """Which days lie where."""

    first: dt.date
    last: dt.date

    def at(self, day: dt.date) -> float:
        """Return the place of a day."""
        along = (day - self.first).days / max(1, (self.last - self.first).days)
        return LEFT + along * (RIGHT - LEFT)


def rollout_picture(lines: Sequence[Line], today: dt.date) -> Picture | None:
    """Draw the places over time; None when none has a day."""
    shown = [one for one in lines if one.planned_on or one.live_on][:MOST_LINES]
    if not shown:
        return None
    days = [
        day
        for one in shown
        for day in (one.planned_on, one.expected_on, one.live_on, *(on for on, _s in one.counts))
        if day is not None
    ]
    margin = dt.timedelta(days=MARGIN_DAYS)
    scale = Scale(min(*days, today) - margin, max(*days, today) + margin)
    body, y, group = [], TOP, ""
    for one in shown:
        if one.group and one.group != group:
            body.append(_text(0, y + 20, one.group, size=15, colour=palette.INK_2))
            group, y = one.group, y + GROUP
        body.append(_line(one, scale, y, today))
        y += ROW
    drawn = _axis(scale, y, today) + "".join(body)
    conclusion = _conclusion(shown, today)
    label = escape(conclusion)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="harvest harvest-wide"'
        f' viewBox="0 0 {n(WIDTH)} {n(y + 8)}" width="{n(WIDTH)}" height="{n(y + 8)}" role="img"'
        f' aria-label="{label}" font-family="IBM Plex Sans, sans-serif">{drawn}</svg>'
    )
    return Picture(
        wide=mark_safe(svg),  # noqa: S308 - words are escaped where they are drawn
        narrow=told_places(shown, today),
        conclusion=conclusion,
        wide_legend=(
            _("Åben ring: planlagt. Fyldt ring: i drift. Stiplet: senere end planlagt."),
            _("Fladen vokser med dem, der bruger det; fuld højde er alle."),
        ),
    )


def _conclusion(lines: Sequence[Line], today: dt.date) -> str:
    late = sum(one.live_on is None and days_late(one.planned_on, None, today) > 0 for one in lines)
    live = sum(one.live_on is not None for one in lines)
    places = len(lines)
    said = ngettext(
        "%(live)s af %(places)s sted er i drift",
        "%(live)s af %(places)s steder er i drift",
        places,
    ) % {"live": live, "places": places}
    if not late:
        return _("%(said)s, og ingen er forsinket") % {"said": said}
    return ngettext(
        "%(said)s, og %(late)s er forsinket", "%(said)s, og %(late)s er forsinkede", late
    ) % {"said": said, "late": late}


def _axis(scale: Scale, bottom: float, today: dt.date) -> str:
    """Draw the first days of some months, and today."""
    months = []
    day = scale.first.replace(day=1)
    while day <= scale.last:
        day = (day + dt.timedelta(days=32)).replace(day=1)
        if scale.first <= day <= scale.last:
            months.append(day)
    step = max(1, -(-len(months) // MARKS))
    here = scale.at(today)
    parts = []
    for month in months[::step]:
        x = scale.at(month)
        parts.append(_path(x, TOP - 6, bottom, palette.LINE, "1"))
        if abs(x - here) > 70 and x < RIGHT - 20:
            short = formats.short_date(month, language())
            parts.append(_text(x, 16, short, anchor="middle", size=14, colour=palette.INK_2))
    parts.append(_path(here, TOP - 10, bottom, palette.INK, "1.5"))
    parts.append(_text(here, 16, _("i dag"), anchor="middle", size=14.5, weight=600))
    return "".join(parts)


def _line(one: Line, scale: Scale, y: float, today: dt.date) -> str:
    middle = y + ROW / 2
    name = one.label if len(one.label) <= LONGEST_NAME else one.label[: LONGEST_NAME - 1] + "…"
    parts = [_text(0, middle + 5, name, size=15.5)]
    if one.live_on is not None:
        parts.append(_use(one, scale, middle, today))
    late_until = one.live_on or max(one.expected_on or today, today)
    if one.planned_on is not None and late_until > one.planned_on:
        parts.append(
            f'<path d="M{n(scale.at(one.planned_on))} {n(middle)}H{n(scale.at(late_until))}"'
            f' stroke="{palette.INK_2}" stroke-width="2" stroke-dasharray="3 4" fill="none"/>'
        )
    if one.planned_on is not None and one.planned_on != one.live_on:
        parts.append(_ring(scale.at(one.planned_on), middle, palette.PAPER, palette.INK))
    if one.live_on is None and one.expected_on is not None:
        parts.append(_ring(scale.at(one.expected_on), middle, palette.PAPER, palette.INK_2))
    if one.live_on is not None:
        parts.append(_ring(scale.at(one.live_on), middle, palette.ACCENT, palette.ACCENT))
    if one.counts:
        share = percent(one.counts[-1][1])
        parts.append(_text(WIDTH, middle + 5, share, anchor="end", size=15.5, weight=600))
    return "".join(parts)


def _use(one: Line, scale: Scale, middle: float, today: dt.date) -> str:
    """Draw the use as an area that grows from count to count, level since the last one."""
    assert one.live_on is not None
    base = middle + BAR / 2
    points = [(one.live_on, Decimal(0))]
    points += [(on, share) for on, share in one.counts if on >= one.live_on]
    points.append((max(today, points[-1][0]), points[-1][1]))
    line = "".join(f"L{n(scale.at(on))} {n(base - BAR * float(share))}" for on, share in points)
    last, first = n(scale.at(points[-1][0])), n(scale.at(one.live_on))
    return (
        f'<rect x="{first}" y="{n(base - BAR)}" width="{n(float(last) - float(first))}"'
        f' height="{n(BAR)}" fill="{palette.PAPER_2}" stroke="{palette.LINE}"/>'
        f'<path d="M{first} {n(base)}{line}L{last} {n(base)}Z" fill="{palette.ACCENT}"'
        f' fill-opacity="0.28" stroke="{palette.ACCENT}" stroke-width="1.5"/>'
    )


def _ring(x: float, y: float, fill: str, line: str) -> str:
    return f'<circle cx="{n(x)}" cy="{n(y)}" r="6" fill="{fill}" stroke="{line}" stroke-width="2"/>'


def _path(x: float, top: float, bottom: float, colour: str, width: str) -> str:
    return f'<path d="M{n(x)} {n(top)}V{n(bottom)}" stroke="{colour}" stroke-width="{width}"/>'


def _text(
    x: float,
    y: float,
    text: str,
    *,
    anchor: str = "start",
    size: float = 15,
    weight: int = 400,
    colour: str = palette.INK,
) -> str:
    return (
        f'<text x="{n(x)}" y="{n(y)}" text-anchor="{anchor}" font-size="{n(size)}"'
        f' font-weight="{weight}" fill="{colour}">{escape(text)}</text>'
    )
