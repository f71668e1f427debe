"""Sessions that a municipality's identity provider vouches for: they reach that municipality alone.

Why: the provider of one municipality could otherwise assert the address of somebody who also
works for another one and walk in there.
"""

from __future__ import annotations

from django.http import HttpRequest

from hoest.foundation.tenancy.middleware import SESSION_KEY

LIMIT_KEY = "limited_to_organisation_id"


def limit(request: HttpRequest, organisation_id: int) -> None:
    """Let the session reach one municipality only."""
    request.session[LIMIT_KEY] = organisation_id
    request.session[SESSION_KEY] = organisation_id


def limited_to(request: HttpRequest) -> int | None:
    """Return the only municipality the session reaches; None when it is not limited."""
    found: int | None = request.session.get(LIMIT_KEY)
    return found


def is_limited(request: HttpRequest) -> bool:
    """Tell whether the session is limited to one municipality."""
    return limited_to(request) is not None
