"""A person's own choice of mail: how often, and until when she is away."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from hoest.foundation import clock, content
from hoest.foundation.access.actor import Actor
from hoest.foundation.audit.actions import record
from hoest.foundation.faults import Fault, NotFound
from hoest.foundation.messages.models import MailChoice
from hoest.foundation.messages.rules import Rhythm
from hoest.ui.formats import long_date


class AwayTooLong(Fault):
    """Somebody away for months should pass her benefits on instead."""


@transaction.atomic
def choose(
    *, actor: Actor, rhythm: str, weekday: int = 0, away_until: dt.date | None = None
) -> MailChoice:
    """Save the person's own choice. Raises AwayTooLong, NotFound for somebody who is no person."""
    if actor.person_id is None:
        raise NotFound(_("Du har ingen beskeder her."))
    last = clock.today() + dt.timedelta(days=content.limit("mail_away_days"))
    if away_until is not None and away_until > last:
        raise AwayTooLong(
            _("Vælg en dag til og med %(day)s. Er du væk længere, så giv dine opgaver videre.")
            % {"day": long_date(last)}
        )
    if away_until is not None and away_until < clock.today():
        away_until = None
    before = MailChoice.objects.filter(
        organisation_id=actor.organisation_id, person_id=actor.person_id
    ).first()
    same_rhythm = before is not None and (before.rhythm, before.weekday) == (rhythm, weekday)
    choice, _is_new = MailChoice.objects.update_or_create(
        organisation_id=actor.organisation_id,
        person_id=actor.person_id,
        defaults={
            "rhythm": Rhythm(rhythm),
            "weekday": weekday,
            "since": before.since if before and same_rhythm else clock.today(),
            "away_until": away_until,
        },
    )
    record(actor, "messages.choose", choice, rhythm=str(rhythm), away_until=away_until)
    return choice
