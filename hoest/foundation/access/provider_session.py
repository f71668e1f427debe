"""Sessions that one municipality vouches for: they reach that municipality alone.

Why: the provider of one municipality could otherwise assert the address of somebody who also
works for another one and walk in there. The same holds for a link in a mail of one municipality.
"""

from __future__ import annotations

from django.http import HttpRequest

from hoest.foundation.tenancy.middleware import SESSION_KEY

LIMIT_KEY = "limited_to_organisation_id"
BY_LINK_KEY = "limited_by_link"


def limit(request: HttpRequest, organisation_id: int, *, by_link: bool = False) -> None:
    """Let the session reach one municipality only; `by_link` tells that a mail opened it."""
    request.session[LIMIT_KEY] = organisation_id
    request.session[BY_LINK_KEY] = by_link
    request.session[SESSION_KEY] = organisation_id


def limited_to(request: HttpRequest) -> int | None:
    """Return the only municipality the session reaches; None when it is not limited."""
    found: int | None = request.session.get(LIMIT_KEY)
    return found


def is_limited(request: HttpRequest) -> bool:
    """Tell whether the session is limited to one municipality."""
    return limited_to(request) is not None


def is_by_link(request: HttpRequest) -> bool:
    """Tell whether the session was opened by a link in a mail."""
    return bool(request.session.get(BY_LINK_KEY))
