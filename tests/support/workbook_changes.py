"""Changes to the good portfolio workbook, so that a test says only what is different."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from hoest.domain.exchange.rules import Parsed, parse
from tests.support.workbooks import Grid, good, put, sheets

Change = Callable[[Grid], object]
TODAY = dt.date(2026, 11, 22)


def parsed(change: Change = lambda grid: grid) -> Parsed:
    """Read the good workbook after a change."""
    grid = good()
    change(grid)
    return parse(sheets(grid), today=TODAY)


def setting(sheet: str, row: int, heading: str, value: Any) -> Change:
    """Put a value into a cell."""
    return lambda grid: put(grid, sheet, row, heading, value)


def about(key: str, value: Any) -> Change:
    """Put a value beside a key of Om."""

    def change(grid: Grid) -> None:
        next(row for row in grid["Om"] if row[0] == key)[1] = value

    return change


def adding(sheet: str, *cells: Any) -> Change:
    """Add a row."""
    return lambda grid: grid[sheet].append(list(cells))


def without_column(sheet: str, heading: str) -> Change:
    """Take a column away."""

    def change(grid: Grid) -> None:
        position = grid[sheet][0].index(heading)
        for row in grid[sheet]:
            if position < len(row):
                del row[position]

    return change


def renamed(sheet: str, heading: str, new: Any) -> Change:
    """Give a column another heading."""

    def change(grid: Grid) -> None:
        grid[sheet][0][grid[sheet][0].index(heading)] = new

    return change


def without_row(sheet: str, row: int) -> Change:
    """Take a row away."""
    return lambda grid: grid[sheet].pop(row - 1)


def sheet_renamed(sheet: str, new: str) -> Change:
    """Give a sheet another name."""
    return lambda grid: grid.__setitem__(new, grid.pop(sheet))
