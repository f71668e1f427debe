"""Norwegian police IT (KS1): published net present values at 2, 4 and 6 %, m NOK, rounded to ten.

The yearly flows are not public. What can be checked: an investment now and an even benefit over n
years, fitted to the published values at 2 and 6 %, must land on the published value at 4 %.
"""

from __future__ import annotations

import pytest

from hoest.engine.cash_flow import annuity_factor, flat_rate, npv

ROUNDING = 5.0
OPTIONS = {
    # name: (NPV at 2 %, 4 %, 6 %, years of even benefit that the three values imply)
    "Nybygg": (2030.0, 1320.0, 770.0, 20),
    "Modernisering": (2050.0, 1420.0, 980.0, 30),
}


def even_flow(at_2: float, at_6: float, n_years: int) -> list[float]:
    """The investment and even yearly benefit with the given values at 2 and 6 %."""
    factor_2, factor_6 = (annuity_factor(flat_rate(r), n_years) for r in (0.02, 0.06))
    yearly = (at_2 - at_6) / (factor_2 - factor_6)
    return [at_6 - yearly * factor_6, *[yearly] * n_years]


@pytest.mark.parametrize("name", sorted(OPTIONS))
def test_the_middle_rate_lands_on_the_published_value(name: str) -> None:
    at_2, at_4, at_6, n_years = OPTIONS[name]
    flow = even_flow(at_2, at_6, n_years)
    assert flow[0] < 0 < flow[1]
    assert npv(flow, flat_rate(0.02)) == pytest.approx(at_2)
    assert npv(flow, flat_rate(0.04)) == pytest.approx(at_4, abs=ROUNDING)
    assert npv(flow, flat_rate(0.06)) == pytest.approx(at_6)


def test_the_value_falls_with_the_rate_and_the_ranking_stays() -> None:
    flows = {name: even_flow(v[0], v[2], v[3]) for name, v in OPTIONS.items()}
    rates = [0.02, 0.03, 0.04, 0.05, 0.06]
    values = {name: [npv(f, flat_rate(r)) for r in rates] for name, f in flows.items()}
    for falling in values.values():
        assert falling == sorted(falling, reverse=True)
    pairs = zip(values["Modernisering"], values["Nybygg"], strict=True)
    assert all(first > second for first, second in pairs)
