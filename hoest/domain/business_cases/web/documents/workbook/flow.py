"""The sums by year under the lines: net, accumulated, discounted, ranges, and where it turns.

Formulas as the engine's: N_t = B_t - I_t - D_t; A_t = Σ N; DF(t) by steps; a sum of discounted
amounts within 10^-12 of what went into it counts as zero; the turning year is the first that is no
longer negative after one that was.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hoest.domain.business_cases.rules import Duration, LineKind
from hoest.domain.business_cases.web.documents.workbook.known import known_rows
from hoest.domain.business_cases.web.documents.workbook.rates import FINE, RatePlaces
from hoest.foundation import content
from hoest.foundation.documents.sheets import Formula, Sheet, at, quoted

if TYPE_CHECKING:
    from hoest.domain.business_cases.web.documents.workbook.book import CaseBook

ZERO_SHARE = 1e-12
Make = Callable[[int], str]


@dataclass(frozen=True)
class FlowPlaces:
    """Where the rows of the sums stand on the sheet of years."""

    sheet: Sheet
    rows: dict[str, int]
    start: int
    count: int
    lines: int

    def span(self, name: str) -> str:
        """Return all years of a row, as other sheets write it."""
        row, last = self.rows[name], self.start + self.count - 1
        return self.sheet.ref(
            f"{at(row, self.start, fixed='row column')}:{at(row, last, fixed='row column')}"
        )

    def last(self, name: str) -> str:
        """Return the last year of a row, as other sheets write it."""
        return self.sheet.ref(at(self.rows[name], self.start + self.count - 1, fixed="row column"))

    def of_lines(self, column: int, *, fixed: str = "row column") -> str:
        """Return a column of all lines, on the sheet itself."""
        return f"{at(1, column, fixed=fixed)}:{at(self.lines, column, fixed=fixed)}"


def write_flow(sheet: Sheet, case: CaseBook, rates: RatePlaces, start: int) -> FlowPlaces:
    """Write the rows under the lines, and return where they stand."""
    figures = case.figures
    assert figures is not None
    names = _names()
    first = len(case.kroner) + 2
    places = FlowPlaces(
        sheet,
        {name: first + number for number, name in enumerate(names)},
        start,
        len(figures.years),
        len(case.kroner),
    )
    values = known_rows(case, figures)
    formulas = _formulas(places, rates)
    for name, (label, look) in names.items():
        row = places.rows[name]
        sheet.put(row, 0, label, "strong" if look == "money_sum" else "text")
        for number in range(places.count):
            made = Formula(formulas[name](number), values[name][number])
            sheet.put(row, start + number, made, look)
    return places


def _names() -> dict[str, tuple[str, str]]:
    """Return the rows in their order: name, what it is called, its look."""
    return {
        "t": (_("År nummer"), "whole"),
        "gross": (_("Gevinster i kroner"), "money_sum"),
        "lasting": (_("– heraf varige"), "money"),
        "investment": (_("Investering"), "money"),
        "operation": (_("Driftsudgift"), "money"),
        "cost": (_("Investering og drift"), "money_sum"),
        "net": (_("Netto: gevinster minus udgifter"), "money_sum"),
        "accumulated": (_("Netto lagt sammen fra første år"), "money_sum"),
        "factor": (_("Faktor til første års værdi"), "factor"),
        "present": (_("Netto regnet om til første år"), "money"),
        "present_sum": (_("Omregnet netto lagt sammen"), "money"),
        "present_size": (_("Omregnede beløb uden fortegn, lagt sammen"), "money"),
        "net_low": (_("Netto, når alt går dårligt"), "money"),
        "net_mean": (_("Netto, middel"), "money"),
        "net_high": (_("Netto, når alt går godt"), "money"),
        "effect": (_("Gevinst, der tæller som fuldt indført"), "money"),
        "effect_year": (_("Seneste år med gevinst"), "whole"),
        "spent": (_("Første år med udgift"), "whole"),
        "turned": (_("Året, netto når nul"), "whole"),
        "turned_present": (_("Året, omregnet netto når nul"), "whole"),
    }


@dataclass(frozen=True)
class _Formulas:
    """The formula of each row, by the number of the year."""

    places: FlowPlaces
    rates: RatePlaces

    def cell(self, name: str, number: int) -> str:
        return at(self.places.rows[name], self.places.start + number)

    def amounts(self, number: int) -> str:
        return self.places.of_lines(self.places.start + number, fixed="row")

    def of_kind(self, kind: LineKind) -> Make:
        kinds, decimals = self.places.of_lines(1), self.rates.decimals
        return lambda n: f"ROUND(SUMIF({kinds},{_label(kind)},{self.amounts(n)}),{decimals})"

    def lasting(self, number: int) -> str:
        kinds, durations = self.places.of_lines(1), self.places.of_lines(2)
        lasts = quoted(content.label("duration", Duration.RECURRING))
        conditions = f"{kinds},{_label(LineKind.BENEFIT)},{durations},{lasts}"
        return f"ROUND(SUMIFS({self.amounts(number)},{conditions}),{self.rates.decimals})"

    def end(self, column: int) -> Make:
        """Return the net with every line at one of its ends, or at its mean."""
        signs, shares = self.places.of_lines(4), self.places.of_lines(column)
        return lambda n: f"ROUND(SUMPRODUCT({signs},{shares},{self.amounts(n)}),{FINE})"

    def running(self, name: str, found: Make) -> Make:
        """Keep the first number that was found."""

        def make(n: int) -> str:
            before = self.cell(name, n - 1) if n else ""
            return f"IF(ISNUMBER({before}),{before},{found(n)})" if n else found(0)

        return make

    def turning(self, of: str) -> Make:
        def make(n: int) -> str:
            if n == 0:
                return '""'
            turns = f"AND({self.cell(of, n - 1)}<0,{self.cell(of, n)}>=0)"
            return f'IF({turns},{self.cell("t", n)},"")'

        return make

    def summed(self, name: str, of: str) -> Make:
        """Return what has come so far, rounded as money is."""

        def make(n: int) -> str:
            both = f"{self.cell(name, n - 1)}+{self.cell(of, n)}"
            return f"ROUND({both},{self.rates.decimals})" if n else self.cell(of, 0)

        return make

    def present_size(self, n: int) -> str:
        own = f"ABS({self.cell('present', n)})"
        return f"{self.cell('present_size', n - 1)}+{own}" if n else own

    def present_sum(self, n: int) -> str:
        before = f"{self.cell('present_sum', n - 1)}+" if n else ""
        total, size = f"{before}{self.cell('present', n)}", self.cell("present_size", n)
        return f"IF(ABS({total})<={ZERO_SHARE:.12f}*{size},0,{total})"

    def effect(self, n: int) -> str:
        whole = ":".join(
            at(self.places.rows["lasting"], column, fixed="column")
            for column in (self.places.start, self.places.start + self.places.count - 1)
        )
        return f"IF(SUM({whole})>0,{self.cell('lasting', n)},{self.cell('gross', n)})"

    def effect_year(self, n: int) -> str:
        before = self.cell("effect_year", n - 1) if n else "-1"
        return f"IF({self.cell('effect', n)}>0,{self.cell('t', n)},{before})"

    def spent(self, n: int) -> str:
        return f'IF({self.cell("cost", n)}>0,{self.cell("t", n)},"")'


def _label(kind: LineKind) -> str:
    return quoted(content.label("line_kind", kind))


def _formulas(places: FlowPlaces, rates: RatePlaces) -> dict[str, Make]:
    """Return the formula of each row, by the number of the year."""
    by = _Formulas(places, rates)
    cell = by.cell
    return {
        "t": lambda n: f"{cell('t', n - 1)}+1" if n else "0",
        "gross": by.of_kind(LineKind.BENEFIT),
        "lasting": by.lasting,
        "investment": by.of_kind(LineKind.INVESTMENT),
        "operation": by.of_kind(LineKind.OPERATION),
        "cost": lambda n: f"{cell('investment', n)}+{cell('operation', n)}",
        "net": lambda n: f"ROUND({cell('gross', n)}-{cell('cost', n)},{rates.decimals})",
        "accumulated": by.summed("accumulated", "net"),
        "factor": lambda n: rates.factor_of(cell("t", n)),
        "present": lambda n: f"{cell('net', n)}*{cell('factor', n)}",
        "present_sum": by.present_sum,
        "present_size": by.present_size,
        "net_low": by.end(5),
        "net_mean": by.end(6),
        "net_high": by.end(7),
        "effect": by.effect,
        "effect_year": by.effect_year,
        "spent": by.running("spent", by.spent),
        "turned": by.running("turned", by.turning("accumulated")),
        "turned_present": by.running("turned_present", by.turning("present_sum")),
    }
