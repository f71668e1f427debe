"""A municipality on its first day: people and units, and nothing else yet."""

from __future__ import annotations

from django.db import transaction

EMPTY = "9903"
NAME = "Tomby Kommune"


def email_of_empty(role: str) -> str:
    """Return the address a role of the empty municipality signs in with."""
    return f"{role}@tomby.example"


def build_empty() -> int:
    """Make the municipality with one person per role; return its id."""
    from hoest.domain.organisations import actions, queries
    from hoest.domain.organisations.models import Organisation
    from hoest.foundation.access.models import Account
    from hoest.foundation.access.roles import ROLES
    from hoest.foundation.tenancy.context import acting_for
    from tests.support.world import PASSWORD

    organisation = Organisation.objects.create(
        code=EMPTY, name=NAME, municipality_name="Tomby", is_fictional=True
    )
    with acting_for(organisation.pk), transaction.atomic():
        system = queries.system_actor(organisation.pk, "Opsætning", "test")
        for role, cls in ROLES.items():
            person = actions.add_person(actor=system, name=cls.label, email=email_of_empty(role))
            actions.give_role(actor=system, person=person, role=role)
            account = Account.objects.create_user(email_of_empty(role), PASSWORD)
            actions.let_sign_in(actor=system, person=person, account=account)
    return organisation.pk
