"""Facts and decisions of evidence; no Django."""

from hoest.domain.evidence.rules.breaks import UnhandledBreak, usable
from hoest.domain.evidence.rules.codes import (
    BreakHandling,
    Control,
    FileState,
    Method,
    Origin,
    RunState,
    Step,
    Wanted,
)
from hoest.domain.evidence.rules.periods import (
    first_day,
    from_first,
    last_day,
    months_of,
    periods_between,
)
from hoest.domain.evidence.rules.shown import CHANGED, shown_as_wanted, told_change

__all__ = [
    "CHANGED",
    "BreakHandling",
    "Control",
    "FileState",
    "Method",
    "Origin",
    "RunState",
    "Step",
    "UnhandledBreak",
    "Wanted",
    "first_day",
    "from_first",
    "last_day",
    "months_of",
    "periods_between",
    "shown_as_wanted",
    "told_change",
    "usable",
]
