"""Reads of the marks of solutions, and how the portfolio divides over them."""

from __future__ import annotations

from django.db.models import Count, QuerySet

from hoest.domain.portfolio.models import Initiative, SolutionMark
from hoest.domain.portfolio.queries.initiatives import visible_to
from hoest.domain.portfolio.rules import ACTIVE_PHASES
from hoest.foundation.access.actor import Actor


def mark_of(initiative: Initiative) -> SolutionMark | None:
    """Return the marks of an initiative's solution, None when nobody has set any."""
    return SolutionMark.objects.filter(
        organisation_id=initiative.organisation_id, initiative=initiative
    ).first()


def counts_of_marks(actor: Actor) -> tuple[dict[tuple[str, str], int], int]:
    """Return (active initiatives by (reach, automation), all active ones); empty: not marked."""
    rows = visible_to(actor).filter(phase__in=ACTIVE_PHASES).order_by()
    found: dict[tuple[str, str], int] = {}
    pairs = rows.values_list("solution_marks__reach", "solution_marks__automation")
    for reach, automation, count in pairs.annotate(n=Count("pk")):
        key = (reach or "", automation or "")
        found[key] = found.get(key, 0) + count
    return found, sum(found.values())


def with_mark(rows: QuerySet[Initiative], name: str, code: str) -> QuerySet[Initiative]:
    """Keep the initiatives whose solution has a mark; an empty code keeps those without it."""
    if code:
        return rows.filter(**{f"solution_marks__{name}": code})
    return rows.exclude(**{f"solution_marks__{name}__gt": ""})
