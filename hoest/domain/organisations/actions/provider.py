"""Sign-in through an identity provider: finds the person and links the account, invents nobody."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from hoest.domain.organisations.actions.people import connect
from hoest.domain.organisations.models import Membership, Organisation, Person
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.models import Account
from hoest.foundation.audit.actions import record
from hoest.foundation.tenancy.context import entering


@transaction.atomic
def account_from_provider(
    *,
    municipality: str,
    provider: str,
    addresses: Sequence[str],
    known_account_id: int | None,
) -> tuple[Account, int | None] | None:
    """Return the account a provider vouches for, and the only municipality it opens; or None.

    `municipality` is the code of the one the provider belongs to: then only its people are found,
    by verified address, and the session reaches it alone. Without a code the provider belongs to
    the installation: with one municipality on it, its people are found likewise; with several,
    only accounts that exist already. `known_account_id` is the account linked at an earlier
    sign-in. The transaction must be bound to no municipality.
    """
    if municipality:
        organisation = Organisation.objects.filter(code=municipality).first()
        if organisation is None:
            return None
        account = _in_municipality(organisation, provider, addresses, known_account_id)
        return (account, organisation.pk) if account else None
    if known_account_id is not None:
        return Account.objects.get(pk=known_account_id), None
    only = list(Organisation.objects.all()[:2])
    if len(only) == 1:
        account = _in_municipality(only[0], provider, addresses, None)
    else:
        account = Account.objects.filter(email__in=addresses).first()
    return (account, None) if account else None


def _in_municipality(
    organisation: Organisation, provider: str, addresses: Sequence[str], known: int | None
) -> Account | None:
    with entering(organisation.pk):
        if known is not None:
            member = Membership.objects.filter(
                organisation_id=organisation.pk, account_id=known, person__left_on__isnull=True
            )
            return Account.objects.get(pk=known) if member.exists() else None
        person = (
            Person.objects.select_related("account")
            .filter(
                organisation_id=organisation.pk,
                email__in=[address for address in addresses if address],
                left_on__isnull=True,
            )
            .order_by("pk")
            .first()
        )
        if person is None:
            return None
        account = person.account or Account.objects.filter(email=person.email).first()
        if account is None:
            account = Account.objects.create_user(person.email)
        connect(person, account)
        herself = Actor(
            organisation.pk, organisation.name, person.pk, person.name, account_id=account.pk
        )
        record(herself, "organisations.link_provider", person, provider=provider)
        return account
