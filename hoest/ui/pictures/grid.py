"""A grid of rows and quarters: how full each role is, or what lands on the same people at once.

Every cell is drawn by itself and its row is one link to the words about it. Two formats, as the
harvest account: names beside the cells, and names above them on a phone. Pure: the same rows give
the same picture, ordered in grey print too. Beside every grid stands a table with its numbers.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Protocol

from django.utils.safestring import mark_safe

from hoest.ui.pictures import palette
from hoest.ui.pictures.harvest import Picture
from hoest.ui.pictures.shapes import n

# A full role reaches this share of the height of its cell; what is above is over-booked.
FULL, MOST = 0.62, 1.6
DOTS = 8


class Cell(Protocol):
    """What stands where a row meets a quarter."""

    @property
    def said(self) -> str:
        """Say the cell in words."""

    def drawn(self, x: float, y: float, width: float, height: float, hatch: str) -> str:
        """Return the cell as SVG inside a box."""


@dataclass(frozen=True)
class LoadCell:
    """How full a role is: the load (1 = exactly full; None unknown), and what is written.

    `is_known` tells whether somebody has written how much there is.
    """

    text: str
    said: str
    load: float | None = None
    is_over: bool = False
    is_asked: bool = True
    is_known: bool = True

    def drawn(self, x: float, y: float, width: float, height: float, hatch: str) -> str:
        """Draw a bar from zero, a line where the role is full, and what is above it hatched."""
        base, top = y + height - 6, y + 22
        room = base - top
        full = base - room * FULL
        left, wide = x + width * 0.2, width * 0.6
        parts = [_label(x + width / 2, y + 15, self.text, self.is_over)]
        parts.append(_line(x + 5, base, x + width - 5, palette.LINE_STRONG))
        if self.load is not None:
            high = min(self.load, MOST) / MOST * room
            under = min(high, base - full)
            parts.append(_box(left, base - under, wide, under, palette.step("measured").fill))
            if high > under:
                parts.append(_box(left, base - high, wide, high - under, f"url(#{hatch})"))
        elif self.is_over:
            parts.append(_box(left, top, wide, room, f"url(#{hatch})"))
        elif self.is_asked:
            parts.append(
                f'<rect x="{n(left)}" y="{n(full)}" width="{n(wide)}" height="{n(base - full)}"'
                f' fill="none" stroke="{palette.LINE_STRONG}" stroke-dasharray="4 3"/>'
            )
        if self.is_known:
            parts.append(_line(x + 5, full, x + width - 5, palette.ACCENT, "2"))
        return "".join(parts)


@dataclass(frozen=True)
class LandingCell:
    """How much lands: a dot for each new thing; `busy` marks the quarter's months without room."""

    count: int
    text: str
    said: str
    is_heavy: bool = False
    busy: tuple[bool, bool, bool] = (False, False, False)

    def drawn(self, x: float, y: float, width: float, height: float, hatch: str) -> str:
        """Draw the dots, a frame where it is too much, and a hatched strip under busy months."""
        parts = []
        third = (width - 6) / 3
        for place, busy in enumerate(self.busy):
            if busy:
                parts.append(
                    _box(x + 3 + place * third, y + height - 11, third, 8, f"url(#{hatch})")
                )
        parts.append(
            f'<rect x="{n(x + 2)}" y="{n(y + 2)}" width="{n(width - 4)}" height="{n(height - 4)}"'
            f' rx="4" fill="none" stroke="{palette.INK if self.is_heavy else palette.LINE}"'
            f' stroke-width="{2.5 if self.is_heavy else 1}"/>'
        )
        fill = palette.step("in_hand" if self.is_heavy else "measured").fill
        shown = min(self.count, DOTS)
        per_line = max(1, int((width - 10) // 15))
        for index in range(shown):
            line, column = divmod(index, per_line)
            across = min(shown - line * per_line, per_line)
            cx = x + width / 2 + (column - (across - 1) / 2) * 15
            parts.append(
                f'<circle cx="{n(cx)}" cy="{n(y + 30 + line * 14)}" r="5.5" fill="{fill}"/>'
            )
        parts.append(_label(x + width / 2, y + 19, self.text, self.is_heavy))
        return "".join(parts)


@dataclass(frozen=True)
class GridRow:
    """A row: its name, where the words about it are, and a cell for each column."""

    label: str
    cells: Sequence[Cell]
    href: str = ""


@dataclass(frozen=True)
class _Form:
    name: str
    width: float
    left: float
    height: float
    head: float
    chars: int
    small: float


WIDE = _Form("wide", 880, 226, 84, 30, 27, 14.5)
NARROW = _Form("narrow", 328, 0, 94, 30, 38, 13)


def grid_picture(
    columns: Sequence[tuple[str, str]],
    rows: Sequence[GridRow],
    *,
    conclusion: str,
    name: str,
    legend: Sequence[str] = (),
) -> Picture:
    """Draw the rows in the order given; a column is its long and its short name."""
    wide, narrow = (_drawn(columns, rows, form, conclusion, name) for form in (WIDE, NARROW))
    return Picture(
        wide=mark_safe(wide),  # noqa: S308 - words are escaped where they are drawn
        narrow=mark_safe(narrow),  # noqa: S308 - see above
        conclusion=conclusion,
        legend=tuple(legend),
    )


def _drawn(
    columns: Sequence[tuple[str, str]],
    rows: Sequence[GridRow],
    form: _Form,
    conclusion: str,
    name: str,
) -> str:
    hatch = f"{name}-{form.name}-over"
    cell = (form.width - form.left) / max(1, len(columns))
    heads = [
        f'<text x="{n(form.left + (place + 0.5) * cell)}" y="20" text-anchor="middle"'
        f' font-size="{n(form.small)}" fill="{palette.INK_2}">'
        f"{escape(long if form is WIDE else short)}</text>"
        for place, (long, short) in enumerate(columns)
    ]
    body, y = [], form.head
    for row in rows:
        body.append(_row(row, y, cell, form, hatch))
        y += form.height
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="harvest harvest-{form.name}"'
        f' viewBox="0 0 {n(form.width)} {n(y + 4)}" width="{n(form.width)}"'
        f' height="{n(y + 4)}" role="group" aria-label="{escape(conclusion)}"'
        f' font-family="IBM Plex Sans, sans-serif">{_hatch(hatch)}'
        f'<g aria-hidden="true">{"".join(heads)}</g>{"".join(body)}</svg>'
    )


def _row(row: GridRow, y: float, cell: float, form: _Form, hatch: str) -> str:
    above = 22.0 if form.left == 0 else 0.0
    base = y + 16 if above else y + form.height / 2 + 5
    lines = _lines(row.label, form.chars, 1 if above else 2)
    first = base - 10 * (len(lines) - 1)
    label = "".join(
        f'<text x="0" y="{n(first + 20 * place)}" font-size="16" font-weight="600"'
        f' fill="{palette.INK}">{escape(line)}</text>'
        for place, line in enumerate(lines)
    )
    cells = "".join(
        one.drawn(form.left + place * cell, y + above, cell, form.height - above, hatch)
        for place, one in enumerate(row.cells)
    )
    drawn = (
        f'<rect class="harvest-area" x="0" y="{n(y)}" rx="4" width="{n(form.width)}"'
        f' height="{n(form.height)}" fill="{palette.PAPER}" fill-opacity="0"/>'
        f'<g aria-hidden="true">{label}{cells}'
        f"{_line(0, y + form.height, form.width, palette.LINE)}</g>"
    )
    said = escape(f"{row.label}: " + ". ".join(one.said for one in row.cells if one.said))
    if not row.href:
        return f'<g class="harvest-row" role="img" aria-label="{said}">{drawn}</g>'
    # The link is named by the picture in it: a name of its own would have to repeat each sign.
    inner = f'<g role="img" aria-label="{said}">{drawn}</g>'
    return f'<a class="harvest-row" href="{escape(row.href)}">{inner}</a>'


def _lines(label: str, chars: int, most: int) -> list[str]:
    """Return a label in at most so many lines, shortened when they are too few."""
    if most == 1 or len(label) <= chars:
        return [label if len(label) <= chars else label[: chars - 1] + "…"]
    first, *rest = textwrap.wrap(label, chars)
    return [first, *_lines(" ".join(rest), chars, 1)] if rest else [first]


def _hatch(hatch: str) -> str:
    return (
        f'<defs><pattern id="{hatch}" width="6" height="6" patternUnits="userSpaceOnUse"'
        f' patternTransform="rotate(45)"><rect width="6" height="6" fill="{palette.PAPER}"/>'
        f'<rect width="3.2" height="6" fill="{palette.INK}"/></pattern></defs>'
    )


def _label(x: float, y: float, text: str, strong: bool) -> str:
    weight, fill = (700, palette.INK) if strong else (400, palette.INK_2)
    return (
        f'<text x="{n(x)}" y="{n(y)}" text-anchor="middle" font-size="14"'
        f' font-weight="{weight}" fill="{fill}">{escape(text)}</text>'
    )


def _line(x: float, y: float, until: float, colour: str, width: str = "1") -> str:
    return f'<path d="M{n(x)} {n(y)}H{n(until)}" stroke="{colour}" stroke-width="{width}"/>'


def _box(x: float, y: float, width: float, height: float, fill: str) -> str:
    return (
        f'<rect x="{n(x)}" y="{n(y)}" width="{n(width)}" height="{n(height)}" fill="{fill}"'
        f' stroke="{palette.step("measured").line}" stroke-width="1"/>'
    )
