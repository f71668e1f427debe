"""The links of a mail: made, opened and used once.

The secret is 256 random bits; the row keeps its hash alone, so neither a copy of the database nor
of the queue opens a door. A link is bound to one person and one page, and it only takes the
password's place: a second factor is still asked for, and whoever signs in through her
municipality's own log-in (or has no password here) is sent there. Opening changes nothing, since
mail scanners open links; only the button uses it.
Source: OWASP ASVS 5.0, 6.5 (single use, expiry, entropy); the threat model.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from dataclasses import dataclass

from django.db import transaction

from hoest.foundation import clock, content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.link_sign_in import may_sign_in_by_link
from hoest.foundation.access.models import Account
from hoest.foundation.audit.actions import record
from hoest.foundation.messages.models import Message, SignInLink
from hoest.foundation.messages.recipients import Recipient, recipient_of
from hoest.foundation.messages.rules import LinkNeedsOwnSignIn, LinkNotOpen, LinkState, link_state
from hoest.foundation.tenancy.context import entering

SECRET_BYTES = 32


@dataclass(frozen=True)
class OpenLink:
    """A link that can be used: whom it is for, where it leads, whether it signs in."""

    organisation_id: int
    path: str
    recipient: Recipient
    signs_in: bool


def make_link(message: Message) -> str:
    """Make a link of a message for its person and return the secret that goes into the mail."""
    secret = f"{message.organisation_id}.{secrets.token_urlsafe(SECRET_BYTES)}"
    SignInLink.objects.create(
        organisation_id=message.organisation_id,
        person_id=message.person_id,
        message=message,
        secret_sha256=_hash(secret),
        path=message.path,
        expires_at=clock.now() + dt.timedelta(days=content.limit("mail_link_days")),
    )
    return secret


@transaction.atomic
def open_link(*, secret: str) -> OpenLink:
    """Return what a link opens, without using it. Raises LinkNotOpen."""
    with entering(_organisation_in(secret)):
        return _opened(_found(secret))


@transaction.atomic
def use_link(*, secret: str) -> tuple[Account, OpenLink]:
    """Use a link: return the account it signs in and where it leads.

    Raises LinkNotOpen, also for the second of two who use it at once; LinkNeedsOwnSignIn.
    """
    with entering(_organisation_in(secret)):
        link = _found(secret, lock=True)
        opened = _opened(link)
        if not opened.signs_in or opened.recipient.account_id is None:
            raise LinkNeedsOwnSignIn("Log ind, som du plejer.")
        account = Account.objects.get(pk=opened.recipient.account_id)
        link.used_at = clock.now()
        link.save(update_fields=["used_at"])
        herself = Actor(
            organisation_id=opened.organisation_id,
            organisation_name=opened.recipient.municipality,
            person_id=opened.recipient.person_id,
            name=opened.recipient.name,
            account_id=account.pk,
        )
        record(herself, "messages.use_link", link, called=opened.recipient.name, page=link.path)
        return account, opened


def _opened(link: SignInLink) -> OpenLink:
    recipient = recipient_of(link.organisation_id, link.person_id)
    if recipient is None or recipient.account_id is None:
        raise LinkNotOpen(None)
    signs_in = may_sign_in_by_link(recipient.account_id, recipient.municipality_code)
    return OpenLink(link.organisation_id, link.path, recipient, signs_in)


def _found(secret: str, lock: bool = False) -> SignInLink:
    rows = SignInLink.objects.select_for_update() if lock else SignInLink.objects.all()
    link = rows.filter(
        organisation_id=_organisation_in(secret), secret_sha256=_hash(secret)
    ).first()
    if link is None:
        raise LinkNotOpen(None)
    state = link_state(used_at=link.used_at, expires_at=link.expires_at, now=clock.now())
    if state is not LinkState.OPEN:
        raise LinkNotOpen(state, link.path)
    return link


def _organisation_in(secret: str) -> int:
    number, dot, _rest = secret.partition(".")
    if not dot or not (number.isascii() and number.isdigit()) or len(number) > 12:
        raise LinkNotOpen(None)
    return int(number)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
