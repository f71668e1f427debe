"""Intervals that assume no shape: for a median, and for a share.

Few cases, odd distributions: nothing normal is assumed and nothing is drawn, so anyone can
recompute the interval from a table of the binomial distribution.

Source: H. A. David and H. N. Nagaraja (2003), Order Statistics, 3rd ed., 7.1 (median);
C. J. Clopper and E. S. Pearson (1934), Biometrika 26, 404-413 (share).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scipy.special import bdtr, betaincinv

from .errors import ConfidenceOutOfRange, CountOutOfRange

CONFIDENCE = 0.95
ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class MedianInterval:
    """A median and the interval that holds the true median with at least the confidence.

    `coverage` is what the interval really holds (always at least what was asked); `low`, `high`
    and `coverage` are None when there are too few values for any such interval.
    """

    count: int
    median: float
    low: float | None
    high: float | None
    coverage: float | None


@dataclass(frozen=True, slots=True)
class ShareInterval:
    """How often something happened, and the interval of its true share."""

    hits: int
    tries: int
    share: float
    low: float
    high: float


def _check(confidence: float) -> None:
    if not 0 < confidence < 1:
        raise ConfidenceOutOfRange(confidence)


def _coverage(count: int, rank: int) -> float:
    """Probability that the true median lies from the rank-th to the rank-th last of the values."""
    return 1 - 2 * float(bdtr(rank - 1, count, 0.5))


def _widest_rank(count: int, confidence: float) -> int:
    """The largest rank whose interval holds the confidence; 0 when none does."""
    holds, fails = 0, (count + 1) // 2 + 1
    while fails - holds > 1:
        rank = (holds + fails) // 2
        if _coverage(count, rank) >= confidence - ROUNDING:
            holds = rank
        else:
            fails = rank
    return holds


def fewest_for_interval(confidence: float = CONFIDENCE) -> int:
    """Return the fewest values from which a median has an interval at all.

    Formula: min{n : 1 - 2 · 2^-n >= confidence}; 6 values at 95 %.
    Raises ConfidenceOutOfRange.
    Source: David and Nagaraja (2003), 7.1: the widest interval is from the least to the greatest.
    """
    _check(confidence)
    count = 1
    while _coverage(count, 1) < confidence - ROUNDING:
        count += 1
    return count


def median_interval(values: Sequence[float], confidence: float = CONFIDENCE) -> MedianInterval:
    """Return the median of at least one value, and its order-statistics interval.

    Formula: [x_(r), x_(n+1-r)] with the largest r for which 1 - 2 · Σ_{k<r} C(n, k) / 2^n is at
    least the confidence. Unit as the values. Raises ConfidenceOutOfRange.
    Source: David and Nagaraja (2003), Order Statistics, 7.1.
    """
    _check(confidence)
    ascending = sorted(values)
    count = len(ascending)
    middle = (ascending[(count - 1) // 2] + ascending[count // 2]) / 2
    rank = _widest_rank(count, confidence)
    if rank == 0:
        return MedianInterval(count, middle, None, None, None)
    low, high = ascending[rank - 1], ascending[count - rank]
    return MedianInterval(count, middle, low, high, _coverage(count, rank))


def share_interval(hits: int, tries: int, confidence: float = CONFIDENCE) -> ShareInterval:
    """Return a share of at least one try, and its exact interval.

    Formula: low = I⁻¹(α/2; x, n - x + 1), 0 when x = 0; high = I⁻¹(1 - α/2; x + 1, n - x), 1 when
    x = n; α = 1 - confidence. Raises CountOutOfRange, ConfidenceOutOfRange.
    Source: Clopper and Pearson (1934), Biometrika 26, 404-413.
    """
    _check(confidence)
    if tries < 1 or not 0 <= hits <= tries:
        raise CountOutOfRange(hits, tries)
    tail = (1 - confidence) / 2
    low = 0.0 if hits == 0 else float(betaincinv(hits, tries - hits + 1, tail))
    high = 1.0 if hits == tries else float(betaincinv(hits + 1, tries - hits, 1 - tail))
    return ShareInterval(hits, tries, hits / tries, low, high)
