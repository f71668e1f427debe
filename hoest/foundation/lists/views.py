"""Saving, deleting and bringing back a named view of a list."""

from __future__ import annotations

from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere, require
from hoest.foundation.faults import NotFound
from hoest.foundation.lists import actions
from hoest.foundation.lists.pages import ListPage
from hoest.ui.messages import tell

_SALT = "hoest.lists.restore"
_KEPT_SECONDS = 3600


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Save the filter of a list under a name and return to it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    page = _page(actor, request.POST.get("list", ""))
    query = _kept(request.POST.get("query", ""))
    view = actions.save_view(
        actor=actor,
        list_name=page.name,
        name=request.POST.get("name", ""),
        query=query,
        is_shared=request.POST.get("is_shared") == "on",
    )
    words = (
        _("Visningen »%(name)s« er gemt for alle i kommunen.")
        if view.is_shared
        else _("Visningen »%(name)s« er gemt.")
    )
    tell(request, words % {"name": view.name})
    return _back(page, query)


@require_POST
def delete(request: HttpRequest, view_id: int) -> HttpResponse:
    """Delete one of one's own views; the message can bring it back."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    view = actions.delete_view(actor=actor, view_id=view_id)
    page = _page(actor, view.list_name)
    kept: dict[str, Any] = {
        "list_name": view.list_name,
        "name": view.name,
        "query": view.query,
        "is_shared": view.is_shared,
        "person": actor.person_id,
    }
    tell(
        request,
        _("Visningen »%(name)s« er slettet.") % {"name": view.name},
        undo_url=reverse("lists:restore", args=[signing.dumps(kept, salt=_SALT)]),
    )
    return _back(page, view.query)


@require_POST
def restore(request: HttpRequest, token: str) -> HttpResponse:
    """Bring back the view a person has just deleted."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    try:
        kept = signing.loads(token, salt=_SALT, max_age=_KEPT_SECONDS)
    except signing.BadSignature as fault:
        raise NotFound(_("Visningen kan ikke hentes tilbage længere.")) from fault
    if kept.pop("person") != actor.person_id:
        raise NotFound(_("Visningen kan ikke hentes tilbage længere."))
    page = _page(actor, kept["list_name"])
    view = actions.save_view(actor=actor, **kept)
    tell(request, _("Visningen »%(name)s« er hentet tilbage.") % {"name": view.name})
    return _back(page, view.query)


def _page(actor: Actor, name: str) -> type[ListPage]:
    page = ListPage.by_name.get(name)
    if page is None:
        raise NotFound(_("Listen findes ikke."))
    if not allowed_somewhere(actor, page.permission):
        require(actor, page.permission)
    return page


def _kept(query: str) -> str:
    """Return the filter and the sorting of a query, without page and format."""
    found = QueryDict(query[:2000], mutable=True)
    for name in ("page", "format"):
        found.pop(name, None)
    return found.urlencode()


def _back(page: type[ListPage], query: str) -> HttpResponse:
    address = reverse(page.url_name)
    return redirect(f"{address}?{query}" if query else address)
