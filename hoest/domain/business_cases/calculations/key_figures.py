"""The only door from business cases to the engine: profiles, key figures, four paybacks, ranges.

Money is exact `Decimal` here; it becomes float inside the engine, once, for discounting. Hours
are never valued. Source: docs/reference/methods/cash-flow.md and price-levels.md.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from hoest.domain.business_cases.rules import (
    CaseLineFigures,
    Duration,
    IndexYear,
    LineKind,
    Measure,
    check_whole_index,
    missing_index_years,
    one_price_level,
)
from hoest.engine import cash_flow as engine

LONGEST_HORIZON = 50


@dataclass(frozen=True)
class Ends:
    """A figure when all goes badly, on average, and well."""

    low: Decimal
    expected: Decimal
    high: Decimal


@dataclass(frozen=True)
class Caution:
    """What a reader must know beside the figures: a code for the words and its facts."""

    code: str
    facts: Mapping[str, object]


@dataclass(frozen=True)
class KeyFigures:
    """The key figures of the kroner of a case, in kroner of one price level.

    Yearly tuples run from `base_year` to `horizon`. `npv` is rounded to whole kroner; rates are
    shares a year; paybacks are years, `payback_calendar_year` a year of the calendar.
    """

    price_level: int
    base_year: int
    horizon: int
    rate_name: str
    rate_steps: tuple[tuple[int | None, float], ...]
    rate_source: str
    gross: tuple[Decimal, ...]
    cost: tuple[Decimal, ...]
    net: tuple[Decimal, ...]
    accumulated: tuple[Decimal, ...]
    npv: Decimal
    irr: float | None
    irr_count: int
    payback_simple: float | None
    payback_calendar_year: int | None
    payback_interpolated: float | None
    payback_discounted: float | None
    total_investment: Decimal
    full_effect: Decimal
    full_effect_year: int | None
    net_range: Ends | None
    npv_range: Ends | None
    full_effect_range: Ends | None
    warnings: tuple[Caution, ...]

    @property
    def years(self) -> tuple[int, ...]:
        """The years of the tuples."""
        return tuple(range(self.base_year, self.horizon + 1))

    @property
    def net_total(self) -> Decimal:
        """The undiscounted net over the years."""
        return self.accumulated[-1]

    @property
    def gross_total(self) -> Decimal:
        """The benefits over the years, before costs."""
        return sum(self.gross, Decimal(0))

    @property
    def cost_total(self) -> Decimal:
        """The costs over the years."""
        return sum(self.cost, Decimal(0))


def yearly(amounts: Mapping[int, Decimal], duration: str, horizon: int) -> dict[int, Decimal]:
    """Return the profile of a line from its first filled year to the horizon.

    Formula: a recurring line continues its last filled year; a one-off line stands only in the
    years filled. Unit as the amounts. Years after the horizon are left out.
    """
    kept = {year: amount for year, amount in amounts.items() if year <= horizon}
    if not kept:
        return {}
    first = min(kept)
    line = engine.Line(
        name="",
        kind=engine.Kind.BENEFIT,
        recurring=duration == Duration.RECURRING,
        amounts=kept,
        price_level=first,
    )
    profile = engine.yearly_amounts(line, first, horizon)
    return {first + t: amount for t, amount in enumerate(profile)}


def span(lines: Sequence[CaseLineFigures]) -> tuple[int, int] | None:
    """Return the first and the last filled year of some lines; None without any."""
    filled = [year for line in lines for year in line.amounts]
    return (min(filled), max(filled)) if filled else None


def key_figures(
    lines: Sequence[CaseLineFigures], *, valued_on: dt.date, horizon: int | None = None
) -> KeyFigures | None:
    """Return the key figures of the kroner lines; None when there are none.

    The discount rate is the Danish one in force on `valued_on`. The base year is the first filled
    year; the horizon is the last one unless a later is given (50 years at most).
    Raises LevelsDiffer when the lines do not share one price level.
    """
    kroner = [line for line in lines if line.measure == Measure.DKK and line.amounts]
    years = span(kroner)
    if years is None:
        return None
    level = one_price_level(kroner)
    base, last = years
    if horizon is not None:
        last = max(last, min(horizon, base + LONGEST_HORIZON))
    valued = engine.value(
        [engine_line(line) for line in kroner],
        base_year=base,
        horizon=last,
        rate=rate_on(valued_on),
    )
    return _figures(valued, level, kroner)


def rate_on(day: dt.date) -> engine.RateSchedule:
    """Return the Danish discount rate in force on a day; the first one for a day before it."""
    try:
        return engine.schedule_on(day)
    except engine.NoRateScheduleOn:
        return engine.DK_1999


def engine_kind(kind: str) -> engine.Kind:
    """Return the engine's kind of a line."""
    return engine.Kind(LineKind(kind).value)


def engine_line(line: CaseLineFigures) -> engine.Line:
    """Return a line as the engine takes it."""
    return engine.Line(
        name=line.line_key,
        kind=engine_kind(line.kind),
        recurring=line.is_recurring,
        amounts=line.amounts,
        price_level=line.price_level,
        low_share=line.low_share,
        high_share=line.high_share,
    )


def _full_effect_range(
    lines: Sequence[CaseLineFigures], effect: Decimal, year: int | None, horizon: int
) -> Ends | None:
    """Return a year at full effect when all goes badly and well; None when no line has a range.

    Formula: the lines of the engine's `annual_full_effect` in its year y, benefits at their low
    share less operation at its high one, and the other way. The middle is the effect itself.
    """
    low = high = effect
    recurring = any(line.is_recurring and line.kind == LineKind.BENEFIT for line in lines)
    for line in lines:
        is_benefit = line.kind == LineKind.BENEFIT
        if line.kind == LineKind.INVESTMENT or (is_benefit and recurring and not line.is_recurring):
            continue
        amount = yearly(line.amounts, line.duration, horizon).get(year or 0, Decimal(0))
        less, more = (
            Decimal(0) if share is None else amount * (share - 1)
            for share in (line.low_share, line.high_share)
        )
        low, high = (low + less, high + more) if is_benefit else (low - more, high - less)
    return None if low == high else Ends(low, effect, high)


def _figures(valued: engine.Valuation, level: int, lines: Sequence[CaseLineFigures]) -> KeyFigures:
    flow, repaid, ends = valued.flow, valued.payback, valued.range
    return KeyFigures(
        price_level=level,
        base_year=flow.base_year,
        horizon=flow.horizon,
        rate_name=valued.rate.name,
        rate_steps=tuple((step.last_year, step.rate) for step in valued.rate.steps),
        rate_source=valued.rate.source,
        gross=flow.gross_benefits,
        cost=flow.costs,
        net=flow.net,
        accumulated=flow.accumulated,
        npv=_kroner(valued.npv),
        irr=valued.internal_rate.rate,
        irr_count=len(valued.internal_rate.roots),
        payback_simple=repaid.simple,
        payback_calendar_year=repaid.calendar_year,
        payback_interpolated=repaid.interpolated,
        payback_discounted=repaid.discounted,
        total_investment=flow.total_investment,
        full_effect=repaid.annual_full_effect,
        full_effect_year=repaid.full_effect_year,
        net_range=None
        if ends is None
        else Ends(ends.low.net_total, ends.expected.net_total, ends.high.net_total),
        npv_range=None
        if ends is None
        else Ends(_kroner(ends.low.npv), _kroner(ends.expected.npv), _kroner(ends.high.npv)),
        full_effect_range=_full_effect_range(
            lines, repaid.annual_full_effect, repaid.full_effect_year, flow.horizon
        ),
        warnings=tuple(Caution(caveat.code.value, caveat.facts) for caveat in valued.warnings),
    )


def _kroner(amount: float) -> Decimal:
    return Decimal(repr(amount)).quantize(Decimal(1), ROUND_HALF_UP)


@dataclass(frozen=True)
class PriceIndex:
    """The municipality's price index, chained: the year before its first one is 100."""

    years: tuple[IndexYear, ...]
    chain: engine.PriceIndex

    @property
    def values(self) -> Mapping[int, Decimal]:
        """Year to index number, the base year included; empty without any year."""
        return self.chain.values

    def lacks(self, levels: Iterable[int]) -> tuple[int, ...]:
        """Return the years that must be written before these price levels can be joined."""
        return missing_index_years((one.year for one in self.years), levels)

    def between(self, levels: Iterable[int]) -> tuple[IndexYear, ...]:
        """Return the years that a conversion between these price levels uses."""
        found = sorted(levels)
        return tuple(one for one in self.years if found[0] < one.year <= found[-1])

    def convert(self, amount: Decimal, from_level: int, to_level: int) -> Decimal:
        """Return an amount of one price level in another, rounded once, to ten decimals.

        Raises the engine's PriceIndexLacksYear for a year that `lacks` names.
        """
        if from_level == to_level:
            return amount
        return engine.converted_along(amount, (from_level, to_level), self.chain)


def price_index(years: Sequence[IndexYear]) -> PriceIndex:
    """Return the chained index of some years. Raises IndexLacksYear naming a missing year."""
    check_whole_index(one.year for one in years)
    chain = engine.PriceIndex("", "", {})
    if years:
        chain = engine.chained_index(
            "p/l",
            "; ".join(dict.fromkeys(one.source_text for one in years)),
            base_year=min(one.year for one in years) - 1,
            changes={one.year: one.change_share for one in years},
        )
    return PriceIndex(tuple(sorted(years, key=lambda one: one.year)), chain)


def converted_lines(
    lines: Sequence[CaseLineFigures], to_level: int, index: PriceIndex
) -> list[CaseLineFigures]:
    """Return the lines with kroner in another price level; hours are the same hours."""
    return [
        replace(
            line,
            price_level=to_level,
            amounts={
                year: index.convert(amount, line.price_level, to_level)
                if line.measure == Measure.DKK
                else amount
                for year, amount in line.amounts.items()
            },
        )
        for line in lines
    ]
