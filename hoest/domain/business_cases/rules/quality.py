"""Eleven questions a business case is asked before it is decided on. Pure: facts in, findings out.

The points are those of the State's own checklist for a business case (guide of January 2014,
chapter 5), of which only the list of contents was read: what each asks for here is our reading of
its heading. A finding says what is there or what is missing; it is a help to the writer, never a
mark and never a proof that a case follows the State's model. No Django.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from hoest.domain.business_cases.rules.uncertainty import RiskInput
from hoest.domain.business_cases.rules.versions import (
    ZERO,
    CaseLineFigures,
    LineKind,
    Measure,
)


class Point(StrEnum):
    """The eleven points, in the order of the checklist."""

    SPAN = "span"
    POOL = "pool"
    LARGEST = "largest"
    SOURCES = "sources"
    CONSISTENT = "consistent"
    PROBABILITIES = "probabilities"
    ASSUMPTIONS = "assumptions"
    TIME = "time"
    SCENARIOS = "scenarios"
    OWNERS = "owners"
    OTHER_BENEFITS = "other_benefits"


@dataclass(frozen=True)
class BenefitTold:
    """What the subject of benefits tells of a benefit to its business case."""

    title: str
    type_label: str
    is_money: bool
    owner_name: str
    is_accepted: bool
    line_key: str
    url: str


@dataclass(frozen=True)
class QualityFacts:
    """Everything the questions are asked of. Lines are all lines of the version.

    `derived_lines` are the lines that follow from assumptions; `argued` holds the points for which
    somebody has written why there is nothing.
    """

    lines: Sequence[CaseLineFigures] = ()
    risks: Sequence[RiskInput] = ()
    benefits: Sequence[BenefitTold] = ()
    derived_lines: frozenset[int] = frozenset()
    assumptions: int = 0
    unused_assumptions: Sequence[str] = ()
    unsourced_assumptions: Sequence[str] = ()
    has_do_nothing: bool = False
    starts_on: dt.date | None = None
    live_on: dt.date | None = None
    effect_is_told: bool = False
    argued: frozenset[str] = frozenset()
    largest_share: Decimal = Decimal(1)

    @property
    def costs(self) -> list[CaseLineFigures]:
        """The costs of the treasury."""
        return [
            line
            for line in self.lines
            if line.measure == Measure.DKK and line.kind != LineKind.BENEFIT
        ]

    @property
    def gains(self) -> list[CaseLineFigures]:
        """The benefits in kroner and in hours."""
        return [
            line
            for line in self.lines
            if line.kind == LineKind.BENEFIT and line.measure != Measure.SOCIETY
        ]


@dataclass(frozen=True)
class Finding:
    """The answer to one point: whether it is there, a code for the words, and what it is about.

    `names` are the lines, risks or benefits it is about; `share` the weight of the largest line.
    """

    point: Point
    met: bool
    code: str
    names: tuple[str, ...] = ()
    share: Decimal | None = None
    facts: Mapping[str, object] = field(default_factory=dict)


def findings(facts: QualityFacts) -> tuple[Finding, ...]:
    """Return the answer to each of the eleven points, in their order."""
    return (
        _span(facts),
        _pool(facts),
        _largest(facts),
        _sources(facts),
        _consistent(facts),
        _probabilities(facts),
        _assumptions(facts),
        _time(facts),
        _scenarios(facts),
        _owners(facts),
        _other_benefits(facts),
    )


def _named(point: Point, names: Sequence[str], code: str, met: str) -> Finding:
    return Finding(point, not names, code if names else met, tuple(names))


def _span(facts: QualityFacts) -> Finding:
    if not facts.costs:
        return Finding(Point.SPAN, False, "no_costs")
    bare = [
        line.line_key for line in facts.costs if line.low_share is None or line.high_share is None
    ]
    return _named(Point.SPAN, bare, "costs_without_range", "costs_have_ranges")


def _pool(facts: QualityFacts) -> Finding:
    count = len(facts.risks)
    code = "pool_has_risks" if count else "no_risks"
    return Finding(Point.POOL, bool(count), code, facts={"count": count})


def _largest(facts: QualityFacts) -> Finding:
    sizes = {line.line_id: sum(line.amounts.values(), ZERO) for line in facts.costs}
    total = sum(sizes.values(), ZERO)
    if not total:
        return Finding(Point.LARGEST, False, "no_costs")
    largest = max(facts.costs, key=lambda line: (sizes[line.line_id], line.line_key))
    share = sizes[largest.line_id] / total
    name = (largest.line_key,)
    if share <= facts.largest_share:
        return Finding(Point.LARGEST, True, "no_line_carries", name, share)
    if largest.line_id in facts.derived_lines:
        return Finding(Point.LARGEST, True, "largest_is_broken_down", name, share)
    return Finding(Point.LARGEST, False, "one_line_carries", name, share)


def _sources(facts: QualityFacts) -> Finding:
    if not facts.lines:
        return Finding(Point.SOURCES, False, "no_lines")
    bare = [
        line.line_key
        for line in facts.lines
        if not (line.basis or line.is_from_file or line.line_id in facts.derived_lines)
    ]
    return _named(
        Point.SOURCES, [*bare, *facts.unsourced_assumptions], "without_source", "all_have_sources"
    )


def _consistent(facts: QualityFacts) -> Finding:
    if not facts.risks:
        return Finding(Point.CONSISTENT, False, "no_risks_to_hold")
    costs = {line.line_key for line in facts.costs}
    lost = [one.title for one in facts.risks if one.mitigation_key not in {"", *costs}]
    return _named(Point.CONSISTENT, lost, "mitigation_is_gone", "risks_fit_costs")


def _probabilities(facts: QualityFacts) -> Finding:
    if not facts.risks:
        return Finding(Point.PROBABILITIES, False, "no_risks_to_judge")
    bare = [one.title for one in facts.risks if not one.probability_because]
    return _named(
        Point.PROBABILITIES, bare, "probability_without_reason", "probabilities_have_reasons"
    )


def _assumptions(facts: QualityFacts) -> Finding:
    if not facts.assumptions:
        argued = Point.ASSUMPTIONS in facts.argued
        return Finding(
            Point.ASSUMPTIONS, argued, "assumptions_argued" if argued else "no_assumptions"
        )
    return _named(
        Point.ASSUMPTIONS, facts.unused_assumptions, "assumptions_unused", "assumptions_found_again"
    )


def _time(facts: QualityFacts) -> Finding:
    if facts.starts_on is None or facts.live_on is None:
        code = "no_start" if facts.starts_on is None else "no_live"
        return Finding(Point.TIME, False, code)
    early = [
        line.line_key
        for line in facts.gains
        if any(amount and year < facts.live_on.year for year, amount in line.amounts.items())
    ]
    return _named(Point.TIME, early, "benefit_before_live", "time_fits")


def _scenarios(facts: QualityFacts) -> Finding:
    runs = any(line.kind == LineKind.OPERATION for line in facts.costs)
    if not facts.has_do_nothing:
        return Finding(Point.SCENARIOS, False, "no_do_nothing")
    if not runs and Point.SCENARIOS not in facts.argued:
        return Finding(Point.SCENARIOS, False, "no_running_costs")
    return Finding(Point.SCENARIOS, True, "both_futures_told")


def _owners(facts: QualityFacts) -> Finding:
    if not facts.benefits:
        return Finding(Point.OWNERS, False, "no_benefits")
    bare = [one.title for one in facts.benefits if not one.owner_name]
    return _named(Point.OWNERS, bare, "benefit_without_owner", "benefits_have_owners")


def _other_benefits(facts: QualityFacts) -> Finding:
    in_hours = any(line.measure == Measure.HOURS for line in facts.gains)
    other = in_hours or facts.effect_is_told or any(not one.is_money for one in facts.benefits)
    return Finding(Point.OTHER_BENEFITS, other, "told_beyond_money" if other else "only_money")
