"""Who a message goes to, as `foundation/messages` asks for it."""

from __future__ import annotations

from hoest.domain.organisations.models import Membership, Person
from hoest.foundation.messages.recipients import Recipient


def find_recipient(organisation_id: int, person_id: int) -> Recipient | None:
    """Return a person at work here with an address, and her account when it reaches this place."""
    person = (
        Person.objects.filter(organisation_id=organisation_id, pk=person_id, left_on__isnull=True)
        .exclude(email="")
        .select_related("organisation")
        .first()
    )
    if person is None:
        return None
    is_member = (
        person.account_id is not None
        and Membership.objects.filter(
            organisation_id=organisation_id, account_id=person.account_id, person=person
        ).exists()
    )
    return Recipient(
        person_id=person.pk,
        name=person.name,
        email=person.email,
        account_id=person.account_id if is_member else None,
        municipality=person.organisation.name,
        municipality_code=person.organisation.code,
    )
