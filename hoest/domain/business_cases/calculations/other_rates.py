"""The present value at other discount rates: how much of a result rests on the rate itself.

Amounts far ahead weigh less at a high rate, so a case whose benefits come late falls fastest.
Source: docs/reference/methods/sensitivity.md; the Norwegian quality assurance (KS1) prints the
present value at the rate and two points below and above it.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from hoest.domain.business_cases.calculations.key_figures import KeyFigures
from hoest.engine import cash_flow as engine

ONE = Decimal(1)
LOWEST = Decimal(0)


@dataclass(frozen=True)
class AtRate:
    """The present value at a rate, in whole kroner.

    `share` is the rate of the first years, a share a year; `is_of_case` tells the case's own,
    `is_asked` one a reader asked for, the same in every year.
    """

    share: Decimal
    npv: Decimal
    is_of_case: bool = False
    is_asked: bool = False


def at_other_rates(
    figures: KeyFigures, *, apart: Decimal, asked: Decimal | None = None
) -> tuple[AtRate, ...]:
    """Return the present value at the case's rate, `apart` below and above it, and as asked for.

    Formula: NPV = Σ net_t · DF(t). `apart` (a share, 0.02 = two points) moves every step of the
    schedule, never below zero; `asked` is one rate in every year. Lowest rate first.
    """
    steps = [(last, Decimal(repr(rate))) for last, rate in figures.rate_steps]
    found = [AtRate(steps[0][1], figures.npv, is_of_case=True)]
    for by in (-apart, apart):
        moved = tuple(engine.RateStep(last, float(max(rate + by, LOWEST))) for last, rate in steps)
        schedule = engine.RateSchedule(name="", steps=moved, source="")
        found.append(AtRate(max(steps[0][1] + by, LOWEST), _npv(figures, schedule)))
    if asked is not None:
        schedule = engine.flat_rate(float(asked))
        found.append(AtRate(asked, _npv(figures, schedule), is_asked=True))
    return tuple(sorted(found, key=lambda one: (one.share, one.is_asked)))


def _npv(figures: KeyFigures, schedule: engine.RateSchedule) -> Decimal:
    amount = engine.npv([float(net) for net in figures.net], schedule)
    return Decimal(repr(amount)).quantize(ONE)
