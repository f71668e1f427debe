"""Reads of candidates for automation, with their hours a year."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

from django.db.models import Count, DecimalField, F, QuerySet, Sum
from django.db.models.functions import Round

from hoest.domain.portfolio.models import Candidate, CandidateFile, Idea
from hoest.domain.portfolio.permissions import READ_CANDIDATES, VIEW_INITIATIVES
from hoest.domain.portfolio.rules.candidates import MINUTES_OF_AN_HOUR, CandidateState
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere, require
from hoest.foundation.faults import NotFound

# As rules.candidates.hours_a_year; a test holds the two together.
HOURS = Round(
    F("times_per_year") * F("minutes_each") * F("automation_share") / MINUTES_OF_AN_HOUR,
    precision=2,
    output_field=DecimalField(max_digits=16, decimal_places=2),
)


def candidates_of(actor: Actor) -> QuerySet[Candidate]:
    """Return the candidates with their unit and `hours`; who sees initiatives sees them."""
    rows = Candidate.objects.filter(organisation_id=actor.organisation_id)
    if not allowed_somewhere(actor, VIEW_INITIATIVES):
        return rows.none()
    return rows.select_related("unit", "initiative", "idea").annotate(hours=HOURS)


def candidate_of(actor: Actor, candidate_id: int) -> Candidate:
    """Return one candidate. Raises NotFound."""
    found = candidates_of(actor).filter(pk=candidate_id).first()
    if found is None:
        raise NotFound("Kandidaten findes ikke, eller du kan ikke se den.")
    return found


def open_hours(actor: Actor, units: Collection[int] | None = None) -> tuple[int, Decimal]:
    """Return (candidates that are not settled, their hours a year together), of some units."""
    rows = candidates_of(actor).filter(state=CandidateState.OPEN.value)
    if units is not None:
        rows = rows.filter(unit_id__in=units)
    found = rows.aggregate(count=Count("pk"), total=Sum("hours"))
    return found["count"], found["total"] or Decimal(0)


def candidates_behind(actor: Actor, initiative_id: int) -> QuerySet[Candidate]:
    """Return the candidates that became an initiative."""
    return candidates_of(actor).filter(initiative_id=initiative_id)


def candidates_of_idea(idea: Idea) -> QuerySet[Candidate]:
    """Return the candidates that were given as an idea, with `hours`; who sees it sees the sum."""
    rows = Candidate.objects.filter(organisation_id=idea.organisation_id, idea=idea)
    return rows.annotate(hours=HOURS).order_by("pk")


def candidate_file_of(actor: Actor, file_id: int) -> CandidateFile:
    """Return a workbook that was read. Raises NotFound, NotAllowed."""
    rows = CandidateFile.objects.filter(organisation_id=actor.organisation_id, pk=file_id)
    found = rows.first() if allowed_somewhere(actor, VIEW_INITIATIVES) else None
    if found is None:
        raise NotFound("Filen findes ikke, eller du kan ikke se den.")
    require(actor, READ_CANDIDATES)
    return found


def candidate_files_of(actor: Actor) -> QuerySet[CandidateFile]:
    """Return the workbooks that were read, the newest first."""
    return CandidateFile.objects.filter(organisation_id=actor.organisation_id).defer("rows")
