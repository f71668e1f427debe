"""Acts on municipalities as tenants: open one, and give it its first administrator."""

from __future__ import annotations

import secrets
from typing import NamedTuple

from django.db import transaction

from hoest.domain.organisations.actions.people import add_person, connect, give_role
from hoest.domain.organisations.models import Organisation, Person
from hoest.domain.organisations.queries import system_actor
from hoest.foundation import content
from hoest.foundation.access import first_log_in
from hoest.foundation.access.models import Account
from hoest.foundation.audit.actions import record
from hoest.foundation.faults import Fault
from hoest.foundation.tenancy.context import acting_for

FIRST_EMAIL = "systemadministrator@hoest.local"
FIRST_NAME = "Systemadministrator"
FIRST_ROLES = ("administrator", "executive", "controller", "portfolio_manager")
# Without characters that are read wrongly; four groups of four are 78 bits.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


class UnknownMunicipality(Fault):
    """The name or code is not one of the 98 municipalities."""


class FirstSignIn(NamedTuple):
    """How somebody signs in for the first time; the password is kept nowhere else."""

    email: str
    password: str


def open_municipality(*, name_or_code: str, display_name: str = "") -> Organisation:
    """Make one of the 98 municipalities a tenant, or return it when it already is one.

    Raises UnknownMunicipality when it is none of them.
    """
    wanted = name_or_code.strip().lower().removesuffix(" kommune")
    for known in content.municipalities():
        if wanted in (known.code, known.name.lower(), known.official_name.lower()):
            organisation, _made = Organisation.objects.get_or_create(
                code=known.code,
                defaults={
                    "name": display_name or known.name,
                    "municipality_name": known.name,
                    "region": known.region,
                    "group_name": known.group,
                },
            )
            return organisation
    raise UnknownMunicipality(
        f"'{name_or_code}' er ikke en af de 98 kommuner. Skriv navnet (fx København) eller "
        "den firecifrede kommunekode (fx 0101)."
    )


def first_sign_in(organisation: Organisation) -> FirstSignIn | None:
    """Make the person a fresh installation is opened with, or return None when one can sign in.

    She has the roles in FIRST_ROLES. The password is returned once; besides its hash it stands in
    a note in the data folder until it is changed. Must be called outside any transaction.
    """
    made = administrator_for(organisation, FIRST_EMAIL, name=FIRST_NAME, roles=FIRST_ROLES)
    if made:
        first_log_in.keep(made.email, made.password)
    return made


def administrator_for(
    organisation: Organisation,
    email: str,
    *,
    name: str = "",
    roles: tuple[str, ...] = ("administrator",),
) -> FirstSignIn | None:
    """Give a municipality an administrator with an address.

    Returns the sign-in of a new account; None when the account existed, for then its own
    password holds. Must be called outside any transaction.
    """
    email = email.strip().lower()
    with acting_for(organisation.pk), transaction.atomic():
        actor = system_actor(organisation.pk, "Installationen")
        person = Person.objects.filter(organisation_id=organisation.pk, email=email).first()
        if person is None:
            person = add_person(actor=actor, name=name or email.partition("@")[0], email=email)
        for role in roles:
            give_role(actor=actor, person=person, role=role)
        account = person.account or Account.objects.filter(email=email).first()
        made = None
        if account is None:
            made = FirstSignIn(email, new_password())
            account = Account.objects.create_user(email, made.password)
        if person.account_id != account.pk:
            connect(person, account)
            record(actor, "organisations.let_sign_in", person, email=email)
        return made


def new_password() -> str:
    """Draw a password that can be read aloud."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))
