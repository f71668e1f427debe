"""Risk pool: a published contingency budget.

Two risks: 40 % of 100,000 and 60 % of 20,000; published contingency budget 52,000 (exercise for the
PMI risk examination, freecram.net, PMI-RMP question 108). The coverage beside it is counted here.
"""

from __future__ import annotations

from decimal import Decimal

from hoest.engine.risk_pool import Risk, coverage_curve, covered_by, pool_for, pool_moments
from hoest.engine.uncertainty import certain

RISKS = [
    Risk("A", Decimal("0.4"), certain(Decimal(100_000))),
    Risk("B", Decimal("0.6"), certain(Decimal(20_000))),
]


def test_the_published_contingency_is_the_expected_value() -> None:
    assert pool_moments(RISKS).expected == 52_000
    assert coverage_curve(RISKS).expected == 52_000


def test_the_expected_value_covers_only_three_outcomes_in_five() -> None:
    curve = coverage_curve(RISKS)
    assert covered_by(curve, Decimal(52_000)) == Decimal("0.6")
    assert pool_for(curve, Decimal("0.8")) == 120_000
