"""The parts of a version that follow into the next draft, in the order they are copied.

A new part of a version (a table that hangs on `CaseVersion`) adds its function to `PARTS`. A
function gets the version copied from, the new draft, and what was copied before it (`Copied`):
a row that points at a line or an assumption finds its new one there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from hoest.domain.business_cases.actions.held import write_amounts
from hoest.domain.business_cases.actions.uncertainty import copy_uncertainty
from hoest.domain.business_cases.models import CaseVersion, Factor, RampYear


@dataclass
class Copied:
    """What was copied so far: the old row's id → the new row's id."""

    lines: dict[int, int] = field(default_factory=dict)
    assumptions: dict[int, int] = field(default_factory=dict)


Part = Callable[[CaseVersion, CaseVersion, Copied], None]


def copy_parts(
    former: CaseVersion, draft: CaseVersion, parts: Sequence[Part] | None = None
) -> Copied:
    """Copy the parts of a version into a draft, with the sources and the names they have."""
    copied = Copied()
    for part in PARTS if parts is None else parts:
        part(former, draft, copied)
    return copied


def again(row: Any, draft: CaseVersion) -> int:
    """Write a copy of a row into the draft and return its id; the row itself becomes the copy."""
    row.pk = None
    row._state.adding = True
    row.case_version = draft
    row.save(force_insert=True)
    return int(row.pk)


def copy_lines(former: CaseVersion, draft: CaseVersion, copied: Copied) -> None:
    """Copy the lines; a figure keeps its origin until it is changed."""
    for line in former.lines.select_related("source").prefetch_related("amounts"):
        amounts, was = list(line.amounts.all()), line.pk
        copied.lines[was] = again(line, draft)
        write_amounts(draft, [(line, {a.year: a.amount for a in amounts})])


def copy_answers(former: CaseVersion, draft: CaseVersion, copied: Copied) -> None:
    """Copy what was answered; who answered and when stays."""
    for answer in former.answers.all():
        again(answer, draft)


def copy_alternatives(former: CaseVersion, draft: CaseVersion, copied: Copied) -> None:
    """Copy the alternatives."""
    for alternative in former.alternatives.all():
        again(alternative, draft)


def copy_assumptions(former: CaseVersion, draft: CaseVersion, copied: Copied) -> None:
    """Copy the assumptions, what is made of them, and the ramps of the derived lines."""
    for assumption in former.assumptions.all():
        was = assumption.pk
        copied.assumptions[was] = again(assumption, draft)
    for factor in Factor.objects.filter(case_version=former):
        factor.line_id = factor.line_id and copied.lines[factor.line_id]
        factor.product_id = factor.product_id and copied.assumptions[factor.product_id]
        factor.factor_id = copied.assumptions[factor.factor_id]
        again(factor, draft)
    for year in RampYear.objects.filter(case_version=former):
        year.line_id = copied.lines[year.line_id]
        again(year, draft)


def copy_risks(former: CaseVersion, draft: CaseVersion, copied: Copied) -> None:
    """Copy the risks and what the case protects."""
    copy_uncertainty(former, draft)


PARTS: list[Part] = [copy_lines, copy_answers, copy_alternatives, copy_assumptions, copy_risks]
# What follows into a version from a file, whose lines are its own.
WITHOUT_LINES: list[Part] = [copy_answers, copy_alternatives, copy_risks]
