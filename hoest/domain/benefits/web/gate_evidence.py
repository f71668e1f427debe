"""What benefits know of the requirements of a gate: whether each has its baseline."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from hoest.domain.benefits.models import Benefit
from hoest.foundation import gate_evidence
from hoest.foundation.gate_evidence import Told


def register() -> None:
    """Tell of baselines."""
    gate_evidence.register("baseline", baselines)


def baselines(organisation_id: int, initiative_ids: Collection[int]) -> Mapping[int, Told]:
    """Say of each initiative how many of its living benefits have a baseline with a day; 1 query.

    An accepted negative effect is followed as a benefit and needs one too.
    """
    rows = (
        Benefit.objects.filter(
            organisation_id=organisation_id,
            initiative_id__in=list(initiative_ids),
            lapsed_on__isnull=True,
        )
        .values("initiative_id")
        .annotate(
            all=Count("pk"),
            based=Count("pk", filter=Q(baseline_value__isnull=False, baseline_on__isnull=False)),
        )
        .order_by()
    )
    counts = {row["initiative_id"]: (row["based"], row["all"]) for row in rows}
    return {pk: _told(pk, *counts.get(pk, (0, 0))) for pk in initiative_ids}


def _told(initiative_id: int, based: int, every: int) -> Told:
    url = reverse("portfolio:initiative", args=[initiative_id])
    if not every:
        return Told("missing", _("Ingen gevinster er skrevet ned endnu."), url)
    said = _("%(based)s af %(all)s gevinster har et udgangspunkt.") % {
        "based": based,
        "all": every,
    }
    return Told("present" if based == every else "in_progress" if based else "missing", said, url)
