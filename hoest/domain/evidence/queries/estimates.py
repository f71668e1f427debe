"""Reads of estimates: the latest, the earlier ones, and the runs."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import zip_longest

from django.db.models import Count, Exists, OuterRef, QuerySet

from hoest.domain.evidence.models import Estimate, EstimateInput, EstimateRun, Study
from hoest.domain.evidence.permissions import VIEW_EVIDENCE
from hoest.domain.evidence.queries.studies import visible_to
from hoest.domain.evidence.rules.asked import AskedRows, unpacked
from hoest.domain.evidence.rules.shown import told_change
from hoest.foundation import clock
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


def asked_of(estimate: Estimate) -> AskedRows | None:
    """Return what an answer rests on as it was kept; None when it was made before that."""
    row = EstimateInput.objects.filter(
        organisation_id=estimate.organisation_id, data_hash=estimate.data_hash
    ).first()
    return unpacked(bytes(row.content)) if row else None


def hashes_kept(estimates: Iterable[Estimate]) -> frozenset[str]:
    """Return the fingerprints among those of some answers whose data are kept; one query."""
    found = list(estimates)
    if not found:
        return frozenset()
    rows = EstimateInput.objects.filter(
        organisation_id=found[0].organisation_id,
        data_hash__in={one.data_hash for one in found},
    )
    return frozenset(rows.values_list("data_hash", flat=True))


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


def verdicts_shown_to(actor: Actor) -> Counter[str]:
    """Count the newest estimates the actor may see by verdict; "" counts those shown as wanted."""
    rows = latest_shown_to(actor).order_by().values_list("verdict", "is_shown_as_wanted")
    found: Counter[str] = Counter()
    for verdict, as_wanted, count in rows.annotate(count=Count("pk")):
        found["" if as_wanted else verdict] += count
    return found


@dataclass(frozen=True)
class NewAnswer:
    """An answer that is another than the one before: the newest estimate, and what changed.

    `since_id` is the estimate with which it became so; it stays the same while later estimates
    only confirm it.
    """

    estimate: Estimate
    since_id: int
    since_on: dt.date
    change: str


def answers_since(actor: Actor, since: dt.date) -> list[NewAnswer]:
    """Return the answers about one's own benefits that changed on a day or after; two queries."""
    found = list(
        latest_shown_to(actor)
        .filter(study__benefit__owner_id=actor.person_id, made_at__date__gte=since)
        .defer("answer")
    )
    if not found:
        return []
    made: dict[int, list[Estimate]] = defaultdict(list)
    every = Estimate.objects.filter(
        organisation_id=actor.organisation_id, study__in=[one.study_id for one in found]
    )
    for row in every.defer("answer").order_by("study_id", "-number"):
        made[row.study_id].append(row)
    told = (_when_changed(now, made[now.study_id]) for now in found)
    return [one for one in told if one is not None and one.since_on >= since]


def _when_changed(now: Estimate, newest_first: list[Estimate]) -> NewAnswer | None:
    """Walk back over the estimates that said the same as the newest."""
    for row, before in zip_longest(newest_first, newest_first[1:]):
        change = told_change(_said(before) if before else None, _said(row))
        if change != "same":
            return NewAnswer(now, row.pk, row.made_at.astimezone(clock.DANISH_TIME).date(), change)
    return None


def _said(row: Estimate) -> tuple[str, bool]:
    return row.verdict, row.is_shown_as_wanted


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
