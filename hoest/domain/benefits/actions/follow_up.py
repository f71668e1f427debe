"""Publish the follow-up of a quarter: its figures are kept as they stood, for ever."""

from __future__ import annotations

from django.db import connection, transaction
from django.utils.translation import gettext as _

from hoest.domain.benefits.models import FollowUpReport
from hoest.domain.benefits.permissions import PUBLISH_FOLLOW_UP
from hoest.domain.benefits.queries import follow_up as queries
from hoest.domain.benefits.rules.faults import FollowUpIsPublished
from hoest.foundation import clock
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import require
from hoest.foundation.audit.actions import record


@transaction.atomic
def publish_follow_up(
    *, actor: Actor, year: int, quarter: int, note: str = "", reason: str = ""
) -> FollowUpReport:
    """Publish a quarter that has begun; a second time is a new edition with a reason.

    What was published stays as it was. Raises FollowUpIsPublished.
    """
    require(actor, PUBLISH_FOLLOW_UP)
    if (year, quarter) > queries.quarter_of(clock.today()):
        raise FollowUpIsPublished(_("Kvartalet er ikke begyndt endnu."))
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(hashtext('benefits.follow_up'), %s)",
            [actor.organisation_id],
        )
    last = queries.report_of(actor, year, quarter)
    why = " ".join(reason.split())[:300]
    if last is not None and not why:
        raise FollowUpIsPublished(
            _("Kvartalet er offentliggjort. Skriv, hvorfor der er en ny udgave.")
        )
    made = FollowUpReport.objects.create(
        organisation_id=actor.organisation_id,
        year=year,
        quarter=quarter,
        edition=last.edition + 1 if last else 1,
        note=" ".join(note.split())[:1000],
        reason=why if last else "",
        figures=queries.figures_of_quarter(actor, year, quarter),
        published_by_name=actor.name,
        published_at=clock.now(),
    )
    record(actor, "benefits.publish_follow_up", made, edition=made.edition)
    return made
