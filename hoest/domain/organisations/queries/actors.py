"""Who acts: the person behind an account in the municipality it has chosen."""

from __future__ import annotations

import dataclasses

from django.db import transaction

from hoest.domain.organisations.models import Membership, Organisation, Person, RoleAssignment
from hoest.domain.organisations.queries.units import UnitTree
from hoest.foundation.access.actor import Actor, Grant
from hoest.foundation.faults import NotAllowed
from hoest.foundation.tenancy.context import acting_for


def find_actor(account_id: int, organisation_id: int | None) -> Actor | None:
    """Return the actor of an account in the municipality it has chosen.

    Without a choice: the only membership, or None when there are none or several.
    """
    with acting_for(None, account_id), transaction.atomic():
        memberships = list(
            Membership.objects.filter(account_id=account_id).values_list(
                "organisation_id", "person_id"
            )
        )
    several = len(memberships) > 1
    if organisation_id is not None:
        memberships = [m for m in memberships if m[0] == organisation_id]
    if len(memberships) != 1:
        return None
    found, person_id = memberships[0]
    with acting_for(found, account_id), transaction.atomic():
        person = (
            Person.objects.filter(organisation_id=found, pk=person_id, left_on__isnull=True)
            .select_related("organisation")
            .first()
        )
        return actor_of(person, account_id, reaches_several=several) if person else None


def actor_of(
    person: Person, account_id: int | None = None, *, reaches_several: bool = False
) -> Actor:
    """Return the actor of a person, with her grants and the units they reach."""
    assignments = list(
        RoleAssignment.objects.filter(
            organisation_id=person.organisation_id, person=person
        ).values_list("role", "unit_id")
    )
    tree = UnitTree.of(person.organisation_id) if any(u for _, u in assignments) else None
    grants = tuple(
        Grant(role, unit_id, tree.below(unit_id) if tree and unit_id else frozenset())
        for role, unit_id in assignments
    )
    return Actor(
        organisation_id=person.organisation_id,
        organisation_name=person.organisation.name,
        person_id=person.pk,
        name=person.name,
        account_id=account_id,
        grants=grants,
        is_demo=person.organisation.is_demo,
        reaches_several=reaches_several,
    )


def system_actor(organisation_id: int, name: str, source: str = "cli") -> Actor:
    """Return the actor of the command line or a job: it may do everything in one municipality."""
    organisation = Organisation.objects.get(pk=organisation_id)
    return Actor(
        organisation_id,
        organisation.name,
        None,
        name,
        is_system=True,
        is_demo=organisation.is_demo,
        source=source,
    )


def person_actor(organisation_id: int, person_id: int, source: str) -> Actor:
    """Return the actor of a person as a job sees her now, with the roles she has left."""
    person = Person.objects.select_related("organisation").get(
        organisation_id=organisation_id, pk=person_id
    )
    if person.left_on is not None:
        raise NotAllowed(f"{person.name} er fratrådt og kan ikke længere gøre noget her.")
    return dataclasses.replace(actor_of(person, person.account_id), source=source)


def memberships_of(account_id: int) -> list[tuple[int, str]]:
    """Return the municipalities an account reaches, as (id, name), by name."""
    with acting_for(None, account_id), transaction.atomic():
        ids = list(
            Membership.objects.filter(account_id=account_id).values_list(
                "organisation_id", flat=True
            )
        )
        return list(
            Organisation.objects.filter(pk__in=ids).order_by("name").values_list("id", "name")
        )
