"""What a business case is told of the benefits of its initiative: titles, kinds and owners."""

from __future__ import annotations

from django.urls import reverse

from hoest.domain.benefits.queries.seen import visible_to
from hoest.domain.benefits.rules import BenefitType
from hoest.domain.business_cases.rules.quality import BenefitTold
from hoest.foundation import content
from hoest.foundation.access.actor import Actor

MONEY = (BenefitType.BUDGET, BenefitType.AVOIDED_COST)


def told_to_case(actor: Actor, initiative_id: int) -> list[BenefitTold]:
    """Return the benefits of an initiative the actor may see, without the lapsed; one query."""
    rows = (
        visible_to(actor)
        .filter(initiative_id=initiative_id, lapsed_on__isnull=True)
        .select_related("owner")
        .order_by("pk")
    )
    return [
        BenefitTold(
            title=row.title,
            type_label=content.label("benefit_type", row.benefit_type),
            is_money=row.benefit_type in MONEY,
            owner_name=row.owner.name if row.owner else "",
            is_accepted=row.owner_accepted_on is not None,
            line_key=row.line_key,
            url=reverse("benefits:benefit", args=[row.pk]),
        )
        for row in rows
    ]
