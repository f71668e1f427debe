"""Risks: costs that may come or not, each with a probability and a three-point consequence.

At most twelve risks stand in a pool: the largest economic ones of the risk log, after mitigation.
What is done against a risk is an ordinary cost of the project and is not paid from the pool.

Source: digst.dk, Ny version af business case-modellen, 18.06.2015 (at most twelve); risk-id.dk
22.11.2019 and 12.03.2021 (three-point consequence, adjusted by probability; residual risks).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from hoest.engine.cash_flow.three_point import MEANS
from hoest.engine.uncertainty import Shape, ThreePoint, mean_of, variance_of

from .errors import (
    ConsequenceNegative,
    RiskNamesRepeat,
    RiskProbabilityOutOfRange,
    TooManyRisks,
)

MOST_RISKS = 12
MOST_PROBABILITY_DECIMALS = 10


@dataclass(frozen=True, slots=True)
class Risk:
    """One risk: a name, a probability (share 0-1) and a consequence >= 0 in the pool's unit.

    Raises RiskProbabilityOutOfRange, ConsequenceNegative.
    """

    name: str
    probability: Decimal
    consequence: ThreePoint

    def __post_init__(self) -> None:
        """Refuse probabilities that are no shares and consequences that bring money in."""
        probability = self.probability
        exponent = probability.as_tuple().exponent
        written = isinstance(exponent, int) and exponent >= -MOST_PROBABILITY_DECIMALS
        if not written or not 0 <= probability <= 1:
            raise RiskProbabilityOutOfRange(self.name, probability)
        if self.consequence.low < 0:
            raise ConsequenceNegative(self.name, self.consequence.low)


@dataclass(frozen=True, slots=True)
class PoolMoments:
    """Expected value and variance of what the risks of a pool cost, and each risk's part of them.

    `expected` and `expected_by_risk` are in the risks' unit, `variance` in its square;
    `expected_by_risk` follows the order of the risks.
    """

    expected: Decimal
    variance: Decimal
    expected_by_risk: tuple[Decimal, ...]


def check_risks(risks: Sequence[Risk]) -> None:
    """Raise TooManyRisks or RiskNamesRepeat unless the risks can stand in one pool.

    Formula: n <= 12, every name once.
    Source: digst.dk 18.06.2015 (maximum raised from ten to twelve).
    """
    if len(risks) > MOST_RISKS:
        raise TooManyRisks(len(risks), MOST_RISKS)
    names = [risk.name for risk in risks]
    repeated = sorted({name for name in names if names.count(name) > 1})
    if repeated:
        raise RiskNamesRepeat(tuple(repeated))


def pool_moments(risks: Sequence[Risk], shape: Shape = Shape.PERT) -> PoolMoments:
    """Return the expected value of a pool and the variance around it, risks being independent.

    Formula: E = Σ pᵢ μᵢ; Var = Σ pᵢ σᵢ² + pᵢ (1 - pᵢ) μᵢ². To 40 digits.
    Raises TooManyRisks, RiskNamesRepeat.
    Source: pool_EMV = Σ p · E[consequence], benefits method note 1.3 (risk-id.dk 22.11.2019);
    variance of a Bernoulli event times an independent amount.
    """
    check_risks(risks)
    expected, variance = Decimal(0), Decimal(0)
    by_risk: list[Decimal] = []
    for risk in sorted(risks, key=lambda each: each.name):
        mean, spread = mean_of(risk.consequence, shape), variance_of(risk.consequence, shape)
        chance = risk.probability
        expected = MEANS.add(expected, MEANS.multiply(chance, mean))
        event = MEANS.multiply(chance, MEANS.subtract(Decimal(1), chance))
        part = MEANS.multiply(event, MEANS.multiply(mean, mean))
        variance = MEANS.add(variance, MEANS.add(MEANS.multiply(chance, spread), part))
    for risk in risks:
        by_risk.append(MEANS.multiply(risk.probability, mean_of(risk.consequence, shape)))
    return PoolMoments(expected, variance, tuple(by_risk))
