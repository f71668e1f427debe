"""Risk pool (risikopulje): what to set aside for costs that may come or not.

Uncertainty, which is certain to come but of unknown size, belongs to `uncertainty`. At most twelve
risks; expected value and variance; an exact coverage curve over all combinations; a simulation
with the spread of the consequences beside it. Method page: docs/reference/methods/risk-pool.md.

Source: Statens business case-model (risikopulje, dækningsgrad); digst.dk 2015; risk-id.dk 2019,
2021.
"""

from .coverage import CoverageCurve, coverage_curve, covered_by, loss_share_covered, pool_for
from .errors import (
    ConsequenceNegative,
    CoverageOutOfRange,
    PoolNegative,
    RiskNamesRepeat,
    RiskPoolError,
    RiskProbabilityOutOfRange,
    TooManyRisks,
)
from .risks import MOST_RISKS, PoolMoments, Risk, check_risks, pool_moments
from .simulation import SimulatedCoverage, SimulatedPool, simulated_pool

__all__ = [
    "MOST_RISKS",
    "ConsequenceNegative",
    "CoverageCurve",
    "CoverageOutOfRange",
    "PoolMoments",
    "PoolNegative",
    "Risk",
    "RiskNamesRepeat",
    "RiskPoolError",
    "RiskProbabilityOutOfRange",
    "SimulatedCoverage",
    "SimulatedPool",
    "TooManyRisks",
    "check_risks",
    "coverage_curve",
    "covered_by",
    "loss_share_covered",
    "pool_for",
    "pool_moments",
    "simulated_pool",
]
