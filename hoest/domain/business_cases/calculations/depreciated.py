"""The depreciation view: an investment spread over its life, beside what is paid when.

Municipalities budget what is paid; that view is never changed. Which lines are written off is said
on the line (its life in years). Source: docs/reference/methods/cash-flow.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from hoest.domain.business_cases.calculations.key_figures import (
    KeyFigures,
    engine_line,
)
from hoest.domain.business_cases.rules import CaseLineFigures, Measure
from hoest.engine import cash_flow as engine

ZERO = Decimal(0)


@dataclass(frozen=True)
class Depreciated:
    """The years of a case as paid and as written off, in kroner; all tuples run over the years.

    `left_over` is the book value that years after the horizon will carry.
    """

    years: tuple[int, ...]
    paid: tuple[Decimal, ...]
    written_off: tuple[Decimal, ...]
    book_value: tuple[Decimal, ...]
    cost: tuple[Decimal, ...]
    net: tuple[Decimal, ...]
    left_over: Decimal


def depreciated(
    lines: Sequence[CaseLineFigures], figures: KeyFigures, ready_year: int
) -> Depreciated | None:
    """Return the case written off over the lives of its investments; None when none has a life.

    Formula: every life is written off for itself from the later of payment and `ready_year`, and
    the parts are added. Law: written off + left over = what was capitalised.
    """
    kroner = [line for line in lines if line.measure == Measure.DKK and line.amounts]
    lives = sorted({line.life_years for line in kroner if line.life_years})
    if not lives:
        return None
    years = figures.years
    spending, written, book = ([ZERO] * len(years) for _ in range(3))
    for life in lives:
        view = engine.depreciation_view(
            [engine_line(line) for line in kroner if line.life_years == life],
            [],
            base_year=figures.base_year,
            horizon=figures.horizon,
            ready_year=ready_year,
            life_years=life,
        )
        for place in range(len(years)):
            spending[place] += view.spending[place]
            written[place] += view.depreciation[place]
            book[place] += view.book_value[place]
    cost = tuple(
        paid - spent + off for paid, spent, off in zip(figures.cost, spending, written, strict=True)
    )
    return Depreciated(
        years=years,
        paid=figures.cost,
        written_off=tuple(written),
        book_value=tuple(book),
        cost=cost,
        net=tuple(gain - spent for gain, spent in zip(figures.gross, cost, strict=True)),
        left_over=book[-1],
    )
