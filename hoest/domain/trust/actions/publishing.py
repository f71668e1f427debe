"""Writes of the open page: open it, close it, and put approved sheets on it or take them off.

The tables hold nothing but what is public: a closed page is a page without rows.
"""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from hoest.domain.organisations.queries import address_word, own_organisation
from hoest.domain.trust import queries
from hoest.domain.trust.models import PublicPage, PublicSheet, Sheet, SheetVersion
from hoest.domain.trust.permissions import OPEN_PAGE
from hoest.domain.trust.rules.sheets import personal_words
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import require
from hoest.foundation.audit.actions import record
from hoest.foundation.clock import DANISH_TIME, today
from hoest.foundation.faults import Fault


class ContactNamesAPerson(Fault):
    """The contact of the open page is a function and a shared mailbox, never a person."""


@transaction.atomic
def open_public_page(*, actor: Actor, contact: str, mailbox: str) -> PublicPage:
    """Open the municipality's page, with every approved sheet on it; or change whom to ask.

    Raises ContactNamesAPerson, NotAllowed.
    """
    require(actor, OPEN_PAGE)
    contact, mailbox = " ".join(contact.split())[:160], mailbox.strip()
    names, mailboxes = queries.registered_people(actor)
    for text in (contact, mailbox):
        if found := personal_words(text, names, mailboxes):
            raise ContactNamesAPerson(
                _("»%(words)s« peger på en person. Skriv en funktion eller en fælles postkasse.")
                % {"words": found}
            )
    organisation = own_organisation(actor.organisation_id)
    page, is_new = PublicPage.objects.update_or_create(
        organisation_id=actor.organisation_id,
        defaults={"contact": contact, "mailbox": mailbox},
        create_defaults={
            "contact": contact,
            "mailbox": mailbox,
            "slug": address_word(organisation.municipality_name),
            "name": organisation.name,
            "opened_on": today(),
        },
    )
    if is_new:
        record(actor, "trust.open_public_page", page, address=page.slug)
        standing = Sheet.objects.filter(
            organisation_id=actor.organisation_id, standing__isnull=False
        ).select_related("standing")
        for sheet in standing.order_by("pk"):
            if sheet.standing is not None:
                publish(actor, sheet.standing)
    else:
        record(actor, "trust.change_public_page", page, contact=contact, mailbox=mailbox)
    return page


@transaction.atomic
def close_public_page(*, actor: Actor) -> None:
    """Close the page: nothing of the municipality is public any more. Raises NotAllowed."""
    require(actor, OPEN_PAGE)
    page = queries.public_page(actor.organisation_id)
    if page is None:
        return
    PublicSheet.objects.filter(organisation_id=actor.organisation_id).delete()
    record(actor, "trust.close_public_page", page, address=page.slug)
    page.delete()


def publish(actor: Actor, version: SheetVersion) -> None:
    """Put an approved version on the open page in the place of the former; nothing when closed."""
    if queries.public_page(actor.organisation_id) is None:
        return
    withdraw_public(actor, version.initiative_id)
    assert version.decided_at is not None
    PublicSheet.objects.create(
        organisation_id=actor.organisation_id,
        version=version,
        number=version.initiative_id,
        version_number=version.number,
        title=version.title,
        unit_name=version.unit_name,
        statements=[
            {name: one[name] for name in ("section", "da", "en")} for one in version.statements
        ],
        approved_on=version.decided_at.astimezone(DANISH_TIME).date(),
    )


def withdraw_public(actor: Actor, initiative_id: int) -> None:
    """Take the sheet of an initiative off the open page."""
    PublicSheet.objects.filter(organisation_id=actor.organisation_id, number=initiative_id).delete()
