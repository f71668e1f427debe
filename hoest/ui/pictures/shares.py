"""Shares of a promise per group: a dot with its interval, against the line of what was promised.

Each group is a row with a link to its cases; a group with too few says so instead of a dot. Two
formats, as the harvest account. Pure: the same groups give the same picture.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from hoest.ui import formats
from hoest.ui.pictures import palette
from hoest.ui.pictures.row import linked
from hoest.ui.pictures.shapes import n

Place = Callable[[float], float]
STEPS = (0.25, 0.5, 1, 2, 5, 10, 20, 50, 100)
MOST_STEPS = 8


@dataclass(frozen=True)
class GroupShare:
    """One row: its name, what is said of it, where its cases are, and the dot with its interval.

    Shares of the promise, 1 = as promised; None when there are too few to say.
    """

    label: str
    said: str
    href: str = ""
    median: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class SharePicture:
    """The picture in its two formats."""

    wide: SafeString
    narrow: SafeString


@dataclass(frozen=True)
class _Form:
    """The measures of one format: where the plot lies, and where the words of a row stand."""

    name: str
    width: float
    left: float
    right: float
    label_chars: int
    words_above: bool


WIDE = _Form("wide", 880, 262, 640, 31, words_above=False)
NARROW = _Form("narrow", 328, 8, 320, 36, words_above=True)


def share_picture(groups: Sequence[GroupShare], *, language: str = "da") -> SharePicture:
    """Draw the groups in the order given; the axis covers every interval, zero and the promise."""
    wide, narrow = (_drawn(groups, form, language) for form in (WIDE, NARROW))
    return SharePicture(
        wide=mark_safe(wide),  # noqa: S308 - words are escaped where they are drawn
        narrow=mark_safe(narrow),  # noqa: S308 - see above
    )


def axis_of(values: Sequence[float]) -> list[float]:
    """Return the marks of an axis that covers the values, zero and the promise (1).

    Steps of a quarter, a half, one, two, five …: the first that needs at most eight of them.
    """
    low, high = min([0.0, *values]), max([1.0, *values])
    step = next((s for s in STEPS if (high - low) / s <= MOST_STEPS - 1), (high - low) / MOST_STEPS)
    first, last = math.floor(low / step), math.ceil(high / step)
    return [k * step for k in range(first, last + 1)]


def _drawn(groups: Sequence[GroupShare], form: _Form, language: str) -> str:
    ends = [v for g in groups for v in (g.low, g.high, g.median) if v is not None]
    marks = axis_of(ends)
    unit = (form.right - form.left) / (marks[-1] - marks[0])

    def x(share: float) -> float:
        return form.left + (share - marks[0]) * unit

    heights = [_height(group, form) for group in groups]
    top = 26.0
    bottom = top + sum(heights)
    body = [_axis(marks, x, top, bottom, form, language)]
    y = top
    for group, height in zip(groups, heights, strict=True):
        body.append(_row(group, y, height, x, form))
        y += height
    label = escape(_("Hvor meget der kom af det lovede, gruppe for gruppe"))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="harvest harvest-{form.name}"'
        f' viewBox="0 0 {n(form.width)} {n(bottom + 26)}" width="{n(form.width)}"'
        f' height="{n(bottom + 26)}" role="group" aria-label="{label}"'
        f' font-family="IBM Plex Sans, sans-serif">{"".join(body)}</svg>'
    )


def _height(group: GroupShare, form: _Form) -> float:
    if not form.words_above:
        return 44.0
    return 50.0 if group.median is None else 74.0


def _axis(
    marks: list[float], x: Place, top: float, bottom: float, form: _Form, language: str
) -> str:
    every = 2 if form.words_above and len(marks) > 5 else 1
    parts = []
    for place, mark in enumerate(marks):
        is_promise = math.isclose(mark, 1)
        parts.append(
            f'<path d="M{n(x(mark))} {n(top)}V{n(bottom)}"'
            f' stroke="{palette.LINE}" stroke-width="1"/>'
        )
        if is_promise or place % every == 0:
            parts.append(
                f'<text x="{n(x(mark))}" y="{n(bottom + 20)}" font-size="14.5"'
                f' text-anchor="{_anchor(x(mark), form)}" fill="{palette.INK_2}">'
                f"{escape(formats.percent(mark, 0, language))}</text>"
            )
    at = x(1)
    parts.append(
        f'<path d="M{n(at)} {n(top - 4)}V{n(bottom)}" stroke="{palette.ACCENT}"'
        f' stroke-width="2.5"/><text x="{n(at)}" y="{n(top - 9)}"'
        f' text-anchor="{"end" if at > form.right - 30 else "middle"}" font-size="14.5"'
        f' font-weight="600" fill="{palette.ACCENT}">{escape(_("lovet"))}</text>'
    )
    return f'<g aria-hidden="true">{"".join(parts)}</g>'


def _anchor(x: float, form: _Form) -> str:
    """Return how words at a place stand, so that they stay inside the picture."""
    if x > form.width - 24:
        return "end"
    return "start" if x < 24 else "middle"


def _row(group: GroupShare, y: float, height: float, x: Place, form: _Form) -> str:
    name = _short(group.label, form.label_chars)
    base = y + (19 if form.words_above else 27)
    said_x, said_y, anchor = (
        (0.0, base + 20, "start") if form.words_above else (form.width, base, "end")
    )
    line = y + (height - 16 if form.words_above else 22)
    backed = f' paint-order="stroke" stroke="{palette.PAPER}" stroke-width="4"'
    parts = [
        f'<rect class="harvest-area" x="-6" y="{n(y)}" rx="4" width="{n(form.width + 12)}"'
        f' height="{n(height)}" fill="{palette.PAPER}" fill-opacity="0"/>',
        f'<text x="0" y="{n(base)}" font-size="16" font-weight="600"{backed}'
        f' fill="{palette.INK}">{escape(name)}</text> ',
        f'<text x="{n(said_x)}" y="{n(said_y)}" text-anchor="{anchor}" font-size="14.5"{backed}'
        f' fill="{palette.INK_2}">{escape(group.said)}</text>',
    ]
    if group.median is not None and group.low is not None and group.high is not None:
        parts.append(
            f'<path d="M{n(x(group.low))} {n(line)}H{n(x(group.high))}'
            f"M{n(x(group.low))} {n(line - 6)}v12M{n(x(group.high))} {n(line - 6)}v12"
            f'" stroke="{palette.INK}" stroke-width="2" fill="none"/>'
            f'<circle cx="{n(x(group.median))}" cy="{n(line)}" r="6.5"'
            f' fill="{palette.step("measured").fill}" stroke="{palette.INK}" stroke-width="1.5"/>'
        )
    drawn = f'<g aria-hidden="true">{"".join(parts)}</g>'
    return linked(group.href, f"{group.label}: {group.said}", drawn)


def _short(label: str, most: int) -> str:
    """Return a name that fits; the table beside has the whole of it."""
    return label if len(label) <= most else label[: most - 1].rstrip(" -,") + "…"
