"""The throw-away child process: bounds itself, checks, parses, and writes rows as JSON lines.

Started by `reader` as `python -I -S`. The workbook comes on standard input, so the child needs
no path and may open nothing for writing. Whatever happens here, the caller only sees lines:
`{"total": n}`, `{"sheet": name, …}`, `{"rows": […]}`, at last `{"done": true}`, or
`{"refused": class name, "stands": sentence}`. A missing last line means that the child died.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import resource
import sys
from collections.abc import Callable, Iterator
from typing import Any

from hoest.foundation.imports import container, parts, refusals
from hoest.foundation.imports.limits import Limits
from hoest.foundation.imports.places import address

ROWS_PER_LINE = 500
EXACT_WHOLE = 10**15
SHOWN = 50_000
"""Formulas and errors handed on from one sheet; those without a value come first."""

Write = Callable[[dict[str, Any]], None]


def main(limits_json: str) -> None:
    """Read the workbook on standard input and write its rows; the process then ends."""
    limits = Limits(**json.loads(limits_json))
    _bound(limits)
    try:
        for message in read(sys.stdin.buffer.read(limits.packed_bytes + 1), limits):
            _write(message)
    except refusals.FileRefused as refusal:
        _write({"refused": type(refusal).__name__, "stands": refusal.stands})
    except MemoryError:
        _write({"refused": "ReadingFailed", "stands": "Filen kræver for megen hukommelse at læse."})
    except BaseException:  # noqa: BLE001 - outermost; the library's panics are no Exceptions
        _write({"refused": "ReadingFailed", "stands": ""})
    os._exit(0)


def _bound(limits: Limits) -> None:
    for kind, most in (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_CPU, limits.processor_seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
    ):
        resource.setrlimit(kind, (most, most))


def _write(message: dict[str, Any]) -> None:
    line = memoryview(json.dumps(message, separators=(",", ":")).encode() + b"\n")
    while line:
        line = line[os.write(1, line) :]


def read(content: bytes, limits: Limits) -> Iterator[dict[str, Any]]:
    """Yield the messages of one workbook; raises a `FileRefused` when it is not taken."""
    if len(content) > limits.packed_bytes:
        raise refusals.FileIsTooLarge("Filen fylder over 20 MB.")
    unpacked = container.unpack(content, limits)
    anatomy = parts.examine(unpacked, limits)
    clean = container.repack({n: part for n, part in unpacked.items() if parts.is_read(n)})
    del unpacked
    yield {"total": sum(part.rows for part in anatomy.sheet_parts.values())}
    yield from _parse(clean, anatomy, limits)
    yield {"done": True}


def _parse(clean: bytes, anatomy: parts.Anatomy, limits: Limits) -> Iterator[dict[str, Any]]:
    import python_calamine

    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(clean))
    except python_calamine.CalamineError as error:
        raise refusals.FileIsDamaged("Filen er ikke en gyldig projektmappe.") from error
    count = _Count(limits)
    for about in workbook.sheets_metadata:
        if about.typ is not python_calamine.SheetTypeEnum.WorkSheet:
            continue  # a chart sheet holds no rows
        part = anatomy.part_of(about.name)
        name = container.shown(about.name)
        if part is None:
            raise refusals.FileIsDamaged(f"Arket »{name}« mangler i filen.")
        try:
            sheet = workbook.get_sheet_by_name(about.name)
        except python_calamine.CalamineError as error:
            raise refusals.FileIsDamaged(f"Arket »{name}« kan ikke læses.") from error
        yield {
            "sheet": about.name,
            "hidden": about.visible is not python_calamine.SheetVisibleEnum.Visible,
            "formulas": sorted(part.formulas, key=lambda f: f[2])[:SHOWN],
            "errors": part.errors[:SHOWN],
        }
        yield from _rows(sheet, count)


class _Count:
    """What has been read so far, counted here because a file may lie about itself."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.rows = 0
        self.characters = 0

    def row(self) -> None:
        self.rows += 1
        if self.rows > self.limits.rows:
            most = f"{self.limits.rows:,}".replace(",", ".")
            raise refusals.TooManyRows(f"Filen har over {most} rækker.")

    def text(self, text: str, row: int, column: int) -> None:
        self.characters += len(text)
        if len(text) > self.limits.cell_characters:
            where = address(row, column)
            raise refusals.TextIsTooLong(f"Teksten i cellen {where} er på {len(text)} tegn.")
        if self.characters > self.limits.text_characters:
            raise refusals.TextIsTooLong("Filen indeholder for megen tekst.")


def _rows(sheet: Any, count: _Count) -> Iterator[dict[str, Any]]:
    """Yield the rows with content, numbered as in the sheet, cells from column A on."""
    before = sheet.start[1] if sheet.start else 0
    bunch: list[list[Any]] = []
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        row = [None] * before
        row += [_cell(cell, number, before + i, count) for i, cell in enumerate(cells, start=1)]
        while row and row[-1] is None:
            row.pop()
        if not row:
            continue
        count.row()
        bunch.append([number, row])
        if len(bunch) == ROWS_PER_LINE:
            yield {"rows": bunch}
            bunch = []
    if bunch:
        yield {"rows": bunch}


def _cell(cell: Any, row: int, column: int, count: _Count) -> Any:
    """Return a cell as JSON: text, number, boolean, nothing, or `{"date": iso}`."""
    if isinstance(cell, str):
        count.text(cell, row, column)
        return cell or None
    if isinstance(cell, bool):
        return cell
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() and abs(cell) < EXACT_WHOLE else _finite(cell)
    if isinstance(cell, int):
        return cell
    if isinstance(cell, dt.datetime):
        return {"date": cell.date().isoformat()}
    if isinstance(cell, dt.date):
        return {"date": cell.isoformat()}
    return str(cell)


def _finite(number: float) -> float | str:
    return number if abs(number) < float("inf") else str(number)
