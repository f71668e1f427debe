"""Reads of organisations: who a person is in a municipality, and what she may see there."""

from hoest.domain.organisations.queries.actors import (
    actor_of,
    find_actor,
    memberships_of,
    person_actor,
    system_actor,
)
from hoest.domain.organisations.queries.leaders import Leadership
from hoest.domain.organisations.queries.municipalities import (
    DemoMunicipality,
    demo_organisations,
    find_organisation,
    opened_codes,
    organisation_code,
    organisations_here,
)
from hoest.domain.organisations.queries.people import (
    all_people_of,
    assignment_of,
    assignments_of,
    herself,
    invitation_of,
    people_of,
    people_with_roles,
    person_of,
    role_lines,
)
from hoest.domain.organisations.queries.recipients import find_recipient
from hoest.domain.organisations.queries.units import (
    UnitLine,
    UnitTree,
    bodies_of,
    body_of,
    open_bodies_of,
    open_units_of,
    path_of,
    unit_lines,
    unit_of,
    units_of,
)

__all__ = [
    "DemoMunicipality",
    "Leadership",
    "UnitLine",
    "UnitTree",
    "actor_of",
    "all_people_of",
    "assignment_of",
    "assignments_of",
    "bodies_of",
    "body_of",
    "demo_organisations",
    "find_actor",
    "find_organisation",
    "find_recipient",
    "herself",
    "invitation_of",
    "memberships_of",
    "open_bodies_of",
    "open_units_of",
    "opened_codes",
    "organisation_code",
    "organisations_here",
    "path_of",
    "people_of",
    "people_with_roles",
    "person_actor",
    "person_of",
    "role_lines",
    "system_actor",
    "unit_lines",
    "unit_of",
    "units_of",
]
