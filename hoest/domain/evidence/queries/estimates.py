"""Reads of estimates: the latest, the earlier ones, and the runs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet

from hoest.domain.evidence.models import Estimate, EstimateRun, Study
from hoest.domain.evidence.permissions import VIEW_EVIDENCE
from hoest.domain.evidence.queries.studies import visible_to
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere
from hoest.foundation.faults import NotFound


def estimates_of(study: Study) -> QuerySet[Estimate]:
    """Return all estimates of a study, the newest first."""
    return Estimate.objects.filter(organisation_id=study.organisation_id, study=study)


def latest_of(study: Study) -> Estimate | None:
    """Return the newest estimate of a study."""
    return estimates_of(study).first()


def estimate_of(actor: Actor, estimate_id: int) -> Estimate:
    """Return one estimate of a visible study. Raises NotFound."""
    found = (
        Estimate.objects.filter(
            organisation_id=actor.organisation_id,
            pk=estimate_id,
            study__in=visible_to(actor).order_by().values("pk"),
        )
        .select_related("study__series", "study__benefit__initiative")
        .first()
    )
    if found is None:
        raise NotFound("Beregningen findes ikke, eller du kan ikke se den.")
    return found


def latest_of_benefits(actor: Actor, benefit_ids: Iterable[int]) -> dict[int, Estimate]:
    """Return the newest estimate of each benefit's primary study; one query."""
    rows = (
        Estimate.objects.filter(
            organisation_id=actor.organisation_id,
            study__is_primary=True,
            study__benefit_id__in=list(benefit_ids),
        )
        .select_related("study__series")
        .order_by("study_id", "-number")
        .distinct("study_id")
    )
    return {row.study.benefit_id: row for row in rows}


def latest_shown_to(actor: Actor) -> QuerySet[Estimate]:
    """Return the newest estimate of each primary study the actor may see, by benefit."""
    newer = Estimate.objects.filter(
        organisation_id=actor.organisation_id,
        study_id=OuterRef("study_id"),
        number__gt=OuterRef("number"),
    )
    return (
        Estimate.objects.filter(
            organisation_id=actor.organisation_id,
            study__is_primary=True,
            study__in=visible_to(actor).order_by().values("pk"),
        )
        .exclude(Exists(newer))
        .select_related("study__series", "study__benefit__initiative", "study__benefit__unit")
        .order_by("study__benefit__title", "pk")
    )


def answers_since(actor: Actor, since: dt.date) -> list[tuple[Estimate, Estimate | None]]:
    """Return the newest answers about one's own benefits, each with the one that stood before.

    Only those made on or after a day; None when there was no answer before it. Two queries.
    """
    found = list(
        latest_shown_to(actor).filter(
            study__benefit__owner_id=actor.person_id, made_at__date__gte=since
        )
    )
    if not found:
        return []
    earlier = (
        Estimate.objects.filter(
            organisation_id=actor.organisation_id,
            study__in=[one.study_id for one in found],
            made_at__date__lt=since,
        )
        .defer("answer")
        .order_by("study_id", "-number")
        .distinct("study_id")
    )
    before = {one.study_id: one for one in earlier}
    return [(one, before.get(one.study_id)) for one in found]


def runs_of(actor: Actor) -> QuerySet[EstimateRun]:
    """Return the runs over all studies, the newest first."""
    rows = EstimateRun.objects.filter(organisation_id=actor.organisation_id)
    return rows if allowed_somewhere(actor, VIEW_EVIDENCE) else rows.none()


def run_of(actor: Actor, run_id: int) -> EstimateRun:
    """Return one run. Raises NotFound."""
    found = runs_of(actor).filter(pk=run_id).first()
    if found is None:
        raise NotFound("Beregningen findes ikke, eller du kan ikke se den.")
    return found
