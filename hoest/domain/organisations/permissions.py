"""What may be done with the municipality's units, committees, people and roles."""

from __future__ import annotations

from hoest.foundation.access.permissions import permission
from hoest.foundation.access.roles import EVERYBODY

VIEW_ORGANISATION = permission(
    "organisations.view", "Se kommunens enheder og udvalg", roles=EVERYBODY
)
VIEW_PEOPLE = permission(
    "organisations.view_people",
    "Se personer og deres roller",
    roles=EVERYBODY - {"partner", "politician"},
)
CHANGE_UNITS = permission(
    "organisations.change_units",
    "Oprette og rette enheder og udvalg",
    roles={"administrator", "portfolio_manager"},
)
CHANGE_PEOPLE = permission(
    "organisations.change_people",
    "Invitere personer og give roller",
    roles={"administrator"},
)
VIEW_ACTS = permission(
    "organisations.view_acts",
    "Se kommunens log",
    roles={"administrator", "controller", "security_officer", "executive", "portfolio_manager"},
)
