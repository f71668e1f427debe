"""Workbooks that calculate: every figure is a formula over cells, and carries its value along.

Why the value too: a file from outside opens in a protected view that calculates nothing, and a
phone shows what is stored. So each formula is written with the value the engine has, and a test
calculates the file anew with another program and compares the two, cell by cell. No macros, no
links out of the file; text is always text.

Source: ISO/IEC 29500-1 (SpreadsheetML); XlsxWriter.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from hoest.foundation.documents.characters import clean

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
LONGEST_TEXT = 32_767
PAPER_A4 = 9
MONEY, SHARE, FACTOR = "#,##0;-#,##0;0", "0.0%", "0.000000"

_LOOKS: dict[str, dict[str, object]] = {
    "title": {"bold": True, "font_size": 15},
    "mark": {"bold": True, "font_color": "#8A4A0B"},
    "heading": {"bold": True, "bg_color": "#E6E9ED", "bottom": 1, "text_wrap": True},
    "heading_right": {
        "bold": True,
        "bg_color": "#E6E9ED",
        "bottom": 1,
        "align": "right",
        "num_format": "0",
    },
    "text": {"valign": "top"},
    "wrap": {"text_wrap": True, "valign": "top"},
    "strong": {"bold": True, "top": 1},
    "note": {"font_color": "#5B564A", "text_wrap": True, "valign": "top"},
    "year": {"num_format": "0"},
    "money": {"num_format": MONEY},
    "money_sum": {"num_format": MONEY, "bold": True, "top": 1},
    "money_given": {"num_format": "#,##0.00;-#,##0.00;0", "font_color": "#1F4E8C"},
    "share": {"num_format": SHARE},
    "share_given": {"num_format": "0.00%", "font_color": "#1F4E8C"},
    "number_given": {"num_format": "0.######", "font_color": "#1F4E8C"},
    "year_given": {"num_format": "0", "font_color": "#1F4E8C"},
    "factor": {"num_format": FACTOR},
    "years": {"num_format": "0.0"},
    "whole": {"num_format": "0"},
}


@dataclass(frozen=True)
class Formula:
    """A formula in English spelling, and the value it is known to have."""

    text: str
    value: Decimal | float | int | str = ""


Value = str | int | float | Decimal | dt.date | Formula | None


def at(row: int, column: int, *, fixed: str = "") -> str:
    """Return the address of a cell (from zero); `fixed` holds "row", "column" or both."""
    return xl_rowcol_to_cell(row, column, row_abs="row" in fixed, col_abs="column" in fixed)


def quoted(text: str) -> str:
    """Return a text as it stands inside a formula."""
    return '"' + clean(text).replace('"', '""') + '"'


class Sheet:
    """A sheet being written; `ref` addresses its cells from other sheets."""

    def __init__(self, book: Book, name: str, sheet: Any) -> None:
        self.name, self._book, self._sheet = name, book, sheet

    def ref(self, cells: str) -> str:
        """Return an address on this sheet as other sheets write it."""
        return "'" + self.name.replace("'", "''") + "'!" + cells

    def put(self, row: int, column: int, value: Value, look: str = "text") -> None:
        """Write a value or a formula; text never becomes a formula."""
        shown = self._book.look(look)
        if value is None or value == "":
            self._sheet.write_blank(row, column, None, shown)
        elif isinstance(value, Formula):
            stored = value.value
            if isinstance(stored, Decimal):
                stored = float(stored)
            self._sheet.write_formula(row, column, "=" + value.text, shown, stored)
        elif isinstance(value, str):
            text = clean(value)[:LONGEST_TEXT]
            risky = text.startswith(FORMULA_STARTS)
            self._sheet.write_string(
                row, column, text, self._book.look(look, quoted=True) if risky else shown
            )
        elif isinstance(value, dt.date):
            self._sheet.write_datetime(row, column, value, shown)
        else:
            self._sheet.write_number(row, column, float(value), shown)

    def row(self, row: int, values: Sequence[Value], look: str = "text", start: int = 0) -> None:
        """Write values beside each other in one look."""
        for column, value in enumerate(values, start=start):
            self.put(row, column, value, look)

    def widths(self, *widths: float) -> None:
        """Set the width of the first columns."""
        for column, width in enumerate(widths):
            self._sheet.set_column(column, column, width)

    def width_from(self, column: int, last: int, width: float) -> None:
        """Set the width of a run of columns."""
        self._sheet.set_column(column, max(column, last), width)

    def freeze(self, rows: int, columns: int) -> None:
        """Let the headings stay in sight, on the screen and on paper."""
        self._sheet.freeze_panes(rows, columns)
        if rows:
            self._sheet.repeat_rows(0, rows - 1)


class Book:
    """A workbook being written."""

    def __init__(self, *, title: str, author: str, made_at: dt.datetime, footer: str) -> None:
        self._target = io.BytesIO()
        self._book = xlsxwriter.Workbook(
            self._target,
            {
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_numbers": False,
                "strings_to_urls": False,
            },
        )
        self._book.set_properties(
            {
                "title": clean(title),
                "author": clean(author),
                "created": made_at.replace(tzinfo=None),
            }
        )
        self._looks: dict[tuple[str, bool], Any] = {}
        self._footer = clean(footer).replace("&", "&&")

    def look(self, name: str, *, quoted: bool = False) -> Any:
        """Return a named look, made once."""
        if (name, quoted) not in self._looks:
            extra = {"quote_prefix": True} if quoted else {}
            self._looks[name, quoted] = self._book.add_format({**_LOOKS[name], **extra})
        return self._looks[name, quoted]

    def sheet(self, name: str, mark: str = "") -> Sheet:
        """Add a sheet that prints on A4, as wide as the paper; the mark stands on every page."""
        added = self._book.add_worksheet(clean(name)[:31])
        added.set_landscape()
        added.set_paper(PAPER_A4)
        added.fit_to_pages(1, 0)
        added.hide_gridlines(2)
        marked = clean(mark).replace("&", "&&")
        added.set_header(f"&L{marked}&R&A")
        added.set_footer(f"&L{self._footer}&R&P / &N")
        return Sheet(self, clean(name)[:31], added)

    def bytes(self) -> bytes:
        """Close the workbook and return the file."""
        self._book.close()
        return self._target.getvalue()
