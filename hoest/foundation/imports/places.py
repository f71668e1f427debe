"""How the places of a workbook are written."""

from __future__ import annotations


def address(row: int, column: int) -> str:
    """Return a cell's address as spreadsheets write it; `address(7, 28)` is `AB7`."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"
