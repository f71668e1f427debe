"""Everything the sum of one version is made of, read and reckoned once."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from hoest.domain.business_cases import calculations, queries
from hoest.domain.business_cases.calculations import (
    CaseEnds,
    Derived,
    MovedAssumption,
    Pool,
    Sensitivity,
    Spread,
)
from hoest.domain.business_cases.models import CaseVersion
from hoest.domain.business_cases.queries import Parts
from hoest.domain.business_cases.rules import CaseLineFigures, Ground, Measure, RiskFigures
from hoest.domain.business_cases.rules.assumptions import Tree
from hoest.domain.business_cases.rules.guide import Question, effect_is_told
from hoest.domain.business_cases.rules.quality import (
    BenefitTold,
    Finding,
    Point,
    QualityFacts,
    findings,
)
from hoest.foundation import clock, content
from hoest.foundation.access.actor import Actor

HYGIENE = "hygiene"


@dataclass(frozen=True)
class Sum:
    """One version with its lines, its three ends, its risks and what is said of its quality."""

    version: CaseVersion
    initiative: Any
    lines: list[CaseLineFigures]
    ends: CaseEnds | None
    spread: Spread | None
    society: CaseEnds | None
    risks: list[RiskFigures]
    pool: Pool | None
    grounds: dict[str, Ground]
    sensitivity: Sensitivity | None
    benefits: list[BenefitTold]
    findings: tuple[Finding, ...]

    @property
    def is_hygiene(self) -> bool:
        """Tell whether the case is judged by what it protects, and not by its money."""
        return bool(self.initiative.purpose_type == HYGIENE)

    @property
    def met(self) -> int:
        """How many of the eleven points are there."""
        return sum(one.met for one in self.findings)


def gathered(
    actor: Actor, version: CaseVersion, *, horizon: int | None = None, draws: int | None = None
) -> Sum:
    """Return the sum of a version: as many queries whatever its size.

    `draws` asks for a simulation beside the arithmetic. Raises LevelsDiffer.
    """
    initiative = version.case.initiative
    parts = queries.parts_of(version)
    lines = list(parts.lines)
    horizon = horizon or version.horizon_year
    risks = queries.risks_of(version)
    valued_on = version.approved_on or clock.today()
    ends = calculations.case_ends(lines, valued_on=valued_on, horizon=horizon)
    benefits = queries.benefits_told(actor, initiative.pk)
    facts = quality_facts(parts, risks, benefits)
    return Sum(
        version=version,
        initiative=initiative,
        lines=lines,
        ends=ends,
        spread=calculations.spread_of(lines, ends.probable, draws=draws) if ends else None,
        society=society_ends(lines, valued_on, horizon),
        risks=risks,
        pool=calculations.pool_of(risks),
        grounds=queries.grounds_of(version),
        sensitivity=calculations.sensitivity_of(
            lines,
            valued_on=valued_on,
            horizon=horizon,
            test_share=content.limit_decimal("sensitivity_test_share"),
            assumptions=moved_assumptions(parts),
            derived=derivations(version, parts.tree),
        ),
        benefits=benefits,
        findings=findings(facts),
    )


def society_ends(
    lines: list[CaseLineFigures], valued_on: dt.date, horizon: int | None
) -> CaseEnds | None:
    """Return the ends of what others pay and gain; never added to the treasury's."""
    others = calculations.as_treasury([line for line in lines if line.measure == Measure.SOCIETY])
    return calculations.case_ends(others, valued_on=valued_on, horizon=horizon)


MOST_OF_A_SHARE = {"andel": Decimal(1), "%": Decimal(100)}


def moved_assumptions(parts: Parts) -> list[MovedAssumption]:
    """Return the numbers of the tree that a sensitivity moves: the leaves, each in its own unit."""
    return [
        MovedAssumption(
            key=str(one.pk),
            name=one.name,
            unit=one.unit,
            low=one.value,
            probable=one.value,
            high=one.value,
            has_range=False,
            most=MOST_OF_A_SHARE.get(one.unit.strip().lower()),
        )
        for one in parts.assumptions
        if one.value is not None
    ]


def derivations(version: CaseVersion, tree: Tree) -> dict[int, Derived]:
    """Return how the derived lines follow from the leaves of the tree, by line id."""
    found = {}
    for line in queries.derived_lines(version):
        leaves = tree.leaves(tree.lines[line.pk])
        factors = [(str(node.pk), False) for node in leaves.over]
        factors += [(str(node.pk), True) for node in leaves.under]
        found[line.pk] = Derived(tuple(factors), {one.year: one.share for one in line.ramp.all()})
    return found


def quality_facts(
    parts: Parts, risks: list[RiskFigures], benefits: list[BenefitTold]
) -> QualityFacts:
    """Return the facts the eleven questions are asked of."""
    initiative = parts.version.case.initiative
    tree, answered = parts.tree, parts.answered
    argued = {
        point
        for question, point in (
            (Question.NO_ASSUMPTIONS, Point.ASSUMPTIONS),
            (Question.NO_RUNNING, Point.SCENARIOS),
        )
        if question in answered
    }
    leaves = [one for one in parts.assumptions if one.value is not None]
    return QualityFacts(
        lines=parts.lines,
        risks=risks,
        benefits=benefits,
        derived_lines=frozenset(tree.lines),
        assumptions=len(parts.assumptions),
        unused_assumptions=[
            one.name for one in parts.assumptions if not tree.used_by_lines(one.pk)
        ],
        unsourced_assumptions=[one.name for one in leaves if not one.source_text],
        has_do_nothing=any(one.is_do_nothing for one in parts.alternatives),
        effect_is_told=effect_is_told(answered) and Question.NO_EFFECT not in answered,
        argued=frozenset(argued),
        starts_on=initiative.starts_on,
        live_on=initiative.live_on,
        largest_share=content.limit_decimal("largest_item_share"),
    )


def by_area(found: Sum) -> list[tuple[str, Decimal, Decimal]]:
    """Return (steering area or empty, benefits, costs) of the years, in whole kroner."""
    ends = found.ends
    if ends is None:
        return []
    totals: dict[str, list[Decimal]] = {}
    for line in found.lines:
        if line.measure != Measure.DKK or not line.amounts:
            continue
        years = calculations.yearly(line.amounts, line.duration, ends.probable.horizon)
        place = 0 if line.kind == "benefit" else 1
        row = totals.setdefault(line.steering_area, [Decimal(0), Decimal(0)])
        row[place] += sum(years.values(), Decimal(0))
    order = [*content.codes("steering_area"), ""]
    return [(code, *totals[code]) for code in order if code in totals]  # type: ignore[misc]
