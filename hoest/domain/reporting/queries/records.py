"""The account as it stood at the end of a day: the records of that day, which nobody can change."""

from __future__ import annotations

import datetime as dt

from django.db.models import Max, Min

from hoest.domain.benefits import queries as benefits
from hoest.domain.benefits.permissions import VIEW_BENEFITS
from hoest.domain.reporting.models import FiguresRecord
from hoest.domain.reporting.queries.figures import EVERYTHING, AccountFilter
from hoest.domain.reporting.rules.account import BenefitFigures
from hoest.domain.reporting.rules.kept import from_kept
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import units_where


def recorded_figures(
    actor: Actor, day: dt.date, wanted: AccountFilter = EVERYTHING
) -> list[BenefitFigures]:
    """Return the figures of every benefit as they were recorded at the end of a day.

    A reader of a part of the municipality sees what she may see today, as it stood then.
    """
    latest = (
        FiguresRecord.objects.filter(organisation_id=actor.organisation_id, on__lte=day)
        .order_by("benefit_id", "-on")
        .distinct("benefit_id")
    )
    kept = [figures for figures in latest.values_list("figures", flat=True) if figures]
    rows = [from_kept(one) for one in kept]
    if units_where(actor, VIEW_BENEFITS) is not None:
        seen = set(benefits.visible_to(actor).values_list("pk", flat=True))
        rows = [row for row in rows if row.benefit_id in seen]
    return [row for row in rows if wanted.takes(row)]


def first_record_day(organisation_id: int) -> dt.date | None:
    """Return the first day of which there is a record."""
    rows = FiguresRecord.objects.filter(organisation_id=organisation_id)
    found: dt.date | None = rows.aggregate(first=Min("on"))["first"]
    return found


def last_record_day(organisation_id: int) -> dt.date | None:
    """Return the last day of which there is a record."""
    rows = FiguresRecord.objects.filter(organisation_id=organisation_id)
    found: dt.date | None = rows.aggregate(last=Max("on"))["last"]
    return found
