"""Read a CSV table: comma, semicolon or tab, Danish or plain decimals, UTF-8 or Windows.

A fault says what stands in which line and what should.
"""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from hoest.engine.effects import Panel, Row, history_of, in_strata, panel_of
from hoest.foundation.faults import Fault

LARGEST_FILE_BYTES = 100_000_000
LONGEST_QUOTE = 40
DELIMITERS = (";", "\t", ",")
NOTHING = {"", "na", "nan", "null", "none", ".", "..", "-"}
NEVER = NOTHING | {"0", "0.0", "0,0", "inf", "never", "aldrig"}
PERIOD = re.compile(r"\d{4}(-\d{2}(-\d{2})?|[MKQU]\d{1,2})")


class TableNotRead(Fault):
    """The file cannot be read as a table; the sentence says what stands there and where."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table as text: names of the columns, and each line with its number in the file."""

    source: str
    columns: tuple[str, ...]
    lines: tuple[tuple[int, tuple[str, ...]], ...]
    comma: bool

    def column(self, name: str) -> list[tuple[int, str]]:
        """Return the cells of a column with their line numbers, or say which columns there are."""
        if name not in self.columns:
            known = ", ".join(self.columns)
            raise TableNotRead(f"Kolonnen {name} findes ikke. Kolonnerne er {known}.")
        place = self.columns.index(name)
        return [(number, cells[place].strip()) for number, cells in self.lines]

    def numbers(self, name: str) -> list[float]:
        """Return a column of numbers; an empty cell is a fault."""
        return [self.number(name, line, text) for line, text in self.column(name)]

    def number(self, name: str, line: int, text: str) -> float:
        """Return a number, or say what stands there instead."""
        plain = text.replace("\u00a0", "").replace(" ", "").replace("−", "-")
        if self.comma or ("," in plain and "." not in plain):
            plain = plain.replace(".", "").replace(",", ".") if "," in plain else plain
        try:
            value = float(plain)
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            raise TableNotRead(
                f"I linje {line} står {quoted(text)} i kolonnen {name}, men der skal stå et tal."
            )
        return value


def quoted(text: str) -> str:
    """Quote what stands in the file, on one line and at most 40 characters."""
    shown = "".join(sign if sign.isprintable() else "?" for sign in text)
    return f'"{shown}"' if len(shown) <= LONGEST_QUOTE else f'"{shown[:LONGEST_QUOTE]} …"'


def raw_bytes(file: str) -> bytes:
    """Return the bytes of a file, or of standard input for "-"."""
    if file == "-":
        with click.open_file("-", "rb") as stream:
            return bytes(stream.read(LARGEST_FILE_BYTES + 1))
    shown = click.format_filename(file)
    try:
        with Path(file).open("rb") as stream:
            return stream.read(LARGEST_FILE_BYTES + 1)
    except FileNotFoundError:
        raise TableNotRead(f"Filen {shown} findes ikke.") from None
    except IsADirectoryError:
        raise TableNotRead(f"{shown} er en mappe, men der skal stå en CSV-fil.") from None
    except (OSError, ValueError):
        raise TableNotRead(f"Filen {shown} kan ikke læses.") from None


def read_table(file: str) -> Table:
    """Return the table of a CSV file; its first line names the columns."""
    raw = raw_bytes(file)
    source = "standardinput" if file == "-" else click.format_filename(file)
    if len(raw) > LARGEST_FILE_BYTES:
        raise TableNotRead(f"{source} er over 100 MB.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    if "\0" in text or not text.strip():
        raise TableNotRead(f"{source} er tom eller er ikke tekst, men der skal stå en CSV-tabel.")
    head = text.splitlines()[0]
    delimiter = max(DELIMITERS, key=head.count)
    columns, lines = _lines(text, delimiter, source)
    return Table(source, columns, lines, delimiter == ";")


def _lines(
    text: str, delimiter: str, source: str
) -> tuple[tuple[str, ...], tuple[tuple[int, tuple[str, ...]], ...]]:
    reader = csv.reader(text.splitlines(), delimiter=delimiter)
    try:
        columns = tuple(name.strip() for name in next(reader))
        found = []
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(columns):
                raise TableNotRead(
                    f"Linje {reader.line_num} har {len(cells)} felter, "
                    f"men der er {len(columns)} kolonner."
                )
            found.append((reader.line_num, tuple(cells)))
    except csv.Error:
        raise TableNotRead(f"{source} kan ikke læses som CSV i linje {reader.line_num}.") from None
    if len(set(columns)) != len(columns):
        raise TableNotRead("To kolonner har samme navn.")
    if not found:
        raise TableNotRead(f"{source} har ingen linjer under kolonnernes navne.")
    return columns, tuple(found)


def _period(name: str, line: int, text: str) -> float | int | str:
    if PERIOD.fullmatch(text):
        return text
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise TableNotRead(
            f"I linje {line} står {quoted(text)} i kolonnen {name}, men der skal stå et tal "
            "eller en måned som 2026-03."
        )
    return int(value) if value == int(value) else value


def _same_kind(name: str, line: int, kinds: set[type], value: object) -> None:
    kinds.add(str if isinstance(value, str) else float)
    if len(kinds) > 1:
        raise TableNotRead(
            f"I linje {line} er {name} skrevet på en anden måde end de andre tider. "
            "Skriv alle tider som tal eller alle som måneder."
        )


def panel_rows(table: Table, unit: str, time: str, value: str, treated: str | None) -> list[Row]:
    """Return the lines of a long table as they stand; an empty or 0 start means never."""
    kinds: set[type] = set()
    begun = table.column(treated) if treated else [(line, "") for line, _ in table.lines]
    rows: list[Row] = []
    columns = (table.column(unit), table.column(time), table.column(value), begun)
    for (line, who), (_, when), (_, amount), (_, start) in zip(*columns, strict=True):
        if not who:
            raise TableNotRead(f"I linje {line} er kolonnen {unit} tom.")
        period = _period(time, line, when)
        _same_kind(time, line, kinds, period)
        first = None if start.lower() in NEVER else _period(str(treated), line, start)
        if first is not None:
            _same_kind(str(treated), line, kinds, first)
        missing = amount.lower() in NOTHING
        rows.append(
            Row(who, period, math.nan if missing else table.number(value, line, amount), first)
        )
    return rows


def read_panel(table: Table, unit: str, time: str, value: str, treated: str) -> Panel:
    """Return the panel of a long table; an empty or 0 start means never."""
    return panel_of(panel_rows(table, unit, time, value, treated))


def read_history(table: Table, unit: str, time: str, value: str) -> Panel:
    """Return the panel of a long table that nobody has started in."""
    return history_of(panel_rows(table, unit, time, value, None))


def strata_of(table: Table, unit: str, column: str) -> Callable[[Panel], Panel]:
    """Return what puts each unit of a panel in the group that a column names for it."""
    named: dict[str, str] = {}
    for (line, who), (_, group) in zip(table.column(unit), table.column(column), strict=True):
        if not group:
            raise TableNotRead(f"I linje {line} er kolonnen {column} tom.")
        if named.setdefault(who, group) != group:
            raise TableNotRead(
                f"I linje {line} er {quoted(who)} i gruppen {quoted(group)}, "
                f"men ovenfor i {quoted(named[who])}. Skriv den samme på alle linjer."
            )
    order = {group: place for place, group in enumerate(sorted(set(named.values())))}

    def grouped(panel: Panel) -> Panel:
        return in_strata(panel, [order[named[unit]] for unit in panel.rollout.units])

    return grouped


def list_of(values: Sequence[str]) -> str:
    """Join words as a Danish list."""
    return values[0] if len(values) == 1 else f"{', '.join(values[:-1])} og {values[-1]}"
