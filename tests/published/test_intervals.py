"""Published intervals: for a median by order statistics, and for a share by Clopper and Pearson.

Median: "Confidence Intervals for the Population Median", a textbook's table A.7 (coursehero.com
file 5646626), ranks and levels for 2 to 20 values. Share: 5 of 25, published 0.068 to 0.407
(influentialpoints.com, Confidence intervals of proportions, from Conover's tables of 1999).
"""

from __future__ import annotations

import pytest

from hoest.engine.track_record import median_interval, share_interval

# values: [(rank of the low end, published level in per cent)]; the high end lies as far from above.
TABLE = {
    2: [(1, 50.0)],
    3: [(1, 75.0)],
    4: [(1, 87.5)],
    5: [(1, 93.8)],
    6: [(1, 96.9), (2, 78.1)],
    7: [(1, 98.4), (2, 87.5)],
    8: [(1, 99.2), (2, 93.0)],
    9: [(1, 99.6), (2, 96.1), (3, 82.0)],
    10: [(1, 99.8), (2, 97.9), (3, 89.1)],
    11: [(1, 99.9), (2, 98.8), (3, 93.5)],
    12: [(2, 99.4), (3, 96.1), (4, 85.4)],
    13: [(2, 99.7), (3, 97.8), (4, 90.8)],
    14: [(2, 99.8), (3, 98.7), (4, 94.3), (5, 82.0)],
    15: [(3, 99.3), (4, 96.5), (5, 88.2)],
    16: [(3, 99.6), (4, 97.9), (5, 92.3), (6, 79.0)],
    17: [(3, 99.8), (4, 98.7), (5, 95.1), (6, 85.7)],
    18: [(4, 99.2), (5, 96.9), (6, 90.4)],
    19: [(4, 99.6), (5, 98.1), (6, 93.6), (7, 83.3)],
    20: [(4, 99.7), (5, 98.8), (6, 95.9), (7, 88.5)],
}
ROWS = [(count, rank, level) for count, rows in TABLE.items() for rank, level in rows]


@pytest.mark.parametrize(("count", "rank", "level"), ROWS)
def test_the_interval_of_a_median_has_the_published_ranks(
    count: int, rank: int, level: float
) -> None:
    found = median_interval([float(k) for k in range(1, count + 1)], (level - 0.06) / 100)
    assert (found.low, found.high) == (rank, count + 1 - rank)
    assert found.coverage is not None
    assert 100 * found.coverage == pytest.approx(level, abs=0.06)


def test_the_interval_of_a_share_has_the_published_ends() -> None:
    found = share_interval(5, 25)
    assert (found.share, found.low, found.high) == (
        0.2,
        pytest.approx(0.068, abs=5e-4),
        pytest.approx(0.407, abs=5e-4),
    )
