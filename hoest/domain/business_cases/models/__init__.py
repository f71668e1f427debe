"""Tables of business cases."""

from hoest.domain.business_cases.models.guide import (
    Alternative,
    Answer,
    Assumption,
    Factor,
    RampYear,
)
from hoest.domain.business_cases.models.uncertainty import CaseGround, CaseRisk
from hoest.domain.business_cases.models.versions import (
    BusinessCase,
    CaseLine,
    CaseVersion,
    LineAmount,
    PriceIndexYear,
)

__all__ = [
    "Alternative",
    "Answer",
    "Assumption",
    "BusinessCase",
    "CaseGround",
    "CaseLine",
    "CaseRisk",
    "CaseVersion",
    "Factor",
    "LineAmount",
    "PriceIndexYear",
    "RampYear",
]
