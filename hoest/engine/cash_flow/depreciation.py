"""Depreciation view: an investment spread over its life, beside the expenditure view.

Municipalities budget what is paid when it is paid; that view is the default and is never changed
here. The cost-based view spreads the capitalised spending evenly over the years of use. Which
lines may be capitalised is decided by the caller: development may, start-up, planning and general
project management may not.

A year of use carries a whole year's depreciation. What is spent up to the year in which the
solution is ready for use is written off from that year on; what is spent later from its own year
on. There is no scrap value and no interest on the capital tied up.

Source: Statens business case-model v3 (2017): cost-based beside expenditure-based; Økonomistyrelsen
ØAV "It-udviklingsprojekter" (what may be capitalised); AAU håndbog 485881 (depreciation starts when
ready for use); Statens annex "Fra udgift til omkostning".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from .errors import LifeOutOfRange, NotAnInvestment
from .flows import Amounts, CashFlow, cash_flow
from .lines import EXACT, MOST_YEARS, Kind, Line, exact_sum, yearly_amounts
from .prices import CONVERSION, CONVERTED_PLACES


@dataclass(frozen=True, slots=True)
class DepreciationView:
    """The same case in the two views; each tuple has shape (n_years,), unit as the lines.

    `expenditure` is the whole case as paid. `spending` is the capitalised part of it as paid,
    `depreciation` what the years carry of it, `book_value` what is left at the end of each year.
    `costs` are the depreciation and everything not capitalised; `net` is benefits minus costs.
    `left_after_horizon` is the book value that years after the horizon will carry.
    """

    expenditure: CashFlow
    life_years: int
    ready_year: int
    spending: Amounts
    depreciation: Amounts
    book_value: Amounts
    left_after_horizon: Decimal

    @property
    def costs(self) -> Amounts:
        """Costs a year: what was paid, minus what was capitalised, plus what is written off."""
        paid = map(EXACT.subtract, self.expenditure.costs, self.spending)
        return tuple(map(EXACT.add, paid, self.depreciation))

    @property
    def net(self) -> Amounts:
        """Net benefits a year in the depreciation view: B_t - C_t."""
        return tuple(map(EXACT.subtract, self.expenditure.gross_benefits, self.costs))

    @property
    def accumulated(self) -> Amounts:
        """Net benefits of the depreciation view accumulated: A_t = Σ_{s<=t} N_s."""
        return tuple(accumulate(self.net, EXACT.add))


def linear_depreciation(amount: Decimal, first_year: int, life_years: int) -> dict[int, Decimal]:
    """Return what each year of use carries of an amount; the years sum to the amount exactly.

    Formula: d_k = r(a · k / L) - r(a · (k - 1) / L) for k = 1..L, where r rounds to ten decimals
    half to even and r(a) = a in the last year. Year k is first_year + k - 1. Unit as the amount.
    Raises LifeOutOfRange.
    Source: straight-line depreciation; Økonomistyrelsen ØAV.
    """
    if not 1 <= life_years <= MOST_YEARS:
        raise LifeOutOfRange(life_years, MOST_YEARS)
    shares: dict[int, Decimal] = {}
    before = Decimal(0)
    for k in range(1, life_years + 1):
        part = CONVERSION.divide(CONVERSION.multiply(amount, Decimal(k)), Decimal(life_years))
        until = amount if k == life_years else part.quantize(CONVERTED_PLACES, context=CONVERSION)
        shares[first_year + k - 1] = EXACT.subtract(until, before)
        before = until
    return shares


def depreciation_view(
    capitalised: Sequence[Line],
    expensed: Sequence[Line],
    *,
    base_year: int,
    horizon: int,
    ready_year: int,
    life_years: int,
) -> DepreciationView:
    """Return a case as paid and as written off over the life of what was capitalised.

    Formula: D_t = Σ_s d_t(S_s), each year's spending S_s written off linearly over `life_years`
    from max(s, ready_year) on; V_t = Σ_{s<=t} S_s - Σ_{s<=t} D_s; C_t = paid_t - S_t + D_t.
    Shape: (horizon - base_year + 1,). Law: Σ D_t + left after horizon = Σ S_t.
    Raises NotAnInvestment, LifeOutOfRange and what `cash_flow` raises.
    Source: Statens business case-model v3 (cost-based view); AAU håndbog 485881 (ready for use).
    """
    for line in capitalised:
        if line.kind is not Kind.INVESTMENT:
            raise NotAnInvestment(line.name, line.kind.value)
    flow = cash_flow([*capitalised, *expensed], base_year=base_year, horizon=horizon)
    rows = [yearly_amounts(line, base_year, horizon) for line in capitalised]
    spending = tuple(exact_sum(column) for column in zip(*rows, strict=True)) or tuple(
        Decimal(0) for _ in flow.years
    )
    carried = dict.fromkeys(flow.years, Decimal(0))
    for year, amount in zip(flow.years, spending, strict=True):
        written = linear_depreciation(amount, max(year, ready_year), life_years)
        for used, part in written.items():
            if used in carried:
                carried[used] = EXACT.add(carried[used], part)
    depreciation = tuple(carried.values())
    changes = map(EXACT.subtract, spending, depreciation)
    book_value = tuple(accumulate(changes, EXACT.add))
    return DepreciationView(
        expenditure=flow,
        life_years=life_years,
        ready_year=ready_year,
        spending=spending,
        depreciation=depreciation,
        book_value=book_value,
        left_after_horizon=book_value[-1],
    )
