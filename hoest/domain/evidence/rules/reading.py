"""Values as people copy them from a spreadsheet: place, period and value. No Django.

A long table (place, period, value) or a wide one (places down and periods across, or the other way
round). Every line is read or named with what stands there; nothing is guessed.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice

from hoest.domain.evidence.rules.codes import Step
from hoest.domain.evidence.rules.naming import read_period
from hoest.domain.evidence.rules.periods import first_day, months_of
from hoest.ui.formats import NotANumber, parse_number

MOST_VALUES = 20_000
LARGEST = Decimal(10) ** 13
MOST_DECIMALS = 4
LONGEST_NAME = 160
EARLIEST = dt.date(1970, 1, 1)
MISSING = ("", "..", ".", "n/a", "na")
PLACE_WORDS = ("sted", "steder", "enhed", "afdeling", "kommune", "område", "place", "unit", "hvor")
PERIOD_WORDS = ("periode", "måned", "kvartal", "år", "tid", "dato", "period", "time", "hvornår")
VALUE_WORDS = ("værdi", "value", "tal", "indhold", "antal", "gennemsnit")


@dataclass(frozen=True)
class GivenValue:
    """One value that was read: its line, the place's name, the period's first day, the value.

    `sheet` is its sheet where a file has several.
    """

    line: int
    place: str
    on: dt.date
    value: Decimal
    sheet: str = ""


@dataclass(frozen=True)
class Twin:
    """Another line with a value of its own for the same: where it is, and both as they stand."""

    sheet: str
    line: int
    value: str
    again: str


@dataclass(frozen=True)
class LineFault:
    """A line that could not be read: its number, what stands there, a code for the words.

    `sheet` is its sheet where a file has several; `twin` the line it does not agree with.
    """

    line: int
    text: str
    code: str
    sheet: str = ""
    twin: Twin | None = None


@dataclass(frozen=True)
class Reading:
    """What a text holds: the values, the faults by line, and how many cells were empty."""

    values: tuple[GivenValue, ...]
    faults: tuple[LineFault, ...]
    missing: int = 0


@dataclass(frozen=True)
class Cell:
    """A place, a period and a value as they stand in the text."""

    line: int
    place: str
    period: str
    value: str
    has_point: bool
    sheet: str = ""


def read_values(text: str, step: Step, today: dt.date) -> Reading:
    """Read a pasted table for a series with periods of a length.

    Shapes: long or wide, with or without headings. Raises nothing: what cannot be read is among the
    faults, each with its line.
    """
    lines, has_point = split_lines(text)
    cells, faults = _cells(lines, has_point)
    if len(cells) > MOST_VALUES:
        return Reading((), (LineFault(1, str(len(cells)), "too_many"),))
    return read_cells(cells, faults, step, today)


def read_cells(
    cells: Iterable[Cell], faults: Sequence[LineFault], step: Step, today: dt.date
) -> Reading:
    """Read the cells of one series; `faults` are those that were met before."""
    faults = list(faults)
    values: dict[tuple[str, dt.date], GivenValue] = {}
    stands: dict[tuple[str, dt.date], str] = {}
    missing = 0
    for cell in cells:
        if cell.value.casefold() in MISSING and cell.place:
            missing += 1
            continue
        read = _read(cell, step, today)
        if isinstance(read, LineFault):
            faults.append(read)
            continue
        key = (read.place.casefold(), read.on)
        first = values.setdefault(key, read)
        text = stands.setdefault(key, cell.value)
        if first.value != read.value:
            twin = Twin(first.sheet, first.line, text, cell.value)
            what = f"{cell.place} {cell.period}"
            faults.append(LineFault(cell.line, what, "twice", cell.sheet, twin))
    return Reading(tuple(values.values()), tuple(sorted(faults, key=lambda one: one.line)), missing)


def one_for_each_place(
    values: Iterable[GivenValue], places: Mapping[str, Hashable]
) -> tuple[tuple[GivenValue, ...], tuple[LineFault, ...]]:
    """Return the values once where several names mean one place, and those that do not agree.

    `places` is what a name means, by name in small letters.
    """
    kept: dict[tuple[Hashable, dt.date], GivenValue] = {}
    faults = []
    for one in values:
        twin = kept.setdefault((places[one.place.casefold()], one.on), one)
        if twin.value != one.value:
            text = f"{twin.place} = {one.place}, {one.on:%Y-%m}"
            faults.append(LineFault(one.line, text, "twice", one.sheet))
    return tuple(kept.values()), tuple(faults)


def as_text(rows: Sequence[Sequence[object]]) -> str:
    """Return the cells of a sheet as lines with tabs, as they would be pasted.

    A number is written with a decimal comma, a day as 2026-01-31.
    """
    return "\n".join("\t".join(cell_text(cell) for cell in row) for row in rows)


def cell_text(cell: object) -> str:
    """Return a cell of a sheet as it would be pasted: decimal comma, days as 2026-01-31."""
    if cell is None or isinstance(cell, bool):
        return ""
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    if isinstance(cell, dt.date):
        return cell.isoformat()
    if isinstance(cell, float):
        # A spreadsheet's numbers carry noise in the last digits.
        text = f"{round(Decimal(repr(cell)), MOST_DECIMALS):f}"
        return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")
    return " ".join(str(cell).split())


def split_lines(text: str, heading_within: int = 1) -> tuple[list[tuple[int, list[str]]], bool]:
    """Split into numbered rows of cells; True when the decimals of the file have a point.

    What parts the cells is seen from the first line, or from the first of several that is parted.
    """
    raw = raw_lines(text)
    mark, has_point = parted_by(raw, heading_within)
    found = []
    for number, line in enumerate(raw, start=1):
        if not line.strip(" \t;,\u00a0"):
            continue
        quoted = '"' in line
        parts = next(csv.reader([line], delimiter=mark)) if quoted else line.split(mark)
        found.append((number, [part.strip(" \u00a0") for part in parts]))
    return found, has_point


def raw_lines(text: str) -> list[str]:
    """Return the lines of a text, whatever ends them, the empty ones included."""
    return text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff").split("\n")


def parted_by(raw: Sequence[str], heading_within: int = 1) -> tuple[str, bool]:
    """Return what parts the cells of lines; True when the decimals have a point."""
    begin = list(islice((line for line in raw if line.strip()), heading_within))
    first = next((one for one in begin if "\t" in one or ";" in one or one.count(",") >= 2), "")
    mark = next((one for one in ("\t", ";") if one in first), "")
    has_point = not mark and first.count(",") >= 2
    return mark or ("," if has_point else "\t"), has_point


def _cells(
    lines: list[tuple[int, list[str]]], has_point: bool
) -> tuple[list[Cell], list[LineFault]]:
    if not lines:
        return [], []
    head = trimmed(lines[0][1])
    order = _order(head)
    if order is None and len(head) > 1 and all(read_period(one) for one in head[1:]):
        return _wide(lines, has_point, periods_across=True)
    if order is None and _is_turned(head, lines[1:]):
        return _wide(lines, has_point, periods_across=False)
    has_heading = order is not None or not any(
        read_period(one) or read_number(one, True) is not None for one in head
    )
    body = lines[1:] if has_heading else lines
    if order is None and body and read_period(body[0][1][0]) and len(body[0][1]) == 3:
        # A line that begins with its period is (period, place, value).
        order = (1, 0, 2)
    return _long(body, order or (0, 1, 2), has_point)


def _order(head: Sequence[str]) -> tuple[int, int, int] | None:
    """Return where place, period and value stand when the headings say so."""
    words = [one.casefold().strip(".:") for one in head]
    found = [
        next((place for place, word in enumerate(words) if word in known), None)
        for known in (PLACE_WORDS, PERIOD_WORDS, VALUE_WORDS)
    ]
    place, period, value = found
    if place is None or period is None:
        return None
    if value is None:
        value = next((one for one in range(len(words)) if one not in (place, period)), None)
        # More columns than three, and none of them is called the value: it is another shape.
        if value is None or len(words) > 3:
            return None
    return place, period, value


def _is_turned(head: Sequence[str], body: Sequence[tuple[int, list[str]]]) -> bool:
    """Tell whether periods stand down and places across: a period first, then numbers."""
    if len(head) < 2 or not body or read_period(head[0]):
        return False
    row = body[0][1]
    return read_period(row[0]) is not None and all(
        one.casefold() in MISSING or read_number(one, True) is not None for one in row[1:]
    )


def _wide(
    lines: list[tuple[int, list[str]]], has_point: bool, *, periods_across: bool
) -> tuple[list[Cell], list[LineFault]]:
    head = trimmed(lines[0][1])
    cells, faults = [], []
    for number, row in lines[1:]:
        kept = trimmed(row)
        if len(kept) > len(head):
            faults.append(LineFault(number, "; ".join(kept), "many_cells"))
            continue
        for across, name in enumerate(head[1:], start=1):
            value = kept[across] if across < len(kept) else ""
            place, period = (kept[0], name) if periods_across else (name, kept[0])
            cells.append(Cell(number, place, period, value, has_point))
    return cells, faults


def _long(
    lines: list[tuple[int, list[str]]], order: tuple[int, int, int], has_point: bool
) -> tuple[list[Cell], list[LineFault]]:
    cells, faults = [], []
    for number, row in lines:
        if len(trimmed(row)) > 3 and max(order) == 2:
            faults.append(LineFault(number, "; ".join(row), "many_cells"))
        elif len(row) <= max(order[:2]):
            faults.append(LineFault(number, "; ".join(row), "few_cells"))
        else:
            value = row[order[2]] if len(row) > order[2] else ""
            cells.append(Cell(number, row[order[0]], row[order[1]], value, has_point))
    return cells, faults


def trimmed(row: Sequence[str]) -> list[str]:
    """Return a row without the empty cells it ends with."""
    kept = list(row)
    while kept and not kept[-1]:
        kept.pop()
    return kept


def _read(cell: Cell, step: Step, today: dt.date) -> GivenValue | LineFault:
    code, text = "", cell.period
    period = read_period(cell.period)
    value = read_number(cell.value, cell.has_point)
    if not cell.place or len(cell.place) > LONGEST_NAME:
        code, text = "no_place", cell.place
    elif period is None:
        code = "not_a_period"
    elif period.step is not None and months_of(period.step) > months_of(step):
        code = "too_long"
    elif period.step is not None and months_of(period.step) < months_of(step):
        code = "too_short"
    elif period.on < EARLIEST:
        code = "long_ago"
    elif first_day(period.on, step) > today:
        code = "ahead"
    elif value is None:
        code, text = "not_a_number", cell.value
    elif abs(value) > LARGEST:
        code, text = "too_large", cell.value
    elif _decimals(value) > MOST_DECIMALS:
        code, text = "too_fine", cell.value
    if code or period is None or value is None:
        return LineFault(cell.line, text, code, cell.sheet)
    place, on = " ".join(cell.place.split()), first_day(period.on, step)
    return GivenValue(cell.line, place, on, value, cell.sheet)


def read_number(text: str, has_point: bool) -> Decimal | None:
    """Read a number with a comma, or a point, before the decimals; None when it is none."""
    if has_point and re.fullmatch(r"[-+]?\d{1,15}(\.\d{1,12})?", text, re.ASCII):
        return Decimal(text)
    try:
        return parse_number(text)
    except NotANumber:
        return None


def _decimals(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0
