"""Who has which role where: asked when a page names people, or a job finds whom to ask."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from hoest.domain.organisations.models import Person, RoleAssignment, Unit
from hoest.domain.organisations.queries.units import DANISH


@dataclass(frozen=True)
class RoleHolders:
    """The people at work with some roles, in Danish order, and where each role reaches.

    `names` are by person; `held` has (person, role, unit or None for the whole municipality);
    `parents` has the unit above each unit.
    """

    names: Mapping[int, str]
    held: Sequence[tuple[int, str, int | None]]
    parents: Mapping[int, int | None]

    @classmethod
    def of(cls, organisation_id: int, roles: Iterable[str]) -> RoleHolders:
        """Read who has one of the roles in a municipality; three queries."""
        rows = RoleAssignment.objects.filter(
            organisation_id=organisation_id, role__in=list(roles), person__left_on__isnull=True
        )
        people = Person.objects.filter(
            organisation_id=organisation_id, pk__in=rows.values("person_id")
        )
        return cls(
            dict(people.order_by(DANISH).values_list("pk", "name")),
            list(rows.values_list("person_id", "role", "unit_id")),
            dict(
                Unit.objects.filter(organisation_id=organisation_id).values_list("pk", "parent_id")
            ),
        )

    def roles_of(self, person_id: int, unit_id: int) -> frozenset[str]:
        """Return the roles of a person that reach a unit: held there, above it or everywhere."""
        above = self._above(unit_id)
        return frozenset(
            role for who, role, at in self.held if who == person_id and (at is None or at in above)
        )

    def reaching(self, roles: Collection[str], unit_id: int) -> list[int]:
        """Return the people with one of the roles where it reaches a unit, in Danish order."""
        above = self._above(unit_id)
        found = {
            who for who, role, at in self.held if role in roles and (at is None or at in above)
        }
        return [one for one in self.names if one in found]

    def _above(self, unit_id: int) -> set[int]:
        found: set[int] = set()
        present: int | None = unit_id
        while present is not None and present not in found:
            found.add(present)
            present = self.parents.get(present)
        return found
