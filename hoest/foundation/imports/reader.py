"""Reads a workbook in a child process and returns plain rows; parses nothing itself.

The child (`child`) is started with an empty environment, isolated from the user's packages, and
killed when the time is up. What it writes is counted here too. Source of the limits: `limits`.
"""

from __future__ import annotations

import datetime as dt
import importlib.util
import json
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any, BinaryIO

from hoest.foundation.imports import refusals
from hoest.foundation.imports.limits import LIMITS, Limits

Cell = str | int | float | bool | dt.date | None
Progress = Callable[[int, int], None]
"""Called with rows read so far and rows in all."""

PROGRAM = (
    "import sys; sys.path[len(sys.path):] = sys.argv[2:]; "
    "from hoest.foundation.imports.child import main; main(sys.argv[1])"
)
ANSWER_BYTES = 400_000_000
COPY_BYTES = 1 << 20
READ_BYTES = 1 << 18


@dataclass(frozen=True)
class Formula:
    """A cell with a formula: its value is the stored one, if there is any."""

    row: int
    column: int
    has_value: bool


@dataclass(frozen=True)
class CellError:
    """A cell whose value is an error, such as `#REF!`; it reads as empty."""

    row: int
    column: int
    text: str


@dataclass(frozen=True)
class Row:
    """A row with content: its number in the sheet, and its cells from column A on."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Sheet:
    """One sheet with the rows that have content, in order."""

    name: str
    rows: tuple[Row, ...] = ()
    formulas: tuple[Formula, ...] = ()
    errors: tuple[CellError, ...] = ()
    hidden: bool = False


@dataclass
class _Building:
    """The sheets as they arrive."""

    progress: Progress | None
    total: int = 0
    read: int = 0
    done: bool = False
    about: list[dict[str, Any]] = field(default_factory=list)
    rows: list[list[Row]] = field(default_factory=list)

    def take(self, message: dict[str, Any]) -> None:
        if "refused" in message:
            raise refusals.BY_NAME[message["refused"]](message["stands"])
        if "rows" in message:
            self.rows[-1] += [Row(number, _cells(cells)) for number, cells in message["rows"]]
            self.read += len(message["rows"])
            if self.progress:
                self.progress(self.read, self.total)
        elif "sheet" in message:
            self.about.append(message)
            self.rows.append([])
        self.total = message.get("total", self.total)
        self.done = self.done or "done" in message

    def sheets(self) -> tuple[Sheet, ...]:
        return tuple(
            Sheet(
                name=about["sheet"],
                rows=tuple(rows),
                formulas=tuple(Formula(*formula) for formula in about["formulas"]),
                errors=tuple(CellError(*error) for error in about["errors"]),
                hidden=about["hidden"],
            )
            for about, rows in zip(self.about, self.rows, strict=True)
        )


def read_workbook(
    source: Path | bytes | IO[bytes],
    *,
    progress: Progress | None = None,
    limits: Limits = LIMITS,
) -> tuple[Sheet, ...]:
    """Return the sheets of an .xlsx workbook.

    `source` is a path, the bytes, or an open binary file such as an upload. Raises a
    `FileRefused` with a Danish sentence for every file that is not taken.
    """
    with tempfile.TemporaryFile() as handed_on:
        _copy(source, handed_on, limits)
        handed_on.seek(0)
        building = _Building(progress)
        process = _start(handed_on, limits)
        try:
            for line in _lines(process, limits):
                building.take(json.loads(line))
        finally:
            code = _end(process)
    if not building.done:
        raise _death(code)
    return building.sheets()


def _copy(source: Path | bytes | IO[bytes], target: BinaryIO | IO[bytes], limits: Limits) -> None:
    """Copy the file to where the child reads it, no further than the limit."""
    if isinstance(source, bytes):
        _copy_at_most(iter((source,)), target, limits)
    elif isinstance(source, Path):
        try:
            with source.open("rb") as opened:
                _copy_at_most(iter(lambda: opened.read(COPY_BYTES), b""), target, limits)
        except OSError as error:
            raise refusals.FileIsMissing(f"Filen »{source.name}« kan ikke læses.") from error
    else:
        _copy_at_most(iter(lambda: source.read(COPY_BYTES), b""), target, limits)


def _copy_at_most(chunks: Iterator[bytes], target: IO[bytes], limits: Limits) -> None:
    copied = 0
    for chunk in chunks:
        copied += len(chunk)
        if copied > limits.packed_bytes:
            raise refusals.FileIsTooLarge("Filen fylder over 20 MB.")
        target.write(chunk)


def _start(handed_on: IO[bytes], limits: Limits) -> subprocess.Popen[bytes]:
    library = importlib.util.find_spec("python_calamine")
    if library is None or library.origin is None:
        raise refusals.ReadingFailed("Biblioteket, der læser regneark, er ikke installeret.")
    ours = Path(__file__).parents[3]
    return subprocess.Popen(  # noqa: S603 - our own program, no shell, nothing of the user's
        [
            sys.executable, "-I", "-S", "-c", PROGRAM,
            json.dumps(asdict(limits)), str(ours), str(Path(library.origin).parents[1]),
        ],
        stdin=handed_on,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env={},
        start_new_session=True,
    )  # fmt: skip


def _lines(process: subprocess.Popen[bytes], limits: Limits) -> Iterator[bytes]:
    """Yield whole lines of the child's answer until it ends or the time is up."""
    deadline = time.monotonic() + limits.wall_seconds
    if process.stdout is None:
        raise refusals.ReadingFailed
    answer = process.stdout.fileno()
    received, rest = 0, b""
    with selectors.DefaultSelector() as selector:
        selector.register(answer, selectors.EVENT_READ)
        while True:
            left = deadline - time.monotonic()
            if left <= 0 or not selector.select(left):
                raise refusals.ReadingTookTooLong
            chunk = os.read(answer, READ_BYTES)
            if not chunk:
                return
            received += len(chunk)
            if received > ANSWER_BYTES:
                raise refusals.TextIsTooLong("Filen indeholder for megen tekst.")
            *lines, rest = (rest + chunk).split(b"\n")
            yield from lines


def _end(process: subprocess.Popen[bytes]) -> int:
    """Make sure that the child is gone, and return how it ended."""
    if process.stdout:
        process.stdout.close()
    try:
        return process.wait(timeout=0.2)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()


def _death(code: int) -> refusals.FileRefused:
    if code in (-signal.SIGXCPU, -signal.SIGKILL):
        return refusals.ReadingTookTooLong()
    return refusals.ReadingFailed()


def _cells(cells: list[Any]) -> tuple[Cell, ...]:
    return tuple(
        dt.date.fromisoformat(cell["date"]) if isinstance(cell, dict) else cell for cell in cells
    )
