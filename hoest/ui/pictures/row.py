"""One rung of the scene: its words, its birds and its amount as one link to its rows."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from html import escape

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hoest.ui import formats
from hoest.ui.pictures import palette
from hoest.ui.pictures.account import Measure, RungAmount
from hoest.ui.pictures.form import Format
from hoest.ui.pictures.shapes import n


@dataclass(frozen=True)
class RowWords:
    """Says in words what stands on a rung, as the rest of the page writes it."""

    measure: Measure
    language: str

    def stands(self, rung: RungAmount) -> bool:
        """Tell whether anything stands on a rung."""
        return bool(rung.amount(self.measure) or rung.count)

    def amount(self, rung: RungAmount) -> str:
        """Return the amount of a rung as it is written beside its birds."""
        if not self.stands(rung):
            return _("Ingen endnu") if rung.code == "in_hand" else _("Ingen")
        amount = rung.amount(self.measure)
        if self.measure == "hours":
            return formats.hours(amount, self.language)
        return formats.kroner_short(amount, self.language)

    def count(self, rung: RungAmount) -> str:
        """Return how many benefits stand on a rung, empty when none do."""
        if not rung.count:
            return ""
        return ngettext("%(n)s gevinst", "%(n)s gevinster", rung.count) % {"n": rung.count}

    def spoken(self, rung: RungAmount) -> str:
        """Return one rung in words, in the order in which they stand in the picture."""
        said = ", ".join(part for part in (rung.label, self.count(rung), self.amount(rung)) if part)
        return _("%(said)s om året") % {"said": said} if self.stands(rung) else said


def row_svg(
    form: Format,
    say: RowWords,
    rung: RungAmount,
    ends: tuple[float, float],
    birds: str,
    base: float | None = None,
) -> str:
    """Return one rung as SVG; ``ends`` are its top and bottom, ``base`` where its words stand."""
    top, bottom = ends
    words = (
        _words_above(form, say, rung, top)
        if form.words_above
        else _words_beside(form, say, rung, base or bottom - (25 if rung.count else 14))
    )
    drawn = (
        f'<rect class="harvest-area" x="-6" y="{n(top)}" rx="4"'
        f' width="{n(form.width + 12)}" height="{n(bottom - top)}"'
        f' fill="{palette.PAPER}" fill-opacity="0"/>'
        f'<g aria-hidden="true">{birds}</g>'
        f'<g fill="{palette.INK}" aria-hidden="true">{words}</g>'
    )
    return linked(rung.href, say.spoken(rung), drawn)


def linked(href: str, spoken: str, drawn: str) -> str:
    """Return a drawn row with its words for a screen reader, as a link where there is one."""
    said = escape(spoken)
    if not href:
        return f'<g class="harvest-row" role="img" aria-label="{said}">{drawn}</g>'
    more = escape(_("Vis gevinsterne"))
    return f'<a class="harvest-row" href="{escape(href)}" aria-label="{said}. {more}">{drawn}</a>'


def _words_beside(form: Format, say: RowWords, rung: RungAmount, base: float) -> str:
    name, small = _type(17)
    figure = name if say.stands(rung) else small
    return (
        f'<text x="0" y="{n(base)}" {name}>{escape(rung.label)}</text> '
        f'<text x="0" y="{n(base + 20)}" {small}>{escape(say.count(rung))}</text> '
        f'<text x="{n(form.width)}" y="{n(base)}" text-anchor="end" {figure}>'
        f"{escape(say.amount(rung))}</text>"
    )


def _words_above(form: Format, say: RowWords, rung: RungAmount, top: float) -> str:
    name, small = _type(16)
    figure = name if say.stands(rung) else small
    on_ladder = rung.code in palette.RUNG_CODES[1:5]
    first = form.left + form.lean + 8 if on_ladder else 4
    last = form.right - (form.lean + 8 if on_ladder else 4)
    return (
        f'<text x="{n(first)}" y="{n(top + 18)}" {name}>{escape(rung.label)}'
        f' <tspan dx="4" {small}>{escape(say.count(rung))}</tspan></text> '
        f'<text x="{n(last)}" y="{n(top + 18)}" text-anchor="end" {figure}>'
        f"{escape(say.amount(rung))}</text>"
    )


def _type(size: int) -> tuple[str, str]:
    """Return the attributes of a row's strong words and of its small ones."""
    small = f'font-size="14.5" font-weight="400" fill="{palette.INK_2}"'
    return f'font-size="{size}" font-weight="600"', small


def scale_words(scale: Decimal, measure: Measure, language: str) -> str:
    """Return what one bird is worth, in words."""
    amount = (
        formats.hours(scale, language)
        if measure == "hours"
        else formats.kroner_short(scale, language).replace(",0", "")
    )
    return _("En fugl er %(amount)s om året.") % {"amount": amount}
