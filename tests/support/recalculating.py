"""Calculate a workbook anew with programs that are not ours, and set the answers beside ours.

IronCalc and Formualizer read the file and calculate every formula from its cells; what the file
has stored is left aside. Source: both are spreadsheet engines written independently in Rust.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import formualizer
import ironcalc
import openpyxl

# How far a recalculated number may be from the stored one, as a share of the stored one.
CLOSE = 1e-9
# What a sum of kroner may miss by, a tenth of an øre: converted amounts are rounded year by year.
SMALLEST = 1e-3


@dataclass(frozen=True)
class Cell:
    """A formula: where it stands, what the file has stored, what the program answers."""

    sheet: str
    place: str
    formula: str
    stored: Any
    answered: Any

    @property
    def agrees(self) -> bool:
        """Tell whether the two are the same text, or the same number but for a hair."""
        if self.stored in (None, "") or self.answered in (None, ""):
            return self.stored in (None, "") and self.answered in (None, "")
        if isinstance(self.stored, int | float) and isinstance(self.answered, int | float):
            apart = abs(float(self.stored) - float(self.answered))
            return apart <= max(SMALLEST, CLOSE * abs(float(self.stored)))
        return bool(self.stored == self.answered)


@dataclass(frozen=True)
class Recalculated:
    """A workbook after calculation: its formulas, and what stands in every cell."""

    formulas: tuple[Cell, ...]
    values: dict[tuple[str, str], Any]

    def row(self, sheet: str, name: str) -> list[Any]:
        """Return what stands on the first row that begins with a name, from the second column."""
        rows = {
            place: value
            for (where, place), value in self.values.items()
            if where == sheet and place.startswith("A") and place[1:].isdigit()
        }
        number = next(place[1:] for place, value in rows.items() if value == name)
        found: list[Any] = []
        for column in range(2, 120):
            letter = openpyxl.utils.get_column_letter(column)
            found.append(self.values.get((sheet, f"{letter}{number}")))
        return found


def recalculated(file: bytes, engine: str = "ironcalc") -> Recalculated:
    """Return the workbook calculated anew by a program: `ironcalc` or `formualizer`."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        path.write_bytes(file)
        formulas = openpyxl.load_workbook(path)
        stored = openpyxl.load_workbook(path, data_only=True)
        answer = _iron(path) if engine == "ironcalc" else _formualizer(path)
        cells, values = [], {}
        for number, name in enumerate(formulas.sheetnames):
            for row in formulas[name].iter_rows():
                for cell in row:
                    where = (name, cell.coordinate)
                    if cell.data_type != "f":
                        if cell.value is not None:
                            values[where] = cell.value
                        continue
                    said = answer(number, name, cell.row, cell.column)
                    values[where] = said
                    kept = stored[name][cell.coordinate].value
                    cells.append(Cell(name, cell.coordinate, str(cell.value), kept, said))
        formulas.close()
        stored.close()
    return Recalculated(tuple(cells), values)


def _iron(path: Path) -> Any:
    model = ironcalc.load_from_xlsx(str(path), "en", "UTC")
    model.evaluate()
    return lambda number, _name, row, column: model.get_cell_value(number, row, column)


def _formualizer(path: Path) -> Any:
    book = formualizer.load_workbook(str(path))
    return lambda _number, name, row, column: book.evaluate_cell(name, row, column)
