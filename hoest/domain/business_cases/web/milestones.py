"""What business cases know of a municipality's way from zero."""

from __future__ import annotations

import datetime as dt

from django.db.models import Min
from django.urls import reverse

from hoest.domain.business_cases.models import CaseVersion
from hoest.domain.business_cases.rules.versions import FINAL_STATES
from hoest.foundation import content, milestones
from hoest.foundation.access.actor import Actor
from hoest.foundation.clock import DANISH_TIME
from hoest.foundation.content.files import SHIPPED
from hoest.foundation.milestones import Told


def register() -> None:
    """Tell of the facts."""
    milestones.register("mandates_set", mandates_set)
    milestones.register("first_case_approved", first_case_approved)


def mandates_set(actor: Actor) -> Told:
    """Tell since when the installation has its own mandates instead of the shipped ones."""
    path = content.path("mandates.yaml")
    if path.parent == SHIPPED:
        return Told(None)
    moment = dt.datetime.fromtimestamp(path.stat().st_mtime, DANISH_TIME)
    return Told(moment.date())


def first_case_approved(actor: Actor) -> Told:
    """Tell when the first business case was approved."""
    rows = CaseVersion.objects.filter(organisation_id=actor.organisation_id, state__in=FINAL_STATES)
    first = rows.aggregate(first=Min("approved_on"))["first"]
    return Told(first, "", reverse("portfolio:initiatives"))
