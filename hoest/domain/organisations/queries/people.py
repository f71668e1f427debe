"""Reads of people, their roles and invitations."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models

from hoest.domain.organisations.models import Invitation, Person, RoleAssignment
from hoest.domain.organisations.permissions import VIEW_PEOPLE
from hoest.domain.organisations.queries.units import DANISH
from hoest.domain.organisations.rules import InvitationState, invitation_state
from hoest.foundation import clock
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import Permission, all_permissions, allowed_somewhere
from hoest.foundation.access.roles import ROLES, Role
from hoest.foundation.faults import NotFound


def people_of(actor: Actor) -> models.QuerySet[Person]:
    """Return the people at work in the actor's municipality in Danish order."""
    return Person.objects.filter(
        organisation_id=actor.organisation_id, left_on__isnull=True
    ).order_by(DANISH)


def people_with_roles(actor: Actor, roles: Iterable[str]) -> models.QuerySet[Person]:
    """Return the people at work who have one of the roles, in Danish order."""
    holders = RoleAssignment.objects.filter(
        organisation_id=actor.organisation_id, role__in=list(roles)
    ).values("person_id")
    return people_of(actor).filter(pk__in=holders)


def people_with_ids(organisation_id: int, ids: Iterable[int]) -> dict[int, str]:
    """Return the names of some people by id, those at work only, in Danish order; one query."""
    rows = Person.objects.filter(
        organisation_id=organisation_id, left_on__isnull=True, pk__in=set(ids)
    )
    return dict(rows.order_by(DANISH).values_list("pk", "name"))


def all_people_of(actor: Actor) -> models.QuerySet[Person]:
    """Return everybody, also those who have left, in Danish order."""
    return Person.objects.filter(organisation_id=actor.organisation_id).order_by(DANISH)


def person_of(actor: Actor, pk: int) -> Person:
    """Return one person, also one who has left. Raises NotFound."""
    found = (
        Person.objects.filter(organisation_id=actor.organisation_id, pk=pk)
        .select_related("unit", "account")
        .first()
    )
    if found is None or not allowed_somewhere(actor, VIEW_PEOPLE):
        raise NotFound("Personen findes ikke.")
    return found


def herself(actor: Actor) -> Person | None:
    """Return the person who acts; None for the installation itself."""
    if actor.person_id is None:
        return None
    return all_people_of(actor).filter(pk=actor.person_id).select_related("unit").first()


def assignments_of(person: Person) -> list[RoleAssignment]:
    """Return the roles of a person in the order of the roles."""
    rows = RoleAssignment.objects.filter(
        organisation_id=person.organisation_id, person=person
    ).select_related("unit")
    return sorted(rows, key=lambda one: list(ROLES).index(one.role))


def assignment_of(person: Person, pk: int) -> RoleAssignment:
    """Return one role of a person. Raises NotFound."""
    found = (
        RoleAssignment.objects.filter(organisation_id=person.organisation_id, person=person, pk=pk)
        .select_related("person", "unit")
        .first()
    )
    if found is None:
        raise NotFound("Rollen findes ikke.")
    return found


def invitation_of(person: Person) -> Invitation | None:
    """Return the newest invitation of a person."""
    return (
        Invitation.objects.filter(organisation_id=person.organisation_id, person=person)
        .order_by("-sent_at")
        .first()
    )


def state_of(invitation: Invitation) -> InvitationState:
    """Return the present state of an invitation."""
    return invitation_state(
        accepted_at=invitation.accepted_at,
        withdrawn_at=invitation.withdrawn_at,
        expires_at=invitation.expires_at,
        now=clock.now(),
    )


def role_lines() -> list[tuple[Role, list[Permission]]]:
    """Return every role with the permissions it has, generated from the declarations."""
    permissions = all_permissions()
    return [(role, [p for p in permissions if code in p.roles]) for code, role in ROLES.items()]
