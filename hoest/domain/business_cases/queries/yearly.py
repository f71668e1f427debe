"""Kroner a year at full effect of the versions that hold now, added up by the database.

The same as adding `CaseLineFigures.full_year_effect` of every line that is kroner; a page about a
thousand initiatives needs no line of them.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import DecimalField, Exists, ExpressionWrapper, F, OuterRef, Q, Sum
from django.db.models.functions import Coalesce

from hoest.domain.business_cases.models import CaseVersion, LineAmount
from hoest.domain.business_cases.rules import Duration, LineKind, Measure, VersionState

ZERO, WHOLE = Decimal(0), Decimal(1)


@dataclass(frozen=True)
class YearlyKroner:
    """What an approved case gives and takes a year, with the range of its lines, in one level."""

    price_level: int
    gained: Decimal = ZERO
    gained_low: Decimal = ZERO
    gained_high: Decimal = ZERO
    spent: Decimal = ZERO
    spent_low: Decimal = ZERO
    spent_high: Decimal = ZERO


def kroner_a_year(organisation_id: int, initiative_ids: Collection[int]) -> dict[int, YearlyKroner]:
    """Return the kroner a year of each initiative with an approved case; two queries.

    A recurring line counts with its last filled year; hours and what comes once are not kroner a
    year. The caller narrows to what the actor may see.
    """
    versions = CaseVersion.objects.filter(
        organisation_id=organisation_id,
        state=VersionState.APPROVED,
        case__initiative_id__in=list(initiative_ids),
    )
    heads = dict(versions.order_by("pk").values_list("case__initiative_id", "price_level"))
    later = LineAmount.objects.filter(
        organisation_id=organisation_id, line_id=OuterRef("line_id"), year__gt=OuterRef("year")
    )
    sums: Any = (
        LineAmount.objects.filter(
            organisation_id=organisation_id,
            case_version__in=versions.values("pk"),
            line__duration=Duration.RECURRING,
            line__measure=Measure.DKK,
        )
        .filter(~Exists(later))
        .order_by()
        .values("case_version__case__initiative_id")
        .annotate(**_sums("gained", Q(line__kind=LineKind.BENEFIT)))
        .annotate(**_sums("spent", ~Q(line__kind=LineKind.BENEFIT)))
    )
    found = {row.pop("case_version__case__initiative_id"): row for row in sums}
    return {
        pk: YearlyKroner(level, **{name: of or ZERO for name, of in found.get(pk, {}).items()})
        for pk, level in heads.items()
    }


def _sums(name: str, which: Q) -> dict[str, Any]:
    """Return the sum of some lines, and the sums of the ends of their ranges."""

    def end(share: str) -> Any:
        weighed = F("amount") * Coalesce(F(f"line__{share}"), WHOLE)
        kroner = ExpressionWrapper(weighed, DecimalField(max_digits=30, decimal_places=12))
        return Sum(kroner, filter=which)

    return {
        name: Sum("amount", filter=which),
        f"{name}_low": end("low_share"),
        f"{name}_high": end("high_share"),
    }
