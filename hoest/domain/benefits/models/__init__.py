"""Tables of benefits."""

from hoest.domain.benefits.models.facts import (
    HarvestDecision,
    LevelConfirmation,
    Measurement,
    StandingRecord,
)
from hoest.domain.benefits.models.profile import Benefit

__all__ = ["Benefit", "HarvestDecision", "LevelConfirmation", "Measurement", "StandingRecord"]
