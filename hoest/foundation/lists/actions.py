"""Writes of saved views: save, delete. Nobody changes another person's view."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from hoest.foundation.access.actor import Actor
from hoest.foundation.audit.actions import record
from hoest.foundation.faults import Fault
from hoest.foundation.lists.models import SavedView
from hoest.foundation.lists.queries import own_view


class ViewCannotBeSaved(Fault):
    """The view has no name, or the address is too long to keep."""


@transaction.atomic
def save_view(
    *, actor: Actor, list_name: str, name: str, query: str, is_shared: bool = False
) -> SavedView:
    """Save a filter under a name; the same name again replaces it."""
    clean = " ".join(name.split())
    if not clean:
        raise ViewCannotBeSaved(_("Giv visningen et navn, så du kan finde den igen."))
    if len(clean) > 80:
        raise ViewCannotBeSaved(_("Navnet er for langt. Det må fylde 80 tegn."))
    if len(query) > 1000 or actor.person_id is None:
        raise ViewCannotBeSaved(_("Denne visning kan ikke gemmes."))
    view, _created = SavedView.objects.update_or_create(
        organisation_id=actor.organisation_id,
        person_id=actor.person_id,
        list_name=list_name,
        name=clean,
        defaults={"query": query, "is_shared": is_shared},
    )
    record(actor, "lists.save_view", view, list=list_name, query=query, shared=is_shared)
    return view


@transaction.atomic
def delete_view(*, actor: Actor, view_id: int) -> SavedView:
    """Delete one of the actor's own views and return what it was. Raises NotFound."""
    view = own_view(actor, view_id)
    record(actor, "lists.delete_view", view, list=view.list_name, query=view.query)
    view.delete()
    return view
