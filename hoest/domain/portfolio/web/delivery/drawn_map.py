"""The map of what is waited for outside the municipality: initiatives to the left, who can act
to the right, a line for each wait. The list beside says the same, so a phone has no picture."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from hoest.domain.portfolio.models import Dependency
from hoest.domain.portfolio.queries.dependencies import Outside
from hoest.domain.portfolio.rules.dependencies import Response
from hoest.ui.pictures import palette
from hoest.ui.pictures.harvest import Picture
from hoest.ui.pictures.shapes import n

WIDTH, LEFT_END, RIGHT_START, ROW = 880.0, 400.0, 590.0, 34.0
LONGEST = 48
MOST_ACTORS, MOST_INITIATIVES = 10, 14


def outside_picture(found: Sequence[Outside]) -> Picture | None:
    """Draw the actors with most waits; None when nobody outside is waited for."""
    actors = list(found)[:MOST_ACTORS]
    if not actors:
        return None
    titles: dict[int, str] = {}
    for actor in actors:
        for row in actor.waits:
            if len(titles) < MOST_INITIATIVES:
                titles.setdefault(row.initiative_id, row.initiative.title)
    rows = max(len(titles), len(actors))
    height = rows * ROW + 16
    left = _spread(list(titles), rows)
    right = _spread(list(range(len(actors))), rows)
    body = []
    for place, actor in enumerate(actors):
        for row in actor.waits:
            if row.initiative_id in left:
                body.append(_wait(left[row.initiative_id], right[place], row))
    for pk, y in left.items():
        body.append(_words(LEFT_END - 12, y, titles[pk], "end"))
        body.append(_dot(LEFT_END, y, palette.INK_2))
    for place, y in right.items():
        one = actors[place]
        body.append(_dot(RIGHT_START, y, palette.INK))
        body.append(_words(RIGHT_START + 12, y, f"{one.name} ({one.count})", "start", 600))
    conclusion = _("%(name)s er den, flest af vores initiativer venter på") % {
        "name": actors[0].name
    }
    if len(actors) > 1 and actors[0].count == actors[1].count:
        conclusion = _("Det, vi venter på, er spredt på flere, der kan handle")
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="harvest harvest-wide"'
        f' viewBox="0 0 {n(WIDTH)} {n(height)}" width="{n(WIDTH)}" height="{n(height)}" role="img"'
        f' aria-label="{escape(conclusion)}" font-family="IBM Plex Sans, sans-serif">'
        f"{''.join(body)}</svg>"
    )
    return Picture(
        wide=mark_safe(svg),  # noqa: S308 - words are escaped where they are drawn
        narrow=SafeString(""),
        conclusion=conclusion,
        wide_legend=(
            _("Kraftig streg: vi påvirker. Stiplet: vi afventer, følger eller forbereder."),
            _("Tallet er, hvor mange ting der ventes på hos hver."),
        ),
    )


def _spread(keys: Sequence[int], rows: int) -> dict[int, float]:
    """Return the height of each, spread evenly over the rows."""
    step = rows * ROW / max(1, len(keys))
    return {key: 8 + step * (place + 0.5) for place, key in enumerate(keys)}


def _wait(y: float, other: float, row: Dependency) -> str:
    middle = (LEFT_END + RIGHT_START) / 2
    is_pushed = row.response == Response.INFLUENCE
    style = (
        f'stroke="{palette.ACCENT}" stroke-width="2.5"'
        if is_pushed
        else f'stroke="{palette.LINE_STRONG}" stroke-width="1.5" stroke-dasharray="5 4"'
    )
    return (
        f'<path d="M{n(LEFT_END)} {n(y)}C{n(middle)} {n(y)} {n(middle)} {n(other)}'
        f' {n(RIGHT_START)} {n(other)}" fill="none" {style}/>'
    )


def _dot(x: float, y: float, colour: str) -> str:
    return f'<circle cx="{n(x)}" cy="{n(y)}" r="4" fill="{colour}"/>'


def _words(x: float, y: float, text: str, anchor: str, weight: int = 400) -> str:
    short = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
    return (
        f'<text x="{n(x)}" y="{n(y + 5)}" text-anchor="{anchor}" font-size="15"'
        f' font-weight="{weight}" fill="{palette.INK}">{escape(short)}</text>'
    )
