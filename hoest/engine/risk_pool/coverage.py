"""Coverage: how large a pool covers what comes with a given probability, counted exactly.

Every combination of up to twelve risks is counted (at most 4,096), each risk that comes costing
its mean. Nothing is drawn, so that anyone can recompute it. The order in which risks come has no
part in it, and no risk is left out at low coverage; a pool that is too small still pays what it
holds, so its covered share of the loss is told beside the probability of covering everything.

Source: risk-id.dk 12.03.2021 (what share of outcomes a pool covers); digst.dk 19.11.2015 (risks
are partly covered, no order is assumed, all risks count); benefits method note 1.3.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from hoest.engine.cash_flow.lines import EXACT
from hoest.engine.cash_flow.prices import CONVERTED_PLACES
from hoest.engine.cash_flow.three_point import MEANS
from hoest.engine.uncertainty import Shape, mean_of

from .errors import CoverageOutOfRange, PoolNegative
from .risks import Risk, check_risks


@dataclass(frozen=True, slots=True)
class CoverageCurve:
    """The distribution of what the risks cost together, exact in decimals.

    `totals` are the possible totals, ascending, in the risks' unit; `probabilities` their
    probabilities (sum exactly 1); `covered` is P(total <= totals[k]). Shape (n_totals,) each.
    """

    totals: tuple[Decimal, ...]
    probabilities: tuple[Decimal, ...]
    covered: tuple[Decimal, ...]

    @property
    def expected(self) -> Decimal:
        """The expected total: E = Σ total · probability, to 40 digits."""
        expected = Decimal(0)
        for total, probability in zip(self.totals, self.probabilities, strict=True):
            expected = MEANS.add(expected, MEANS.multiply(total, probability))
        return expected


def coverage_curve(risks: Sequence[Risk], shape: Shape = Shape.PERT) -> CoverageCurve:
    """Return the distribution of the total over every combination of the risks.

    Formula: P(total = s) = Σ over subsets A with Σ_{A} μᵢ = s of Π_{A} pᵢ · Π_{not A} (1 - pᵢ),
    each μᵢ rounded to ten decimals. Totals of probability 0 are left out; no risks: total 0 for
    certain. Raises TooManyRisks, RiskNamesRepeat.
    Source: enumeration of independent events; benefits method note 1.3.
    """
    check_risks(risks)
    chances = {Decimal(0): Decimal(1)}
    for risk in risks:
        cost = mean_of(risk.consequence, shape).quantize(CONVERTED_PLACES, context=MEANS)
        stays_away = EXACT.subtract(Decimal(1), risk.probability)
        after: dict[Decimal, Decimal] = {}
        for total, chance in chances.items():
            for reached, factor in (
                (total, stays_away),
                (EXACT.add(total, cost), risk.probability),
            ):
                part = EXACT.multiply(chance, factor)
                if part:
                    after[reached] = EXACT.add(after.get(reached, Decimal(0)), part)
        chances = after
    totals = tuple(sorted(chances))
    probabilities = tuple(chances[total] for total in totals)
    return CoverageCurve(totals, probabilities, tuple(accumulate(probabilities, EXACT.add)))


def pool_for(curve: CoverageCurve, share: Decimal) -> Decimal:
    """Return the smallest pool that covers everything with at least a given probability.

    Formula: min{s : P(total <= s) >= share}, 0 < share <= 1. Unit as the risks.
    Raises CoverageOutOfRange.
    Source: dækningsgrad, risk-id.dk 12.03.2021.
    """
    if not share.is_finite() or not 0 < share <= 1:
        raise CoverageOutOfRange(share)
    return next(
        total
        for total, covered in zip(curve.totals, curve.covered, strict=True)
        if covered >= share
    )


def check_pool(pool: Decimal) -> None:
    """Raise PoolNegative unless a pool is nothing or more.

    Formula: pool >= 0. Source: a pool is an amount set aside.
    """
    if pool.is_nan() or pool < 0:
        raise PoolNegative(pool)


def covered_by(curve: CoverageCurve, pool: Decimal) -> Decimal:
    """Return the probability that a pool covers everything that comes.

    Formula: P(total <= pool). A share, exact. Raises PoolNegative.
    Source: risk-id.dk 12.03.2021 (an approved amount, and what share of outcomes it covers).
    """
    check_pool(pool)
    reached = bisect_right(curve.totals, pool)
    return curve.covered[reached - 1] if reached else Decimal(0)


def loss_share_covered(curve: CoverageCurve, pool: Decimal) -> Decimal | None:
    """Return the expected share of the loss that a pool pays, when it may pay a part.

    Formula: E[min(total, pool)] / E[total], to 40 digits; None when nothing can be lost.
    Raises PoolNegative.
    Source: digst.dk 19.11.2015 (risks may be partly covered); benefits method note 1.3.
    """
    check_pool(pool)
    paid = Decimal(0)
    for total, probability in zip(curve.totals, curve.probabilities, strict=True):
        paid = MEANS.add(paid, MEANS.multiply(min(total, pool), probability))
    return None if not curve.expected else MEANS.divide(paid, curve.expected)
