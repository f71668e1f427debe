"""Who leads a unit: the people with the leader's role there, and in the units above it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hoest.domain.organisations.models import RoleAssignment, Unit


@dataclass(frozen=True)
class Leadership:
    """The leaders of every unit and those of the whole municipality, read once."""

    parents: Mapping[int, int | None]
    of_unit: dict[int, list[int]]
    of_all: list[int]

    @classmethod
    def of(cls, organisation_id: int, top_roles: Iterable[str]) -> Leadership:
        """Read who leads in a municipality; two queries.

        `top_roles` answer for the whole municipality, in that order. People who have left lead
        nothing.
        """
        order = list(top_roles)
        rows = RoleAssignment.objects.filter(
            organisation_id=organisation_id,
            role__in=["unit_leader", *order],
            person__left_on__isnull=True,
        ).order_by("person_id")
        of_unit: dict[int, list[int]] = {}
        top: list[tuple[int, int]] = []
        for role, unit_id, person_id in rows.values_list("role", "unit_id", "person_id"):
            if role == "unit_leader" and unit_id is not None:
                of_unit.setdefault(unit_id, []).append(person_id)
            elif role in order:
                top.append((order.index(role), person_id))
        parents = dict(
            Unit.objects.filter(organisation_id=organisation_id).values_list("id", "parent_id")
        )
        return cls(parents, of_unit, [person for _place, person in sorted(top)])
