"""Track record: what the cases promised against what came, and how late it came.

"Our cases gave 46 % (28-63 %) of what they promised, seven months late." The promise is the
original one, never a later re-estimate. With too few cases nothing but the count is said.

Source: peers' finding 3.3 (own track record as forecast); Rigsrevisionen 21/2019 and
5/2020 (the original baseline stays); order statistics and Clopper-Pearson, see `intervals`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .errors import PromiseOutOfOrder
from .intervals import (
    CONFIDENCE,
    MedianInterval,
    ShareInterval,
    fewest_for_interval,
    median_interval,
    share_interval,
)

MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Promise:
    """One finished case: what was first promised, and what came.

    `promised` and `actual` are in one unit, `promised_low` and `promised_high` the range promised
    (both or none), `promised_by` and `came_on` the days of full effect promised and reached; None
    means not known. Raises PromiseOutOfOrder.
    """

    promised: Decimal
    actual: Decimal
    promised_low: Decimal | None = None
    promised_high: Decimal | None = None
    promised_by: date | None = None
    came_on: date | None = None

    def __post_init__(self) -> None:
        """Refuse a range that is upside down and amounts that are not finite."""
        low = self.promised if self.promised_low is None else self.promised_low
        high = self.promised if self.promised_high is None else self.promised_high
        amounts = (self.promised, self.actual, low, high)
        if not all(amount.is_finite() for amount in amounts) or low > high:
            raise PromiseOutOfOrder(low, high)


@dataclass(frozen=True, slots=True)
class TrackRecord:
    """What a group of cases gave of what it promised; None where there are too few to say.

    `cases` are all, `without_ratio` those that promised nothing or less (no ratio can be told).
    `realised_share` is the ratio actual / promised (1 = as promised), `months_late` is in months
    (negative = early), `in_range` how often the actual lay within the promised range. `needed` is
    how many cases each of the three needs before it is said.
    """

    cases: int
    without_ratio: int
    needed: int
    with_dates: int
    with_range: int
    realised_share: MedianInterval | None
    months_late: MedianInterval | None
    in_range: ShareInterval | None

    @property
    def too_few(self) -> bool:
        """Whether there are too few cases to say how much of the promises came."""
        return self.realised_share is None


def realised_share(promise: Promise) -> float | None:
    """Return how much of a promise came; None when nothing, or a loss, was promised.

    Formula: actual / promised, promised > 0; 1 = as promised, negative when it became a loss.
    Source: requirement G-03 (hit rate forecast against actual); engine convention 9.
    """
    return float(promise.actual / promise.promised) if promise.promised > 0 else None


def months_late(promised_by: date, came_on: date) -> int:
    """Return the time overrun in calendar months, negative when early.

    Formula: 12 · (year_came - year_promised) + month_came - month_promised; days do not count.
    Source: engine convention: promises of full effect are given by month.
    """
    years = came_on.year - promised_by.year
    return MONTHS_A_YEAR * years + came_on.month - promised_by.month


def was_in_range(promise: Promise) -> bool | None:
    """Return whether what came lies within the promised range; None without a range.

    Formula: low <= actual <= high.
    Source: requirement G-03 (calibration shown back to the authors).
    """
    if promise.promised_low is None or promise.promised_high is None:
        return None
    return promise.promised_low <= promise.actual <= promise.promised_high


def track_record(
    promises: Sequence[Promise], *, least: int = 1, confidence: float = CONFIDENCE
) -> TrackRecord:
    """Return the track record of a group of finished cases.

    Formula: medians of actual / promised and of the months late, with order-statistics intervals;
    share in range with the Clopper-Pearson interval. Each is said only from `needed` cases on,
    needed = max(least, fewest from which a median has an interval at the confidence); `least` is
    the caller's named limit, such as the smallest group in which nobody is recognised.
    Raises ConfidenceOutOfRange.
    Source: David and Nagaraja (2003), 7.1; Clopper and Pearson (1934); peers' finding 3.3.
    """
    needed = max(least, fewest_for_interval(confidence))
    shares = [share for each in promises if (share := realised_share(each)) is not None]
    late = [
        float(months_late(each.promised_by, each.came_on))
        for each in promises
        if each.promised_by is not None and each.came_on is not None
    ]
    hits = [hit for each in promises if (hit := was_in_range(each)) is not None]
    return TrackRecord(
        cases=len(promises),
        without_ratio=len(promises) - len(shares),
        needed=needed,
        with_dates=len(late),
        with_range=len(hits),
        realised_share=median_interval(shares, confidence) if len(shares) >= needed else None,
        months_late=median_interval(late, confidence) if len(late) >= needed else None,
        in_range=share_interval(sum(hits), len(hits), confidence) if len(hits) >= needed else None,
    )
