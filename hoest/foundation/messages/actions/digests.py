"""Digests: gather what waits for each person into one mail a day, and send it once.

A digest is a row with its day, and the database lets a person have one a day. Sending holds the
row's lock, so two workers cannot both send; a try that fails is made again the same day with the
same Message-ID, and what was never sent goes into the digest of another day. A worker killed
between handing over and noting it sends again under the same Message-ID, by which the receiver's
server knows it. Source: reliability notes §2.2 (external sends need a key at the receiver).
"""

from __future__ import annotations

import datetime as dt
import secrets
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction

from hoest.foundation import clock, content
from hoest.foundation.messages.actions.links import make_link
from hoest.foundation.messages.letters import Entry, letter
from hoest.foundation.messages.models import Digest, Message
from hoest.foundation.messages.queries import choices_of, last_digests, waiting_by_person
from hoest.foundation.messages.recipients import recipient_of
from hoest.foundation.messages.rules import Choice, chosen, digest_is_due, may_send


def gather(*, organisation_id: int) -> list[int]:
    """Make the digests that are due now, and return the ids of those to send. In a transaction."""
    now = clock.now()
    if not may_send(now, content.quiet_times()):
        return []
    _release(organisation_id, now.date())
    waiting = waiting_by_person(organisation_id)
    choices = choices_of(organisation_id, list(waiting))
    last = last_digests(organisation_id, list(waiting))
    made = [
        digest.pk
        for person_id, messages in waiting.items()
        if (
            digest := _made(
                organisation_id, messages, choices.get(person_id, Choice()), last.get(person_id)
            )
        )
    ]
    failed = Digest.objects.filter(
        organisation_id=organisation_id,
        on=now.date(),
        sent_at__isnull=True,
        failed_at__isnull=False,
    )
    return [*made, *failed.order_by("pk").values_list("pk", flat=True)]


@transaction.atomic
def prepare(*, organisation_id: int, digest_id: int) -> EmailMessage | None:
    """Return the letter of a digest, with fresh links; None when there is nothing to send."""
    digest = (
        Digest.objects.select_for_update()
        .filter(organisation_id=organisation_id, pk=digest_id, sent_at__isnull=True)
        .first()
    )
    recipient = recipient_of(organisation_id, digest.person_id) if digest else None
    if digest is None or recipient is None:
        return None
    messages = list(digest.messages.filter(withdrawn_at__isnull=True))
    if not messages:
        return None
    digest.tries += 1
    digest.handed_over_at, digest.failed_at = clock.now(), None
    digest.save(update_fields=["tries", "handed_over_at", "failed_at"])
    entries = [
        Entry(
            subject=one.subject,
            sentence=one.sentence,
            kind=content.message_kind(one.kind).label.da,
            path=one.path,
            secret=make_link(one) if recipient.account_id else "",
        )
        for one in messages
    ]
    return letter(recipient, entries, letter_id=digest.letter_id)


@transaction.atomic
def hand_over(*, organisation_id: int, digest_id: int, message: EmailMessage) -> bool:
    """Send the letter and note it, under the digest's lock; False when it was sent already."""
    digest = Digest.objects.select_for_update().get(organisation_id=organisation_id, pk=digest_id)
    if digest.sent_at is not None:
        return False
    message.send()
    digest.sent_at = clock.now()
    digest.sent_to = message.to[0]
    digest.save(update_fields=["sent_at", "sent_to"])
    return True


@transaction.atomic
def note_failed(*, organisation_id: int, digest_id: int) -> None:
    """Note that a try failed before the mail was taken over, so that it is tried again."""
    Digest.objects.filter(
        organisation_id=organisation_id, pk=digest_id, sent_at__isnull=True
    ).update(failed_at=clock.now(), handed_over_at=None)


def _made(
    organisation_id: int, messages: list[Message], choice: Choice, last: dt.date | None
) -> Digest | None:
    musts = [content.message_kind(one.kind).must_come for one in messages]
    now, person_id = clock.now(), messages[0].person_id
    if not digest_is_due(now, choice, last, any(musts)):
        return None
    if recipient_of(organisation_id, person_id) is None:
        return None
    host = urlsplit(settings.PUBLIC_ADDRESS).hostname or "localhost"
    digest = Digest.objects.create(
        organisation_id=organisation_id,
        person_id=person_id,
        on=now.date(),
        letter_id=f"<hoest.{now:%Y%m%d}.{secrets.token_hex(16)}@{host}>",
    )
    taken = [messages[place].pk for place in chosen(musts, choice.rhythm)]
    Message.objects.filter(organisation_id=organisation_id, pk__in=taken).update(digest=digest)
    return digest


def _release(organisation_id: int, today: dt.date) -> None:
    """Let what an earlier day could not send wait again."""
    Message.objects.filter(
        organisation_id=organisation_id,
        digest__on__lt=today,
        digest__sent_at__isnull=True,
        withdrawn_at__isnull=True,
    ).update(digest=None)
