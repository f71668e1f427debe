"""Facts and decisions about benefits: codes and the harvest ladder. No Django."""

from hoest.domain.benefits.rules.codes import (
    CASHABLE_TYPES,
    LEVEL_TYPES,
    MONTHS_BETWEEN,
    BenefitType,
    Frequency,
    Rung,
)
from hoest.domain.benefits.rules.ladder import (
    BenefitFacts,
    Decision,
    Fact,
    LadderLimits,
    MeasurementFact,
    Standing,
    next_measurement_due,
    rung_of,
    stand,
)

__all__ = [
    "CASHABLE_TYPES",
    "LEVEL_TYPES",
    "MONTHS_BETWEEN",
    "BenefitFacts",
    "BenefitType",
    "Decision",
    "Fact",
    "Frequency",
    "LadderLimits",
    "MeasurementFact",
    "Rung",
    "Standing",
    "next_measurement_due",
    "rung_of",
    "stand",
]
