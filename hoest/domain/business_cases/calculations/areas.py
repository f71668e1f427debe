"""What a case means for each steering area of the budget: lasting changes and one-off amounts.

The table municipal investment cases begin with: service, capital and transfers, each parted into
what lasts and what is spent once, and the whole. Benefits count up and costs count down, so that
the whole is the net of the key figures.

Source: Copenhagen, investment cases 2016-2026, heading 1.1 (varige ændringer,
implementeringsomkostninger, samlet økonomisk påvirkning).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from hoest.domain.business_cases.calculations.key_figures import yearly
from hoest.domain.business_cases.rules import (
    CaseLineFigures,
    LineKind,
    Measure,
    SteeringArea,
)

ZERO = Decimal(0)
# Lines without an area stand last, under no area.
AREAS = (*(area.value for area in SteeringArea), "")


@dataclass(frozen=True)
class AreaSum:
    """The net of the lines of one area that last, or of those that stand once, by year.

    Kroner of the lines' price level; benefits +, costs -.
    """

    area: str
    lasts: bool
    amounts: tuple[Decimal, ...]


def sums_by_area(
    lines: Sequence[CaseLineFigures], base_year: int, horizon: int
) -> tuple[AreaSum, ...]:
    """Return the net of the kroner lines by area, first what lasts, then what stands once.

    Formula: Σ of benefits minus Σ of investments and operation in the area, a year. Only sums that
    have a line are returned; together they are the net of every year, exactly.
    """
    years = range(base_year, horizon + 1)
    found = []
    for lasts in (True, False):
        for area in AREAS:
            mine = [
                line
                for line in lines
                if line.measure == Measure.DKK
                and line.amounts
                and line.is_recurring == lasts
                and line.steering_area == area
            ]
            if mine:
                profiles = [(_sign(x), yearly(x.amounts, x.duration, horizon)) for x in mine]
                sums = (sum((s * p.get(y, ZERO) for s, p in profiles), ZERO) for y in years)
                found.append(AreaSum(area, lasts, tuple(sums)))
    return tuple(found)


def _sign(line: CaseLineFigures) -> int:
    return 1 if line.kind == LineKind.BENEFIT else -1
