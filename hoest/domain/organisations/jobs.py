"""Work of organisations that is done after the act: sending invitations.

The queue carries ids only; each job binds its municipality itself. Sending twice is harmless: the
mail is the same, and so is the link.
"""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from hoest.domain.organisations.actions.invitations import SEND_JOB, token_of
from hoest.domain.organisations.models import Invitation
from hoest.domain.organisations.rules import InvitationState, invitation_state
from hoest.foundation import clock
from hoest.foundation.jobs import job


@job(SEND_JOB)
def send_invitation(*, organisation_id: int, invitation_id: int) -> None:
    """Send the mail of an invitation, when it is still open."""
    with transaction.atomic():
        invitation = (
            Invitation.objects.select_related("person", "organisation")
            .filter(organisation_id=organisation_id, pk=invitation_id)
            .first()
        )
        message = _message(invitation) if invitation and _is_open(invitation) else None
    if message is not None:
        message.send()


def _is_open(invitation: Invitation) -> bool:
    state = invitation_state(
        accepted_at=invitation.accepted_at,
        withdrawn_at=invitation.withdrawn_at,
        expires_at=invitation.expires_at,
        now=clock.now(),
    )
    return state is InvitationState.OPEN


def _message(invitation: Invitation) -> EmailMessage:
    path = reverse("organisations:invitation_link", kwargs={"token": token_of(invitation)})
    facts = {
        "person": invitation.person,
        "municipality": invitation.organisation.name,
        "expires_on": invitation.expires_at,
        "address": settings.PUBLIC_ADDRESS + path,
    }
    with translation.override("da"):
        subject = render_to_string("organisations/mail/invitation_subject.txt", facts)
        body = render_to_string("organisations/mail/invitation.txt", facts)
    return EmailMessage(subject=" ".join(subject.split()), body=body, to=[invitation.email])
