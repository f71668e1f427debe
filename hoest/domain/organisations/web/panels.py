"""Panels of organisations on pages of the foundation: one's roles on "Min konto"."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string

from hoest.domain.organisations import queries
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.roles import ROLES


def own_roles(request: HttpRequest, actor: Actor) -> str:
    """Show the roles of the person herself, each with its sentence and unit."""
    person = queries.herself(actor)
    if person is None:
        return ""
    assignments = [(one, ROLES[one.role]) for one in queries.assignments_of(person)]
    return render_to_string(
        "organisations/me_panel.html", {"assignments": assignments, "person": person}, request
    )
