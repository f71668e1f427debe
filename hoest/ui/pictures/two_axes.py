"""Things put on two anchored scales: a grid of four by four, a count in each cell, no sum.

Upwards and to the right is more. Each cell that holds something links to what is in it. Two
formats, as the harvest account. Pure: the same counts give the same picture.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from hoest.ui.pictures import palette
from hoest.ui.pictures.row import linked
from hoest.ui.pictures.shapes import n

STEPS = (1, 2, 3, 4)


@dataclass(frozen=True)
class GridCell:
    """How many things are in a cell, where they are listed, and what a reader is told."""

    count: int
    href: str
    said: str


@dataclass(frozen=True)
class GridPicture:
    """The picture in its two formats, with its conclusion."""

    wide: SafeString
    narrow: SafeString
    conclusion: str


@dataclass(frozen=True)
class _Form:
    name: str
    width: float
    left: float
    height: float
    label: float


WIDE, NARROW = _Form("wide", 760, 44, 92, 16), _Form("narrow", 328, 26, 66, 14)


def grid_picture(
    cells: Mapping[tuple[int, int], GridCell], *, across: str, upwards: str, conclusion: str
) -> GridPicture:
    """Draw the cells, by (step across, step upwards); `across` and `upwards` name the scales."""
    wide, narrow = (_drawn(cells, across, upwards, form) for form in (WIDE, NARROW))
    return GridPicture(
        wide=mark_safe(wide),  # noqa: S308 - words are escaped where they are drawn
        narrow=mark_safe(narrow),  # noqa: S308 - see above
        conclusion=conclusion,
    )


def _drawn(
    cells: Mapping[tuple[int, int], GridCell], across: str, upwards: str, form: _Form
) -> str:
    top, size = 30.0, (form.width - form.left - 2) / len(STEPS)
    bottom = top + form.height * len(STEPS)
    body = [
        _cell(cells.get((x, y)), form.left + (x - 1) * size, bottom - y * form.height, size, form)
        for y in reversed(STEPS)
        for x in STEPS
    ]
    words = [
        _word(0, top - 12, f"{upwards} ↑", form),
        _word(form.left, bottom + 46, f"{across} →", form),
    ]
    for step in STEPS:
        words.append(
            f'<text x="{n(form.left - 10)}" y="{n(bottom - (step - 0.5) * form.height + 5)}"'
            f' text-anchor="end" font-size="{n(form.label)}" fill="{palette.INK_2}">{step}</text>'
            f'<text x="{n(form.left + (step - 0.5) * size)}" y="{n(bottom + 22)}"'
            f' text-anchor="middle" font-size="{n(form.label)}"'
            f' fill="{palette.INK_2}">{step}</text>'
        )
    label = escape(_("%(up)s over for %(across)s") % {"up": upwards, "across": across.lower()})
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="harvest harvest-{form.name}"'
        f' viewBox="0 0 {n(form.width)} {n(bottom + 56)}" width="{n(form.width)}"'
        f' height="{n(bottom + 56)}" role="group" aria-label="{label}"'
        f' font-family="IBM Plex Sans, sans-serif"><g aria-hidden="true">{"".join(words)}</g>'
        f"{''.join(body)}</svg>"
    )


def _word(x: float, y: float, text: str, form: _Form) -> str:
    return (
        f'<text x="{n(x)}" y="{n(y)}" font-size="{n(form.label)}" font-weight="600"'
        f' fill="{palette.INK}">{escape(text)}</text>'
    )


def _cell(cell: GridCell | None, x: float, y: float, size: float, form: _Form) -> str:
    gap = 4
    count = cell.count if cell else 0
    fill = palette.step("measured").fill if count else palette.PAPER
    rect = (
        f'<rect class="harvest-area" x="{n(x + gap / 2)}" y="{n(y + gap / 2)}"'
        f' width="{n(size - gap)}" height="{n(form.height - gap)}" rx="4" fill="{fill}"'
        f' fill-opacity="{n(min(0.2 + 0.12 * count, 0.85)) if count else 1}"'
        f' stroke="{palette.LINE}"/>'
    )
    if not cell or not count:
        return f'<g aria-hidden="true">{rect}</g>'
    number = (
        f'<text x="{n(x + size / 2)}" y="{n(y + form.height / 2 + 8)}" text-anchor="middle"'
        f' font-size="22" font-weight="600" fill="{palette.INK}" paint-order="stroke"'
        f' stroke="{palette.PAPER}" stroke-width="4">{count}</text>'
    )
    return linked(cell.href, cell.said, f'<g aria-hidden="true">{rect}{number}</g>')
