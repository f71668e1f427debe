"""From a file's text or sheets to rows of texts with the numbers the file itself shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from hoest.domain.evidence.rules.reading import cell_text, parted_by, raw_lines, split_lines
from hoest.foundation.imports.limits import LONG_TABLES
from hoest.foundation.imports.reader import Sheet

MOST_LINES, MOST_COLUMNS = LONG_TABLES.rows, LONG_TABLES.columns
# A title and an empty row often stand above the headings.
HEADING_WITHIN = 10
Rows = tuple[tuple[int, list[str]], ...]


@dataclass(frozen=True)
class Grid:
    """One sheet: its name ("" for a CSV file), its rows by number, and how decimals stand.

    `broken` names the first cells that hold an error, such as #REF!, as (row, text).
    """

    name: str
    rows: Rows
    has_point: bool = False
    broken: tuple[tuple[int, str], ...] = ()


def decoded(raw: bytes) -> str | None:
    """Return the text of a CSV file in UTF-8 or in Windows' Danish signs; None when it is none."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    return None


def too_large(text: str) -> str:
    """Tell what a CSV file has too many of, before its cells are made: lines, columns or ""."""
    if max(text.count("\n"), text.count("\r")) > MOST_LINES + HEADING_WITHIN:
        return "lines"
    raw = raw_lines(text)
    mark, _has_point = parted_by(raw, HEADING_WITHIN)
    return "columns" if any(line.count(mark) >= MOST_COLUMNS for line in raw) else ""


def grids_of_text(text: str) -> tuple[Grid, ...]:
    """Return the lines of a CSV file as one sheet without a name."""
    lines, has_point = split_lines(text, HEADING_WITHIN)
    return (Grid("", tuple(lines), has_point),) if lines else ()


def grids_of_workbook(sheets: Iterable[Sheet]) -> tuple[Grid, ...]:
    """Return the sheets a reader sees, those with content alone."""
    return tuple(
        Grid(
            sheet.name,
            tuple((row.number, [cell_text(cell) for cell in row.cells]) for row in sheet.rows),
            broken=tuple((one.row, one.text) for one in sheet.errors),
        )
        for sheet in sheets
        if sheet.rows and not sheet.hidden
    )
