"""Tables of benefits."""

from hoest.domain.benefits.models.benefit_map import BenefitMap, MapArrow, MapNode, MapStep
from hoest.domain.benefits.models.facts import (
    HarvestDecision,
    LevelConfirmation,
    Measurement,
    StandingRecord,
)
from hoest.domain.benefits.models.profile import Benefit

__all__ = [
    "Benefit",
    "BenefitMap",
    "HarvestDecision",
    "LevelConfirmation",
    "MapArrow",
    "MapNode",
    "MapStep",
    "Measurement",
    "StandingRecord",
]
