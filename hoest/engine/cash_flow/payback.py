"""Payback (tilbagebetalingstid) in four named definitions, never one for another.

*simple*        investment / annual full effect, in years of full effect
*calendar_year* the first calendar year in which the accumulated net is no longer negative
*interpolated*  the same moment inside that year, in years from the first year of spending
*discounted*    as interpolated, on discounted amounts

The last three walk through the years; none is inferred from totals. A flow that is never negative
has nothing to pay back; one that stays negative is not paid back within the horizon: both answer
None with a caveat.

Source: Statens business case-model (tilbagebetalingstid); engine convention 3.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from .caveats import Caveat, CaveatCode, Fact
from .flows import CashFlow, as_floats
from .lines import EXACT
from .present_value import present_values
from .rates import RateSchedule

# A sum within this share of the amounts that went into it counts as zero: discounting, and a
# conversion to another price level rounded line by line, leave a hair where amounts cancel.
ZERO_SHARE = 1e-12


@dataclass(frozen=True, slots=True)
class Payback:
    """The four answers and what they rest on.

    `simple` is in years of full effect; `calendar_year` is a calendar year; `interpolated` and
    `discounted` are years counted from `first_spending_year`. None means: no such payback, and
    `caveats` says why. `annual_full_effect` is in the flow's unit.
    """

    simple: float | None
    calendar_year: int | None
    interpolated: float | None
    discounted: float | None
    first_spending_year: int | None
    annual_full_effect: Decimal
    full_effect_year: int | None
    caveats: tuple[Caveat, ...]


def first_spending_year(flow: CashFlow) -> int | None:
    """Return the first year in which a cost stands, or None when nothing is spent.

    Formula: min{t : C_t > 0}.
    Source: engine convention 3 ("counted from first spending year").
    """
    return next((y for y, cost in zip(flow.years, flow.costs, strict=True) if cost > 0), None)


def annual_full_effect(flow: CashFlow) -> tuple[Decimal, int | None]:
    """Return the net effect of a year when everything is phased in, and the year it is read from.

    Formula: E = B_y - D_y in y, the last year with a benefit; B counts the recurring benefits when
    there are any (a one-off benefit is not an annual effect) and all benefits otherwise; D is all
    operation, investments are left out. (0, None) when there is no benefit.
    Unit: the flow's. Source: engine convention 3, "annual full effect"; Copenhagen 28.04.2016
    item 42 (3.0 / 1.8).
    """
    benefits = flow.recurring_benefits if any(flow.recurring_benefits) else flow.gross_benefits
    for t in range(len(benefits) - 1, -1, -1):
        if benefits[t] > 0:
            size = EXACT.add(benefits[t], flow.operations[t])
            effect = _steady(EXACT.subtract(benefits[t], flow.operations[t]), size)
            return effect, flow.base_year + t
    return Decimal(0), None


def simple_payback(investment: Decimal, annual_effect: Decimal) -> float | None:
    """Return the years of full effect that repay the investment.

    Formula: I / E, undiscounted; None when I = 0 or E <= 0. Both in the same unit; answer in years.
    Source: Statens business case-model; engine convention 3.
    """
    if investment <= 0 or annual_effect <= 0:
        return None
    return float(investment / annual_effect)


def turning_index(accumulated: Sequence[Decimal] | Sequence[float]) -> int | None:
    """Return the index of the first year that is no longer negative after one that was.

    Formula: min{t : A_t >= 0 and A_{t-1} < 0}; None when there is no such year.
    `accumulated` has shape (n_years,).
    Source: engine convention 3, "first year with cumulative >= 0".
    """
    for t in range(1, len(accumulated)):
        if accumulated[t - 1] < 0 <= accumulated[t]:
            return t
    return None


def interpolated_payback(
    accumulated: Sequence[Decimal] | Sequence[float], first_spending_index: int
) -> float | None:
    """Return the moment the accumulated net reaches zero, in years from the first spending year.

    Formula: (y - 1 - s) + (-A_{y-1}) / (A_y - A_{y-1}), y the turning year, s the first spending
    year; the year's net is taken to fall evenly over the year.
    `accumulated` has shape (n_years,), any unit; None when it never turns.
    Source: Copenhagen 28.04.2016 item 42: 1.667 and 2.529 years.
    """
    turn = turning_index(accumulated)
    if turn is None:
        return None
    before, after = float(accumulated[turn - 1]), float(accumulated[turn])
    return turn - 1 - first_spending_index + before / (before - after)


def _steady(total: Decimal, size: Decimal) -> Decimal:
    """A sum, or zero when it is a hair of the amounts that went into it."""
    return Decimal(0) if abs(total) <= EXACT.multiply(Decimal(repr(ZERO_SHARE)), size) else total


def _steady_accumulated(flow: CashFlow) -> tuple[Decimal, ...]:
    """The accumulated net, with what is left of converted amounts that cancel taken as zero."""
    weight = accumulate((abs(amount) for amount in flow.net), EXACT.add)
    return tuple(_steady(total, size) for total, size in zip(flow.accumulated, weight, strict=True))


def _discounted_accumulated(flow: CashFlow, rate: RateSchedule) -> list[float]:
    values = present_values(as_floats(flow.net), rate).tolist()
    weight = list(accumulate(abs(value) for value in values))
    sums = accumulate(values)
    return [
        0.0 if abs(total) <= ZERO_SHARE * size else total
        for total, size in zip(sums, weight, strict=True)
    ]


def _caveats(
    flow: CashFlow, answers: dict[str, float | None], discounted: Sequence[float]
) -> list[Caveat]:
    caveats: list[Caveat] = []
    exact = _steady_accumulated(flow)
    if min(exact) >= 0:
        return [Caveat(CaveatCode.NOTHING_TO_PAY_BACK)]
    missing = [name for name in ("calendar_year", "interpolated") if answers[name] is None]
    if answers["discounted"] is None and min(discounted) < 0:
        missing.append("discounted")
    if missing:
        facts: dict[str, Fact] = {"definitions": tuple(missing), "horizon": flow.horizon}
        caveats.append(Caveat(CaveatCode.NOT_PAID_BACK, facts))
    turn = turning_index(exact)
    if turn is not None:
        lost = [flow.base_year + t for t in range(turn, len(exact)) if exact[t] < 0]
        if lost:
            facts_lost = {"paid_back": flow.base_year + turn, "negative_again": lost[0]}
            caveats.append(Caveat(CaveatCode.PAYBACK_LOST_AGAIN, facts_lost))
    return caveats


def payback(flow: CashFlow, rate: RateSchedule) -> Payback:
    """Return the payback of a cash flow in the four named definitions.

    Formula: see `simple_payback`, `turning_index`, `interpolated_payback`; discounted is the
    interpolated one on N_t · DF(t).
    Units: years, and a calendar year. Caveats say why an answer is missing, or that the
    accumulated net turns negative again later.
    Source: Statens business case-model; Copenhagen 28.04.2016 item 42.
    """
    effect, effect_year = annual_full_effect(flow)
    simple = simple_payback(flow.total_investment, effect)
    spending = first_spending_year(flow)
    start = 0 if spending is None else spending - flow.base_year
    exact = _steady_accumulated(flow)
    turn = turning_index(exact)
    discounted = _discounted_accumulated(flow, rate)
    answers: dict[str, float | None] = {
        "calendar_year": None if turn is None else flow.base_year + turn,
        "interpolated": interpolated_payback(exact, start),
        "discounted": interpolated_payback(discounted, start),
    }
    caveats = _caveats(flow, answers, discounted)
    if simple is None:
        reason = "no_investment" if flow.total_investment <= 0 else "no_annual_effect"
        caveats.append(Caveat(CaveatCode.NO_SIMPLE_PAYBACK, {"reason": reason}))
    return Payback(
        simple=simple,
        calendar_year=None if turn is None else flow.base_year + turn,
        interpolated=answers["interpolated"],
        discounted=answers["discounted"],
        first_spending_year=spending,
        annual_full_effect=effect,
        full_effect_year=effect_year,
        caveats=tuple(caveats),
    )
