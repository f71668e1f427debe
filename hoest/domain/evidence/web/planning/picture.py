"""Ranges row by row on one axis: what each plan could show, or what each neighbour found.

Two formats, as the harvest account. Pure: the same rows give the same picture. A bar reaches from
nothing to the figure; a range has two ends and a dot.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe

from hoest.ui import formats
from hoest.ui.pictures import palette
from hoest.ui.pictures.row import linked
from hoest.ui.pictures.shapes import n

Place = Callable[[float], float]
MOST_STEPS = 6
# On a narrow screen the words lie on the lines of the axis: paper round each letter.
HALO = f' paint-order="stroke" stroke="{palette.PAPER}" stroke-width="5" stroke-linejoin="round"'
LINE = 18.0
WIDTHS = {"wide": 880.0, "narrow": 328.0}


@dataclass(frozen=True)
class Row:
    """One row: its name, what is said of it, and its ends; None when nothing can be drawn.

    `about` stands on a line of its own below what is said, so that it is never cut.
    """

    label: str
    said: str
    low: float | None = None
    high: float | None = None
    middle: float | None = None
    is_strong: bool = False
    about: str = ""


@dataclass(frozen=True)
class RangePicture:
    """The picture in its two formats, and its conclusion."""

    conclusion: str
    wide: SafeString
    narrow: SafeString


def range_picture(
    rows: Sequence[Row], *, conclusion: str, mark: float | None, mark_label: str, language: str
) -> RangePicture:
    """Draw the rows in the order given; the axis covers every end, zero and the mark."""
    wide, narrow = (_drawn(rows, form, conclusion, mark, mark_label, language) for form in WIDTHS)
    return RangePicture(
        conclusion,
        mark_safe(wide),  # noqa: S308 - words are escaped where they are drawn
        mark_safe(narrow),  # noqa: S308 - see above
    )


def axis_of(values: Sequence[float]) -> list[float]:
    """Return round marks that cover the values and zero, at most seven."""
    low, high = min([0.0, *values]), max([0.0, *values])
    if low == high:
        return [0.0, 1.0]
    raw = (high - low) / MOST_STEPS
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(one * power for one in (1, 2, 2.5, 5, 10) if one * power >= raw * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [k * step for k in range(first, last + 1)]


def _drawn(
    rows: Sequence[Row],
    form: str,
    label: str,
    mark: float | None,
    mark_label: str,
    language: str,
) -> str:
    wide = form == "wide"
    ends = [v for r in rows for v in (r.low, r.high, r.middle) if v is not None]
    marks = axis_of([*ends, *([mark] if mark is not None else [])])
    left, right = (240.0, 610.0) if wide else (12.0, 316.0)
    unit = (right - left) / (marks[-1] - marks[0])

    def x(value: float) -> float:
        return left + (value - marks[0]) * unit

    height = 44.0 if wide else 66.0
    if not wide and any(row.about for row in rows):
        height += LINE
    top, bottom = 28.0, 28.0 + height * len(rows)
    body = [_axis(marks, x, top, bottom, language, wide)]
    if mark is not None:
        at = x(mark)
        anchor = "end" if at > right - 40 else "start" if at < left + 40 else "middle"
        body.append(
            f'<path d="M{n(at)} {n(top - 4)}V{n(bottom)}" stroke="{palette.ACCENT}"'
            f' stroke-width="2.5"/><text x="{n(at)}" y="{n(top - 10)}" text-anchor="{anchor}"'
            f' font-size="14.5" font-weight="600" fill="{palette.ACCENT}">'
            f"{escape(mark_label)}</text>"
        )
    for number, row in enumerate(rows):
        body.append(_row(row, top + number * height, height, x, wide))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="harvest harvest-{form}"'
        f' viewBox="0 0 {n(WIDTHS[form])} {n(bottom + 26)}" width="{n(WIDTHS[form])}"'
        f' height="{n(bottom + 26)}" role="group" aria-label="{escape(label)}"'
        f' font-family="IBM Plex Sans, sans-serif">{"".join(body)}</svg>'
    )


def _axis(
    marks: Sequence[float], x: Place, top: float, bottom: float, language: str, wide: bool
) -> str:
    step = marks[1] - marks[0]
    decimals = max(0, min(4, -math.floor(math.log10(step) + 1e-9)))
    if abs(step * 10**decimals - round(step * 10**decimals)) > 1e-6:
        decimals += 1
    every = 1 if wide or len(marks) < 6 else 2
    parts = []
    for place, one in enumerate(marks):
        parts.append(
            f'<path d="M{n(x(one))} {n(top)}V{n(bottom)}" stroke="{palette.LINE}"'
            f' stroke-width="1"/>'
        )
        if place % every == 0:
            said = escape(formats.number(one, decimals, language))
            parts.append(
                f'<text x="{n(x(one))}" y="{n(bottom + 20)}" font-size="14.5"'
                f' text-anchor="middle" fill="{palette.INK_2}">{said}</text>'
            )
    return f'<g aria-hidden="true">{"".join(parts)}</g>'


def _row(row: Row, top: float, height: float, x: Place, wide: bool) -> str:
    middle = top + height / 2 if wide else top + 48 + (LINE if row.about else 0)
    weight = ' font-weight="600"' if row.is_strong else ""
    first = middle - 4 if row.about else middle + 5
    words = (
        f'<text x="0" y="{n(middle + 5)}" font-size="15.5"{weight} fill="{palette.INK}">'
        f"{escape(row.label)}</text>"
        f'<text x="640" y="{n(first)}" font-size="15.5"{weight} fill="{palette.INK_2}">'
        f"{escape(row.said)}</text>"
        if wide
        else f'<text x="0" y="{n(top + 16)}" font-size="15"{weight} fill="{palette.INK}"{HALO}>'
        f"{escape(row.label)}</text>"
        f'<text x="0" y="{n(top + 34)}" font-size="14" fill="{palette.INK_2}"{HALO}>'
        f"{escape(row.said)}</text>"
    )
    if row.about:
        at = f'x="640" y="{n(first + LINE)}"' if wide else f'x="0" y="{n(top + 34 + LINE)}"{HALO}'
        words += f'<text {at} font-size="14" fill="{palette.INK_2}">{escape(row.about)}</text>'
    colour = palette.ACCENT if row.is_strong else palette.LINE_STRONG
    drawn = ""
    if row.high is not None and row.low is not None:
        drawn = (
            f'<path d="M{n(x(row.low))} {n(middle)}H{n(x(row.high))}" stroke="{colour}"'
            f' stroke-width="{6 if row.middle is None else 3}" stroke-linecap="round"/>'
        )
    if row.middle is not None:
        drawn += (
            f'<circle cx="{n(x(row.middle))}" cy="{n(middle)}" r="6" fill="{colour}"'
            f' stroke="{palette.PAPER}" stroke-width="1.5"/>'
        )
    told = " · ".join(one for one in (f"{row.label}: {row.said}", row.about) if one)
    return linked("", told, f'<g aria-hidden="true">{words}{drawn}</g>')
