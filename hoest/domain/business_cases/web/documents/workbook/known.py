"""What each row of the sums is known to hold: the engine's figures, and the same steps beside them.

The engine gives net, gross, cost and accumulated; the rows between are its own formulas on those.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import accumulate
from typing import TYPE_CHECKING

from hoest.domain.business_cases import calculations
from hoest.domain.business_cases.calculations import KeyFigures
from hoest.domain.business_cases.rules import CaseLineFigures, LineKind

if TYPE_CHECKING:
    from hoest.domain.business_cases.web.documents.workbook.book import CaseBook

ZERO, ONE = Decimal(0), Decimal(1)
ZERO_SHARE = 1e-12
Known = Sequence[Decimal | float | int | str]


def known_rows(case: CaseBook, figures: KeyFigures) -> dict[str, Known]:
    """Return the values of every row of the sums, by its name."""
    lines = [line for _written, line in case.kroner]
    count = len(figures.years)
    factors = discount_factors(figures, count)
    present = [float(net) * factor for net, factor in zip(figures.net, factors, strict=True)]
    sizes = list(accumulate(map(abs, present)))
    discounted = _steady(present, sizes)
    lasting = _sums(lines, figures, kind=LineKind.BENEFIT, recurring=True)
    effect = lasting if any(lasting) else list(figures.gross)
    return {
        "t": list(range(count)),
        "gross": figures.gross,
        "lasting": lasting,
        "investment": _sums(lines, figures, kind=LineKind.INVESTMENT),
        "operation": _sums(lines, figures, kind=LineKind.OPERATION),
        "cost": figures.cost,
        "net": figures.net,
        "accumulated": figures.accumulated,
        "factor": factors,
        "present": present,
        "present_sum": discounted,
        "present_size": sizes,
        "net_low": _ends(lines, figures, "low"),
        "net_mean": _ends(lines, figures, "mean"),
        "net_high": _ends(lines, figures, "high"),
        "effect": effect,
        "effect_year": list(accumulate(_lasts(effect), max)),
        "spent": _kept(t if cost > 0 else "" for t, cost in enumerate(figures.cost)),
        "turned": _kept(_turns(figures.accumulated)),
        "turned_present": _kept(_turns(discounted)),
    }


def discount_factors(figures: KeyFigures, count: int) -> list[float]:
    """Return the factors of the steps the figures were made with."""
    found = []
    for t in range(count):
        factor, before = 1.0, 0
        for last, rate in figures.rate_steps:
            until = t if last is None else min(t, last)
            factor *= (1.0 + rate) ** -max(0, until - before)
            before = last or before
        found.append(factor)
    return found


def _steady(present: Sequence[float], sizes: Sequence[float]) -> list[float]:
    sums: list[float] = []
    for amount, size in zip(present, sizes, strict=True):
        total = (sums[-1] if sums else 0.0) + amount
        sums.append(0.0 if abs(total) <= ZERO_SHARE * size else total)
    return sums


def _profiles(
    lines: Iterable[CaseLineFigures], figures: KeyFigures
) -> list[tuple[CaseLineFigures, list[Decimal]]]:
    found = []
    for line in lines:
        profile = calculations.yearly(line.amounts, line.duration, figures.horizon)
        found.append((line, [profile.get(year, ZERO) for year in figures.years]))
    return found


def _sums(
    lines: Iterable[CaseLineFigures],
    figures: KeyFigures,
    *,
    kind: LineKind,
    recurring: bool = False,
) -> list[Decimal]:
    chosen = [
        row
        for line, row in _profiles(lines, figures)
        if line.kind == kind and (line.is_recurring or not recurring)
    ]
    return [sum(column, ZERO) for column in zip(*chosen, strict=True)] or [ZERO] * len(
        figures.years
    )


def _ends(lines: Iterable[CaseLineFigures], figures: KeyFigures, end: str) -> list[Decimal]:
    """Return the net a year at one end; costs are high when the case is low."""
    totals = [ZERO] * len(figures.years)
    for line, row in _profiles(lines, figures):
        low = ONE if line.low_share is None else line.low_share
        high = ONE if line.high_share is None else line.high_share
        gains = line.kind == LineKind.BENEFIT
        share = (low + 4 + high) / 6
        if end != "mean":
            share = low if (end == "low") == gains else high
        sign = 1 if gains else -1
        totals = [total + sign * share * amount for total, amount in zip(totals, row, strict=True)]
    return totals


def _lasts(effect: Sequence[Decimal]) -> list[int]:
    return [t if amount > 0 else -1 for t, amount in enumerate(effect)]


def _turns(sums: Sequence[Decimal] | Sequence[float]) -> list[int | str]:
    found: list[int | str] = [""]
    for t in range(1, len(sums)):
        found.append(t if sums[t - 1] < 0 <= sums[t] else "")
    return found


def _kept(found: Iterable[int | str]) -> list[int | str]:
    """Keep the first number that was found."""
    kept: list[int | str] = []
    for one in found:
        kept.append(kept[-1] if kept and kept[-1] != "" else one)
    return kept
