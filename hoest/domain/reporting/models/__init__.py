"""Tables of reporting: stated totals, a person's week, figures kept beside each benefit."""

from hoest.domain.reporting.models.account import StatedTotal
from hoest.domain.reporting.models.figures import (
    FiguresRecord,
    FiguresRow,
    KeptCase,
    KeptEvidence,
    KeptStanding,
    StaleBenefit,
    YearAmount,
)
from hoest.domain.reporting.models.week import PassedOn, SetAside

__all__ = [
    "FiguresRecord",
    "FiguresRow",
    "KeptCase",
    "KeptEvidence",
    "KeptStanding",
    "PassedOn",
    "SetAside",
    "StaleBenefit",
    "StatedTotal",
    "YearAmount",
]
