"""Acts on demo municipalities: open one, and let its roles sign in; no real one is reached.

The mark of a demo is set when the municipality is opened; the database lets nobody set it later.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.hashers import make_password
from django.db import transaction

from hoest.domain.organisations.actions.municipalities import new_password
from hoest.domain.organisations.actions.people import connect
from hoest.domain.organisations.models import Organisation, Person
from hoest.domain.organisations.queries import memberships_of, system_actor
from hoest.foundation.access.models import Account
from hoest.foundation.audit.actions import record
from hoest.foundation.faults import Fault
from hoest.foundation.tenancy.context import acting_for


class CodeIsTaken(Fault):
    """A demo municipality would take the code of one that is no demo."""


class NotADemo(Fault):
    """The municipality is real, so what is done to demos is not done to it."""


class ReachesRealMunicipality(Fault):
    """An account of the demo also reaches a municipality that is no demo."""


def open_demo(
    *, code: str, name: str, municipality_name: str, region: str = "", group_name: str = ""
) -> Organisation:
    """Make a fictional municipality a tenant, or return the one that is here.

    It is marked as a demo for good. Raises CodeIsTaken when its code is a real municipality's.
    """
    organisation, _made = Organisation.objects.get_or_create(
        code=code,
        defaults={
            "name": name,
            "municipality_name": municipality_name,
            "region": region,
            "group_name": group_name,
            "is_fictional": True,
            "is_demo": True,
        },
    )
    if not organisation.is_demo:
        raise CodeIsTaken(f"Koden {code} bruges af {organisation.name}, som ikke er en demo.")
    return organisation


def let_demo_sign_in(*, organisation: Organisation, emails: Iterable[str]) -> str:
    """Give people of a demo one new password for all of them, and return it.

    It is drawn at random, stands nowhere, and ends the sessions begun with the former one. Raises
    NotADemo, and ReachesRealMunicipality before anything is changed. Must be called outside any
    transaction.
    """
    _refuse_real(organisation)
    addresses = sorted(emails)
    _refuse_reaching(addresses)
    password = new_password()
    kept = make_password(password)
    with acting_for(organisation.pk), transaction.atomic():
        actor = system_actor(organisation.pk, "Installationen")
        for email in addresses:
            account, _made = Account.objects.update_or_create(
                email=email, defaults={"password": kept, "is_active": True}
            )
            person = Person.objects.get(organisation_id=organisation.pk, email=email)
            if person.account_id != account.pk:
                connect(person, account)
                record(actor, "organisations.let_sign_in", person, email=email)
    return password


def connect_demo_again(*, organisation: Organisation, emails: Iterable[str]) -> int:
    """Let accounts that are here already reach the people of a demo that was built anew.

    Returns how many. Passwords stay. Must be called outside any transaction.
    """
    _refuse_real(organisation)
    with acting_for(organisation.pk), transaction.atomic():
        actor = system_actor(organisation.pk, "Installationen")
        known = {one.email: one for one in Account.objects.filter(email__in=list(emails))}
        for email, account in sorted(known.items()):
            person = Person.objects.get(organisation_id=organisation.pk, email=email)
            connect(person, account)
            record(actor, "organisations.let_sign_in", person, email=email)
    return len(known)


def _refuse_real(organisation: Organisation) -> None:
    if not organisation.is_demo:
        raise NotADemo(f"{organisation.name} er ikke en demo og bliver ikke rørt.")


def _refuse_reaching(emails: Iterable[str]) -> None:
    demos = set(Organisation.objects.filter(is_demo=True).values_list("pk", flat=True))
    for pk, email in list(Account.objects.filter(email__in=emails).values_list("pk", "email")):
        others = [name for found, name in memberships_of(pk) if found not in demos]
        if others:
            raise ReachesRealMunicipality(
                f"{email} kan også logge ind i {others[0]}, så adgangskoden skiftes ikke herfra."
            )
