"""The lines: as they were written, year by year with sums, and the hours on their own sheet.

Formulas: a one-off line stands in its filled years; a recurring one continues its last filled
value; written amounts times the factor of the price level. Sums are rounded to the decimals of the
sheet of rates, so that floating point adds no hair that turns a figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hoest.domain.business_cases import calculations
from hoest.domain.business_cases.rules import CaseLineFigures, Duration, LineKind
from hoest.domain.business_cases.web import shown
from hoest.domain.business_cases.web.documents.workbook.flow import FlowPlaces, write_flow
from hoest.domain.business_cases.web.documents.workbook.rates import RatePlaces
from hoest.foundation import content
from hoest.foundation.documents.sheets import Formula, Sheet, at, quoted

if TYPE_CHECKING:
    from hoest.domain.business_cases.web.documents.workbook.book import CaseBook

ZERO = Decimal(0)
ONE = Decimal(1)
# Columns of the sheet of lines before its years, and of the sheet of years before its own.
GIVEN, COUNTED = 8, 8


@dataclass(frozen=True)
class LineSheets:
    """The sheet of lines as written, the sheet of years, and the rates both use."""

    given: Sheet
    counted: Sheet
    rates: RatePlaces


def kind_name(line: CaseLineFigures) -> str:
    """Name a line's kind as the formulas compare it."""
    return content.label("line_kind", line.kind)


def area_name(area: str) -> str:
    """Name an area as the formulas compare it; none has a name too."""
    return content.label("steering_area", area) if area else _("Uden styringsområde")


def write_lines(sheets: LineSheets, case: CaseBook) -> None:
    """Write the lines as they were written: the only amounts that are not formulas."""
    sheet, figures = sheets.given, case.figures
    assert figures is not None
    sheet.widths(38, 14, 10, 18, 9, 9, 30, 24)
    sheet.width_from(GIVEN, GIVEN + len(figures.years) - 1, 14)
    sheet.freeze(1, 1)
    heads = (
        _("Post"), _("Art"), _("Varighed"), _("Styringsområde"), _("Lavest"), _("Højest"),
        _("Kilde"), _("Sted i kilden"),
    )  # fmt: skip
    sheet.row(0, heads, "heading")
    sheet.row(0, figures.years, "heading_right", start=GIVEN)
    for row, (line, _shown) in enumerate(case.kroner, start=1):
        sheet.row(row, (line.line_key, kind_name(line), duration_name(line)))
        sheet.put(row, 3, area_name(line.steering_area))
        sheet.put(row, 4, ONE if line.low_share is None else line.low_share, "share_given")
        sheet.put(row, 5, ONE if line.high_share is None else line.high_share, "share_given")
        sheet.put(row, 6, line.source_title or _("kilde mangler"), "note")
        sheet.put(row, 7, line.source_place, "note")
        for column, year in enumerate(figures.years, start=GIVEN):
            if year in line.amounts:
                sheet.put(row, column, line.amounts[year], "money_given")


def duration_name(line: CaseLineFigures) -> str:
    """Name a line's duration as the formulas compare it."""
    return content.label("duration", line.duration)


def write_years(sheets: LineSheets, case: CaseBook) -> FlowPlaces:
    """Write the lines year by year, and below them the sums and the discounting."""
    sheet, figures, rates = sheets.counted, case.figures, sheets.rates
    assert figures is not None
    sheet.widths(38, 14, 10, 18, 9, 10, 10, 10)
    sheet.width_from(COUNTED, COUNTED + len(figures.years) - 1, 14)
    sheet.freeze(1, 1)
    heads = (
        _("Post"), _("Art"), _("Varighed"), _("Styringsområde"), _("Fortegn"), _("Dårligst"),
        _("Middel"), _("Bedst"),
    )  # fmt: skip
    sheet.row(0, heads, "heading")
    sheet.row(
        0, [_year(sheets, n, y) for n, y in enumerate(figures.years)], "heading_right", COUNTED
    )
    benefit = quoted(content.label("line_kind", LineKind.BENEFIT))
    weights = rates.mean
    for row, (_written, line) in enumerate(case.kroner, start=1):
        given = [sheets.given.ref(f"${column}{row + 1}") for column in "ABCDEF"]
        sheet.put(row, 0, Formula(given[0], line.line_key))
        sheet.put(row, 1, Formula(given[1], kind_name(line)))
        sheet.put(row, 2, Formula(given[2], duration_name(line)))
        sheet.put(row, 3, Formula(given[3], area_name(line.steering_area)))
        gains = line.kind == LineKind.BENEFIT
        low = ONE if line.low_share is None else line.low_share
        high = ONE if line.high_share is None else line.high_share
        here = f"$E{row + 1}"
        sheet.put(row, 4, Formula(f"IF($B{row + 1}={benefit},1,-1)", 1 if gains else -1), "whole")
        worst = Formula(f"IF({here}=1,{given[4]},{given[5]})", low if gains else high)
        best = Formula(f"IF({here}=1,{given[5]},{given[4]})", high if gains else low)
        middle = Formula(
            f"({weights[0]}*{given[4]}+{weights[1]}+{weights[2]}*{given[5]})"
            f"/({weights[0]}+{weights[1]}+{weights[2]})",
            (low + 4 + high) / 6,
        )
        sheet.row(row, (worst, middle, best), "share", start=5)
        _amounts(sheet, row, COUNTED, line, figures.years, sheets.given, GIVEN, rates.factor)
    return write_flow(sheet, case, rates, COUNTED)


def _year(sheets: LineSheets, number: int, year: int) -> Formula:
    return Formula(f"{sheets.rates.base}+{number}" if number else sheets.rates.base, year)


def _amounts(
    sheet: Sheet,
    row: int,
    start: int,
    line: CaseLineFigures,
    years: Sequence[int],
    source: Sheet,
    source_start: int,
    factor: str,
) -> None:
    """Write the profile of one line: what is filled, or what continues."""
    profile = calculations.yearly(line.amounts, line.duration, years[-1])
    lasts = quoted(content.label("duration", Duration.RECURRING))
    for number, year in enumerate(years):
        cell = source.ref(at(row, source_start + number))
        before = at(row, start + number - 1) if number else "0"
        written = f"{cell}*{factor}" if factor else cell
        formula = f"IF(ISNUMBER({cell}),{written},IF($C{row + 1}={lasts},{before},0))"
        sheet.put(row, start + number, Formula(formula, profile.get(year, ZERO)), "money")


def write_hours(sheet: Sheet, case: CaseBook) -> None:
    """Write the hours: as written above, year by year below; never in kroner."""
    lines = shown.in_order(case.hours)
    table = next(t for t in shown.line_tables(case.written, case.figures) if t.measure == "hours")
    years = table.years
    sheet.widths(38, 14, 10, 30)
    sheet.width_from(4, 4 + len(years) - 1, 12)
    sheet.freeze(1, 1)
    sheet.row(0, (_("Timer"), _("Art"), _("Varighed"), _("Kilde")), "heading")
    sheet.row(0, years, "heading_right", start=4)
    for row, line in enumerate(lines, start=1):
        sheet.row(row, (line.line_key, kind_name(line), duration_name(line)))
        sheet.put(row, 3, shown.source_of(line), "note")
        for column, year in enumerate(years, start=4):
            if year in line.amounts:
                sheet.put(row, column, line.amounts[year], "money_given")
    top = len(lines) + 2
    sheet.put(top, 0, _("Timer, år for år"), "strong")
    lasts = quoted(content.label("duration", Duration.RECURRING))
    sums = dict.fromkeys(years, ZERO)
    for number, line in enumerate(lines):
        row, given = top + 1 + number, 1 + number
        sheet.put(row, 0, Formula(f"$A{given + 1}", line.line_key))
        sheet.put(row, 1, Formula(f"$B{given + 1}", kind_name(line)))
        profile = calculations.yearly(line.amounts, line.duration, years[-1])
        for place, year in enumerate(years):
            cell = at(given, 4 + place)
            before = at(row, 3 + place) if place else "0"
            text = f"IF(ISNUMBER({cell}),{cell},IF($C{given + 1}={lasts},{before},0))"
            sheet.put(row, 4 + place, Formula(text, profile.get(year, ZERO)), "money")
            if line.kind == LineKind.BENEFIT:
                sums[year] += profile.get(year, ZERO)
    total = top + 1 + len(lines)
    sheet.put(total, 0, _("Timer i alt, alle gevinster"), "strong")
    benefit = quoted(content.label("line_kind", LineKind.BENEFIT))
    for place, year in enumerate(years):
        letter = at(0, 4 + place).rstrip("1")
        span = f"{letter}{top + 2}:{letter}{total}"
        text = f"ROUND(SUMIF($B${top + 2}:$B${total},{benefit},{span}),2)"
        sheet.put(total, 4 + place, Formula(text, sums[year]), "money_sum")
