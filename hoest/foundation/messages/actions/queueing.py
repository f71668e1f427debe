"""Telling a person something, and taking it back while it waits.

Not logged: what is told follows from an act or a rule that is logged where it happens.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import cast
from urllib.parse import urlsplit

from django.db import transaction
from django.urls import Resolver404, resolve
from django.utils import translation

from hoest.foundation import clock, content
from hoest.foundation.access.actor import Actor
from hoest.foundation.messages.models import Message
from hoest.foundation.messages.rules import UnknownAddress


def danish() -> AbstractContextManager[None]:
    """Write what is told in Danish, whatever language the one who acts reads."""
    return cast(AbstractContextManager[None], translation.override("da"))


@transaction.atomic
def queue(
    *,
    actor: Actor,
    person_id: int,
    kind: str,
    subject: str,
    sentence: str,
    address: str,
    key: str = "",
) -> Message:
    """Put a message in the person's next digest. Nothing is sent in this transaction.

    `address` is a path of Høst. The same `key` again changes the words while it waits (also when
    it was withdrawn) and does nothing once it was sent. Raises ContentFault for an unknown kind,
    UnknownAddress.
    """
    content.message_kind(kind)
    _refuse_strange(address)
    words = {
        "kind": kind,
        "subject": " ".join(subject.split())[:200],
        "sentence": " ".join(sentence.split())[:400],
        "path": address,
    }
    who = {"organisation_id": actor.organisation_id, "person_id": person_id}
    if not key:
        return Message.objects.create(**who, **words)
    message, is_new = Message.objects.get_or_create(**who, key=key[:200], defaults=words)
    if is_new:
        return message
    message = Message.objects.select_for_update().get(pk=message.pk)
    if message.digest_id is None:
        for name, value in {**words, "withdrawn_at": None}.items():
            setattr(message, name, value)
        message.save(update_fields=[*words, "withdrawn_at"])
    return message


@transaction.atomic
def withdraw(*, actor: Actor, key: str = "", beginning: str = "") -> int:
    """Take back what waits under a key, or under all keys with a beginning; return how many.

    What has been sent stays.
    """
    if not key and not beginning:
        return 0
    rows = Message.objects.filter(
        organisation_id=actor.organisation_id,
        withdrawn_at__isnull=True,
        digest__sent_at__isnull=True,
    )
    rows = rows.filter(key=key) if key else rows.filter(key__startswith=beginning)
    ids = list(rows.values_list("pk", flat=True))
    return Message.objects.filter(pk__in=ids).update(withdrawn_at=clock.now())


def _refuse_strange(address: str) -> None:
    parts = urlsplit(address)
    is_own = address.startswith("/") and not address.startswith("//") and "\\" not in address
    if not is_own or parts.netloc or len(address) > 300 or not address.isprintable():
        raise UnknownAddress(f"Adressen {address!r} ligger ikke i Høst.")
    try:
        resolve(parts.path)
    except Resolver404 as unknown:
        raise UnknownAddress(f"Adressen {address!r} findes ikke i Høst.") from unknown
