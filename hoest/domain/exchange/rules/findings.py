"""What a reading found: faults that stop the import, and notes that only inform."""

from __future__ import annotations

from dataclasses import dataclass, field

from hoest.domain.exchange.rules.workbook import Workbook

MAX_SHOWN = 80


@dataclass(frozen=True)
class CellFault:
    """Something that cannot be understood: where it is, what stands there, what is expected."""

    sheet: str
    row: int | None
    """The row in the sheet, or None when the whole sheet or file is meant."""
    column: str
    """The column's heading (in Om: the key), or empty when the whole row is meant."""
    stands: str
    expected: str
    cell: str = field(default="", compare=False)
    """The address of the cell, such as `F7`."""

    @property
    def place(self) -> str:
        """Return where it is, in Danish: `Økonomi, række 7, kolonnen »2019«`."""
        return place(self.sheet, self.row, self.column)

    def __str__(self) -> str:
        return f"{self.place}: {self.stands}. Forventet: {self.expected}."


@dataclass(frozen=True)
class Note:
    """Something worth knowing that does not stop the import."""

    sheet: str
    row: int | None
    column: str
    text: str

    @property
    def place(self) -> str:
        """Return where it is, in Danish."""
        return place(self.sheet, self.row, self.column)

    def __str__(self) -> str:
        return f"{self.place}: {self.text}"


@dataclass(frozen=True)
class Parsed:
    """The outcome: a workbook when nothing is wrong, else every fault at once."""

    workbook: Workbook | None
    faults: tuple[CellFault, ...]
    notes: tuple[Note, ...]


@dataclass
class Findings:
    """Faults and notes as they are found."""

    faults: list[CellFault] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def fault(
        self, sheet: str, row: int | None, column: str, stands: str, expected: str, cell: str = ""
    ) -> None:
        """Add a fault."""
        self.faults.append(CellFault(sheet, row, column, stands, expected, cell))

    def note(self, sheet: str, row: int | None, column: str, text: str) -> None:
        """Add a note."""
        self.notes.append(Note(sheet, row, column, text))


def place(sheet: str, row: int | None, column: str) -> str:
    """Return a place in a workbook in Danish."""
    steps = [f"arket »{sheet}«"]
    if row is not None:
        steps.append(f"række {row}")
    if column:
        steps.append(f"kolonnen »{column}«")
    text = ", ".join(steps)
    return text[0].upper() + text[1:]


def quoted(text: str) -> str:
    """Return what stands in a cell, in quotation marks, printable and short."""
    clean = "".join(c if c.isprintable() else " " for c in text)
    return f"»{clean if len(clean) <= MAX_SHOWN else clean[: MAX_SHOWN - 1] + '…'}«"
