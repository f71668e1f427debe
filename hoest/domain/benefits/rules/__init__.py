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
    proof_from,
    rung_of,
    stand,
)
from hoest.domain.benefits.rules.proof import (
    MethodGrade,
    NotedEffect,
    Proof,
    Verdict,
    proof_of,
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
    "MethodGrade",
    "NotedEffect",
    "Proof",
    "Rung",
    "Standing",
    "Verdict",
    "next_measurement_due",
    "proof_from",
    "proof_of",
    "rung_of",
    "stand",
]
