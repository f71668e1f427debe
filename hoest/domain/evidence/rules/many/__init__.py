"""One file with many indicators: what its columns are, what it says of each, and its cells.

No Django. Three shapes besides the long one: the headings of the columns that are left are
periods, places or indicators, whichever of the three has no column of its own.
"""

from hoest.domain.evidence.rules.many.facts import GivenFacts, ManyFault, of_line
from hoest.domain.evidence.rules.many.files import (
    MOST_COLUMNS,
    MOST_LINES,
    Grid,
    decoded,
    grids_of_text,
    grids_of_workbook,
    too_large,
)
from hoest.domain.evidence.rules.many.reading import (
    MOST_CELLS,
    MOST_INDICATORS,
    GivenIndicator,
    ManyReading,
    read_many,
)

__all__ = [
    "MOST_CELLS",
    "MOST_COLUMNS",
    "MOST_INDICATORS",
    "MOST_LINES",
    "GivenFacts",
    "GivenIndicator",
    "Grid",
    "ManyFault",
    "ManyReading",
    "decoded",
    "grids_of_text",
    "grids_of_workbook",
    "of_line",
    "read_many",
    "too_large",
]
