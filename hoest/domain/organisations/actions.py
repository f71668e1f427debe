"""Writes of organisations. Each is one act: permission, change, audit."""

from __future__ import annotations

from django.db import transaction

from hoest.domain.organisations.models import (
    Body,
    Membership,
    Organisation,
    Person,
    RoleAssignment,
    Unit,
)
from hoest.domain.organisations.permissions import CHANGE_PEOPLE, CHANGE_UNITS
from hoest.domain.organisations.rules import MAY_STAND_UNDER, UnitKind, body_kind_from_name
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.models import Account
from hoest.foundation.access.permissions import require
from hoest.foundation.access.roles import ROLES
from hoest.foundation.audit.actions import record
from hoest.foundation.faults import Fault


class UnknownMunicipality(Fault):
    """The name or code is not one of the 98 municipalities."""


class UnitCannotStandThere(Fault):
    """A unit of this kind cannot stand under that parent."""


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
                    "group_name": known.group_name,
                },
            )
            return organisation
    raise UnknownMunicipality(
        f"'{name_or_code}' er ikke en af de 98 kommuner. Skriv navnet (fx København) eller "
        "den firecifrede kommunekode (fx 0101)."
    )


@transaction.atomic
def add_unit(
    *, actor: Actor, name: str, kind: str = UnitKind.DEPARTMENT, parent: Unit | None = None
) -> Unit:
    """Add a unit to the tree. Raises UnitCannotStandThere for a level that cannot hold it."""
    require(actor, CHANGE_UNITS)
    parent_kind = UnitKind(parent.kind) if parent else None
    if parent_kind not in MAY_STAND_UNDER[UnitKind(kind)]:
        raise UnitCannotStandThere(
            f"{content.label('unit_kind', kind)} kan ikke ligge under "
            f"{parent.name if parent else 'kommunen'}."
        )
    unit = Unit.objects.create(
        organisation_id=actor.organisation_id, name=name.strip(), kind=kind, parent=parent
    )
    record(actor, "organisations.add_unit", unit, parent=parent)
    return unit


@transaction.atomic
def add_body(*, actor: Actor, name: str, kind: str = "") -> Body:
    """Add a committee or board."""
    require(actor, CHANGE_UNITS)
    body = Body.objects.create(
        organisation_id=actor.organisation_id,
        name=name.strip(),
        kind=kind or body_kind_from_name(name),
    )
    record(actor, "organisations.add_body", body)
    return body


@transaction.atomic
def add_person(
    *, actor: Actor, name: str, email: str = "", title: str = "", unit: Unit | None = None
) -> Person:
    """Add a person; signing in needs an invitation or the municipality's provider as well."""
    require(actor, CHANGE_PEOPLE)
    person = Person.objects.create(
        organisation_id=actor.organisation_id,
        name=name.strip(),
        email=email.strip().lower(),
        title=title.strip(),
        unit=unit,
    )
    record(actor, "organisations.add_person", person, email=person.email)
    return person


@transaction.atomic
def give_role(
    *, actor: Actor, person: Person, role: str, unit: Unit | None = None
) -> RoleAssignment:
    """Give a person a role, for the municipality or for one unit with all below it."""
    require(actor, CHANGE_PEOPLE)
    if role not in ROLES:
        raise Fault(f"'{role}' er ikke en rolle. Vælg en af: {', '.join(sorted(ROLES))}.")
    assignment, made = RoleAssignment.objects.get_or_create(
        organisation_id=actor.organisation_id, person=person, role=role, unit=unit
    )
    if made:
        record(actor, "organisations.give_role", person, role=role, unit=unit)
    return assignment


@transaction.atomic
def let_sign_in(*, actor: Actor, person: Person, account: Account) -> Membership:
    """Connect a person to the account she signs in with."""
    require(actor, CHANGE_PEOPLE)
    person.account = account
    person.version += 1
    person.save()
    membership, _made = Membership.objects.update_or_create(
        organisation_id=actor.organisation_id, account=account, defaults={"person": person}
    )
    record(actor, "organisations.let_sign_in", person, email=account.email)
    return membership
