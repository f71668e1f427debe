"""The picture of a series: other places in light ink, our own mean bold, breaks marked.

Two formats, as the other pictures. At most ten lines have their name; a line ends where values are
missing and begins again, and no line runs across a break. Numbers only; the table beside has them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from hoest.domain.evidence.rules import Step, from_first, months_of, periods_between
from hoest.domain.evidence.web.series import words
from hoest.ui.pictures import palette
from hoest.ui.pictures.letters import width_of
from hoest.ui.pictures.shapes import n

MOST_LABELS = 10
OURS, LIGHT = "#0b4f4a", "#b9af9b"
LABEL_GAP = 15.0


@dataclass(frozen=True)
class Line:
    """A place's values by period, and whether it is ours, elsewhere, or the mean of ours."""

    name: str
    values: Mapping[dt.date, float]
    is_bold: bool = False
    is_elsewhere: bool = False


@dataclass(frozen=True)
class SeriesPicture:
    """The picture in its two formats, with its conclusion and what the lines mean."""

    wide: SafeString
    narrow: SafeString
    conclusion: str
    legend: tuple[str, ...]


@dataclass(frozen=True)
class _Form:
    name: str
    width: float
    height: float
    right: float
    size: float


WIDE = _Form("wide", 760, 300, 175, 13)
NARROW = _Form("narrow", 328, 270, 96, 12)
LEFT, TOP, FOOT = 46.0, 18.0, 34.0


def series_picture(
    lines: Sequence[Line], step: Step, breaks: Sequence[dt.date], unit: str, conclusion: str
) -> SeriesPicture | None:
    """Draw the lines of a series, or None when there is nothing to draw."""
    days = sorted({day for line in lines for day in line.values})
    if not days:
        return None
    wide, narrow = (_drawn(lines, step, breaks, unit, days, form) for form in (WIDE, NARROW))
    legend = []
    if len(lines) > 1 and any(line.is_bold for line in lines):
        legend.append(_("Fed streg: gennemsnittet af vores egne steder."))
    if any(line.is_elsewhere for line in lines):
        legend.append(_("Stiplet: andre kommuner."))
    if breaks:
        legend.append(_("Lodret streg: herfra opgøres det anderledes, og intet bindes sammen."))
    return SeriesPicture(
        wide=mark_safe(wide),  # noqa: S308 - words are escaped where they are drawn
        narrow=mark_safe(narrow),  # noqa: S308 - see above
        conclusion=conclusion,
        legend=tuple(legend),
    )


class _Plot:
    """Where a period and a value lie in one format."""

    def __init__(
        self, lines: Sequence[Line], step: Step, days: Sequence[dt.date], form: _Form
    ) -> None:
        self.form, self.step, self.first = form, step, days[0]
        self.count = periods_between(days[0], days[-1], step)
        values = [value for line in lines for value in line.values.values()]
        low, high = min(values), max(values)
        room = (high - low) * 0.06 or abs(high) * 0.1 or 1.0
        self.low, self.high = low - room, high + room
        self.right = form.width - form.right
        self.bottom = form.height - FOOT

    def x(self, day: dt.date) -> float:
        along = periods_between(self.first, day, self.step) / (self.count or 1)
        return LEFT + 6 + along * (self.right - LEFT - 12)

    def y(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return self.bottom - share * (self.bottom - TOP)


def _drawn(
    lines: Sequence[Line],
    step: Step,
    breaks: Sequence[dt.date],
    unit: str,
    days: Sequence[dt.date],
    form: _Form,
) -> str:
    plot = _Plot(lines, step, days, form)
    ordered = sorted(lines, key=lambda line: line.is_bold)
    body = [_frame(plot, step, days, unit)]
    body += [_break(plot, day) for day in breaks if days[0] < day <= days[-1]]
    body += [_line(plot, line, breaks) for line in ordered]
    body += _labels(plot, lines)
    label = escape(_("%(count)s steder over tid. Tallene står i tabellen.") % {"count": len(lines)})
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="harvest harvest-{form.name}"'
        f' viewBox="0 0 {n(form.width)} {n(form.height)}" width="{n(form.width)}"'
        f' height="{n(form.height)}" role="img" aria-label="{label}"'
        f' font-family="IBM Plex Sans, sans-serif">{"".join(body)}</svg>'
    )


def _frame(plot: _Plot, step: Step, days: Sequence[dt.date], unit: str) -> str:
    form, parts = plot.form, []
    for value in _ticks(plot.low, plot.high):
        y = plot.y(value)
        parts.append(
            f'<path d="M{n(LEFT)} {n(y)}H{n(plot.right)}" stroke="{palette.LINE}"/>'
            + _text(LEFT - 6, y + 4, words.number(value), form, "end")
        )
    first, last = (words.short_period(day, step) for day in (days[0], days[-1]))
    parts.append(_text(LEFT, form.height - 12, first, form, "start"))
    if len(days) > 1:
        parts.append(_text(plot.right, form.height - 12, last, form, "end"))
    parts.append(_text(0, 11, unit, form, "start"))
    return "".join(parts)


def _ticks(low: float, high: float) -> list[float]:
    """Return three or four round values inside the range."""
    rough = (high - low) / 4
    size = 10.0 ** len(str(int(rough))) / 10 if rough >= 1 else 1.0
    while size > rough:
        size /= 10
    step = next((size * times for times in (1, 2, 5, 10) if size * times >= rough), size * 10)
    found, value = [], (int(low / step) - 1) * step
    while value <= high:
        if value >= low:
            found.append(round(value, 10))
        value += step
    return found


def _break(plot: _Plot, day: dt.date) -> str:
    x = (plot.x(day) + plot.x(from_first(day, plot.step, -1))) / 2
    return (
        f'<path d="M{n(x)} {n(TOP)}V{n(plot.bottom)}" stroke="{palette.INK_2}"'
        f' stroke-dasharray="2 3"/>' + _text(x, plot.bottom + 14, _("brud"), plot.form, "middle")
    )


def _line(plot: _Plot, line: Line, breaks: Sequence[dt.date]) -> str:
    colour, width = (OURS, 3.0) if line.is_bold else (LIGHT, 1.5)
    dash = ' stroke-dasharray="5 4"' if line.is_elsewhere else ""
    parts = []
    for run in _runs(line, plot.step, breaks):
        points = " ".join(f"{n(plot.x(day))},{n(plot.y(line.values[day]))}" for day in run)
        if len(run) == 1:
            x, y = points.split(",")
            parts.append(f'<circle cx="{x}" cy="{y}" r="{n(width)}" fill="{colour}"/>')
        else:
            parts.append(
                f'<polyline points="{points}" fill="none" stroke="{colour}"'
                f' stroke-width="{n(width)}" stroke-linejoin="round"{dash}/>'
            )
    return "".join(parts)


def _runs(line: Line, step: Step, breaks: Sequence[dt.date]) -> list[list[dt.date]]:
    """Return the days that hang together: no gap and no break between them."""
    runs: list[list[dt.date]] = []
    cuts = set(breaks)
    for day in sorted(line.values):
        if runs and day not in cuts and _follows(runs[-1][-1], day, step):
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs


def _follows(before: dt.date, day: dt.date, step: Step) -> bool:
    apart = (day.year - before.year) * 12 + day.month - before.month
    return apart == months_of(step)


def _labels(plot: _Plot, lines: Sequence[Line]) -> list[str]:
    """Name the lines at their last value, ours first, pushed apart where they would touch."""
    form = plot.form
    chosen = sorted(lines, key=lambda line: not line.is_bold)[:MOST_LABELS]
    rows = sorted(
        (plot.y(line.values[max(line.values)]), place, line)
        for place, line in enumerate(chosen)
        if line.values
    )
    heights = [height + 4 for height, _place, _line in rows]
    for place in range(1, len(heights)):
        heights[place] = max(heights[place], heights[place - 1] + LABEL_GAP)
    lowest = plot.bottom + 4
    for place in reversed(range(len(heights))):
        heights[place] = min(heights[place], lowest)
        lowest = heights[place] - LABEL_GAP
    return [
        _text(
            plot.right + 8,
            height,
            _cut(row[2].name, form, bold=row[2].is_bold),
            form,
            "start",
            bold=row[2].is_bold,
        )
        for height, row in zip(heights, rows, strict=True)
    ]


def _cut(name: str, form: _Form, *, bold: bool) -> str:
    room = form.right - 10
    if width_of(name, form.size, bold=bold) <= room:
        return name
    while name and width_of(f"{name}…", form.size, bold=bold) > room:
        name = name[:-1]
    return f"{name.rstrip()}…"


def _text(x: float, y: float, said: str, form: _Form, anchor: str, *, bold: bool = False) -> str:
    weight, fill = (' font-weight="600"', OURS) if bold else ("", palette.INK_2)
    return (
        f'<text x="{n(x)}" y="{n(y)}" font-size="{n(form.size)}" text-anchor="{anchor}"{weight}'
        f' fill="{fill}">{escape(said)}</text>'
    )
