"""What business cases know of a gate: whether one is approved, and how much it spends."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal

from django.db.models import Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from hoest.domain.business_cases.models import CaseLine, CaseVersion
from hoest.domain.business_cases.rules import LineKind, Measure, VersionState
from hoest.foundation import gate_evidence
from hoest.foundation.gate_evidence import Told


def register() -> None:
    """Tell of the approved case, and of the amount a mandate has to cover."""
    gate_evidence.register("approved_case", approved_cases)
    gate_evidence.register_amount(amounts)


def approved_cases(organisation_id: int, initiative_ids: Collection[int]) -> Mapping[int, Told]:
    """Say of each initiative whether a case is approved, waits, is being written; one query."""
    rows = (
        CaseVersion.objects.filter(
            organisation_id=organisation_id, case__initiative_id__in=list(initiative_ids)
        )
        .exclude(state=VersionState.SUPERSEDED)
        .order_by("number")
        .values_list("case__initiative_id", "state", "number", "approved_by_name", "approved_on")
    )
    found: dict[int, Told] = {}
    for pk, state, number, name, on in rows:
        url = reverse("business_cases:case", args=[pk])
        if state == VersionState.APPROVED:
            said = _("Version %(number)s er godkendt af %(name)s.")
            told = Told("present", said % {"number": number, "name": name}, url, on, name)
            found[pk] = told
        elif pk not in found:
            said = _("Version %(number)s er ikke godkendt endnu.") % {"number": number}
            found[pk] = Told("in_progress", said, url)
    for pk in initiative_ids:
        url = reverse("business_cases:case", args=[pk])
        found.setdefault(pk, Told("missing", _("Der er ingen business case."), url))
    return found


def amounts(organisation_id: int, initiative_ids: Collection[int]) -> Mapping[int, Decimal]:
    """Return the expenditure of the newest version of each case, in its price level; two queries.

    All kroner of the municipality that are no benefit count, as when a case is approved.
    """
    newest = dict(
        CaseVersion.objects.filter(
            organisation_id=organisation_id, case__initiative_id__in=list(initiative_ids)
        )
        .order_by("case__initiative_id", "-number")
        .distinct("case__initiative_id")
        .values_list("pk", "case__initiative_id")
    )
    rows = (
        CaseLine.objects.filter(
            organisation_id=organisation_id, case_version__in=list(newest), measure=Measure.DKK
        )
        .exclude(kind=LineKind.BENEFIT)
        .values("case_version_id")
        .annotate(sum=Sum("amounts__amount"))
        .order_by()
    )
    return {newest[row["case_version_id"]]: row["sum"] or Decimal(0) for row in rows}
