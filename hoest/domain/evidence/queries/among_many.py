"""Figures that are one of several of a benefit: only the primary is judged alone.

One primary series is chosen for a benefit before the answer is known. The others, and a primary
that was chosen after its answer, are judged with p adjusted for how many were looked at.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping

from hoest.domain.benefits.rules import Verdict
from hoest.domain.evidence.models import Estimate, Study
from hoest.domain.evidence.rules.among_many import adjusted, among_many


def latest_by_study(studies: list[Study]) -> dict[int, Estimate]:
    """Return the newest estimate of each study of one municipality; one query."""
    rows = (
        Estimate.objects.filter(
            organisation_id__in={one.organisation_id for one in studies},
            study__in=[one.pk for one in studies],
        )
        .order_by("study_id", "-number")
        .distinct("study_id")
    )
    return {row.study_id: row for row in rows}


def adjusted_by_study(studies: list[Study], latest: Mapping[int, Estimate]) -> dict[int, float]:
    """Return p adjusted for their number, of the figures that are one of many."""
    many = [
        (one.pk, p)
        for one in studies
        if not one.is_primary or one.answer_was_known
        if (found := latest.get(one.pk)) is not None and (p := found.p) is not None
    ]
    if not many:
        return {}
    return dict(zip([pk for pk, _p in many], adjusted([p for _pk, p in many]), strict=True))


def as_one_of_many(study: Study, estimate: Estimate, q: float | None) -> Estimate:
    """Return the estimate as it may be called; a copy that is not saved where it is lowered."""
    alone = study.is_primary and not study.answer_was_known
    if q is None or alone:
        return estimate
    reasons = list(estimate.answer["reasons"])
    verdict, why = among_many(estimate.verdict, reasons, estimate.p, q)
    if verdict == estimate.verdict and why == reasons:
        return estimate
    lowered = copy.copy(estimate)
    lowered.verdict = verdict
    lowered.is_shown_as_wanted = estimate.is_shown_as_wanted and verdict == Verdict.SHOWN
    lowered.answer = {**estimate.answer, "reasons": why}
    return lowered


def weighed_of(study: Study, estimate: Estimate | None) -> Estimate | None:
    """Return a study's estimate as it may be called among the benefit's others; two queries."""
    if estimate is None or (study.is_primary and not study.answer_was_known):
        return estimate
    studies = list(
        Study.objects.filter(organisation_id=study.organisation_id, benefit_id=study.benefit_id)
    )
    latest = latest_by_study(studies) | {study.pk: estimate}
    return as_one_of_many(study, estimate, adjusted_by_study(studies, latest).get(study.pk))
