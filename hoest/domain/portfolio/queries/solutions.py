"""Reads of the catalogue of shared solutions, with where each stands here."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from hoest.domain.portfolio.models import LocalSolution
from hoest.domain.portfolio.permissions import VIEW_INITIATIVES
from hoest.domain.portfolio.queries.initiatives import visible_to
from hoest.domain.portfolio.queries.rollouts import implementations_of
from hoest.domain.portfolio.rules import Implementation
from hoest.domain.portfolio.rules.solutions import use_share
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere, require
from hoest.foundation.content import SharedSolution


@dataclass(frozen=True)
class SolutionHere:
    """A solution of the catalogue, what is written of it here, and how many use it.

    The share comes from the roll-outs of the initiative when one is tied, else from the count.
    """

    solution: SharedSolution
    local: LocalSolution | None
    share: Decimal | None
    implementation: Implementation | None
    sees_initiative: bool


def solutions_of(actor: Actor) -> list[SolutionHere]:
    """Return the whole catalogue in its order; three queries. Raises NotAllowed."""
    if not allowed_somewhere(actor, VIEW_INITIATIVES):
        require(actor, VIEW_INITIATIVES)
    rows = {
        row.code: row
        for row in LocalSolution.objects.filter(
            organisation_id=actor.organisation_id
        ).select_related("owner", "initiative")
    }
    tied = [row.initiative for row in rows.values() if row.initiative is not None]
    seen = set(
        visible_to(actor).filter(pk__in=[one.pk for one in tied]).values_list("pk", flat=True)
    )
    degrees = implementations_of(tied)
    found = []
    for code, solution in content.shared_solutions().items():
        row = rows.get(code)
        degree = degrees.get(row.initiative_id) if row and row.initiative_id else None
        share = use_share(row.users_in_use, row.planned_users) if row else None
        if degree is not None:
            share = degree.share
        found.append(
            SolutionHere(solution, row, share, degree, bool(row and row.initiative_id in seen))
        )
    return found


def local_solution_of(actor: Actor, code: str) -> LocalSolution | None:
    """Return what is written of a solution here."""
    return LocalSolution.objects.filter(organisation_id=actor.organisation_id, code=code).first()
