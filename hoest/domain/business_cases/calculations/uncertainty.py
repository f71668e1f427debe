"""Ranges, risks and their pool: what may come out of a case, never one number.

The range of a case is the envelope in which every line goes badly or well at once. Beside it stands
how far the lines go when each moves for itself, from the moments of the lines; a simulation with a
told seed is made when a reader asks for it. Risks stand apart: their pool is counted over every
combination. Source: docs/reference/methods/uncertainty.md, risk-pool.md, cash-flow.md.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from hoest.domain.business_cases.calculations.key_figures import (
    Ends,
    KeyFigures,
    key_figures,
    yearly,
)
from hoest.domain.business_cases.rules import (
    CaseLineFigures,
    LineKind,
    Measure,
    RiskFigures,
    RiskInput,
)
from hoest.engine import risk_pool, uncertainty

SHOWN_COVERAGES = (Decimal("0.5"), Decimal("0.8"), Decimal("0.9"))
# Nine outcomes of ten: one in twenty is below, one in twenty above.
LOW_PROBABILITY, HIGH_PROBABILITY = 0.05, 0.95
SEED = 20260101
ONE = Decimal(1)


@dataclass(frozen=True)
class CaseEnds:
    """The key figures of a case when all lines go badly, as probable, and when all go well."""

    low: KeyFigures
    probable: KeyFigures
    high: KeyFigures

    @property
    def is_range(self) -> bool:
        """Tell whether the ends differ; a case without ranges has none."""
        return self.low.net != self.high.net


@dataclass(frozen=True)
class Spread:
    """The net over the years when the lines move one by one, in kroner: mean, sd and nine of ten.

    `apart` holds the middle nine of ten outcomes when each line moves for itself, `together` when
    all move the same way; `simulated` the former from draws, None unless it was asked for.
    """

    mean: Decimal
    apart: tuple[Decimal, Decimal]
    together: tuple[Decimal, Decimal]
    simulated: tuple[Decimal, Decimal] | None = None
    seed: int | None = None
    draws: int | None = None


@dataclass(frozen=True)
class Pool:
    """What the risks of a case cost together, in kroner.

    `expected` is the sum of probability times mean; `by_risk` its parts, in the risks' order;
    `for_coverage` the pool that covers everything with each probability; `steps` the coverage curve
    as (pool, probability that it covers everything), ascending; `worst` all risks at once.
    """

    expected: Decimal
    by_risk: tuple[Decimal, ...]
    for_coverage: tuple[tuple[Decimal, Decimal], ...]
    steps: tuple[tuple[Decimal, Decimal], ...]
    worst: Decimal

    def covered_by(self, pool: Decimal) -> Decimal:
        """Return the probability that a pool covers everything that comes."""
        reached = [covered for total, covered in self.steps if total <= pool]
        return reached[-1] if reached else Decimal(0)


def case_ends(
    lines: Sequence[CaseLineFigures], *, valued_on: dt.date, horizon: int | None = None
) -> CaseEnds | None:
    """Return the key figures at the three ends; None without kroner lines.

    Formula: low = benefits at their low share and costs at their high one; high the other way.
    A line without a range is taken as it stands. Source: engine `line_range`.
    """
    found = [
        key_figures(_at(lines, end), valued_on=valued_on, horizon=horizon)
        for end in ("low", "", "high")
    ]
    low, probable, high = found
    if low is None or probable is None or high is None:
        return None
    return CaseEnds(low, probable, high)


def _at(lines: Sequence[CaseLineFigures], end: str) -> list[CaseLineFigures]:
    found = []
    for line in lines:
        good = line.kind == LineKind.BENEFIT
        wants_low = end == "low" if good else end == "high"
        share = line.low_share if wants_low else line.high_share
        factor = ONE if share is None or not end else share
        amounts = {year: amount * factor for year, amount in line.amounts.items()}
        found.append(replace(line, amounts=amounts, low_share=None, high_share=None))
    return found


def spread_of(
    lines: Sequence[CaseLineFigures], figures: KeyFigures, *, draws: int | None = None
) -> Spread | None:
    """Return how far the net of the years goes when lines move one by one; None without ranges.

    Formula: PERT on every line's total; independent: normal with the summed variance; together:
    the quantiles of the lines added. `draws` asks for a simulation with the fixed seed as well.
    Source: engine `uncertainty`.
    """
    named = _uncertain(lines, figures)
    if all(line.points.certain for line in named):
        return None
    moments = uncertainty.sum_moments(named)
    ends = (LOW_PROBABILITY, HIGH_PROBABILITY)
    simulated = None
    if draws is not None:
        drawn = uncertainty.uncertain_sum(named, seed=SEED, draws=draws, probabilities=ends)
        simulated = (_kroner(drawn.independent[0].value), _kroner(drawn.independent[1].value))
    mean, sd = float(moments.mean), moments.sd_independent
    apart = [_kroner(uncertainty.normal_quantile(mean, sd, p)) for p in ends]
    together = [_kroner(uncertainty.quantile_together(named, p)) for p in ends]
    return Spread(
        mean=moments.mean.quantize(ONE),
        apart=(apart[0], apart[1]),
        together=(together[0], together[1]),
        simulated=simulated,
        seed=SEED if simulated else None,
        draws=draws if simulated else None,
    )


def _uncertain(
    lines: Sequence[CaseLineFigures], figures: KeyFigures
) -> list[uncertainty.UncertainLine]:
    named = []
    for line in lines:
        if line.measure != Measure.DKK or not line.amounts:
            continue
        profile = yearly(line.amounts, line.duration, figures.horizon)
        total = sum(profile.values(), Decimal(0))
        points = uncertainty.ThreePoint(
            total * (ONE if line.low_share is None else line.low_share),
            total,
            total * (ONE if line.high_share is None else line.high_share),
        )
        if line.kind != LineKind.BENEFIT:
            points = uncertainty.negated(points)
        named.append(uncertainty.UncertainLine(f"{line.kind}:{line.line_key}", points))
    return named


def pool_of(risks: Sequence[RiskInput | RiskFigures]) -> Pool | None:
    """Return what the risks cost together and the pool for each coverage; None without risks.

    Formula: expected = Σ p · PERT mean; coverage counted over every combination of risks, each
    costing its mean when it comes. Source: engine `risk_pool`.
    """
    if not risks:
        return None
    taken = [_engine_risk(risk) for risk in risks]
    moments = risk_pool.pool_moments(taken)
    curve = risk_pool.coverage_curve(taken)
    return Pool(
        expected=moments.expected.quantize(ONE),
        by_risk=tuple(part.quantize(ONE) for part in moments.expected_by_risk),
        for_coverage=tuple(
            (share, risk_pool.pool_for(curve, share).quantize(ONE)) for share in SHOWN_COVERAGES
        ),
        steps=tuple(zip(curve.totals, curve.covered, strict=True)),
        worst=curve.totals[-1].quantize(ONE),
    )


def _engine_risk(risk: RiskInput) -> risk_pool.Risk:
    return risk_pool.Risk(
        risk.title,
        risk.probability,
        uncertainty.ThreePoint(risk.low_dkk, risk.likely_dkk, risk.high_dkk),
    )


def expected_consequence(risk: RiskInput) -> Decimal:
    """Return what a risk costs on average when it comes, in whole kroner: (a + 4m + b) / 6."""
    points = uncertainty.ThreePoint(risk.low_dkk, risk.likely_dkk, risk.high_dkk)
    return uncertainty.mean_of(points).quantize(ONE)


def _kroner(amount: float) -> Decimal:
    return Decimal(repr(amount)).quantize(ONE)


def ends(case: CaseEnds, name: str) -> Ends:
    """Return the low, probable and high value of one amount of the key figures, such as `npv`."""
    return Ends(getattr(case.low, name), getattr(case.probable, name), getattr(case.high, name))


def as_treasury(lines: Sequence[CaseLineFigures]) -> list[CaseLineFigures]:
    """Return the lines of another view so that they can be valued on their own."""
    return [replace(line, measure=Measure.DKK) for line in lines]
