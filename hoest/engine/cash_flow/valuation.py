"""Valuation: everything a case is worth, from its lines, in one call.

Source: Statens business case-model, økonomiske nøgletal: gross, net, net present value, internal
rate, payback.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from .caveats import Caveat
from .flows import CashFlow, as_floats, cash_flow
from .internal_rate import InternalRate, irr
from .lines import Line, exact_sum
from .payback import Payback, payback
from .present_value import npv
from .rates import RateSchedule, rate_caveats
from .three_point import Mean, line_range, pert_mean


@dataclass(frozen=True, slots=True)
class RangeEnd:
    """One end of the range: undiscounted net total (exact) and net present value."""

    net_total: Decimal
    npv: float


@dataclass(frozen=True, slots=True)
class ValueRange:
    """The case when all goes badly, on average, and well; None shares count as certain."""

    low: RangeEnd
    expected: RangeEnd
    high: RangeEnd


@dataclass(frozen=True, slots=True)
class Valuation:
    """The key figures of a case in the unit and price level of its lines.

    `range` is None when no line has a three-point estimate. `warnings` gathers the caveats of the
    flow, the rate, the internal rate and the payback, in that order.
    """

    flow: CashFlow
    rate: RateSchedule
    npv: float
    internal_rate: InternalRate
    payback: Payback
    range: ValueRange | None
    warnings: tuple[Caveat, ...]


def _end(lines: Sequence[Line], base_year: int, horizon: int, rate: RateSchedule) -> RangeEnd:
    net = cash_flow(lines, base_year=base_year, horizon=horizon).net
    return RangeEnd(exact_sum(net), npv(as_floats(net), rate))


def value_range(
    lines: Sequence[Line],
    *,
    base_year: int,
    horizon: int,
    rate: RateSchedule,
    mean: Mean = pert_mean,
) -> ValueRange:
    """Return net total and net present value at the low end, the mean and the high end.

    Formula: the valuation of each of the three cases of `line_range`.
    Source: requirement that a range is shown, not one number; three-point means as named.
    """
    ends = line_range(lines, mean)
    return ValueRange(
        low=_end(ends.low, base_year, horizon, rate),
        expected=_end(ends.expected, base_year, horizon, rate),
        high=_end(ends.high, base_year, horizon, rate),
    )


def value(lines: Sequence[Line], *, base_year: int, horizon: int, rate: RateSchedule) -> Valuation:
    """Return every key figure of a case from its lines.

    Formula: `cash_flow`, `npv`, `irr`, `payback` on the same lines; nothing is typed twice.
    Raises NoLines, ViewsMixed, PriceLevelsMixed, AmountOutsideYears, YearsOutOfRange.
    Source: Statens business case-model, økonomiske nøgletal.
    """
    flow = cash_flow(lines, base_year=base_year, horizon=horizon)
    net = as_floats(flow.net)
    internal = irr(net)
    repaid = payback(flow, rate)
    estimated = any(line.low_share is not None or line.high_share is not None for line in lines)
    ends = (
        value_range(lines, base_year=base_year, horizon=horizon, rate=rate) if estimated else None
    )
    warnings = (
        *flow.caveats,
        *rate_caveats(rate, horizon - base_year),
        *internal.caveats,
        *repaid.caveats,
    )
    return Valuation(flow, rate, npv(net, rate), internal, repaid, ends, warnings)
