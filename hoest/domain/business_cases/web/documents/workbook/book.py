"""The workbook as a whole: what it is made of, and the order of its sheets."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from hoest.domain.business_cases.calculations import KeyFigures, PriceIndex
from hoest.domain.business_cases.rules import CaseLineFigures, Measure
from hoest.domain.business_cases.web.documents.workbook.areas import write_areas
from hoest.domain.business_cases.web.documents.workbook.lines import (
    LineSheets,
    write_hours,
    write_lines,
    write_years,
)
from hoest.domain.business_cases.web.documents.workbook.overview import write_overview
from hoest.domain.business_cases.web.documents.workbook.rates import write_rates
from hoest.foundation.documents.sheets import Book


@dataclass(frozen=True)
class CaseBook:
    """What a workbook is made from. `written` are the lines as written, `lines` those shown.

    `facts` are (name, text) beside the title; `history` rows of (version, price level, who and
    when, reason).
    """

    title: str
    point: str
    author: str
    made_at: dt.datetime
    footer: str
    mark: str
    facts: tuple[tuple[str, str], ...]
    history: tuple[tuple[str, str, str, str], ...]
    written: list[CaseLineFigures]
    lines: list[CaseLineFigures]
    figures: KeyFigures | None
    own_level: int
    shown_level: int
    index: PriceIndex

    @property
    def kroner(self) -> list[tuple[CaseLineFigures, CaseLineFigures]]:
        """The kroner lines as written beside the same as shown."""
        return [
            pair
            for pair in zip(self.written, self.lines, strict=True)
            if pair[0].measure == Measure.DKK
        ]

    @property
    def hours(self) -> list[CaseLineFigures]:
        """The lines that count hours."""
        return [line for line in self.written if line.measure == Measure.HOURS]


def written(case: CaseBook) -> bytes:
    """Return the workbook as a file."""
    book = Book(title=case.title, author=case.author, made_at=case.made_at, footer=case.footer)
    # The overview stands first and is written last: it points at all the others.
    overview = book.sheet(_("Overblik"), case.mark)
    if case.figures is not None and case.kroner:
        given = book.sheet(_("Poster"), case.mark)
        rates = write_rates(book.sheet(_("Satser"), case.mark), case)
        counted = book.sheet(_("År for år"), case.mark)
        sheets = LineSheets(given, counted, rates)
        write_lines(sheets, case)
        places = write_years(sheets, case)
        area_rows = write_areas(book.sheet(_("Styringsområder"), case.mark), case, places)
        write_overview(overview, case, places, rates, area_rows)
    else:
        write_overview(overview, case, None, None, None)
    if case.hours:
        write_hours(book.sheet(_("Timer"), case.mark), case)
    _history(book, case)
    return book.bytes()


def _history(book: Book, case: CaseBook) -> None:
    sheet = book.sheet(_("Versioner"), case.mark)
    sheet.widths(26, 14, 46, 60)
    sheet.freeze(1, 0)
    sheet.row(0, (_("Version"), _("Prisniveau"), _("Hvem og hvornår"), _("Begrundelse")), "heading")
    for number, row in enumerate(case.history, start=1):
        sheet.row(number, row, "wrap")
