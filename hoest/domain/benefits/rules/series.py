"""A series of values as people copy it from a spreadsheet: one line, one day, one value. No Django.

Every line is read or named with what stands there and what is expected; nothing is guessed. A
month, a quarter or a year means its last day, since a value of a period is known when it is over.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from hoest.ui.formats import NotANumber, parse_number

MOST_LINES = 600
LARGEST = Decimal(10) ** 13
MOST_DECIMALS = 4
EARLIEST = dt.date(1990, 1, 1)
_NAMES = (
    ("januar", "jan"), ("februar", "feb"), ("marts", "mar"), ("april", "apr"), ("maj",),
    ("juni", "jun"), ("juli", "jul"), ("august", "aug"), ("september", "sep", "sept"),
    ("oktober", "okt"), ("november", "nov"), ("december", "dec"),
)  # fmt: skip
_MONTHS = {name: place for place, names in enumerate(_NAMES, 1) for name in names}


@dataclass(frozen=True)
class SeriesRow:
    """One line that was read: the day, the value, and what would happen to it.

    `outcome` is new, same (it stands already) or corrects (another value stands for the day).
    """

    line: int
    on: dt.date
    value: Decimal
    outcome: str = "new"
    standing: Decimal | None = None


@dataclass(frozen=True)
class SeriesFault:
    """A line that could not be read: its number, what stands there, a code for the words."""

    line: int
    text: str
    code: str


@dataclass(frozen=True)
class Series:
    """A pasted series: its rows by day, and its faults by line."""

    rows: tuple[SeriesRow, ...]
    faults: tuple[SeriesFault, ...]

    def having(self, outcome: str) -> tuple[SeriesRow, ...]:
        """Return the rows with an outcome."""
        return tuple(row for row in self.rows if row.outcome == outcome)


def read_series(text: str, today: dt.date, standing: Mapping[dt.date, Decimal]) -> Series:
    """Read pasted text. `standing` holds the values that stand already, by day.

    Shapes: one line per value. Units: the indicator's own. Raises nothing: what cannot be read is
    among the faults, each with its line.
    """
    rows: dict[dt.date, SeriesRow] = {}
    faults: list[SeriesFault] = []
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if len(lines) > MOST_LINES:
        return Series((), (SeriesFault(MOST_LINES + 1, str(len(lines)), "too_many"),))
    for number, raw in enumerate(lines, start=1):
        line = raw.strip("\ufeff \u00a0")
        if not line.strip():
            continue
        read = _read_line(number, line, today)
        if number == 1 and isinstance(read, SeriesFault) and _is_heading(line):
            continue
        if isinstance(read, SeriesFault):
            faults.append(read)
            continue
        twin = rows.get(read.on)
        if twin is not None and twin.value != read.value:
            faults.append(SeriesFault(number, line, "twice"))
            continue
        rows[read.on] = _against(read, standing.get(read.on))
    return Series(tuple(rows[day] for day in sorted(rows)), tuple(faults))


def _is_heading(line: str) -> bool:
    """Tell whether a line names its two columns: words and no figure at all."""
    return len(_cells(line)) == 2 and not re.search(r"\d", line)


def _against(row: SeriesRow, stands: Decimal | None) -> SeriesRow:
    if stands is None:
        return row
    outcome = "same" if stands == row.value else "corrects"
    return SeriesRow(row.line, row.on, row.value, outcome, stands)


def _read_line(number: int, line: str, today: dt.date) -> SeriesRow | SeriesFault:
    cells = _cells(line)
    if len(cells) < 2:
        return SeriesFault(number, line, "one_cell")
    if len(cells) > 2:
        return SeriesFault(number, line, "many_cells")
    day = read_day(cells[0])
    if day is None:
        return SeriesFault(number, cells[0], "no_such_day" if _has_form(cells[0]) else "not_a_day")
    if day < EARLIEST:
        return SeriesFault(number, cells[0], "long_ago")
    if day > today:
        return SeriesFault(number, cells[0], "ahead")
    try:
        value = parse_number(cells[1])
    except NotANumber:
        return SeriesFault(number, cells[1], "not_a_number")
    if abs(value) > LARGEST:
        return SeriesFault(number, cells[1], "too_large")
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and -exponent > MOST_DECIMALS:
        return SeriesFault(number, cells[1], "too_fine")
    return SeriesRow(number, day, value)


def _cells(line: str) -> Sequence[str]:
    """Split at tabs or semicolons; without any, the last word is the value."""
    for mark in ("\t", ";"):
        if mark in line:
            return [cell.strip().strip('"') for cell in line.split(mark) if cell.strip()]
    head, _space, tail = line.strip().rpartition(" ")
    return [head.strip(), tail] if head else [tail]


def _has_form(text: str) -> bool:
    """Tell whether a text is written as a date, although the calendar has no such day."""
    return (
        re.fullmatch(r"(\d{4}-\d{1,2}(-\d{1,2})?|\d{1,2}[-./]\d{1,2}[-./]\d{4})", text) is not None
    )


def read_day(text: str) -> dt.date | None:
    """Return the day a cell means, or None: 2026-01-31, 31.01.2026, januar 2026, 1. kvartal 2026.

    A period means its last day.
    """
    clean = re.sub(r"\s+", " ", text.strip().lower()).rstrip(":")
    for pattern, order in (
        (r"(\d{4})-(\d{1,2})-(\d{1,2})(?: 0{1,2}:00(?::00)?)?", (1, 2, 3)),
        (r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})", (3, 2, 1)),
    ):
        found = re.fullmatch(pattern, clean)
        if found:
            return _day(*(int(found[place]) for place in order))
    return _period(clean)


def _period(clean: str) -> dt.date | None:
    if found := re.fullmatch(r"(\d{4})[-/m](\d{1,2})", clean):
        return _month_end(int(found[1]), int(found[2]))
    if found := re.fullmatch(r"([a-zæøå]{3,9})\.?[ -](\d{4})", clean):
        month = _MONTHS.get(found[1])
        return _month_end(int(found[2]), month) if month else None
    if found := re.fullmatch(r"([1-4])\. ?kv(?:artal|\.)?,? (\d{4})", clean):
        return _month_end(int(found[2]), int(found[1]) * 3)
    if found := re.fullmatch(r"(\d{4})[ -]?[kq]v?([1-4])", clean):
        return _month_end(int(found[1]), int(found[2]) * 3)
    if found := re.fullmatch(r"(\d{4})", clean):
        return _day(int(found[1]), 12, 31)
    return None


def _month_end(year: int, month: int) -> dt.date | None:
    if not 1 <= month <= 12 or not 1 <= year <= 9998:
        return None
    after = dt.date(year + month // 12, month % 12 + 1, 1)
    return after - dt.timedelta(days=1)


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
