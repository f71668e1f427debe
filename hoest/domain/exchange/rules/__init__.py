"""The portfolio workbook as facts: its columns, its values, its faults. No Django, no database.

`parse` makes the sheets of a file into a frozen `Workbook` or lists every fault at once; `write`
makes a `Workbook` into a file. What is written reads back equal.
"""

from hoest.domain.exchange.rules.findings import CellFault, Note, Parsed
from hoest.domain.exchange.rules.parse import parse
from hoest.domain.exchange.rules.workbook import (
    Benefit,
    Initiative,
    Line,
    Measurement,
    TakeOut,
    Workbook,
)
from hoest.domain.exchange.rules.write import template, write

__all__ = [
    "Benefit",
    "CellFault",
    "Initiative",
    "Line",
    "Measurement",
    "Note",
    "Parsed",
    "TakeOut",
    "Workbook",
    "parse",
    "template",
    "write",
]
