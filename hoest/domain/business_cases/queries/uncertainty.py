"""Reads of what is uncertain in a version: its risks, its ground, the costs that meet risks."""

from __future__ import annotations

from collections.abc import Iterable

from hoest.domain.business_cases.models import CaseGround, CaseRisk, CaseVersion
from hoest.domain.business_cases.rules import Ground, LineKind, Measure, RiskFigures

_RISK = (
    *("title", "probability", "low_dkk", "likely_dkk", "high_dkk", "probability_because"),
    *("if_it_happens", "mitigation_key", "pk", "written_by_name", "written_at"),
)
_GROUND = ("aspect", "now_level", "after_level", "said", "written_by_name", "written_at")


def risks_of(version: CaseVersion) -> list[RiskFigures]:
    """Return the risks of a version in their order; one query."""
    return risks_by_version([version.pk]).get(version.pk, [])


def risks_by_version(version_ids: Iterable[int]) -> dict[int, list[RiskFigures]]:
    """Return the risks of some versions, by version; one query for all."""
    found: dict[int, list[RiskFigures]] = {}
    rows = CaseRisk.objects.filter(case_version_id__in=list(version_ids))
    for version_id, *own in rows.order_by("position", "pk").values_list("case_version_id", *_RISK):
        found.setdefault(version_id, []).append(RiskFigures(*own))
    return found


def grounds_of(version: CaseVersion) -> dict[str, Ground]:
    """Return what a version protects, by aspect; one query."""
    rows = CaseGround.objects.filter(case_version_id=version.pk)
    return {row[0]: Ground(*row) for row in rows.values_list(*_GROUND)}


def cost_keys(version: CaseVersion) -> list[str]:
    """Return the names of the costs of a version, in their order; one query."""
    rows = version.lines.filter(measure=Measure.DKK).exclude(kind=LineKind.BENEFIT)
    return list(rows.order_by("position", "pk").values_list("key", flat=True))
