"""Tables of business cases."""

from hoest.domain.business_cases.models.uncertainty import CaseGround, CaseRisk
from hoest.domain.business_cases.models.versions import (
    BusinessCase,
    CaseLine,
    CaseVersion,
    LineAmount,
    PriceIndexYear,
)

__all__ = [
    "BusinessCase",
    "CaseGround",
    "CaseLine",
    "CaseRisk",
    "CaseVersion",
    "LineAmount",
    "PriceIndexYear",
]
