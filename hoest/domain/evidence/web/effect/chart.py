"""The picture of an effect: us, what we would have had, and the others; drawn by us.

Numbers only: the template writes the SVG. The axis shows the range that was measured, not zero,
because an indicator is a level and not an amount; the table beside has the same numbers.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hoest.domain.evidence.rules import Step
from hoest.domain.evidence.web import words
from hoest.ui import formats
from hoest.ui.words import in_a_row

# The plot in a view box of 360 × 214; to the right of it the last value and name of each line.
LEFT, RIGHT, TOP, BOTTOM = 8.0, 250.0, 30.0, 176.0
LABEL_HEIGHT = 31.0

Line = Sequence[float | None]


@dataclass(frozen=True)
class Drawn:
    """One line: its kind, its parts as "x,y x,y" (a gap parts it), and its last value."""

    kind: str
    parts: list[str]


@dataclass(frozen=True)
class Label:
    """The last value of a line with its name, as near its height as the others allow."""

    kind: str
    y: str
    name_y: str
    number: str
    name: str


@dataclass(frozen=True)
class Mark:
    """Where somebody began: x, and who, for the title of the mark."""

    x: str
    text: str
    is_first: bool


@dataclass(frozen=True)
class TableRow:
    """The same numbers for one period."""

    period: str
    ours: str
    without: str
    others: str
    began: str


@dataclass(frozen=True)
class Chart:
    """Everything the template draws; lengths are texts with a point."""

    title: str
    lines: list[Drawn]
    labels: list[Label]
    marks: list[Mark]
    gap: str
    mark_x: str
    mark_anchor: str
    mark_words: str
    first_period: str
    last_period: str
    rows: list[TableRow]
    has_others: bool


def period_label(day: dt.date, step: str) -> str:
    """Write a period: "maj 2025", "2. kvartal 2025" or "2025"."""
    if step == Step.YEAR:
        return str(day.year)
    if step == Step.QUARTER:
        return _("%(number)s. kvartal %(year)s") % {
            "number": (day.month + 2) // 3,
            "year": day.year,
        }
    return f"{formats.words(words.language()).months[day.month - 1]} {day.year}"


def chart_of(answer: dict[str, Any], step: str, title: str) -> Chart | None:
    """Return the picture of an estimate, or None when there is nothing to draw."""
    picture = answer.get("picture") or {}
    lines: dict[str, Line] = {kind: picture.get(kind, []) for kind in ("ours", "without", "others")}
    periods = [dt.date.fromisoformat(text) for text in answer["periods"]]
    known = [value for line in lines.values() for value in line if value is not None]
    if not known or len(periods) < 2:
        return None
    scale = _Scale(min(known), max(known), len(periods))
    began = _began(answer, periods)
    starts = sorted(began)
    marks = [
        Mark(_text(scale.x(place)), _who(names, periods[place], step), place == starts[0])
        for place, names in sorted(began.items())
    ]
    spread = scale.high - scale.low
    at = scale.x(starts[0]) if starts else LEFT
    return Chart(
        title=title,
        lines=[Drawn(kind, _parts(line, scale)) for kind, line in lines.items() if _has(line)],
        labels=_labels(lines, scale, spread / 20),
        marks=marks,
        gap=_gap(lines["ours"], lines["without"], starts[0], scale) if starts else "",
        mark_x=_text(at),
        mark_anchor="start" if at < (LEFT + RIGHT) / 3 else "middle",
        mark_words=_("i drift") if len(starts) == 1 else _("de første i drift"),
        first_period=period_label(periods[0], step),
        last_period=period_label(periods[-1], step),
        rows=_rows(lines, periods, step, began, spread / 20),
        has_others=_has(lines["others"]),
    )


class _Scale:
    """Where a value and a period stand in the plot."""

    def __init__(self, low: float, high: float, count: int) -> None:
        self.low, self.high, self.count = low, high, count

    def x(self, place: int) -> float:
        return LEFT + 4 + place / max(self.count - 1, 1) * (RIGHT - LEFT - 8)

    def y(self, value: float) -> float:
        return BOTTOM - (value - self.low) / ((self.high - self.low) or 1.0) * (BOTTOM - TOP)


def _has(line: Line) -> bool:
    return any(value is not None for value in line)


def _text(length: float) -> str:
    return f"{length:.1f}"


def _began(answer: dict[str, Any], periods: list[dt.date]) -> dict[int, list[str]]:
    """Return who began in which period, by its place."""
    found: dict[int, list[str]] = {}
    for unit, day in answer["starts"].items():
        if day is not None:
            found.setdefault(periods.index(dt.date.fromisoformat(day)), []).append(unit)
    return found


def _who(names: list[str], period: dt.date, step: str) -> str:
    return _("%(who)s begyndte i %(period)s") % {
        "who": in_a_row(sorted(names)),
        "period": period_label(period, step),
    }


def _parts(line: Line, scale: _Scale) -> list[str]:
    parts: list[list[str]] = [[]]
    for place, value in enumerate(line):
        if value is None:
            parts.append([])
        else:
            parts[-1].append(f"{_text(scale.x(place))},{_text(scale.y(value))}")
    return [" ".join(part) for part in parts if part]


def _gap(ours: Line, without: Line, start: int, scale: _Scale) -> str:
    """Return the outline of the effect: ours there, what would have been back."""
    both = [
        (place, a, b)
        for place, (a, b) in enumerate(zip(ours, without, strict=False))
        if place >= start and a is not None and b is not None
    ]
    if len(both) < 2:
        return ""
    there = [f"{_text(scale.x(place))},{_text(scale.y(a))}" for place, a, _b in both]
    back = [f"{_text(scale.x(place))},{_text(scale.y(b))}" for place, _a, b in reversed(both)]
    return " ".join(there + back)


def _names() -> dict[str, str]:
    return {
        "ours": _("begyndt"),
        "without": _("ellers ventet"),
        "others": _("ikke begyndt"),
    }


def _labels(lines: dict[str, Line], scale: _Scale, step: float) -> list[Label]:
    wanted = []
    for kind, line in lines.items():
        last = next((value for value in reversed(line) if value is not None), None)
        if last is not None:
            wanted.append((scale.y(last), kind, words.amount(last, step)))
    wanted.sort()
    heights = [max(y, TOP) for y, _kind, _number in wanted]
    for place in range(1, len(heights)):
        heights[place] = max(heights[place], heights[place - 1] + LABEL_HEIGHT)
    lowest = BOTTOM - 8
    for place in reversed(range(len(heights))):
        heights[place] = min(heights[place], lowest)
        lowest = heights[place] - LABEL_HEIGHT
    names = _names()
    return [
        Label(kind, _text(height), _text(height + 14), number, names[kind])
        for height, (_y, kind, number) in zip(heights, wanted, strict=True)
    ]


def _rows(
    lines: dict[str, Line],
    periods: list[dt.date],
    step: str,
    began: dict[int, list[str]],
    digits: float,
) -> list[TableRow]:
    def at(kind: str, place: int) -> str:
        line = lines[kind]
        value = line[place] if place < len(line) else None
        return "" if value is None else words.amount(value, digits)

    return [
        TableRow(
            period=period_label(day, step),
            ours=at("ours", place),
            without=at("without", place),
            others=at("others", place),
            began=_count(len(began.get(place, []))),
        )
        for place, day in enumerate(periods)
    ]


def _count(number: int) -> str:
    if not number:
        return ""
    return ngettext("%(n)s begyndt", "%(n)s begyndt", number) % {"n": formats.number(number)}
