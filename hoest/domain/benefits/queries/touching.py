"""Which units the benefits of an initiative are to come in, told to the portfolio below."""

from __future__ import annotations

from collections.abc import Iterable

from hoest.domain.benefits.models import Benefit


def units_of_benefits(organisation_id: int, initiative_id: int | None) -> Iterable[tuple[int, int]]:
    """Return (initiative, unit) of the benefits that have a unit and are not given up."""
    one = {} if initiative_id is None else {"initiative_id": initiative_id}
    return (
        Benefit.objects.filter(
            organisation_id=organisation_id, unit__isnull=False, lapsed_on__isnull=True, **one
        )
        .order_by()
        .values_list("initiative_id", "unit_id")
        .distinct()
    )
