"""The steering areas: what lasts and what stands once, by area, and that it is the net.

Formula: Σ of the lines of the area with that duration, benefits +, costs -.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hoest.domain.business_cases import calculations
from hoest.domain.business_cases.rules import Duration
from hoest.domain.business_cases.web.documents.workbook.flow import FlowPlaces
from hoest.domain.business_cases.web.documents.workbook.lines import area_name
from hoest.foundation import content
from hoest.foundation.documents.sheets import Formula, Sheet, at, quoted

if TYPE_CHECKING:
    from hoest.domain.business_cases.web.documents.workbook.book import CaseBook

FIRST_YEAR = 2


@dataclass(frozen=True)
class AreaPlaces:
    """Where the whole stands, and the row that checks it against the net."""

    sheet: Sheet
    check: str


def write_areas(sheet: Sheet, case: CaseBook, places: FlowPlaces) -> AreaPlaces:
    """Write the sheet: a row for each area that has lines, the whole, and the check."""
    figures = case.figures
    assert figures is not None
    lines = [line for _written, line in case.kroner]
    sums = calculations.sums_by_area(lines, figures.base_year, figures.horizon)
    sheet.widths(38, 24)
    sheet.width_from(FIRST_YEAR, FIRST_YEAR + len(figures.years) - 1, 14)
    sheet.freeze(1, 2)
    sheet.row(0, (_("Ændring"), _("Styringsområde")), "heading")
    counted = places.sheet
    for number, year in enumerate(figures.years):
        head = Formula(counted.ref(at(0, places.start + number)), year)
        sheet.put(0, FIRST_YEAR + number, head, "heading_right")
    durations, areas, signs = (counted.ref(places.of_lines(column)) for column in (2, 3, 4))
    for row, one in enumerate(sums, start=1):
        lasts = Duration.RECURRING if one.lasts else Duration.ONE_OFF
        name = _("Varige ændringer") if one.lasts else _("Engangsudgifter og engangsgevinster")
        sheet.put(row, 0, name)
        sheet.put(row, 1, area_name(one.area))
        duration = quoted(content.label("duration", lasts))
        for number, amount in enumerate(one.amounts):
            span = counted.ref(places.of_lines(places.start + number))
            conditions = f"{durations},{duration},{areas},$B{row + 1},{signs}"
            text = f"ROUND(SUMIFS({span},{conditions},1)-SUMIFS({span},{conditions},-1),6)"
            sheet.put(row, FIRST_YEAR + number, Formula(text, amount), "money")
    total = len(sums) + 1
    sheet.put(total, 0, _("Samlet økonomisk påvirkning"), "strong")
    sheet.put(total, 1, None, "strong")
    sheet.put(total + 1, 0, _("Afvigelse fra netto"))
    for number, net in enumerate(figures.net):
        column = FIRST_YEAR + number
        span = f"{at(1, column)}:{at(total - 1, column)}"
        sheet.put(total, column, Formula(f"SUM({span})", net), "money_sum")
        same = counted.ref(at(places.rows["net"], places.start + number))
        text = f"ROUND({at(total, column)}-{same},2)"
        sheet.put(total + 1, column, Formula(text, Decimal(0)), "money")
    first, last = (
        at(total + 1, column, fixed="row column")
        for column in (FIRST_YEAR, FIRST_YEAR + len(figures.net) - 1)
    )
    return AreaPlaces(sheet, sheet.ref(f"{first}:{last}"))
