"""Copenhagen, council meeting 28 April 2016, item 42: two cash-flow profiles (m kr., 2016 prices).

Inputs are public (kk.dk); the key figures were computed from them independently of this engine,
with the whole investment in 2016 (t = 0) and the horizon 2021.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pytest

from hoest.engine.cash_flow import (
    Kind,
    Line,
    RateSchedule,
    Valuation,
    exact_sum,
    flat_rate,
    schedule_named,
    value,
)


@dataclass(frozen=True)
class Published:
    name: str
    investment: str
    effects: dict[int, str]
    total: str
    npv_35: float
    npv_40: float
    irr: float
    simple: float
    calendar_year: int
    interpolated: float


A = Published(
    name="Bedre brug af hjælpemidler på botilbud",
    investment="3.0",
    effects={2017: "1.8"},
    total="6.0",
    npv_35=5.1271,
    npv_40=5.0133,
    irr=0.5280,
    simple=1.667,
    calendar_year=2018,
    interpolated=1.667,
)
B = Published(
    name="Online støtte i hjemmevejledning og bostøtte",
    investment="2.6",
    effects={2017: "0.5", 2018: "1.2", 2019: "1.7", 2020: "1.8"},
    total="4.4",
    npv_35=3.6208,
    npv_40=3.5196,
    irr=0.3609,
    simple=1.444,
    calendar_year=2019,
    interpolated=2.529,
)
CASES = pytest.mark.parametrize("case", [A, B], ids=["A", "B"])


def valued(case: Published, rate: RateSchedule) -> Valuation:
    effects = {year: Decimal(amount) for year, amount in case.effects.items()}
    lines = [
        Line("Investering", Kind.INVESTMENT, False, {2016: Decimal(case.investment)}, 2016),
        Line("Effekt", Kind.BENEFIT, True, effects, 2016),
    ]
    return value(lines, base_year=2016, horizon=2021, rate=rate)


@CASES
def test_the_sum_of_the_net_is_exact(case: Published) -> None:
    assert exact_sum(valued(case, flat_rate(0)).flow.net) == Decimal(case.total)


@CASES
@pytest.mark.parametrize("rate", ["DK-2021", 0.035])
def test_npv_at_the_rate_of_2021(case: Published, rate: str | float) -> None:
    schedule = schedule_named(rate) if isinstance(rate, str) else flat_rate(rate)
    assert valued(case, schedule).npv == pytest.approx(case.npv_35, abs=5e-5)


@CASES
@pytest.mark.parametrize("rate", ["DK-2013", 0.04])
def test_npv_at_the_rate_of_2013(case: Published, rate: str | float) -> None:
    schedule = schedule_named(rate) if isinstance(rate, str) else flat_rate(rate)
    assert valued(case, schedule).npv == pytest.approx(case.npv_40, abs=5e-5)


@CASES
def test_internal_rate(case: Published) -> None:
    found = valued(case, schedule_named("DK-2021")).internal_rate
    assert found.rate == pytest.approx(case.irr, abs=5e-5)


@CASES
def test_payback_in_calendar_years_interpolated_and_simple(case: Published) -> None:
    result = valued(case, schedule_named("DK-2021"))
    assert result.payback.calendar_year == case.calendar_year
    assert result.payback.interpolated == pytest.approx(case.interpolated, abs=5e-4)
    assert result.payback.simple == pytest.approx(case.simple, abs=5e-4)
    assert result.payback.discounted is not None
    assert result.payback.discounted > case.interpolated
    assert result.warnings == ()
