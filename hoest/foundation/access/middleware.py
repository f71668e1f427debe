"""Everything needs a sign-in, unless a view says that it is open."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, resolve_url

OPEN_ATTRIBUTE = "is_open_to_everybody"
OPEN_NAMESPACES = ("account", "mfa", "socialaccount", "usersessions")


def open_to_everybody(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Mark a view that may be seen without signing in."""
    setattr(view, OPEN_ATTRIBUTE, True)
    return view


class SignInRequiredMiddleware:
    """Sends visitors to the sign-in page; asks members of several municipalities to choose one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: object, kwargs: object
    ) -> HttpResponse | None:
        """Let open views through; else demand a sign-in and a chosen municipality."""
        if getattr(view, OPEN_ATTRIBUTE, False) or request.path.startswith("/konto/"):
            return None
        if not request.user.is_authenticated:
            if getattr(request, "htmx", False):
                response = HttpResponse(status=204)
                response["HX-Redirect"] = f"{resolve_url('account_login')}"
                return response
            return redirect_to_login(request.get_full_path())
        if request.actor is None:  # type: ignore[attr-defined]
            return redirect("organisations:choose")
        return None
