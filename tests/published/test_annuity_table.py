"""A published annuity table (EKL, Sweden): present value of 1 a year, two decimals."""

from __future__ import annotations

import pytest

from hoest.engine.cash_flow import annuity_factor, flat_rate

TABLE = [
    (0.04, 5, 4.45),
    (0.04, 10, 8.11),
    (0.04, 20, 13.59),
    (0.06, 20, 11.47),
    (0.15, 5, 3.35),
]


@pytest.mark.parametrize(("rate", "n_years", "factor"), TABLE)
def test_an_annuity_factor_of_the_table(rate: float, n_years: int, factor: float) -> None:
    assert annuity_factor(flat_rate(rate), n_years) == pytest.approx(factor, abs=5e-3)


def test_fifteen_years_at_three_and_a_half_per_cent() -> None:
    assert annuity_factor(flat_rate(0.035), 15) == pytest.approx(11.5174, abs=5e-5)
