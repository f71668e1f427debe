"""One outer transaction per request, bound to the organisation the person has chosen.

The organisation comes from the session and is checked against the person's memberships; never
from a header or an address. Streaming bodies run after the commit, so they open their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

import pghistory
from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.urls import resolve
from django.utils.module_loading import import_string

from hoest.foundation.access.actor import Actor
from hoest.foundation.tenancy.context import acting_for

SESSION_KEY = "organisation_id"
UNBOUND_ATTRIBUTE = "is_unbound"
View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def unbound(view: View) -> View:
    """Mark a view whose request is bound to no organisation, whoever has signed in.

    It sees nothing that is owned until it enters one organisation (`context.entering`).
    """
    setattr(view, UNBOUND_ATTRIBUTE, True)
    return view


def _is_unbound(request: HttpRequest) -> bool:
    try:
        return bool(getattr(resolve(request.path_info).func, UNBOUND_ATTRIBUTE, False))
    except Http404:
        return False


class TenantMiddleware:
    """Binds the tenant, opens the transaction, sets `request.actor`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.find_actor: Callable[[int, int | None], Actor | None] = import_string(
            settings.TENANCY_FIND_ACTOR
        )

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        account_id = request.user.pk if request.user.is_authenticated else None
        actor: Actor | None = None
        if account_id is not None and not _is_unbound(request):
            actor = self.find_actor(account_id, request.session.get(SESSION_KEY))
        request.actor = actor  # type: ignore[attr-defined]
        organisation_id = actor.organisation_id if actor else None
        with (
            acting_for(organisation_id, account_id),
            pghistory.context(account=account_id, person=actor.person_id if actor else None),
            transaction.atomic(),
        ):
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
            if isinstance(response, StreamingHttpResponse):
                body: Iterator[bytes] = iter(response.streaming_content)  # type: ignore[arg-type]
                response.streaming_content = _bound_stream(body, organisation_id, account_id)
        return response


def _bound_stream(
    body: Iterator[bytes], organisation_id: int | None, account_id: int | None
) -> Iterator[bytes]:
    with acting_for(organisation_id, account_id), transaction.atomic():
        yield from body
