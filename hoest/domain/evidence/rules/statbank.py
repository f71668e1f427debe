"""What Statistics Denmark answers: a table's variables, and its rows. No Django.

The variables differ from table to table, so the description is always read first and everything is
mapped by it. A variable that is left out would only be summed where the table allows it; therefore
each is chosen. Source: the StatBank API, version 1 (tableinfo and data), dst.dk.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

MISSING = ("", "..", ".", "-..", "…")
PLACE_NAMES = ("område", "kommunedk", "bopkom", "kommune", "omr20")
CODE = re.compile(r"[A-Z0-9]{2,20}")


class NotATable(Exception):
    """The answer is not a table as it is described."""


@dataclass(frozen=True)
class Variable:
    """A variable of a table: its id, its words, whether it is time, and its values."""

    code: str
    text: str
    is_time: bool
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Table:
    """A table as it is described: its id and words, its unit, when it was last updated."""

    code: str
    text: str
    unit: str
    updated_on: dt.date | None
    variables: tuple[Variable, ...]

    @property
    def place(self) -> Variable | None:
        """The variable whose values are municipalities."""
        named = [one for one in self.variables if one.code.casefold() in PLACE_NAMES]
        return named[0] if named else None

    @property
    def time(self) -> Variable | None:
        """The variable of time."""
        return next((one for one in self.variables if one.is_time), None)

    @property
    def others(self) -> tuple[Variable, ...]:
        """The variables of which one value is chosen."""
        return tuple(one for one in self.variables if one not in (self.place, self.time))


def read_table(answer: Any) -> Table:
    """Read a description (tableinfo). Raises NotATable."""
    try:
        variables = tuple(
            Variable(
                str(one["id"]),
                str(one["text"]),
                bool(one.get("time")),
                tuple((str(value["id"]), str(value["text"])) for value in one["values"]),
            )
            for one in answer["variables"]
        )
        table = Table(
            str(answer["id"]),
            str(answer["text"]),
            str(answer.get("unit", "")),
            _day(answer.get("updated")),
            variables,
        )
    except (KeyError, TypeError, AttributeError) as broken:
        raise NotATable("tableinfo") from broken
    if table.place is None or table.time is None:
        raise NotATable("place" if table.place is None else "time")
    return table


def _day(text: Any) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(text)[:10])
    except ValueError:
        return None


def question_for(table: Table, selection: Mapping[str, str]) -> dict[str, Any]:
    """Return what is posted to ask for the rows: all places and times, one value of the rest.

    Raises NotATable when a variable has no valid choice.
    """
    place, time = table.place, table.time
    if place is None or time is None:
        raise NotATable("place")
    chosen = []
    for one in table.variables:
        if one in (place, time):
            chosen.append({"code": one.code, "values": ["*"]})
            continue
        value = selection.get(one.code, "")
        if value not in {code for code, _text in one.values}:
            raise NotATable(one.code)
        chosen.append({"code": one.code, "values": [value]})
    return {
        "table": table.code,
        "format": "BULK",
        "lang": "da",
        "valuePresentation": "Code",
        "variables": chosen,
    }


@dataclass(frozen=True)
class Read:
    """One value: the code of the place, the time as it stands, and the value."""

    place: str
    time: str
    value: Decimal


def read_rows(text: str, table: Table) -> list[Read]:
    """Read the rows of an answer; a missing value is left out. Raises NotATable.

    Shape: a heading, semicolons, the value last; the decimals have a comma.
    """
    lines = csv.reader(text.lstrip("\ufeff").splitlines(), delimiter=";")
    head = [one.strip().casefold() for one in next(lines, [])]
    place, time = _column(head, table.place), _column(head, table.time)
    found = []
    for row in lines:
        if not row:
            continue
        if len(row) != len(head):
            raise NotATable("row")
        value = row[-1].strip()
        if value in MISSING:
            continue
        try:
            found.append(Read(row[place].strip(), row[time].strip(), _value(value)))
        except InvalidOperation as broken:
            raise NotATable("value") from broken
    return found


def _value(text: str) -> Decimal:
    """Return a number; a lone hyphen is the statistics' own way to write nothing at all: 0."""
    return Decimal(0) if text == "-" else Decimal(text.replace(" ", "").replace(",", "."))


def _column(head: list[str], variable: Variable | None) -> int:
    if variable is not None:
        for name in (variable.code, variable.text):
            if name.casefold() in head:
                return head.index(name.casefold())
    raise NotATable("heading")
