"""Invitations by e-mail: invite, send again, withdraw, accept.

The secret in the link is a signature over municipality, invitation and the moment it was sent, by
the installation's key. The row keeps only its hash, and the queue only ids: neither a copy of the
database nor of the queue opens a door. Sending again makes another moment, so the old link dies.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from typing import Any

from django.core import signing
from django.db import transaction
from procrastinate.contrib.django import app as jobs

from hoest.domain.organisations.actions.people import add_person, connect, give_role
from hoest.domain.organisations.models import Invitation, Membership, Person, Unit
from hoest.domain.organisations.permissions import CHANGE_PEOPLE
from hoest.domain.organisations.rules import InvitationState, invitation_state
from hoest.foundation import clock, content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.models import Account
from hoest.foundation.access.permissions import require
from hoest.foundation.audit.actions import record
from hoest.foundation.faults import Fault
from hoest.foundation.tenancy.context import entering

SALT = "hoest.organisations.invitation"
SEND_JOB = "organisations.send_invitation"


class InvitationNotOpen(Fault):
    """The link is not ours, or the invitation is used, withdrawn or too old."""

    def __init__(self, state: InvitationState | None) -> None:
        """Keep the state, which the page explains; None for a link that is not ours."""
        super().__init__("Invitationen kan ikke bruges.")
        self.state = state


class CanSignInAlready(Fault):
    """The person needs no invitation."""


@transaction.atomic
def invite(
    *,
    actor: Actor,
    name: str,
    email: str,
    role: str = "",
    unit: Unit | None = None,
    title: str = "",
    role_unit: Unit | None = None,
) -> Invitation:
    """Invite somebody to sign in, adding her as a person when she is not there yet.

    Raises CanSignInAlready, or a Fault for a role that is none.
    """
    require(actor, CHANGE_PEOPLE)
    email = email.strip().lower()
    person = Person.objects.filter(organisation_id=actor.organisation_id, email=email).first()
    if person is None:
        person = add_person(actor=actor, name=name, email=email, title=title, unit=unit)
    _refuse_member(person)
    if role:
        give_role(actor=actor, person=person, role=role, unit=role_unit)
    return send_again(actor=actor, person=person)


@transaction.atomic
def send_again(*, actor: Actor, person: Person) -> Invitation:
    """Send an invitation to a person; earlier ones stop working."""
    require(actor, CHANGE_PEOPLE)
    _refuse_member(person)
    if not person.email:
        raise Fault(f"{person.name} har ingen e-mail i Høst. Skriv den først.")
    _open_of(person).update(withdrawn_at=clock.now())
    sent_at = clock.now()
    invitation = Invitation.objects.create(
        organisation_id=actor.organisation_id,
        person=person,
        email=person.email,
        # Replaced below: the secret is made from the row's own id.
        secret_sha256=secrets.token_hex(32),
        sent_at=sent_at,
        expires_at=sent_at + dt.timedelta(days=content.limit("invitation_days")),
    )
    invitation.secret_sha256 = _hash(token_of(invitation))
    invitation.save(update_fields=["secret_sha256"])
    jobs.configure_task(SEND_JOB).defer(
        organisation_id=actor.organisation_id, invitation_id=invitation.pk
    )
    record(actor, "organisations.invite", person, email=person.email)
    return invitation


@transaction.atomic
def withdraw(*, actor: Actor, person: Person) -> int:
    """Withdraw a person's open invitations and return how many there were."""
    require(actor, CHANGE_PEOPLE)
    withdrawn = _open_of(person).update(withdrawn_at=clock.now())
    if withdrawn:
        record(actor, "organisations.withdraw_invitation", person, email=person.email)
    return withdrawn


def token_of(invitation: Invitation) -> str:
    """Return the secret of an invitation, the same each time it is made from the same row."""
    facts = {
        "o": invitation.organisation_id,
        "i": invitation.pk,
        "t": int(invitation.sent_at.timestamp() * 1_000_000),
    }
    return signing.Signer(salt=SALT).sign_object(facts)


def open_invitation(*, token: str) -> Invitation:
    """Return the invitation behind a secret, with its person, while it can be accepted.

    The transaction must be bound to no municipality. Raises InvitationNotOpen.
    """
    facts = _facts(token)
    with entering(facts["o"]):
        return _found(facts, token)


@transaction.atomic
def accept_invitation(
    *, token: str, account: Account | None = None, password: str = ""
) -> tuple[Account, int]:
    """Accept an invitation with one's account, or with a password for a new one.

    Returns the account and the id of the municipality. The account must have the address that
    was invited. Raises InvitationNotOpen.
    """
    facts = _facts(token)
    with entering(facts["o"]):
        invitation = _found(facts, token, lock=True)
        if account is None:
            if Account.objects.filter(email=invitation.email).exists():
                raise Fault("E-mailen har allerede en konto. Log ind med den først.")
            account = Account.objects.create_user(invitation.email, password)
        elif account.email != invitation.email:
            raise Fault(f"Invitationen er til {invitation.email}. Log ind med den konto.")
        person = invitation.person
        connect(person, account)
        invitation.accepted_at = clock.now()
        invitation.save(update_fields=["accepted_at"])
        herself = Actor(
            organisation_id=person.organisation_id,
            organisation_name=person.organisation.name,
            person_id=person.pk,
            name=person.name,
            account_id=account.pk,
        )
        record(herself, "organisations.accept_invitation", person, email=account.email)
        return account, person.organisation_id


def _facts(token: str) -> dict[str, Any]:
    try:
        facts = signing.Signer(salt=SALT).unsign_object(token)
        return {"o": int(facts["o"]), "i": int(facts["i"])}
    except (signing.BadSignature, ValueError, KeyError, TypeError) as error:
        raise InvitationNotOpen(None) from error


def _found(facts: dict[str, Any], token: str, lock: bool = False) -> Invitation:
    rows = Invitation.objects.select_related("person__organisation")
    if lock:
        rows = rows.select_for_update(of=("self",))
    invitation = rows.filter(organisation_id=facts["o"], pk=facts["i"]).first()
    if invitation is None or not secrets.compare_digest(invitation.secret_sha256, _hash(token)):
        raise InvitationNotOpen(None)
    state = invitation_state(
        accepted_at=invitation.accepted_at,
        withdrawn_at=invitation.withdrawn_at,
        expires_at=invitation.expires_at,
        now=clock.now(),
    )
    if state is not InvitationState.OPEN:
        raise InvitationNotOpen(state)
    return invitation


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _open_of(person: Person) -> Any:
    return Invitation.objects.filter(
        organisation_id=person.organisation_id,
        person=person,
        accepted_at__isnull=True,
        withdrawn_at__isnull=True,
    )


def _refuse_member(person: Person) -> None:
    if person.left_on is not None:
        raise Fault(f"{person.name} er fratrådt. Tag personen tilbage først.")
    if Membership.objects.filter(organisation_id=person.organisation_id, person=person).exists():
        raise CanSignInAlready(f"{person.name} kan allerede logge ind og skal ikke inviteres.")
