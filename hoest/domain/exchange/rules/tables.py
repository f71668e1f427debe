"""From a sheet to rows of values: finds the headings, reads every cell, keeps unknown columns."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from hoest.domain.exchange.rules import values
from hoest.domain.exchange.rules.columns import (
    FIRST_YEAR,
    LAST_YEAR,
    Column,
    Kind,
    SheetShape,
)
from hoest.domain.exchange.rules.findings import Findings, quoted
from hoest.domain.exchange.rules.workbook import Extra, ExtraValue
from hoest.foundation.imports.places import address
from hoest.foundation.imports.reader import Cell, Row, Sheet

LIKENESS = 0.6
NAMES_COMPARED = 2_000
WANTED = {
    Kind.DATE: "en dato som dd.mm.åååå",
    Kind.YEAR: "et årstal",
    Kind.NUMBER: "et tal",
}


@dataclass
class TableRow:
    """One row: the values that could be read, the columns that could not, the rest."""

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    amounts: dict[int, Decimal] = field(default_factory=dict)
    extra: Extra = field(default_factory=dict)
    faulty: set[str] = field(default_factory=set)


@dataclass
class Table:
    """A sheet as rows of values. `positions` has the fields whose column exists."""

    shape: SheetShape
    rows: list[TableRow] = field(default_factory=list)
    positions: dict[str, int] = field(default_factory=dict)

    def heading(self, name: str) -> str:
        """Return the heading of a field."""
        return next(c.heading for c in self.shape.columns if c.name == name)

    def address(self, row: TableRow, name: str) -> str:
        """Return the address of a field's cell in a row, or nothing when there is no column."""
        position = self.positions.get(name)
        return address(row.number, position) if position else ""


@dataclass
class _Heading:
    position: int
    text: str
    column: Column | None = None
    year: int | None = None


def read_table(sheet: Sheet, shape: SheetShape, multiplier: int, findings: Findings) -> Table:
    """Return the rows of a sheet; what cannot be read is added to the findings."""
    table = Table(shape)
    content = [row for row in sheet.rows if not all(values.is_blank(c) for c in row.cells)]
    if not content:
        _missing_columns(shape, [], 1, findings)
        return table
    headings = _headings(content[0], shape, findings)
    _missing_columns(shape, headings, content[0].number, findings)
    table.positions = {h.column.name: h.position for h in headings if h.column is not None}
    reader = _RowReader(sheet, shape, headings, multiplier, findings)
    table.rows = [reader.read(row) for row in content[1:]]
    _note_formulas(sheet, headings, content[0].number, findings)
    return table


def suggestion(name: str, known: Iterable[str]) -> str:
    """Return `: mente du »…«?` for the nearest known name, or nothing."""
    by_folded: dict[str, str] = {}
    for candidate in known:
        if len(by_folded) == NAMES_COMPARED:
            break
        by_folded.setdefault(values.folded(candidate), candidate)
    near = difflib.get_close_matches(values.folded(name), by_folded, n=1, cutoff=LIKENESS)
    return f" – mente du {quoted(by_folded[near[0]])}?" if near else ""


def _headings(row: Row, shape: SheetShape, findings: Findings) -> list[_Heading]:
    known = shape.by_heading()
    headings: list[_Heading] = []
    seen: dict[str, str] = {}
    for position, cell in enumerate(row.cells, start=1):
        if values.is_blank(cell):
            continue
        text = values.clean(values.plain_text(cell))
        name = values.folded(text).rstrip("* ")
        where = address(row.number, position)
        if name in seen:
            findings.fault(
                shape.name, row.number, text, f"overskriften står to gange ({seen[name]} og "
                f"{where})", "at hver overskrift kun står én gang", where,
            )  # fmt: skip
            continue
        seen[name] = where
        heading = _Heading(position, text, known.get(name))
        if heading.column is None:
            _year_or_unknown(heading, cell, shape, row.number, findings)
        headings.append(heading)
    return headings


def _year_or_unknown(
    heading: _Heading, cell: Cell, shape: SheetShape, row: int, findings: Findings
) -> None:
    year = values.year_of(cell) if shape.years else None
    if year is None:
        heading.text = values.clean(values.visible(heading.text))
        findings.note(
            shape.name, row, heading.text,
            f"kolonnen {quoted(heading.text)} kendes ikke. Den gemmes, som den er"
            f"{suggestion(heading.text, shape.by_heading())}",
        )  # fmt: skip
    elif FIRST_YEAR <= year <= LAST_YEAR:
        heading.year = year
    else:
        findings.fault(
            shape.name, row, heading.text, f"året {year} som overskrift",
            f"et årstal fra {FIRST_YEAR} til {LAST_YEAR}", address(row, heading.position),
        )  # fmt: skip


def _missing_columns(
    shape: SheetShape, headings: list[_Heading], row: int, findings: Findings
) -> None:
    found = {heading.column.name for heading in headings if heading.column is not None}
    unknown = [h.text for h in headings if h.column is None and h.year is None]
    for column in shape.columns:
        if column.required and column.name not in found:
            findings.fault(
                shape.name, row, column.heading, "kolonnen findes ikke",
                f"en kolonne med overskriften {quoted(column.heading)}"
                f"{suggestion(column.heading, unknown)}",
            )  # fmt: skip


class _RowReader:
    """Reads the rows of one sheet."""

    def __init__(
        self, sheet: Sheet, shape: SheetShape, headings: list[_Heading], multiplier: int,
        findings: Findings,
    ) -> None:  # fmt: skip
        self.shape = shape
        self.headings = headings
        self.multiplier = multiplier
        self.findings = findings
        self.errors = {(e.row, e.column): e.text for e in sheet.errors}
        self.unsaved = {(f.row, f.column) for f in sheet.formulas if not f.has_value}
        self.named = {heading.position for heading in headings}
        self.nameless_noted = False

    def read(self, row: Row) -> TableRow:
        result = TableRow(row.number)
        for heading in self.headings:
            position = heading.position
            cell = row.cells[position - 1] if position <= len(row.cells) else None
            if heading.column is None and heading.year is None:
                self._keep(result, heading, cell)
                continue
            try:
                self._take(result, heading, cell)
            except values.NotUnderstood as error:
                result.faulty.add(heading.column.name if heading.column else heading.text)
                self.findings.fault(
                    self.shape.name, row.number, heading.text, error.stands, error.expected,
                    address(row.number, position),
                )  # fmt: skip
        self._note_nameless(row)
        return result

    def _take(self, result: TableRow, heading: _Heading, cell: Cell) -> None:
        place = (result.number, heading.position)
        if place in self.errors:
            raise values.NotUnderstood(
                f"fejlværdien {quoted(self.errors[place])}", "en værdi: ret formlen i Excel"
            )
        if values.is_blank(cell):
            if place in self.unsaved:
                raise values.NotUnderstood(
                    "en formel uden gemt værdi",
                    "en værdi: åbn filen i Excel og gem den, så formlen bliver regnet ud",
                )
            if heading.column is not None and heading.column.required:
                raise values.NotUnderstood("feltet er tomt", self._wanted(heading.column))
            return
        if heading.year is not None:
            result.amounts[heading.year] = values.read_amount(cell, self.multiplier)
        elif heading.column is not None and heading.column.kind is Kind.AMOUNT:
            result.values[heading.column.name] = values.read_amount(cell, self.multiplier)
        elif heading.column is not None:
            read = values.READERS[heading.column.kind]
            result.values[heading.column.name] = read(cell, heading.column)

    @staticmethod
    def _wanted(column: Column) -> str:
        if column.codes:
            return f"én af: {', '.join(column.codes)}"
        unnamed = f"en værdi: {quoted(column.heading)} skal udfyldes"
        return WANTED.get(column.kind, unnamed)

    def _keep(self, result: TableRow, heading: _Heading, cell: Cell) -> None:
        error = self.errors.get((result.number, heading.position))
        if error is not None:
            self.findings.note(
                self.shape.name, result.number, heading.text,
                f"fejlværdien {quoted(error)} er læst som et tomt felt",
            )  # fmt: skip
        kept = extra_value(cell)
        if kept is not None:
            result.extra[heading.text] = kept

    def _note_nameless(self, row: Row) -> None:
        if self.nameless_noted:
            return
        for position, cell in enumerate(row.cells, start=1):
            if position not in self.named and not values.is_blank(cell):
                self.nameless_noted = True
                self.findings.note(
                    self.shape.name, row.number, "",
                    f"cellen {address(row.number, position)} står i en kolonne uden overskrift "
                    "og læses ikke",
                )  # fmt: skip
                return


def extra_value(cell: Cell) -> ExtraValue | None:
    """Return a cell of an unknown column as it is kept.

    Text is trimmed and loses invisible signs; a number has the 15 digits a spreadsheet shows.
    """
    if isinstance(cell, str):
        return values.clean(values.visible(values.clean(cell))) or None
    if isinstance(cell, float):
        return float(f"{cell:.15g}")
    return cell


def _note_formulas(
    sheet: Sheet, headings: list[_Heading], heading_row: int, findings: Findings
) -> None:
    """Flag formulas, once per column."""
    text = {heading.position: heading.text for heading in headings}
    by_column: dict[int, list[int]] = {}
    for formula in sheet.formulas:
        if formula.row > heading_row and formula.column in text and formula.has_value:
            by_column.setdefault(formula.column, []).append(formula.row)
    for position, rows in sorted(by_column.items()):
        first = address(min(rows), position)
        many = "1 celle" if len(rows) == 1 else f"{len(rows)} celler, den første"
        findings.note(
            sheet.name, min(rows), text[position],
            f"formel i {many} ({first}). Den gemte værdi er læst, ikke formlen",
        )  # fmt: skip
