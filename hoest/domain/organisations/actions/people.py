"""Acts on people and their roles."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from hoest.domain.organisations.actions.changing import NameTaken, change, cleaned_name
from hoest.domain.organisations.models import Invitation, Membership, Person, RoleAssignment, Unit
from hoest.domain.organisations.permissions import CHANGE_PEOPLE
from hoest.foundation import clock
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.models import Account
from hoest.foundation.access.permissions import require
from hoest.foundation.access.roles import ROLES
from hoest.foundation.audit.actions import record
from hoest.foundation.faults import Fault


class LastAdministrator(Fault):
    """Nobody would be left to invite people and give roles."""


@transaction.atomic
def add_person(
    *, actor: Actor, name: str, email: str = "", title: str = "", unit: Unit | None = None
) -> Person:
    """Add a person; signing in needs an invitation or the municipality's provider as well.

    Raises NameTaken when somebody else in the municipality has the address.
    """
    require(actor, CHANGE_PEOPLE)
    email = email.strip().lower()
    _refuse_taken(actor, email)
    person = Person.objects.create(
        organisation_id=actor.organisation_id,
        name=cleaned_name(name, "Personen"),
        email=email,
        title=title.strip(),
        unit=unit,
    )
    record(actor, "organisations.add_person", person, email=person.email)
    return person


@transaction.atomic
def change_person(
    *,
    actor: Actor,
    person: Person,
    name: str,
    email: str,
    title: str,
    unit: Unit | None,
    version: int,
) -> Person:
    """Change what stands about a person. Raises NameTaken or Conflict.

    The address one signs in with belongs to the account and does not change with it.
    """
    require(actor, CHANGE_PEOPLE)
    email = email.strip().lower()
    _refuse_taken(actor, email, but=person)
    before = {"name": person.name, "email": person.email}
    person = change(
        person,
        version,
        name=cleaned_name(name, "Personen"),
        email=email,
        title=title.strip(),
        unit=unit,
    )
    if before["email"] != person.email:
        _withdraw_open(person)
    record(actor, "organisations.change_person", person, before=before, email=person.email)
    return person


@transaction.atomic
def give_role(
    *, actor: Actor, person: Person, role: str, unit: Unit | None = None
) -> RoleAssignment:
    """Give a person a role, for the municipality or for one unit with all below it."""
    require(actor, CHANGE_PEOPLE)
    if role not in ROLES:
        raise Fault(f"'{role}' er ikke en rolle. Vælg en af: {', '.join(sorted(ROLES))}.")
    if unit is not None and not ROLES[role].unit_scoped:
        raise Fault(f"Rollen {ROLES[role].label} gælder altid hele kommunen. Vælg ingen enhed.")
    assignment, made = RoleAssignment.objects.get_or_create(
        organisation_id=actor.organisation_id, person=person, role=role, unit=unit
    )
    if made:
        called = _("%(role)s til %(name)s") % {"role": ROLES[role].label, "name": person.name}
        record(actor, "organisations.give_role", person, called=called, role=role, unit=unit)
    return assignment


@transaction.atomic
def take_role(*, actor: Actor, assignment: RoleAssignment) -> None:
    """Take a role from a person. Raises LastAdministrator when nobody would be left to give one."""
    require(actor, CHANGE_PEOPLE)
    if assignment.role == "administrator":
        _refuse_last_administrator(actor, assignment.person)
    words = {"role": ROLES[assignment.role].label, "name": assignment.person.name}
    record(
        actor,
        "organisations.take_role",
        assignment.person,
        called=_("%(role)s fra %(name)s") % words,
        role=assignment.role,
        unit=assignment.unit,
    )
    assignment.delete()


@transaction.atomic
def mark_left(*, actor: Actor, person: Person, version: int) -> Person:
    """Note that a person has left: she no longer reaches the municipality, what she did stays."""
    require(actor, CHANGE_PEOPLE)
    _refuse_last_administrator(actor, person)
    person = change(person, version, left_on=clock.today())
    Membership.objects.filter(organisation_id=actor.organisation_id, person=person).delete()
    _withdraw_open(person)
    record(actor, "organisations.mark_left", person)
    return person


@transaction.atomic
def take_back(*, actor: Actor, person: Person, version: int) -> Person:
    """Note that a person is back, with the roles she had."""
    require(actor, CHANGE_PEOPLE)
    person = change(person, version, left_on=None)
    if person.account is not None:
        connect(person, person.account)
    record(actor, "organisations.take_back", person)
    return person


@transaction.atomic
def let_sign_in(*, actor: Actor, person: Person, account: Account) -> Membership:
    """Connect a person to the account she signs in with."""
    require(actor, CHANGE_PEOPLE)
    membership = connect(person, account)
    record(actor, "organisations.let_sign_in", person, email=account.email)
    return membership


def connect(person: Person, account: Account) -> Membership:
    """Let an account reach the municipality as a person. Only for other acts, which record it."""
    if person.account_id != account.pk:
        person.account = account
        person.version += 1
        person.save()
    membership, _made = Membership.objects.update_or_create(
        organisation_id=person.organisation_id, account=account, defaults={"person": person}
    )
    return membership


def _withdraw_open(person: Person) -> None:
    Invitation.objects.filter(
        organisation_id=person.organisation_id,
        person=person,
        accepted_at__isnull=True,
        withdrawn_at__isnull=True,
    ).update(withdrawn_at=clock.now())


def _refuse_taken(actor: Actor, email: str, but: Person | None = None) -> None:
    others = Person.objects.filter(organisation_id=actor.organisation_id, email=email)
    if but is not None:
        others = others.exclude(pk=but.pk)
    other = others.first() if email else None
    if other is not None:
        raise NameTaken(f"{other.name} har allerede e-mailen {email}.")


def _refuse_last_administrator(actor: Actor, person: Person) -> None:
    """Refuse when the person is the only administrator who has not left.

    The rows are locked, so that two administrators cannot take each other's role at once.
    """
    administrators = set(
        RoleAssignment.objects.select_for_update(of=("self",))
        .filter(
            organisation_id=actor.organisation_id,
            role="administrator",
            person__left_on__isnull=True,
        )
        .values_list("person_id", flat=True)
    )
    if administrators == {person.pk}:
        raise LastAdministrator(
            f"{person.name} er kommunens eneste administrator. Giv først en anden rollen."
        )
