"""Copenhagen, Effektiviseringsstrategi 2019, appendix 5: nine units and the stated totals.

Amounts in 1,000 kr., 2019 prices. The published totals of 2021 and 2022 differ from the sum of
the published rows by one rounding unit; all four are within ±0.5 unit per row.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from hoest.engine.cash_flow import Kind, Line, cash_flow, combined, roll_up

YEARS = (2019, 2020, 2021, 2022)
UNITS = {
    "Intern Revision": (231, 231, 231, 231),
    "Borgerrådgiveren": (145, 145, 145, 145),
    "Økonomiforvaltningen": (3_186, 5_536, 5_609, 5_668),
    "Kultur- og Fritidsforvaltningen": (11_673, 19_604, 24_788, 26_722),
    "Børne- og Ungdomsforvaltningen": (59_577, 78_471, 80_821, 80_821),
    "Sundheds- og Omsorgsforvaltningen": (40_244, 51_348, 51_879, 53_728),
    "Socialforvaltningen": (56_819, 64_059, 68_092, 70_092),
    "Teknik- og Miljøforvaltningen": (4_192, 6_317, 6_841, 6_841),
    "Beskæftigelses- og Integrationsforvaltningen": (2_469, 7_900, 7_900, 7_900),
}
SUMS = (178_536, 233_611, 246_306, 252_148)
STATED = (178_536, 233_611, 246_307, 252_147)


def unit_line(name: str) -> Line:
    amounts = dict(zip(YEARS, map(Decimal, UNITS[name]), strict=True))
    return Line(name, Kind.BENEFIT, True, amounts, 2019)


def test_the_sum_of_the_units_is_the_sum_of_the_published_rows() -> None:
    flow = cash_flow([unit_line(name) for name in UNITS], base_year=2019, horizon=2022)
    assert flow.gross_benefits == SUMS
    assert flow.net == SUMS


def test_adding_the_units_one_by_one_gives_the_same() -> None:
    flows = [cash_flow([unit_line(name)], base_year=2019, horizon=2022) for name in UNITS]
    assert combined(flows).net == SUMS


@pytest.mark.parametrize("k", range(4))
def test_the_stated_total_agrees_within_rounding(k: int) -> None:
    rows = [Decimal(amounts[k]) for amounts in UNITS.values()]
    answer = roll_up(rows, Decimal(STATED[k]))
    assert answer.total == SUMS[k]
    assert answer.difference == SUMS[k] - STATED[k]
    assert answer.tolerance == Decimal("4.5")
    assert answer.agrees


def test_a_row_left_out_no_longer_agrees() -> None:
    rows = [Decimal(amounts[0]) for name, amounts in UNITS.items() if name != "Borgerrådgiveren"]
    assert not roll_up(rows, Decimal(STATED[0])).agrees
