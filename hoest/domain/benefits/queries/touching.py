"""Which units the benefits of an initiative are to come in, told to the portfolio below."""

from __future__ import annotations

from collections.abc import Iterable

from hoest.domain.benefits.models import Benefit


def units_of_benefits(organisation_id: int) -> Iterable[tuple[int, int]]:
    """Return (initiative, unit) of the benefits that have a unit and are not given up."""
    return (
        Benefit.objects.filter(
            organisation_id=organisation_id, unit__isnull=False, lapsed_on__isnull=True
        )
        .order_by()
        .values_list("initiative_id", "unit_id")
        .distinct()
    )
