"""The only door to `hoest.engine.effects` and `hoest.engine.transfer`.

Decimals and dates become floats and indices here, once; out come codes and figures that JSON has.
"""

from hoest.domain.evidence.calculations.estimating import (
    REMEDY_OF,
    SEASONS,
    Answer,
    Asked,
    CannotEstimate,
    Rows,
    estimated,
    finite,
)
from hoest.domain.evidence.calculations.planning import (
    Ground,
    Outlook,
    Unknown,
    dealt,
    ground_of,
    outlook_of,
)
from hoest.domain.evidence.calculations.transfer import (
    Drawn,
    Found,
    Neighbour,
    Weighed,
    weighed,
)
from hoest.engine.effects import ENGINE_VERSION

__all__ = [
    "ENGINE_VERSION",
    "REMEDY_OF",
    "SEASONS",
    "Answer",
    "Asked",
    "CannotEstimate",
    "Drawn",
    "Found",
    "Ground",
    "Neighbour",
    "Outlook",
    "Rows",
    "Unknown",
    "Weighed",
    "dealt",
    "estimated",
    "finite",
    "ground_of",
    "outlook_of",
    "weighed",
]
