"""Freed hours per rung as bars: an axis of their own from zero, the original promise behind.

Hours are not birds beside kroner, because two flocks side by side would be added by the eye.
"""

from __future__ import annotations

from decimal import Decimal
from html import escape

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hoest.ui import formats
from hoest.ui.pictures import palette
from hoest.ui.pictures.account import HarvestAccount, RungAmount
from hoest.ui.pictures.row import linked
from hoest.ui.pictures.shapes import n

AXIS_STEPS = tuple(map(Decimal, ("1", "1.2", "1.6", "2", "3", "4", "5", "6", "8")))


def axis_top(largest: Decimal) -> Decimal:
    """Return the end of the axis: a round number with a round half, at least the largest."""
    power = Decimal(1)
    while True:
        for step in AXIS_STEPS:
            if step * power >= largest:
                return step * power
        power *= 10


def hour_bars(account: HarvestAccount, form: str, prefix: str, language: str) -> str:
    """Return the bars as SVG in the wide or the narrow format."""
    wide = form == "wide"
    rungs = [*account.ladder]
    if account.gone.amount("hours") or account.gone.promised("hours"):
        rungs.append(account.gone)
    largest = max(max(rung.amount("hours"), rung.promised("hours")) for rung in rungs)
    top = axis_top(max(largest, Decimal(1)))
    width = 880 if wide else 328
    left, right = (176, 700) if wide else (0, 328)
    row = 44 if wide else 58
    height = len(rungs) * row + 34
    unit = (right - left) / float(top)
    body = [_axis(left, right, height - 28, top, language)]
    for index, rung in enumerate(rungs):
        body.append(_bar(rung, index * row, wide, width, left, unit, f"{prefix}-{form}", language))
    hatch = (
        f'<defs><pattern id="{prefix}-{form}-hatch" width="6" height="6"'
        f' patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6"'
        f' fill="{palette.PAPER}"/><rect width="2" height="6" fill="{palette.INK_2}"/></pattern>'
        "</defs>"
    )
    label = escape(_("Frigjorte timer om året på hvert trin"))
    drawn = hatch + "".join(body)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="harvest harvest-{form}"'
        f' viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="group"'
        f' aria-label="{label}" font-family="IBM Plex Sans, sans-serif">{drawn}</svg>'
    )


def _axis(left: float, right: float, y: float, top: Decimal, language: str) -> str:
    marks = []
    for share in (0, Decimal("0.5"), 1):
        x = left + (right - left) * float(share)
        anchor = {0: "start", 1: "end"}.get(int(share) if share in (0, 1) else 2, "middle")
        text = formats.number(top * share, 0 if top > 1 else 1, language)
        if share == 1:
            text = formats.hours(top, language)
        marks.append(
            f'<path d="M{n(x)} 0V{n(y)}" stroke="{palette.LINE}" stroke-width="1"/>'
            f'<text x="{n(x)}" y="{n(y + 20)}" text-anchor="{anchor}" font-size="14.5"'
            f' fill="{palette.INK_2}">{escape(text)}</text>'
        )
    return f'<g aria-hidden="true">{"".join(marks)}</g>'


def _bar(
    rung: RungAmount,
    y: float,
    wide: bool,
    width: float,
    left: float,
    unit: float,
    prefix: str,
    language: str,
) -> str:
    amount = max(rung.amount("hours"), Decimal(0))
    long, promised = float(amount) * unit, float(rung.promised("hours")) * unit
    colours = palette.step(rung.code)
    fill = f"url(#{prefix}-hatch)" if rung.code == palette.LAPSED else colours.fill
    top = y + (9 if wide else 27)
    parts = [
        f'<rect class="harvest-area" x="-6" y="{n(y)}" rx="4" width="{n(width + 12)}"'
        f' height="{44 if wide else 56}" fill="{palette.PAPER}" fill-opacity="0"/>'
    ]
    if promised > long:
        parts.append(
            f'<rect x="{n(left)}" y="{n(top)}" width="{n(promised)}" height="22"'
            f' fill="{palette.PAPER}" stroke="{palette.LINE_STRONG}" stroke-dasharray="5 4"/>'
        )
    if long:
        parts.append(
            f'<rect x="{n(left)}" y="{n(top)}" width="{n(long)}" height="22" fill="{fill}"'
            f' stroke="{colours.line}"/>'
        )
    stands = bool(amount or rung.count)
    said = formats.hours(rung.amount("hours"), language) if stands else _("Ingen")
    base = y + (26 if wide else 19)
    parts.append(
        f'<text x="0" y="{n(base)}" font-size="{17 if wide else 16}" font-weight="600"'
        f' fill="{palette.INK}">{escape(rung.label)}</text> '
        f'<text x="{n(width)}" y="{n(base)}" text-anchor="end"'
        f' font-size="{(17 if wide else 16) if stands else 14.5}"'
        f' font-weight="{600 if stands else 400}"'
        f' fill="{palette.INK if stands else palette.INK_2}">{escape(said)}</text>'
    )
    count = ngettext("%(n)s gevinst", "%(n)s gevinster", rung.count) % {"n": rung.count}
    drawn = f'<g aria-hidden="true">{"".join(parts)}</g>'
    return linked(rung.href, f"{rung.label}, {said}, {count}", drawn)
