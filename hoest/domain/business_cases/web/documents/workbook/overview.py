"""The overview: the point, whose it is, and the key figures of the page as formulas.

Each key figure stands on a row with its range and its definition, in the order of the page. Where
there is none the formula says why, in the page's own words.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hoest.domain.business_cases.calculations import Ends, KeyFigures
from hoest.domain.business_cases.web import shown, words
from hoest.domain.business_cases.web.documents.workbook.areas import AreaPlaces
from hoest.domain.business_cases.web.documents.workbook.flow import FlowPlaces
from hoest.domain.business_cases.web.documents.workbook.rates import FINE, RatePlaces
from hoest.foundation import content
from hoest.foundation.documents.sheets import Formula, Sheet, Value, quoted

if TYPE_CHECKING:
    from hoest.domain.business_cases.web.documents.workbook.book import CaseBook

ZERO = Decimal(0)
# Beyond it the engine looks for no rate.
LOOKS = {"irr": "share", "payback_calendar_year": "year"}


@dataclass(frozen=True)
class _Figure:
    """A key figure's formula with its value, and the two ends of its range."""

    value: Formula
    low: Formula | None = None
    high: Formula | None = None


def write_overview(
    sheet: Sheet,
    case: CaseBook,
    places: FlowPlaces | None,
    rates: RatePlaces | None,
    areas: AreaPlaces | None,
) -> None:
    """Write the sheet a reader sees first."""
    sheet.widths(34, 20, 18, 18, 10, 80)
    sheet.put(0, 0, case.title, "title")
    sheet.put(1, 0, case.point)
    sheet.put(2, 0, case.mark, "mark")
    row = 4
    for name, text in case.facts:
        sheet.put(row, 0, name)
        sheet.put(row, 1, text)
        row += 1
    figures = case.figures
    if figures is None or places is None or rates is None or areas is None:
        return
    row += 1
    heads = (
        _("Nøgletal"), _("Tal"), _("Lavest"), _("Højest"), _("Enhed"), _("Sådan er det regnet"),
    )  # fmt: skip
    sheet.row(row, heads, "heading")
    made = _figures(figures, places, rates)
    for number, one in enumerate(shown.key_figures(figures), start=row + 1):
        figure = made[one.code]
        kind = LOOKS.get(one.code, "years" if one.code.startswith("payback") else "money")
        sheet.put(number, 0, one.label)
        sheet.put(number, 1, figure.value, kind)
        sheet.put(number, 2, figure.low, kind)
        sheet.put(number, 3, figure.high, kind)
        unit = one.unit or (_("år") if kind == "years" else "")
        sheet.put(number, 4, unit)
        sheet.put(number, 5, one.definition, "note")
        row = number
    _notes(sheet, row + 2, case, areas)


def _notes(sheet: Sheet, row: int, case: CaseBook, areas: AreaPlaces) -> None:
    figures = case.figures
    assert figures is not None
    checked = Formula(
        f"IF(AND(MIN({areas.check})=0,MAX({areas.check})=0),{quoted(_('ja'))},{quoted(_('nej'))})",
        _("ja"),
    )
    sheet.put(row, 0, _("Styringsområderne giver netto"))
    sheet.put(row, 1, checked)
    notes: list[Value] = [
        _("Ret et blåt tal på arket Poster eller Satser, så følger alt med. Sorte tal er formler."),
        _("Kroner i %(level)s. Timer er ikke gjort til penge og lægges aldrig sammen med kroner.")
        % {"level": shown.price_level(case.shown_level)},
        _("Diskonteringsrente: %(rate)s.") % {"rate": words.rate_words(figures)},
    ]
    for number, note in enumerate(notes, start=row + 2):
        sheet.put(number, 0, note)


def _figures(figures: KeyFigures, at: FlowPlaces, rates: RatePlaces) -> dict[str, _Figure]:
    """Return every key figure of the page as a formula."""
    ranged = figures.net_range is not None
    net = figures.net_range or Ends(ZERO, ZERO, ZERO)
    npv = figures.npv_range or Ends(ZERO, ZERO, ZERO)

    def end(name: str, value: Decimal, *, discounted: bool) -> Formula | None:
        if not ranged:
            return None
        span = at.span(name)
        text = f"SUMPRODUCT({span},{at.span('factor')})" if discounted else f"SUM({span})"
        return Formula(f"ROUND({text},{0 if discounted else FINE})", value)

    return {
        "net": _Figure(
            Formula(at.last("accumulated"), figures.net_total),
            end("net_low", net.low, discounted=False),
            end("net_high", net.high, discounted=False),
        ),
        "npv": _Figure(
            Formula(f"ROUND(SUM({at.span('present')}),0)", figures.npv),
            end("net_low", npv.low, discounted=True),
            end("net_high", npv.high, discounted=True),
        ),
        "gross": _Figure(_total("gross", figures.gross_total, at, rates)),
        "cost": _Figure(_total("cost", figures.cost_total, at, rates)),
        "full_effect": _Figure(_full_effect(figures, at)),
        "irr": _Figure(_internal_rate(figures, at, rates)),
        "payback_calendar_year": _Figure(_calendar(figures, at, rates)),
        "payback_simple": _Figure(_simple(figures, at, rates)),
        "payback_interpolated": _Figure(
            _interpolated("accumulated", "turned", figures.payback_interpolated, figures, at, rates)
        ),
        "payback_discounted": _Figure(
            _interpolated(
                "present_sum", "turned_present", figures.payback_discounted, figures, at, rates
            )
        ),
    }


def _total(name: str, value: Decimal, at: FlowPlaces, rates: RatePlaces) -> Formula:
    return Formula(f"ROUND(SUM({at.span(name)}),{rates.decimals})", value)


def _effect(at: FlowPlaces) -> str:
    """Return the formula of a year at full effect: benefits less operation in its last year."""
    year = at.last("effect_year")
    both = f"INDEX({at.span('effect')},1,{year}+1)-INDEX({at.span('operation')},1,{year}+1)"
    return f"IF({year}<0,0,ROUND({both},{FINE}))"


def _full_effect(figures: KeyFigures, at: FlowPlaces) -> Formula:
    return Formula(_effect(at), figures.full_effect)


def _internal_rate(figures: KeyFigures, at: FlowPlaces, rates: RatePlaces) -> Formula:
    none = quoted(words.why_missing("irr", figures))
    found = f"ROUND(IRR({at.span('net')},{rates.guess}),7)"
    value: float | str = words.why_missing("irr", figures)
    if figures.irr is not None and not words.rate_is_empty(figures):
        value = figures.irr
    highest = content.limit_decimal("usable_internal_rate")
    return Formula(f"IFERROR(IF({found}>{highest},{none},{found}),{none})", value)


def _never(figures: KeyFigures, at: FlowPlaces, rates: RatePlaces) -> str:
    """Return the words for a payback that is not there, as a formula."""
    nothing = quoted(_("Intet at betale tilbage: netto er aldrig negativ."))
    before, after = _("Ikke tjent hjem inden udgangen af %(year)s.").split("%(year)s")
    year = f"{rates.base}+{at.last('t')}"
    late = f"{quoted(before)}&({year})&{quoted(after)}"
    return f"IF(MIN({at.span('accumulated')})>=0,{nothing},{late})"


def _calendar(figures: KeyFigures, at: FlowPlaces, rates: RatePlaces) -> Formula:
    turned = at.last("turned")
    value = figures.payback_calendar_year
    return Formula(
        f"IF(ISNUMBER({turned}),{rates.base}+{turned},{_never(figures, at, rates)})",
        value if value is not None else words.why_missing("payback_calendar_year", figures),
    )


def _simple(figures: KeyFigures, at: FlowPlaces, rates: RatePlaces) -> Formula:
    paid = f"SUM({at.span('investment')})"
    nothing = quoted(_("Intet at betale tilbage: netto er aldrig negativ."))
    none = quoted(_("Findes ikke: der er ingen investering eller ingen varig gevinst."))
    value = figures.payback_simple
    return Formula(
        f"IF(AND({paid}>0,{_effect(at)}>0),{paid}/({_effect(at)}),"
        f"IF(MIN({at.span('accumulated')})>=0,{nothing},{none}))",
        value if value is not None else words.why_missing("payback_simple", figures),
    )


def _interpolated(
    sums: str,
    turned: str,
    value: float | None,
    figures: KeyFigures,
    at: FlowPlaces,
    rates: RatePlaces,
) -> Formula:
    year, spent = at.last(turned), at.last("spent")
    before = f"INDEX({at.span(sums)},1,{year})"
    after = f"INDEX({at.span(sums)},1,{year}+1)"
    start = f"IF(ISNUMBER({spent}),{spent},0)"
    count = f"{year}-1-{start}+{before}/({before}-{after})"
    code = "payback_interpolated" if sums == "accumulated" else "payback_discounted"
    return Formula(
        f"IF(ISNUMBER({year}),{count},{_never(figures, at, rates)})",
        value if value is not None else words.why_missing(code, figures),
    )
