"""The sheet of rates: years, price level with the index, discount rates by step, the mean.

Formula of the factor: I_shown / I_written; of the index: I_y = I_{y-1} · (1 + g_y), the year before
the first is 100.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hoest.foundation.documents.sheets import Formula, Sheet, at

if TYPE_CHECKING:
    from hoest.domain.business_cases.web.documents.workbook.book import CaseBook

# Money is written in øre; what is converted or multiplied by a share has more decimals.
OERE, FINE = 2, 6
GUESS_PLACES = 7
USUAL_GUESS = 0.1
FIRST_STEP = 12


@dataclass(frozen=True)
class RatePlaces:
    """Where the other sheets find what is set here, as they write it."""

    sheet: Sheet
    factor: str
    decimals: str
    base: str
    guess: str
    mean: tuple[str, str, str]
    steps: tuple[tuple[str | None, str], ...]

    def factor_of(self, year_number: str) -> str:
        """Return the formula of the discount factor of a year, counted from the base year."""
        parts, before = [], "0"
        for last, rate in self.steps:
            until = f"MIN({year_number},{last})" if last else year_number
            parts.append(f"(1+{rate})^(-MAX(0,{until}-{before}))")
            before = last or before
        return "*".join(parts)


def write_rates(sheet: Sheet, case: CaseBook) -> RatePlaces:
    """Write the sheet, and return where its numbers stand."""
    figures = case.figures
    assert figures is not None
    sheet.widths(44, 16, 16, 70)
    sheet.freeze(1, 0)
    sheet.row(0, (_("Satser"), _("Værdi"), "", _("Hvad det er")), "heading")
    index_row = FIRST_STEP + len(figures.rate_steps) + 3
    years = sorted(case.index.values)
    last_row = index_row + max(len(years), 1) - 1
    span = [f"${c}${index_row + 1}:${c}${last_row + 1}" for c in "AC"]
    factor: Formula = Formula(
        f"IF(B2=B3,1,INDEX({span[1]},MATCH(B2,{span[0]},0))/INDEX({span[1]},MATCH(B3,{span[0]},0)))",
        _factor(case),
    )
    rows: list[tuple[str, object, str, str]] = [
        (
            _("Vist i prisniveau"),
            case.shown_level,
            "year_given",
            _("Skriv et år fra prisindekset."),
        ),
        (_("Skrevet i prisniveau"), case.own_level, "year_given", _("Posternes eget år.")),
        (
            _("Omregningsfaktor"),
            factor,
            "factor",
            _("Indeks for det viste år delt med det skrevne."),
        ),
        (
            _("Decimaler i mellemregninger"),
            Formula(f"IF(B4=1,{OERE},{FINE})", OERE if _factor(case) == 1 else FINE),
            "whole",
            _("Ører, når intet er regnet om."),
        ),
        (_("Første år"), figures.base_year, "year", _("Regnes ikke om: år 0.")),
        (_("Sidste år"), figures.horizon, "year", _("Varige poster fortsætter hertil.")),
        (_("Vægt på det laveste"), 1, "number_given", _("Middelværdi efter PERT.")),
        (_("Vægt på det sandsynlige"), 4, "number_given", _("Malcolm m.fl. (1959).")),
        (_("Vægt på det højeste"), 1, "number_given", _("Summen af vægtene deler.")),
        (
            _("Startgæt til intern rente"),
            round(figures.irr, GUESS_PLACES) if figures.irr is not None else USUAL_GUESS,
            "number_given",
            _("Hvor Excel begynder at lede efter renten."),
        ),
    ]
    for row, (name, value, look, means) in enumerate(rows, start=1):
        sheet.put(row, 0, name)
        sheet.put(row, 1, value, look)  # type: ignore[arg-type]
        sheet.put(row, 3, means, "note")
    steps = _steps(sheet, case)
    _index(sheet, case, index_row, years)
    fixed = [sheet.ref(f"$B${row}") for row in range(2, 12)]
    return RatePlaces(
        sheet, fixed[2], fixed[3], fixed[4], fixed[9], (fixed[6], fixed[7], fixed[8]), steps
    )


def _factor(case: CaseBook) -> Decimal:
    if case.own_level == case.shown_level:
        return Decimal(1)
    return case.index.values[case.shown_level] / case.index.values[case.own_level]


def _steps(sheet: Sheet, case: CaseBook) -> tuple[tuple[str | None, str], ...]:
    figures = case.figures
    assert figures is not None
    head = FIRST_STEP - 1
    sheet.row(
        head,
        (_("Diskonteringsrente"), _("Til og med år"), _("Rente om året"), _("Kilde")),
        "heading",
    )
    found: list[tuple[str | None, str]] = []
    for number, (last, rate) in enumerate(figures.rate_steps):
        row = FIRST_STEP + number
        sheet.put(row, 0, _("Trin %(number)s") % {"number": number + 1})
        sheet.put(row, 1, last if last is not None else _("derefter"), "year_given")
        sheet.put(row, 2, rate, "share_given")
        sheet.put(row, 3, f"{figures.rate_name}, {figures.rate_source}", "note")
        until = sheet.ref(at(row, 1, fixed="row column")) if last is not None else None
        found.append((until, sheet.ref(at(row, 2, fixed="row column"))))
    return tuple(found)


def _index(sheet: Sheet, case: CaseBook, first: int, years: list[int]) -> None:
    """Write the municipality's price index, chained by formulas from its changes."""
    sheet.row(
        first - 1,
        (_("Prisindeks"), _("Ændring fra året før"), _("Indeks"), _("Kilde")),
        "heading",
    )
    if not years:
        sheet.put(first, 0, _("Kommunen har ikke skrevet et prisindeks endnu."), "note")
        return
    kept = {one.year: one for one in case.index.years}
    for number, year in enumerate(years):
        row = first + number
        sheet.put(row, 0, year, "year")
        one = kept.get(year)
        if one is None:
            sheet.put(row, 2, Decimal(100), "number_given")
            continue
        sheet.put(row, 1, one.change_share, "share_given")
        value = Formula(f"{at(row - 1, 2)}*(1+{at(row, 1)})", case.index.values[year])
        sheet.put(row, 2, value, "factor")
        sheet.put(row, 3, one.source_text, "note")
