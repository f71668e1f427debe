"""Reads of people, their roles and invitations."""

from __future__ import annotations

from typing import NamedTuple

from django.db import models

from hoest.domain.organisations.models import (
    Invitation,
    Membership,
    Person,
    RoleAssignment,
    Unit,
)
from hoest.domain.organisations.permissions import VIEW_PEOPLE
from hoest.domain.organisations.queries.units import DANISH
from hoest.domain.organisations.rules import InvitationState, invitation_state
from hoest.foundation import clock
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import Permission, all_permissions, allowed_somewhere
from hoest.foundation.access.roles import ROLES, Role
from hoest.foundation.faults import NotFound


class PersonLine(NamedTuple):
    """A person as a line of the list: roles in words, and how she signs in."""

    person: Person
    roles: list[RoleAssignment]
    can_sign_in: bool
    invitation: Invitation | None

    @property
    def invitation_state(self) -> str:
        """The state of the newest invitation, empty without one."""
        return state_of(self.invitation) if self.invitation else ""


def people_of(actor: Actor) -> models.QuerySet[Person]:
    """Return the people at work in the actor's municipality in Danish order."""
    return Person.objects.filter(
        organisation_id=actor.organisation_id, left_on__isnull=True
    ).order_by(DANISH)


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


def people_lines(
    actor: Actor, *, text: str = "", role: str = "", unit: Unit | None = None, left: bool = False
) -> list[PersonLine]:
    """Return the people who fit, with roles and sign-in; at most 500."""
    people = people_of(actor)
    if left:
        people = Person.objects.filter(
            organisation_id=actor.organisation_id, left_on__isnull=False
        ).order_by(DANISH)
    for word in text.split():
        people = people.filter(
            models.Q(name__icontains=word)
            | models.Q(email__icontains=word)
            | models.Q(title__icontains=word)
        )
    if role:
        people = people.filter(
            pk__in=RoleAssignment.objects.filter(
                organisation_id=actor.organisation_id, role=role
            ).values("person_id")
        )
    if unit is not None:
        people = people.filter(unit=unit)
    chosen = list(people.select_related("unit")[:500])
    return _lines(actor, chosen)


def _lines(actor: Actor, people: list[Person]) -> list[PersonLine]:
    ids = [person.pk for person in people]
    own = {"organisation_id": actor.organisation_id, "person_id__in": ids}
    roles: dict[int, list[RoleAssignment]] = {}
    for assignment in RoleAssignment.objects.filter(**own).select_related("unit"):
        roles.setdefault(assignment.person_id, []).append(assignment)
    members = set(Membership.objects.filter(**own).values_list("person_id", flat=True))
    invitations = {
        invitation.person_id: invitation
        for invitation in Invitation.objects.filter(**own).order_by("sent_at")
    }
    return [
        PersonLine(
            person,
            sorted(roles.get(person.pk, []), key=lambda one: list(ROLES).index(one.role)),
            person.pk in members,
            invitations.get(person.pk),
        )
        for person in people
    ]


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
