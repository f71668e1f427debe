"""Cash flows: gross benefits, costs, net and accumulated per year, in exact decimals.

A cash flow has one view (treasury or society) and one price level. Lines or flows that differ are
refused by name; nothing is converted silently.

Source: Statens business case-model, økonomiske nøgletal (gross, cost, net, accumulated).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from .caveats import Caveat, CaveatCode
from .errors import NoLines, PriceLevelsMixed, ViewsMixed, YearsDiffer
from .lines import EXACT, Kind, Line, View, check_years, continued_gap, exact_sum, yearly_amounts

Amounts = tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class CashFlow:
    """Yearly amounts from base_year (t = 0) to horizon; each tuple has shape (n_years,).

    `gross_benefits`, `investments` and `operations` are unsigned, in the unit of the lines and the
    price level `price_level`. `recurring_benefits` is the recurring part of the gross benefits.
    """

    base_year: int
    horizon: int
    price_level: int
    view: View
    gross_benefits: Amounts
    recurring_benefits: Amounts
    investments: Amounts
    operations: Amounts
    caveats: tuple[Caveat, ...] = ()

    @property
    def years(self) -> tuple[int, ...]:
        """The calendar years, shape (n_years,)."""
        return tuple(range(self.base_year, self.horizon + 1))

    @property
    def costs(self) -> Amounts:
        """Investments plus operations a year: C_t = I_t + D_t, unsigned."""
        return tuple(map(EXACT.add, self.investments, self.operations))

    @property
    def net(self) -> Amounts:
        """Net benefits a year: N_t = B_t - C_t, benefits +, costs -."""
        return tuple(map(EXACT.subtract, self.gross_benefits, self.costs))

    @property
    def accumulated(self) -> Amounts:
        """Net benefits accumulated: A_t = Σ_{s<=t} N_s."""
        return tuple(accumulate(self.net, EXACT.add))

    @property
    def total_investment(self) -> Decimal:
        """The undiscounted sum of the investments."""
        return exact_sum(self.investments)


def _one_view(views: Iterable[View]) -> View:
    met = sorted(set(views))
    if len(met) != 1:
        raise ViewsMixed(tuple(met))
    return met[0]


def _one_price_level(levels: Iterable[int]) -> int:
    met = sorted(set(levels))
    if len(met) != 1:
        raise PriceLevelsMixed(tuple(met))
    return met[0]


def _columns(rows: Iterable[Amounts], n_years: int) -> Amounts:
    totals = [Decimal(0)] * n_years
    for row in rows:
        totals = list(map(EXACT.add, totals, row))
    return tuple(totals)


def _line_caveats(lines: Sequence[Line]) -> tuple[Caveat, ...]:
    caveats: list[Caveat] = []
    for line in lines:
        if gap := continued_gap(line):
            caveats.append(Caveat(CaveatCode.GAP_CONTINUED, {"line": line.name, "years": gap}))
        if not line.amounts:
            caveats.append(Caveat(CaveatCode.LINE_WITHOUT_AMOUNTS, {"line": line.name}))
    return tuple(caveats)


def cash_flow(lines: Sequence[Line], *, base_year: int, horizon: int) -> CashFlow:
    """Return the cash flow of the lines over base_year..horizon, exact in decimals.

    Formula: B_t = Σ benefits, C_t = Σ investments + Σ operations, N_t = B_t - C_t,
    A_t = Σ_{s<=t} N_s.
    Shape: (horizon - base_year + 1,) each. Raises NoLines, ViewsMixed, PriceLevelsMixed,
    AmountOutsideYears, YearsOutOfRange.
    Source: Statens business case-model; sign convention benefits +, costs -.
    """
    if not lines:
        raise NoLines("a cash flow needs at least one line")
    check_years(base_year, horizon)
    view = _one_view(line.view for line in lines)
    price_level = _one_price_level(line.price_level for line in lines)
    rows = [(line, yearly_amounts(line, base_year, horizon)) for line in lines]
    n_years = horizon - base_year + 1

    def total(kind: Kind, *, recurring_only: bool = False) -> Amounts:
        chosen = (
            row
            for line, row in rows
            if line.kind is kind and (line.recurring or not recurring_only)
        )
        return _columns(chosen, n_years)

    return CashFlow(
        base_year=base_year,
        horizon=horizon,
        price_level=price_level,
        view=view,
        gross_benefits=total(Kind.BENEFIT),
        recurring_benefits=total(Kind.BENEFIT, recurring_only=True),
        investments=total(Kind.INVESTMENT),
        operations=total(Kind.OPERATION),
        caveats=_line_caveats(lines),
    )


def combined(flows: Sequence[CashFlow]) -> CashFlow:
    """Return the sum of several cash flows over the same years, exact in decimals.

    Formula: N_t = Σ_k N_{k,t}, and likewise for benefits, investments and operations.
    Raises NoLines, YearsDiffer, ViewsMixed, PriceLevelsMixed; nothing is converted or extended.
    Source: roll-up rule "price-level conversion before adding" (engine convention 11).
    """
    if not flows:
        raise NoLines("nothing to add")
    spans = sorted({(flow.base_year, flow.horizon) for flow in flows})
    if len(spans) != 1:
        raise YearsDiffer(tuple(spans))
    base_year, horizon = spans[0]
    n_years = horizon - base_year + 1
    return CashFlow(
        base_year=base_year,
        horizon=horizon,
        price_level=_one_price_level(flow.price_level for flow in flows),
        view=_one_view(flow.view for flow in flows),
        gross_benefits=_columns((flow.gross_benefits for flow in flows), n_years),
        recurring_benefits=_columns((flow.recurring_benefits for flow in flows), n_years),
        investments=_columns((flow.investments for flow in flows), n_years),
        operations=_columns((flow.operations for flow in flows), n_years),
        caveats=tuple(caveat for flow in flows for caveat in flow.caveats),
    )


def by_view(lines: Iterable[Line]) -> dict[View, tuple[Line, ...]]:
    """Return the lines parted by view, so that each view is valued on its own.

    Formula: a partition; no line is in two parts and none is lost.
    Source: Finansministeriet, vejledning i samfundsøkonomiske konsekvensvurderinger (welfare
    parameters belong to the societal view alone).
    """
    kept = tuple(lines)
    views = sorted({line.view for line in kept})
    return {view: tuple(line for line in kept if line.view is view) for view in views}


def as_floats(amounts: Sequence[Decimal]) -> NDArray[np.float64]:
    """Convert exact amounts to floats: the one place where the engine leaves decimals.

    Formula: x_t = nearest binary64 to the decimal. Shape: (n_years,).
    Source: IEEE 754-2008, round to nearest.
    """
    return np.array([float(amount) for amount in amounts], dtype=np.float64)
