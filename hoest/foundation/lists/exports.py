"""Files of a list: CSV and XLSX with every row of the filter, not just the page.

Why: Danish Excel opens CSV with semicolons, decimal commas and a byte order mark; everything else
it garbles. A text that a spreadsheet would run as a formula gets an apostrophe in front; numbers
stay numbers, negative ones too. CSV leaves as it is read; XLSX is written row by row to a
temporary file, so neither grows with the list.

Source: OWASP, CSV injection; ISO/IEC 29500 (XLSX).
"""

from __future__ import annotations

import csv
import datetime as dt
import re
import tempfile
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import IO

import xlsxwriter

from hoest.foundation.lists.columns import Plain

_RUNS_AS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "＝", "＋", "－", "＠")
_A_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


def harmless(text: str) -> str:
    """Return a text that no spreadsheet runs: an apostrophe first where it could be a formula."""
    clean = _UNPRINTABLE.sub("", text)
    if clean.lstrip(" ").startswith(_RUNS_AS_FORMULA) and not _A_NUMBER.fullmatch(clean.strip()):
        return "'" + clean
    return clean


class _Line:
    """Takes what the csv writer writes, and hands it on at once."""

    text = ""

    def write(self, text: str) -> int:
        self.text = text
        return len(text)


def csv_lines(headings: list[str], rows: Iterable[list[Plain]]) -> Iterator[bytes]:
    """Yield a CSV file for Danish Excel line by line: byte order mark, semicolons, commas."""
    line = _Line()
    writer = csv.writer(line, delimiter=";", lineterminator="\r\n")
    yield b"\xef\xbb\xbf"
    writer.writerow([harmless(heading) for heading in headings])
    yield line.text.encode()
    for row in rows:
        writer.writerow([_danish(value) for value in row])
        yield line.text.encode()


def _danish(value: Plain) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, dt.date):
        return value.strftime("%d-%m-%Y")
    if isinstance(value, int | float | Decimal):
        return _digits(value).replace(".", ",")
    return harmless(value)


def _digits(value: int | float | Decimal) -> str:
    """Write a number without exponent and without zeros that say nothing."""
    if not isinstance(value, Decimal):
        return str(value)
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def xlsx_file(title: str, headings: list[str], rows: Iterable[list[Plain]]) -> IO[bytes]:
    """Write a workbook with one sheet to a temporary file and return it, read from its start."""
    file = tempfile.TemporaryFile(suffix=".xlsx")  # noqa: SIM115
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": "dd-mm-yyyy",
        "remove_timezone": True,
    }
    book = xlsxwriter.Workbook(file, options)
    sheet = book.add_worksheet(re.sub(r"[\[\]:*?/\\']", " ", title)[:31].strip() or "Liste")
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
    sheet.freeze_panes(1, 0)
    for column, heading in enumerate(headings):
        sheet.set_column(column, column, max(12, min(40, len(heading) + 4)))
        sheet.write_string(0, column, harmless(heading), bold)
    number = 0
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            _write(sheet, number, column, value)
    sheet.autofilter(0, 0, max(number, 1), max(len(headings) - 1, 0))
    book.close()
    file.seek(0)
    return file


def _write(sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, value: Plain) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_string(row, column, "ja" if value else "nej")
    elif isinstance(value, dt.date):
        sheet.write_datetime(row, column, value)
    elif isinstance(value, int | float | Decimal):
        sheet.write_number(row, column, float(value))
    else:
        sheet.write_string(row, column, harmless(value)[:32_767])
