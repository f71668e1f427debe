"""Checkpoints of the Danish step discount rates of 2013 and 2021.

Rates: Finansministeriet 31.05.2013, ft.dk FIU 2017-18 answer 418 (table 1), and the documentation
note of 07.01.2021. The factors were computed from them independently, to six decimals.
"""

from __future__ import annotations

import pytest

from hoest.engine.cash_flow import discount_factor, discount_factors, schedule_named

FACTORS = {
    "DK-2021": {
        1: 0.966184,
        5: 0.841973,
        10: 0.708919,
        35: 0.299977,
        36: 0.292660,
        70: 0.126402,
        71: 0.124534,
        75: 0.117334,
    },
    "DK-2013": {10: 0.675564, 35: 0.253415, 36: 0.246034, 70: 0.090060, 75: 0.081570},
}
POINTS = [(name, t, factor) for name, points in FACTORS.items() for t, factor in points.items()]


@pytest.mark.parametrize(("name", "t", "factor"), POINTS)
def test_the_discount_factor_of_a_year(name: str, t: int, factor: float) -> None:
    rate = schedule_named(name)
    assert discount_factor(rate, t) == pytest.approx(factor, abs=5e-7)
    assert discount_factors(rate, t + 1)[t] == discount_factor(rate, t)


@pytest.mark.parametrize("name", sorted(FACTORS))
def test_the_base_year_is_undiscounted(name: str) -> None:
    assert discount_factor(schedule_named(name), 0) == 1.0
