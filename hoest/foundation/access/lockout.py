"""Failed sign-ins: who tried from where, and the page that is shown when there were too many.

Counting is django-axes' work, in the database. An address and a place together are locked for a
quarter of an hour, so nobody else is kept out. Source: OWASP ASVS 5.0, 6.3.1.
"""

from __future__ import annotations

from typing import Any

from allauth.core.internal.httpkit import get_client_ip
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def client_ip(request: HttpRequest) -> str:
    """Return the address of the person's machine, past the operator's own proxies only."""
    return str(get_client_ip(request) or "")


def tried_address(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """Return the e-mail address somebody tried to sign in with, in lower case."""
    tried = (credentials or {}).get("email") or (credentials or {}).get("username") or ""
    if not tried and request.method == "POST":
        tried = request.POST.get("login", "")
    if not tried and request.user.is_authenticated:
        tried = request.user.get_username()
    return str(tried).strip().lower()


def locked_out(
    request: HttpRequest, response: HttpResponse | None, credentials: dict[str, Any] | None = None
) -> HttpResponse:
    """Show how long to wait; the same page whether or not the address is known."""
    minutes = round(settings.AXES_COOLOFF_TIME * 60)
    page = render(request, "access/locked_out.html", {"minutes": minutes}, status=429)
    page["Retry-After"] = str(minutes * 60)
    return page
