"""Three-point estimates: low, likely, high, and the range a case spans.

Three documented means; which one is used is a setting and always shown, because the weights of
the State's own sheet are not public in the sources read. The range of a case adds the ends of its
lines: it is the envelope in which everything goes badly or well at once, not a probability.

Source: D. G. Malcolm et al. (1959), Operations Research 7(5) (PERT); S. Lichtenberg (2000),
Proactive Management of Uncertainty using the Successive Principle; triangular distribution.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Context, Decimal

from .errors import EstimateOutOfOrder
from .lines import EXACT, Kind, Line

# Means divide by 3, 6 or 4.9; carried with 40 digits, rounded once where the range is made.
MEANS = Context(prec=40)
SHARE_PLACES = Decimal("1e-25")
Mean = Callable[[Decimal, Decimal, Decimal], Decimal]


def _in_order(low: Decimal, likely: Decimal, high: Decimal) -> None:
    if not low <= likely <= high:
        raise EstimateOutOfOrder(low, likely, high)


def triangular_mean(low: Decimal, likely: Decimal, high: Decimal) -> Decimal:
    """Return the mean of a triangular distribution.

    Formula: (a + m + b) / 3. Unit: as the points. Raises EstimateOutOfOrder.
    Source: mean of the triangular distribution on [a, b] with mode m.
    """
    _in_order(low, likely, high)
    return MEANS.divide(EXACT.add(EXACT.add(low, likely), high), Decimal(3))


def pert_mean(low: Decimal, likely: Decimal, high: Decimal) -> Decimal:
    """Return the PERT mean.

    Formula: (a + 4m + b) / 6. Unit: as the points. Raises EstimateOutOfOrder.
    Source: Malcolm et al. (1959), Operations Research 7(5), 646-669.
    """
    _in_order(low, likely, high)
    weighted = EXACT.add(EXACT.add(low, EXACT.multiply(Decimal(4), likely)), high)
    return MEANS.divide(weighted, Decimal(6))


def lichtenberg_mean(low: Decimal, likely: Decimal, high: Decimal) -> Decimal:
    """Return the mean of the successive principle, for 1 % and 99 % ends.

    Formula: (a + 2.9m + b) / 4.9. Unit: as the points. Raises EstimateOutOfOrder.
    The divisor is the sum of the weights, so that a certain amount (a = m = b) is its own mean;
    the variant that divides by 5 would shrink it by 2 %.
    Source: Lichtenberg (2000), Proactive Management of Uncertainty using the Successive Principle.
    """
    _in_order(low, likely, high)
    weighted = EXACT.add(EXACT.add(low, EXACT.multiply(Decimal("2.9"), likely)), high)
    return MEANS.divide(weighted, Decimal("4.9"))


@dataclass(frozen=True, slots=True)
class LineRange:
    """The lines of a case at the unfavourable end, at the mean and at the favourable end."""

    low: tuple[Line, ...]
    expected: tuple[Line, ...]
    high: tuple[Line, ...]


def _scaled(line: Line, share: Decimal) -> Line:
    amounts = {year: EXACT.multiply(amount, share) for year, amount in line.amounts.items()}
    return replace(line, amounts=amounts, low_share=None, high_share=None)


def line_range(lines: Sequence[Line], mean: Mean = pert_mean) -> LineRange:
    """Return the case at its unfavourable end, at its mean and at its favourable end.

    Formula: low = benefits · low_share and costs · high_share; high the other way round;
    expected = every line · mean(low_share, 1, high_share), the share rounded to 25 decimals.
    A line without shares is certain (share 1).
    Source: Statens business case-model (three-point estimate on the line); PERT by default.
    """
    low: list[Line] = []
    expected: list[Line] = []
    high: list[Line] = []
    one = Decimal(1)
    for line in lines:
        least = one if line.low_share is None else line.low_share
        most = one if line.high_share is None else line.high_share
        middle = mean(least, one, most).quantize(SHARE_PLACES, context=MEANS)
        worst, best = (least, most) if line.kind is Kind.BENEFIT else (most, least)
        low.append(_scaled(line, worst))
        expected.append(_scaled(line, middle))
        high.append(_scaled(line, best))
    return LineRange(tuple(low), tuple(expected), tuple(high))
