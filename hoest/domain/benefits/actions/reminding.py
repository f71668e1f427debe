"""Reminds of measurements and follow-ups: owners first, the sponsor when it stays silent.

Told through `foundation/messages`, which gathers and sends. A stage of a due day is told once;
when the measurement comes, what still waits is taken back.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from hoest.domain.benefits.models import Benefit
from hoest.domain.benefits.queries import facts_in, ladder_limits
from hoest.domain.benefits.rules import BenefitFacts, Frequency, next_measurement_due
from hoest.domain.benefits.rules.reminders import ReminderLimits, Stage, follow_up_of, stage_of
from hoest.foundation import clock, content
from hoest.foundation.access.actor import Actor
from hoest.foundation.messages.actions import danish, queue, withdraw
from hoest.ui.formats import long_date


def reminder_limits() -> ReminderLimits:
    """Return the limits of reminders as the municipality's content has them."""
    return ReminderLimits(
        soon_days=content.limit("measurement_due_soon_days"),
        grace_days=ladder_limits().grace_days,
        sponsor_days=content.limit("reminder_sponsor_days"),
        follow_up_months=tuple(
            content.limit(f"follow_up_{place}_months")
            for place in ("first", "second", "third", "fourth")
        ),
        follow_up_window_days=content.limit("follow_up_window_days"),
    )


@transaction.atomic
def remind(*, actor: Actor) -> int:
    """Queue today's reminders of one municipality; return how many things there are to tell."""
    today, ladder, limits = clock.today(), ladder_limits(), reminder_limits()
    wanted: dict[int, list[tuple[str, str]]] = {}
    for pk, facts in facts_in(_followed(actor)).items():
        found = _told_of(facts, today, limits, next_measurement_due(facts, today, ladder))
        if found:
            wanted[pk] = found
    rows = _followed(actor).filter(pk__in=wanted).select_related("initiative", "owner")
    rows = rows.order_by("pk")
    told = 0
    with danish():
        for benefit in rows:
            for kind, about in wanted[benefit.pk]:
                told += _tell(actor, benefit, kind, about)
    return told


def measured_now(actor: Actor, benefit_id: int) -> None:
    """Take back what waits to remind of a measurement that has come."""
    withdraw(actor=actor, beginning=f"benefit:{benefit_id}:due:")


def _followed(actor: Actor) -> QuerySet[Benefit]:
    return Benefit.objects.filter(
        organisation_id=actor.organisation_id,
        lapsed_on__isnull=True,
        initiative__live_on__isnull=False,
    )


def _told_of(
    facts: BenefitFacts, today: dt.date, limits: ReminderLimits, due: dt.date | None
) -> list[tuple[str, str]]:
    """Return the kinds of what is to be told, each with what makes its key."""
    found = []
    if due is not None and facts.frequency is not None:
        stage = stage_of(due, Frequency(facts.frequency), today, limits)
        if stage is not None:
            found.append((stage.value, due.isoformat()))
    months = follow_up_of(facts, today, limits)
    if months is not None:
        found.append(("follow_up", str(months)))
    return found


def _tell(actor: Actor, benefit: Benefit, kind: str, about: str) -> int:
    to_sponsor = kind == Stage.MISSING
    person_id = benefit.initiative.sponsor_id if to_sponsor else benefit.owner_id
    if person_id is None or (not to_sponsor and benefit.owner_accepted_on is None):
        return 0
    subject, sentence = _words(benefit, kind, about)
    name = "due" if kind != "follow_up" else "follow"
    page = "benefits:benefit" if to_sponsor or kind == "follow_up" else "benefits:measure"
    queue(
        actor=actor,
        person_id=person_id,
        kind=kind,
        subject=subject,
        sentence=sentence,
        address=reverse(page, args=[benefit.pk]),
        key=f"benefit:{benefit.pk}:{name}:{about}:{kind}",
    )
    return 1


def _words(benefit: Benefit, kind: str, about: str) -> tuple[str, str]:
    title = {"title": benefit.title}
    if kind == "follow_up":
        return (
            _("%(months)s måneder i drift: Hvordan går det med »%(title)s«?")
            % {**title, "months": about},
            _("Se efter, om gevinsten holder, og om trinnet passer."),
        )
    day = {"day": long_date(dt.date.fromisoformat(about))}
    owner = {"owner": benefit.owner.name if benefit.owner else _("Ingen")}
    said = {
        Stage.SOON: (
            _("Målingen af »%(title)s« forfalder snart") % title,
            _("Den forfalder %(day)s. Det tager to minutter.") % day,
        ),
        Stage.DUE: (
            _("Målingen af »%(title)s« kan skrives nu") % title,
            _("Den forfaldt %(day)s. Det tager to minutter.") % day,
        ),
        Stage.LATE: (
            _("Målingen af »%(title)s« mangler") % title,
            _("Den mangler siden %(day)s. Uden den falder gevinsten et trin.") % day,
        ),
        Stage.MISSING: (
            _("Målingen af »%(title)s« mangler stadig") % title,
            _("Den mangler siden %(day)s. %(owner)s ejer gevinsten. Spørg, hvad der står i vejen.")
            % {**day, **owner},
        ),
    }
    return said[Stage(kind)]
