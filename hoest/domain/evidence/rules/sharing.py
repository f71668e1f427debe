"""What a series tells of a whole municipality, without telling of one place. No Django."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

MOST_DECIMALS = Decimal("0.0001")
NORMAL_95 = 1.959964


@dataclass(frozen=True)
class LinePoint:
    """The mean over the places that had a value in a period, and how many they were."""

    on: dt.date
    mean: Decimal
    places: int


@dataclass(frozen=True)
class MunicipalLine:
    """One line for the municipality. `left_out` counts periods with too few places."""

    points: tuple[LinePoint, ...]
    places: int
    left_out: int


def municipal_line(
    values: Iterable[tuple[int, dt.date, Decimal]], fewest: int, *, is_whole: bool = False
) -> MunicipalLine:
    """Return the mean per period over places; a period with fewer than `fewest` is left out.

    `values` are (place, period, value). With `is_whole` the one place is the municipality itself,
    so nothing is told of a part of it.
    """
    by_day: dict[dt.date, dict[int, Decimal]] = {}
    for place, on, value in values:
        by_day.setdefault(on, {})[place] = value
    least = 1 if is_whole else fewest
    kept = {day: those for day, those in by_day.items() if len(those) >= least}
    return MunicipalLine(
        points=tuple(
            LinePoint(
                day,
                (sum(those.values(), Decimal(0)) / len(those)).quantize(MOST_DECIMALS),
                len(those),
            )
            for day, those in sorted(kept.items())
        ),
        places=max((len(those) for those in kept.values()), default=0),
        left_out=len(by_day) - len(kept),
    )


def shared_error(error: float, low: float | None, high: float | None) -> float:
    """Return the uncertainty others may count with: the wider of the error and of the range.

    The clustered error is too small with few places; the range comes from other orders of the
    starts. Formula: max(error, (high - low) / (2 · 1.96)); without both ends the error as it is.
    All in the unit of the series. Source: docs/reference/methods/transfer.md.
    """
    if low is None or high is None:
        return error
    return max(error, (high - low) / (2 * NORMAL_95))
