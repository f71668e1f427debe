"""Reads of a person's own messages: what waits, what was sent, what she has chosen."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Max, Prefetch

from hoest.foundation import clock, content
from hoest.foundation.access.actor import Actor
from hoest.foundation.messages.models import Digest, MailChoice, Message
from hoest.foundation.messages.rules import Choice, Rhythm, next_digest

SHOWN_DIGESTS = 20


@dataclass(frozen=True)
class OwnMessages:
    """What a person sees of her messages. `next_at` is when the next mail comes, if one does."""

    waiting: tuple[Message, ...]
    next_at: dt.datetime | None
    sent: tuple[Digest, ...]
    choice: Choice


def own_messages(actor: Actor) -> OwnMessages:
    """Return the person's own messages; five queries, however many there are."""
    person_id = actor.person_id or 0
    organisation_id = actor.organisation_id
    waiting = list(
        Message.objects.filter(
            organisation_id=organisation_id,
            person_id=person_id,
            withdrawn_at__isnull=True,
            digest__sent_at__isnull=True,
        )
    )
    choice = choices_of(organisation_id, [person_id]).get(person_id, Choice())
    musts = [content.message_kind(one.kind).must_come for one in waiting]
    last = last_digests(organisation_id, [person_id]).get(person_id)
    sent = (
        Digest.objects.filter(
            organisation_id=organisation_id, person_id=person_id, sent_at__isnull=False
        )
        .order_by("-on")
        .prefetch_related(
            Prefetch("messages", Message.objects.filter(organisation_id=organisation_id))
        )[:SHOWN_DIGESTS]
    )
    next_at = (
        next_digest(clock.now(), choice, last, any(musts), content.quiet_times())
        if waiting
        else None
    )
    return OwnMessages(tuple(waiting), next_at, tuple(sent), choice)


def waiting_count(actor: Actor) -> int:
    """Return how many messages wait for the person."""
    return Message.objects.filter(
        organisation_id=actor.organisation_id,
        person_id=actor.person_id or 0,
        withdrawn_at__isnull=True,
        digest__sent_at__isnull=True,
    ).count()


def waiting_by_person(organisation_id: int) -> dict[int, list[Message]]:
    """Return what waits, by person, the oldest first."""
    found: dict[int, list[Message]] = {}
    for message in Message.objects.filter(
        organisation_id=organisation_id, digest__isnull=True, withdrawn_at__isnull=True
    ).order_by("person_id", "queued_at", "pk"):
        found.setdefault(message.person_id, []).append(message)
    return found


def choices_of(organisation_id: int, person_ids: list[int]) -> dict[int, Choice]:
    """Return the choices that people have made."""
    rows = MailChoice.objects.filter(organisation_id=organisation_id, person_id__in=person_ids)
    return {
        row.person_id: Choice(Rhythm(row.rhythm), row.weekday, row.since, row.away_until)
        for row in rows
    }


def last_digests(organisation_id: int, person_ids: list[int]) -> dict[int, dt.date]:
    """Return the day of each person's last digest, sent or under way."""
    return dict(
        Digest.objects.filter(organisation_id=organisation_id, person_id__in=person_ids)
        .values("person_id")
        .annotate(last=Max("on"))
        .values_list("person_id", "last")
    )
