"""Turning a CSV file or a JSON answer into the lines of a series. No Django.

A record becomes the line with its own number, so a fault is listed by the line it stands on. What
a line means is `series.read_series`'s matter, the same as for what somebody pastes.
"""

from __future__ import annotations

import csv
import io
from enum import StrEnum
from typing import Any

from hoest.foundation.faults import Fault


class SourceKind(StrEnum):
    """Where a source lies."""

    FOLDER = "folder"
    JSON = "json"


class ColumnNotThere(Fault):
    """The file or the answer has no such column, or no rows."""


def lines_of_csv(text: str, day_field: str, value_field: str) -> str:
    """Return the two columns of a CSV text as lines; the heading's line is empty.

    Raises ColumnNotThere.
    """
    first = text.split("\n", 1)[0]
    mark = max(";,\t", key=first.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    try:
        heading = [one.strip() for one in next(rows, [])]
        places = [_place(heading, field) for field in (day_field, value_field)]
        lines = [""]
        for row in rows:
            lines += [""] * (rows.line_num - 1 - len(lines))
            cells = [row[place].strip() if place < len(row) else "" for place in places]
            lines.append(_line(*cells))
    except csv.Error as broken:
        raise ColumnNotThere("Filen kan ikke læses som CSV.") from broken
    return "\n".join(lines)


def lines_of_json(answer: Any, rows_at: str, day_field: str, value_field: str) -> str:
    """Return two fields of the rows of an answer as lines. `rows_at` is a path: data.items.

    Raises ColumnNotThere.
    """
    rows = _inside(answer, rows_at) if rows_at else answer
    if not isinstance(rows, list):
        where = f"»{rows_at}«" if rows_at else "svaret"
        raise ColumnNotThere(f"Der er ingen liste af rækker i {where}.")
    if rows and not any(_inside(row, day_field) is not None for row in rows):
        raise ColumnNotThere(f"Ingen række har feltet »{day_field}«.")
    return "\n".join(
        _line(_text(_inside(row, day_field)), _text(_inside(row, value_field))) for row in rows
    )


def _place(heading: list[str], field: str) -> int:
    wanted = field.strip().casefold()
    names = [one.casefold() for one in heading]
    if wanted not in names:
        there = ", ".join(heading[:8]) or "ingen"
        raise ColumnNotThere(f"Kolonnen »{field}« er der ikke. Filens kolonner: {there}.")
    return names.index(wanted)


def _inside(found: Any, path: str) -> Any:
    for name in path.split("."):
        found = found.get(name) if isinstance(found, dict) else None
    return found


def _text(value: Any) -> str:
    """Write a value as a Dane would: JSON's 12.5 is 12,5, and a day-and-time is its day."""
    if value is None or isinstance(value, bool | dict | list):
        return ""
    if isinstance(value, float):
        return repr(value).replace(".", ",")
    text = str(value)
    return text[:10] if text[10:11] == "T" else text


def _line(day: str, value: str) -> str:
    cells = [" ".join(one.split()) for one in (day, value)]
    return "\t".join(cells) if any(cells) else ""
