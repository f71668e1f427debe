"""The workbook OS2autoproces writes: its 62 headings, and its rows as candidates.

Why by heading: columns were added over the years, so their order says nothing. What is not used
is left alone; what is used is refused with its cell when it is not what it should be.
Source: OS2autoproces (MPL-2.0), the headings of its Excel view and the values of its lists.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Protocol

from hoest.domain.portfolio.rules.candidates import Level, Suitability

ID, TITLE, SUMMARY, TEXT = "ID", "Titel", "Resumé", "Beskrivelse"
PHASE, STATUS, MUNICIPALITY, KLE = "Fase", "Status", "Myndighed", "KLE-nr"
TIMES = "Antal gange processen foretages årligt"
MINUTES = "Tidsforbrug pr. proces i minutter"
PER_CENT = "Forventet automatiseringsgrad"
HOW = "Kommentarer til tidsforbrug"
QUESTIONS = {
    "I hvor høj grad indgår der faglig vurdering i processen?": Suitability.JUDGEMENT,
    "I hvor høj grad er processen præget af hyppige ændringer?": Suitability.CHANGE,
    "I hvor høj grad er processen baseret på struktureret information?": Suitability.STRUCTURED,
    "Er der variation i den måde processen løses?": Suitability.VARIATION,
    "Er de data og informationer, der skal bruges i processen, tilgængelige digitalt i "
    "IT-systemer?": Suitability.DIGITAL,
}
LEVELS = {
    "i høj grad": Level.HIGH,
    "i nogen grad": Level.SOME,
    "i mindre grad": Level.LITTLE,
    "slet ikke": Level.NONE,
    "ved ikke": Level.UNKNOWN,
    "ikke forholdt sig": Level.UNKNOWN,
    "": Level.UNKNOWN,
}
NEEDED = (ID, TITLE, TIMES, MINUTES, PER_CENT)
USED = (*NEEDED, SUMMARY, TEXT, PHASE, STATUS, MUNICIPALITY, KLE, HOW, *QUESTIONS)
TITLE_LENGTH, TEXT_LENGTH, SHORT_LENGTH, HOW_LENGTH = 200, 2000, 40, 300
LARGEST = {TIMES: Decimal(1_000_000_000), MINUTES: Decimal(1_000_000), PER_CENT: Decimal(100)}
LARGEST_ID = 2**62
MOST_FAULTS = 50


class RowRead(Protocol):
    """A row as the guarded reader gives it."""

    number: int
    cells: tuple[Any, ...]


class SheetRead(Protocol):
    """A sheet as the guarded reader gives it."""

    name: str
    rows: tuple[RowRead, ...]  # type: ignore[assignment]
    errors: tuple[Any, ...]


@dataclass(frozen=True)
class CellFault:
    """What stands in a cell (row 0: in no cell), and what kind of thing is expected there."""

    row: int
    column: int
    heading: str
    stands: str
    expected: str


@dataclass
class Extract:
    """What a workbook holds: rows ready to be written, faults, and texts that were cut."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    faults: list[CellFault] = field(default_factory=list)
    cut: int = 0


def read_extract(sheets: Sequence[Any]) -> Extract:
    """Read the first visible sheet with content. Nothing is guessed: each fault has its cell."""
    found = Extract()
    sheet = next((one for one in sheets if one.rows and not one.hidden), None)
    if sheet is None:
        found.faults.append(CellFault(0, 0, "", "", "no_rows"))
        return found
    heads, rows = sheet.rows[0], sheet.rows[1:]
    columns = _columns(heads, found)
    if found.faults:
        return found
    _refuse_errors(sheet, columns, found)
    seen: dict[int, int] = {}
    for row in rows:
        if all(_text(cell) == "" for cell in row.cells):
            continue
        _read_row(row, columns, seen, found)
        if len(found.faults) >= MOST_FAULTS:
            break
    if not found.rows and not found.faults:
        found.faults.append(CellFault(0, 0, "", "", "no_rows"))
    return found


def _columns(heads: Any, found: Extract) -> dict[str, int]:
    """Return the place of each used heading, counted from 0."""
    wanted = {_plain(heading): heading for heading in USED}
    columns: dict[str, int] = {}
    for place, cell in enumerate(heads.cells):
        heading = wanted.get(_plain(_text(cell)))
        if heading is None:
            continue
        if heading in columns:
            fault = CellFault(heads.number, place + 1, heading, heading, "one_column")
            found.faults.append(fault)
        columns.setdefault(heading, place)
    for heading in NEEDED:
        if heading not in columns:
            found.faults.append(CellFault(heads.number, 0, heading, "", "column"))
    return columns


def _refuse_errors(sheet: Any, columns: Mapping[str, int], found: Extract) -> None:
    used = {place + 1: heading for heading, place in columns.items()}
    found.faults += [
        CellFault(one.row, one.column, used[one.column], one.text, "no_error")
        for one in sheet.errors
        if one.column in used
    ]


class _Cells:
    """The cells of one row by heading, each fault noted where it is found."""

    def __init__(self, row: Any, columns: Mapping[str, int], found: Extract) -> None:
        self.row, self.columns, self.found = row, columns, found

    def raw(self, heading: str) -> Any:
        """Return the cell under a heading, None when there is none."""
        place = self.columns.get(heading)
        return None if place is None or place >= len(self.row.cells) else self.row.cells[place]

    def fault(self, heading: str, expected: str) -> None:
        """Note that the cell is not what is expected."""
        stands = _text(self.raw(heading))[:80]
        place = self.columns[heading] + 1
        self.found.faults.append(CellFault(self.row.number, place, heading, stands, expected))

    def text(self, heading: str, length: int) -> str:
        """Return a text without outer space, cut to a length and counted when it was."""
        said = " ".join(_text(self.raw(heading)).split())
        if len(said) > length:
            self.found.cut += 1
            said = said[: length - 1] + "…"
        return said

    def number(self, heading: str) -> Decimal | None:
        """Return a number from 0 up, None for an empty cell; anything else is a fault."""
        cell = self.raw(heading)
        if cell is None or _text(cell) == "":
            return None
        number = _number(cell)
        if number is None or not 0 <= number <= LARGEST[heading]:
            self.fault(heading, "per_cent" if heading == PER_CENT else "number")
            return None
        return number.quantize(Decimal("0.01"))


def _read_row(row: Any, columns: Mapping[str, int], seen: dict[int, int], found: Extract) -> None:
    cells, before = _Cells(row, columns, found), len(found.faults)
    outside_id = _number(cells.raw(ID))
    if outside_id is None or outside_id != int(outside_id) or not 0 < outside_id < LARGEST_ID:
        cells.fault(ID, "id")
    elif int(outside_id) in seen:
        cells.fault(ID, f"once:{seen[int(outside_id)]}")
    else:
        seen[int(outside_id)] = row.number
    title = cells.text(TITLE, TITLE_LENGTH)
    if not title:
        cells.fault(TITLE, "title")
    values = {
        "outside_id": 0 if outside_id is None else int(outside_id),
        "title": title,
        "description": cells.text(SUMMARY, TEXT_LENGTH) or cells.text(TEXT, TEXT_LENGTH),
        "times_per_year": cells.number(TIMES),
        "minutes_each": cells.number(MINUTES),
        "automation_share": cells.number(PER_CENT),
        "kle": cells.text(KLE, 12),
        "source_note": cells.text(MUNICIPALITY, 160),
        "outside_phase": cells.text(PHASE, SHORT_LENGTH),
        "outside_status": cells.text(STATUS, SHORT_LENGTH),
        "measured_how": cells.text(HOW, HOW_LENGTH),
        "answers": _answers(cells),
    }
    if len(found.faults) == before:
        found.rows.append({name: _kept(value) for name, value in values.items()})


def _answers(cells: _Cells) -> dict[str, str]:
    answers = {}
    for heading, question in QUESTIONS.items():
        if heading not in cells.columns:
            continue
        level = LEVELS.get(" ".join(_text(cells.raw(heading)).casefold().split()))
        if level is None:
            cells.fault(heading, "level")
        elif level is not Level.UNKNOWN:
            answers[question.value] = level.value
    return answers


def _kept(value: Any) -> Any:
    """Return a value as JSON keeps it exactly: a number as text."""
    return str(value) if isinstance(value, Decimal) else value


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell == int(cell):
        return str(int(cell))
    return str(cell).replace("\x00", "").strip()


def _plain(heading: str) -> str:
    return " ".join(heading.casefold().split()).rstrip(" ?:")


def _number(cell: Any) -> Decimal | None:
    """Return a number from a cell or a Danish text; None when it is none."""
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, int | float):
        number = Decimal(str(cell))
        return number if number.is_finite() else None
    text = _text(cell).removesuffix("%").strip()
    if re.fullmatch(r"\d{1,3}(\.\d{3})+(,\d+)?|\d{1,15}(,\d{1,6})?", text):
        return Decimal(text.replace(".", "").replace(",", "."))
    return None
