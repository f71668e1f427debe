"""From a `Workbook` to an .xlsx file that people can work in, and that reads back equal.

Danish headings with a note each, a frozen heading row, lists for coded columns. Text is always
written as text: a cell that begins with `= + - @`, a tab or a line break is marked so that no
spreadsheet takes it for a formula. The same workbook gives the same bytes.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from hoest.domain.exchange.rules.columns import (
    ABOUT,
    ABOUT_KEYS,
    README_SHEET,
    SHEETS,
    YEAR_NOTE,
    Column,
    Kind,
    SheetShape,
)
from hoest.domain.exchange.rules.readme import README, TEMPLATE_YEARS
from hoest.domain.exchange.rules.values import danish_number, visible
from hoest.domain.exchange.rules.workbook import Extra, ExtraValue, Workbook

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
LIST_ROWS = 2_000
"""How far down a list of allowed values is offered when the sheet is shorter."""
EXACT_DIGITS = 15
"""Significant digits a spreadsheet number keeps exactly; longer ones are written as text."""
CREATED = dt.datetime(2026, 1, 1)  # noqa: DTZ001 - a constant, so equal workbooks are equal files


def write(workbook: Workbook) -> bytes:
    """Return the workbook as an .xlsx file."""
    return _file(workbook, ())


def template(*, years: Sequence[int] = TEMPLATE_YEARS) -> bytes:
    """Return an empty workbook to fill in: headings, notes, lists, and the sheet `Læs mig`."""
    return _file(None, years)


def _file(workbook: Workbook | None, years: Sequence[int]) -> bytes:
    target = io.BytesIO()
    with _Book(target) as book:
        if workbook is None:
            book.readme()
        book.about(workbook)
        multiplier = workbook.multiplier if workbook else 1
        for shape in SHEETS:
            book.rows(shape, _records(workbook, shape), years, multiplier)
    return target.getvalue()


def _records(workbook: Workbook | None, shape: SheetShape) -> tuple[Any, ...]:
    if workbook is None:
        return ()
    groups = (
        workbook.initiatives, workbook.lines, workbook.benefits, workbook.measurements,
        workbook.take_outs,
    )  # fmt: skip
    return dict(zip((s.name for s in SHEETS), groups, strict=True))[shape.name]


class _Book:
    """An .xlsx file being written."""

    def __init__(self, target: io.BytesIO) -> None:
        self.book = xlsxwriter.Workbook(
            target,
            {
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_numbers": False,
                "strings_to_urls": False,
            },
        )
        self.book.set_properties({"title": "Høst: porteføljen", "created": CREATED})
        self.formats: dict[str, Any] = {}
        heading = {"bold": True, "bg_color": "#E6E9ED", "bottom": 1, "text_wrap": True}
        self.heading = self._format(**heading)
        self.guarded_heading = self._format(**heading, quote_prefix=True)
        self.wrapped = self._format(text_wrap=True, valign="top")
        self.guarded = self._format(quote_prefix=True)
        self.day = self._format(num_format="dd.mm.yyyy")

    def __enter__(self) -> _Book:
        return self

    def __exit__(self, *_raised: object) -> None:
        self.book.close()

    def _format(self, **properties: object) -> Any:
        name = repr(sorted(properties.items()))
        if name not in self.formats:
            self.formats[name] = self.book.add_format(properties)
        return self.formats[name]

    def readme(self) -> None:
        """Write the sheet for people; reading leaves it alone."""
        sheet = self.book.add_worksheet(README_SHEET)
        sheet.set_column(0, 0, 110)
        for row, text in enumerate(README):
            sheet.write_string(row, 0, text, self.wrapped)

    def about(self, workbook: Workbook | None) -> None:
        """Write the sheet Om."""
        sheet = self.book.add_worksheet(ABOUT)
        sheet.set_column(0, 0, 16)
        sheet.set_column(1, 1, 70)
        sheet.freeze_panes(1, 0)
        sheet.write_string(0, 0, "nøgle", self.heading)
        sheet.write_string(0, 1, "værdi", self.heading)
        told: dict[str, ExtraValue | None] = dict.fromkeys(ABOUT_KEYS)
        if workbook is not None:
            told = {
                "kommune": workbook.municipality,
                "prisniveau": workbook.price_level,
                "beløbsenhed": workbook.unit,
                "kilde": workbook.source,
                "dato": workbook.date_text,
                **workbook.extra,
            }
        for row, (key, value) in enumerate(told.items(), start=1):
            self._text(sheet, row, 0, key)
            if key in ABOUT_KEYS:
                sheet.write_comment(row, 0, ABOUT_KEYS[key])
            self._value(sheet, row, 1, value)
        unit_row = list(told).index("beløbsenhed") + 1
        _offer(sheet, unit_row, unit_row, 1, ("kr.", "1.000 kr.", "mio. kr."))

    def rows(
        self, shape: SheetShape, records: Sequence[Any], years: Sequence[int], multiplier: int
    ) -> None:
        """Write one sheet: its columns, the years it needs, the unknown columns it kept."""
        sheet = self.book.add_worksheet(shape.name)
        sheet.freeze_panes(1, 1)
        for position, column in enumerate(shape.columns):
            self._heading(sheet, position, column, len(records))
        filled = {year for record in records for year in record.amounts_dkk} if shape.years else ()
        all_years = sorted({*filled, *(years if shape.years else ())})
        first_year = len(shape.columns)
        for position, year in enumerate(all_years, start=first_year):
            sheet.set_column(position, position, 14)
            sheet.write_string(0, position, str(year), self.heading)
            sheet.write_comment(0, position, YEAR_NOTE.format(year=year))
        extra = list(dict.fromkeys(name for record in records for name in record.extra))
        first_extra = first_year + len(all_years)
        for position, name in enumerate(extra, start=first_extra):
            sheet.set_column(position, position, 18)
            guard = self.guarded_heading if name.startswith(FORMULA_STARTS) else self.heading
            sheet.write_string(0, position, visible(name), guard)
        for row, record in enumerate(records, start=1):
            for position, column in enumerate(shape.columns):
                self._cell(sheet, row, position, column, getattr(record, column.name), multiplier)
            for position, year in enumerate(all_years, start=first_year):
                if year in record.amounts_dkk:
                    self._number(sheet, row, position, record.amounts_dkk[year] / multiplier)
            self._extra(sheet, row, first_extra, extra, record.extra)

    def _heading(self, sheet: Worksheet, position: int, column: Column, rows: int) -> None:
        sheet.set_column(position, position, column.width)
        sheet.write_string(0, position, column.heading, self.heading)
        note = f"{column.note}\n{'Skal udfyldes.' if column.required else 'Kan være tom.'}"
        sheet.write_comment(0, position, note)
        if column.codes:
            _offer(sheet, 1, max(rows, LIST_ROWS), position, tuple(column.codes))

    def _cell(
        self, sheet: Worksheet, row: int, position: int, column: Column, value: Any, multiplier: int
    ) -> None:
        if value is None:
            return
        if column.kind is Kind.CODE:
            danish = next(danish for danish, code in column.codes.items() if code == value)
            sheet.write_string(row, position, danish)
        elif column.kind is Kind.AMOUNT:
            self._number(sheet, row, position, value / multiplier)
        elif column.kind in (Kind.LOW_PERCENT, Kind.HIGH_PERCENT) and 0 < value <= 1:
            sheet.write_string(row, position, f"{danish_number(value)} %")
        else:
            self._value(sheet, row, position, value)

    def _extra(
        self, sheet: Worksheet, row: int, first: int, names: Iterable[str], extra: Extra
    ) -> None:
        for position, name in enumerate(names, start=first):
            self._value(sheet, row, position, extra.get(name))

    def _value(
        self, sheet: Worksheet, row: int, position: int, value: ExtraValue | Decimal | None
    ) -> None:
        if isinstance(value, str):
            self._text(sheet, row, position, value)
        elif isinstance(value, bool):
            sheet.write_boolean(row, position, value)
        elif isinstance(value, dt.date):
            sheet.write_datetime(row, position, value, self.day)
        elif isinstance(value, Decimal):
            self._number(sheet, row, position, value)
        elif value is not None:
            sheet.write_number(row, position, value)

    def _text(self, sheet: Worksheet, row: int, position: int, text: str) -> None:
        text = visible(text.replace("\r\n", "\n").replace("\r", "\n"))
        if text:
            guard = self.guarded if text.startswith(FORMULA_STARTS) else None
            sheet.write_string(row, position, text, guard)

    def _number(self, sheet: Worksheet, row: int, position: int, number: Decimal) -> None:
        """Write a number with the decimals it has, as text when a float would change it."""
        number = number.normalize()
        digits = number.as_tuple()
        if len(digits.digits) > EXACT_DIGITS:
            sheet.write_string(row, position, danish_number(number))
            return
        decimals = max(0, -digits.exponent) if isinstance(digits.exponent, int) else 0
        shown = f"#,##0.{'0' * decimals}" if decimals else "#,##0"
        sheet.write_number(row, position, float(number), self._format(num_format=shown))


def _offer(
    sheet: Worksheet, first: int, last: int, position: int, allowed: tuple[str, ...]
) -> None:
    """Offer the allowed values of a column as a list."""
    sheet.data_validation(
        first, position, last, position,
        {
            "validate": "list",
            "source": list(allowed),
            "error_title": "Vælg fra listen",
            "error_message": "Vælg en af værdierne på listen, eller lad feltet være tomt.",
        },
    )  # fmt: skip
