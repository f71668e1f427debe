"""The two pictures of the sum: what carries the result, and how far a pool reaches.

Drawn as plain SVG with presentation attributes, so that they stand on paper and without a
stylesheet. Each has a wide and a narrow format; the table with the same numbers stands beside.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from html import escape
from typing import NamedTuple

from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from hoest.domain.business_cases.calculations import Bar, Pool, Sensitivity
from hoest.domain.business_cases.web.words import language
from hoest.ui import formats
from hoest.ui.pictures import palette
from hoest.ui.pictures.harvest import Picture
from hoest.ui.pictures.shapes import n

MOST_BARS = 8
WIDE, NARROW = 880.0, 328.0
LONGEST_NAME = 34


class Axis(NamedTuple):
    """From which amount to which one an axis goes, and where it lies on the page."""

    low: float
    high: float
    left: float
    right: float

    def at(self, amount: Decimal | float) -> float:
        """Return the place of an amount."""
        along = (float(amount) - self.low) / ((self.high - self.low) or 1.0)
        return self.left + along * (self.right - self.left)


def tornado_picture(found: Sensitivity, conclusion: str) -> Picture | None:
    """Draw how far each assumption alone moves the present value; None when nothing moves it."""
    bars = [bar for bar in found.bars if bar.swing][:MOST_BARS]
    if not bars:
        return None
    drawn = [_tornado(bars, found.npv, wide, conclusion) for wide in (True, False)]
    return Picture(
        wide=mark_safe(drawn[0]),  # noqa: S308 - words are escaped where they are drawn
        narrow=mark_safe(drawn[1]),  # noqa: S308 - see above
        conclusion=conclusion,
        legend=(
            _("Mørk: nutidsværdien bliver større. Skraveret: den bliver mindre."),
            _("Én ad gangen; alt andet står, som det er sandsynligt."),
        ),
    )


def _tornado(bars: Sequence[Bar], npv: Decimal, wide: bool, label: str) -> str:
    width, row, top = (WIDE, 44.0, 30.0) if wide else (NARROW, 64.0, 30.0)
    ends = [end for bar in bars for end in (bar.npv_at_low, bar.npv_at_high)]
    left, right = (300.0, width - 90) if wide else (68.0, width - 68)
    axis = Axis(float(min(*ends, npv)), float(max(*ends, npv)), left, right)
    height = top + len(bars) * row + 14
    body = [_lines(axis, npv, top, height)]
    for place, bar in enumerate(bars):
        body.append(_bar(bar, axis, npv, top + place * row, wide))
    return _svg(width, height, wide, label, _hatch("tornado", wide) + "".join(body))


def _lines(axis: Axis, npv: Decimal, top: float, height: float) -> str:
    """Draw where the case stands, and zero when it is within sight."""
    x = axis.at(npv)
    said = _("nu %(amount)s") % {"amount": formats.kroner_short(npv, language())}
    parts = [
        _path(x, top - 6, height - 8, palette.INK, "1.5"),
        _text(x, top - 12, said, _anchor(x, axis)),
    ]
    if axis.low < 0 < axis.high:
        zero = axis.at(0)
        parts.append(_path(zero, top - 6, height - 8, palette.LINE_STRONG, "1", dashes="3 3"))
        if abs(zero - x) > 150:
            parts.append(_text(zero, top - 12, "0", "middle"))
    return "".join(parts)


def _bar(bar: Bar, axis: Axis, npv: Decimal, y: float, wide: bool) -> str:
    low, high = sorted((bar.npv_at_low, bar.npv_at_high))
    top = y + (10 if wide else 30)
    here = axis.at(npv)
    name = bar.name if len(bar.name) <= LONGEST_NAME else bar.name[: LONGEST_NAME - 1] + "…"
    parts = [
        f'<text x="0" y="{n(y + (28 if wide else 20))}" font-size="16" fill="{palette.INK}">'
        f"{escape(name)}</text>"
    ]
    for start, end, fill in (
        (axis.at(low), here, f"url(#tornado-{'wide' if wide else 'narrow'})"),
        (here, axis.at(high), palette.ACCENT),
    ):
        if end > start:
            parts.append(
                f'<rect x="{n(start)}" y="{n(top)}" width="{n(end - start)}" height="24"'
                f' fill="{fill}" stroke="{palette.ACCENT}" stroke-width="1"/>'
            )
    size = "14"
    for amount, anchor, away in ((low, "end", -6), (high, "start", 6)):
        short = _short(amount)
        parts.append(
            f'<text x="{n(axis.at(amount) + away)}" y="{n(top + 17)}" text-anchor="{anchor}"'
            f' font-size="{size}" fill="{palette.INK_2}">{escape(short)}</text>'
        )
    return "".join(parts)


def _short(amount: Decimal) -> str:
    """Write an amount so that it fits beside a bar: millions with one decimal, else thousands."""
    if abs(amount) >= 1_000_000:
        return formats.number(amount / 1_000_000, 1, language()) + _(" mio.")
    return formats.number(amount / 1000, 0, language()) + _(" t.kr.")


def coverage_picture(pool: Pool, conclusion: str) -> Picture:
    """Draw the coverage curve: how often a pool of each size covers everything that comes."""
    drawn = [_coverage(pool, wide, conclusion) for wide in (True, False)]
    return Picture(
        wide=mark_safe(drawn[0]),  # noqa: S308 - words are escaped where they are drawn
        narrow=mark_safe(drawn[1]),  # noqa: S308 - see above
        conclusion=conclusion,
        legend=(_("Vandret: puljens størrelse. Lodret: hvor ofte den dækker alt, der sker."),),
    )


def _coverage(pool: Pool, wide: bool, label: str) -> str:
    width, height = (WIDE, 270.0) if wide else (NARROW, 250.0)
    top, bottom = 24.0, height - 34
    axis = Axis(0.0, float(pool.worst) * 1.02, 56.0, width - (40 if wide else 12))

    def y(covered: Decimal) -> float:
        return bottom - float(covered) * (bottom - top)

    parts = []
    for share in (Decimal(0), Decimal("0.5"), Decimal(1)):
        parts.append(
            f'<path d="M{n(axis.left)} {n(y(share))}H{n(axis.right)}" stroke="{palette.LINE}"/>'
        )
        said = formats.percent(share, 0, language())
        parts.append(_text(axis.left - 8, y(share) + 5, said, "end"))
    path = [f"M{n(axis.left)} {n(y(Decimal(0)))}"]
    for total, covered in pool.steps:
        path.append(f"H{n(axis.at(total))}V{n(y(covered))}")
    path.append(f"H{n(axis.right)}")
    parts.append(
        f'<path d="{"".join(path)}" fill="none" stroke="{palette.ACCENT}" stroke-width="2.5"/>'
    )
    taken = -1.0
    for share, amount in pool.for_coverage:
        x, height_of = axis.at(amount), y(pool.covered_by(amount))
        parts.append(f'<circle cx="{n(x)}" cy="{n(height_of)}" r="5" fill="{palette.ACCENT}"/>')
        if x - taken > (96 if wide else 76):
            near_end = x > axis.right - 90
            parts.append(
                _text(
                    x - 9 if near_end else x + 9,
                    height_of + 20,
                    f"{formats.percent(share, 0, language())}: {_short(amount)}",
                    "end" if near_end else "start",
                )
            )
            taken = x
    for amount, anchor in ((Decimal(0), "start"), (pool.worst, "end")):
        parts.append(_text(axis.at(amount), bottom + 24, _short(amount), anchor))
    return _svg(width, height, wide, label, "".join(parts))


def _svg(width: float, height: float, wide: bool, label: str, body: str) -> str:
    form = "wide" if wide else "narrow"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="harvest harvest-{form}"'
        f' viewBox="0 0 {n(width)} {n(height)}" width="{n(width)}" height="{n(height)}" role="img"'
        f' aria-label="{escape(label)}" font-family="IBM Plex Sans, sans-serif">{body}</svg>'
    )


def _hatch(name: str, wide: bool) -> str:
    return (
        f'<defs><pattern id="{name}-{"wide" if wide else "narrow"}" width="6" height="6"'
        f' patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6"'
        f' fill="{palette.PAPER}"/><rect width="2" height="6" fill="{palette.ACCENT}"/></pattern>'
        "</defs>"
    )


def _path(x: float, top: float, bottom: float, colour: str, width: str, dashes: str = "") -> str:
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return (
        f'<path d="M{n(x)} {n(top)}V{n(bottom)}" stroke="{colour}" stroke-width="{width}"{dashed}/>'
    )


def _text(x: float, y: float, said: str, anchor: str) -> str:
    return (
        f'<text x="{n(x)}" y="{n(y)}" text-anchor="{anchor}" font-size="14"'
        f' fill="{palette.INK_2}">{escape(said)}</text>'
    )


def _anchor(x: float, axis: Axis) -> str:
    if x < axis.left + 70:
        return "start"
    return "end" if x > axis.right - 70 else "middle"
