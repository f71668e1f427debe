"""Reads of organisations: who a person is in a municipality, and what she may see there."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models, transaction

from hoest.domain.organisations.models import (
    Body,
    Membership,
    Organisation,
    Person,
    RoleAssignment,
    Unit,
)
from hoest.foundation.access.actor import Actor, Grant
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
        if person is None:
            return None
        return actor_of(person, account_id)


def actor_of(person: Person, account_id: int | None = None) -> Actor:
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
    )


def system_actor(organisation_id: int, name: str, source: str = "cli") -> Actor:
    """Return the actor of the command line or a job, which may do everything in one municipality."""
    organisation = Organisation.objects.get(pk=organisation_id)
    return Actor(organisation_id, organisation.name, None, name, is_system=True, source=source)


class UnitTree:
    """The tree of units of one municipality, read once."""

    def __init__(self, rows: Iterable[tuple[int, int | None]]) -> None:
        self.children: dict[int | None, list[int]] = {}
        for unit_id, parent_id in rows:
            self.children.setdefault(parent_id, []).append(unit_id)

    @classmethod
    def of(cls, organisation_id: int) -> UnitTree:
        """Read the tree of an organisation."""
        return cls(
            Unit.objects.filter(organisation_id=organisation_id).values_list("id", "parent_id")
        )

    def below(self, unit_id: int) -> frozenset[int]:
        """Return the unit and every unit below it."""
        found, waiting = set(), [unit_id]
        while waiting:
            present = waiting.pop()
            if present not in found:
                found.add(present)
                waiting.extend(self.children.get(present, []))
        return frozenset(found)


def memberships_of(account_id: int) -> list[tuple[int, str]]:
    """Return the municipalities an account reaches, as (id, name), by name."""
    with acting_for(None, account_id), transaction.atomic():
        ids = list(
            Membership.objects.filter(account_id=account_id).values_list(
                "organisation_id", flat=True
            )
        )
    return list(Organisation.objects.filter(pk__in=ids).order_by("name").values_list("id", "name"))


def find_organisation(name_or_code: str) -> Organisation | None:
    """Find a municipality on this installation by name or four-digit code, forgiving case."""
    wanted = name_or_code.strip()
    return Organisation.objects.filter(
        models.Q(code=wanted)
        | models.Q(name__iexact=wanted)
        | models.Q(municipality_name__iexact=wanted)
        | models.Q(municipality_name__iexact=wanted.removesuffix(" Kommune"))
    ).first()


def units_of(actor: Actor) -> models.QuerySet[Unit]:
    """Return the units of the actor's municipality in Danish order."""
    return Unit.objects.filter(organisation_id=actor.organisation_id).order_by(
        models.Func(models.F("name"), function="da_key")
    )


def bodies_of(actor: Actor) -> models.QuerySet[Body]:
    """Return the committees and boards of the actor's municipality in Danish order."""
    return Body.objects.filter(organisation_id=actor.organisation_id).order_by(
        models.Func(models.F("name"), function="da_key")
    )


def people_of(actor: Actor) -> models.QuerySet[Person]:
    """Return the people at work in the actor's municipality in Danish order."""
    return Person.objects.filter(
        organisation_id=actor.organisation_id, left_on__isnull=True
    ).order_by(models.Func(models.F("name"), function="da_key"))
