"""Break-even values that follow from published tables.

Copenhagen, council meeting 28 April 2016, item 42, case A: 3.0 m kr. once and 1.8 m kr. a year in
five years. At rate r it breaks even where the yearly effect times the annuity factor is 3.0. The
printed factor at 4 % over five years is 4.45 (EKL, Sweden).
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from hoest.engine.cash_flow import DK_2021, Kind, RateSchedule, annuity_factor, flat_rate
from hoest.engine.sensitivity import (
    Assumption,
    DerivedLine,
    Direction,
    Model,
    Ref,
    break_even,
    derived_npv,
)


def case_a(rate: RateSchedule) -> Model:
    return Model(
        (
            Assumption("investering", Decimal("2.5"), Decimal("3.0"), Decimal("4.0")),
            Assumption("effekt", Decimal("1.0"), Decimal("1.8"), Decimal("2.0")),
        ),
        (
            DerivedLine("Investering", Kind.INVESTMENT, False, {2016: Ref("investering")}, 2016),
            DerivedLine("Effekt", Kind.BENEFIT, True, {2017: Ref("effekt")}, 2016),
        ),
        2016,
        2021,
        rate,
    )


@pytest.mark.parametrize(("rate", "npv"), [(DK_2021, 5.1271), (flat_rate(0.04), 5.0133)])
def test_the_derived_case_is_worth_what_was_published(rate: RateSchedule, npv: float) -> None:
    model = case_a(rate)
    assert float(derived_npv(model, model.probable)) == pytest.approx(npv, abs=5e-5)


def test_the_effect_that_is_needed_is_the_investment_over_the_printed_factor() -> None:
    found = break_even(case_a(flat_rate(0.04)), "effekt")
    assert found.value is not None
    assert float(3 / found.value) == pytest.approx(4.45, abs=5e-3)
    assert (found.direction, found.within_range) == (Direction.AT_LEAST, False)


def test_the_investment_that_can_be_borne_is_the_effect_times_the_factor() -> None:
    found = break_even(case_a(DK_2021), "investering")
    assert found.value is not None
    assert float(found.value) == pytest.approx(1.8 * annuity_factor(DK_2021, 5), abs=1e-9)
    assert found.direction is Direction.AT_MOST
