"""Reads of the guided case: everything that stands in the parts of one version, in few queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch

from hoest.domain.business_cases.models import (
    Alternative,
    Answer,
    Assumption,
    CaseLine,
    CaseVersion,
    Factor,
)
from hoest.domain.business_cases.queries.versions import figures_of
from hoest.domain.business_cases.rules import CaseLineFigures, LineKind
from hoest.domain.business_cases.rules.assumptions import Node, Tree, Used


@dataclass(frozen=True)
class Written:
    """Who wrote something last, and when."""

    by_name: str
    at: dt.datetime


@dataclass(frozen=True)
class Parts:
    """All that the guide has asked about one version."""

    version: CaseVersion
    lines: tuple[CaseLineFigures, ...]
    answers: Mapping[str, Answer]
    alternatives: tuple[Alternative, ...]
    assumptions: tuple[Assumption, ...]
    tree: Tree
    # Line id → who wrote it last.
    line_writers: Mapping[int, Written]

    @property
    def answered(self) -> frozenset[str]:
        """The questions that have an answer in words, or a person."""
        return frozenset(
            name for name, one in self.answers.items() if one.text.strip() or one.person_id
        )

    def text(self, question: str) -> str:
        """Return what was answered; empty without an answer."""
        found = self.answers.get(question)
        return found.text if found else ""

    def version_of_step(self, slug: str) -> int:
        """Return a number that grows whenever somebody answers a question of the step."""
        return step_version(self.answers.values(), slug)

    @property
    def costs(self) -> tuple[CaseLineFigures, ...]:
        """The lines that cost."""
        return tuple(line for line in self.lines if line.kind != LineKind.BENEFIT)

    @property
    def benefits(self) -> tuple[CaseLineFigures, ...]:
        """The lines that give."""
        return tuple(line for line in self.lines if line.kind == LineKind.BENEFIT)


def parts_of(version: CaseVersion, lines: Sequence[CaseLineFigures] | None = None) -> Parts:
    """Return everything the guide has of a version; eight queries however large it is.

    `lines` are the version's when the caller has read them; then nobody asks who wrote each.
    """
    answers = version.answers.select_related("person").all()
    assumptions = tuple(version.assumptions.all())
    written = CaseLine.objects.filter(case_version=version).select_related("source")
    return Parts(
        version=version,
        lines=tuple(figures_of(version) if lines is None else lines),
        answers={one.question: one for one in answers},
        alternatives=tuple(version.alternatives.select_related("source")),
        assumptions=assumptions,
        tree=tree_of(version, assumptions),
        line_writers={
            line.pk: Written(line.source.entered_by_name, line.source.entered_at)
            for line in (written if lines is None else ())
            if line.source is not None and line.source.entered_by_name
        },
    )


def tree_of(version: CaseVersion, assumptions: Sequence[Assumption] | None = None) -> Tree:
    """Return the tree of assumptions of a version, with the lines that derive from it."""
    rows = version.assumptions.all() if assumptions is None else assumptions
    nodes = {one.pk: Node(one.pk, one.name, one.unit, one.value) for one in rows}
    of_product: dict[int, list[Used]] = {}
    of_line: dict[int, list[Used]] = {}
    for factor in Factor.objects.filter(case_version=version).order_by("position", "pk"):
        used = Used(factor.factor_id, factor.divides)
        if factor.line_id is not None:
            of_line.setdefault(factor.line_id, []).append(used)
        elif factor.product_id is not None:
            of_product.setdefault(factor.product_id, []).append(used)
    return Tree(
        nodes,
        {pk: tuple(used) for pk, used in of_product.items()},
        {pk: tuple(used) for pk, used in of_line.items()},
    )


def derived_lines(version: CaseVersion) -> list[CaseLine]:
    """Return the lines of a version that derive from assumptions, each with its ramp."""
    return list(
        CaseLine.objects.filter(case_version=version, factors__isnull=False)
        .distinct()
        .prefetch_related(Prefetch("ramp"))
        .order_by("position", "pk")
    )


def answers_by_version(versions: Sequence[CaseVersion]) -> dict[int, dict[str, Answer]]:
    """Return the answers of some versions, by version and question; one query."""
    found: dict[int, dict[str, Answer]] = {one.pk: {} for one in versions}
    rows = Answer.objects.filter(case_version__in=versions).select_related("person")
    for answer in rows:
        found[answer.case_version_id][answer.question] = answer
    return found


def step_version(answers: Iterable[Answer], slug: str) -> int:
    """Return a number that grows whenever somebody answers a question of a step."""
    return sum(one.version for one in answers if one.question.startswith(f"{slug}."))
