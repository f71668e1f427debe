"""What benefits know of a municipality's way from zero."""

from __future__ import annotations

from django.db.models import F, Min
from django.urls import reverse
from django.utils.translation import gettext as _

from hoest.domain.benefits.models import Benefit, Measurement
from hoest.foundation import milestones
from hoest.foundation.access.actor import Actor
from hoest.foundation.milestones import Told

FEW = 3


def register() -> None:
    """Tell of the facts."""
    milestones.register("owners_accepted", owners_accepted)
    milestones.register("first_measurement", first_measurement)


def owners_accepted(actor: Actor) -> Told:
    """Tell when three owners had said yes."""
    rows = Benefit.objects.filter(
        organisation_id=actor.organisation_id, owner_accepted_on__isnull=False
    )
    named = rows.order_by("owner_accepted_on").values_list("owner_accepted_on", flat=True)
    days = list(named[:FEW])
    words = _("%(n)s af %(all)s") % {"n": len(days), "all": FEW}
    return Told(days[-1] if len(days) >= FEW else None, words, reverse("benefits:benefits"))


def first_measurement(actor: Actor) -> Told:
    """Tell when a benefit was first measured after its initiative went live."""
    rows = Measurement.objects.filter(
        organisation_id=actor.organisation_id,
        withdrawn_at=None,
        on__gte=F("benefit__initiative__live_on"),
    )
    return Told(rows.aggregate(first=Min("on"))["first"], "", reverse("benefits:benefits"))
