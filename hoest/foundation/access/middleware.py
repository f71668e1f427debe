"""Everything needs a sign-in, unless a view says that it is open.

Three kinds of views: open to everybody, open to whoever has signed in, and (all others) open to
a person in a municipality. Pages know GET, HEAD and POST; any other method is refused here, so
that no view can forget it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.utils import translation
from django.utils.cache import patch_cache_control

from hoest.foundation import clock

View = TypeVar("View", bound=Callable[..., HttpResponseBase])

OPEN_ATTRIBUTE = "is_open_to_everybody"
NO_MUNICIPALITY_ATTRIBUTE = "needs_no_municipality"
METHODS = ("GET", "HEAD", "POST")
# Sent with what is looked up beside a form while somebody writes in it.
BESIDE = "X-Beside"
ACTIVITY_KEY = "activity_at"
ACTIVITY_SECONDS = 300


def open_to_everybody(view: View) -> View:
    """Mark a view that may be seen without signing in."""
    setattr(view, OPEN_ATTRIBUTE, True)
    return view


def without_municipality(view: View) -> View:
    """Mark a view that needs a sign-in, but no municipality: it is about the account itself."""
    setattr(view, NO_MUNICIPALITY_ATTRIBUTE, True)
    return view


def access_of(view: Callable[..., HttpResponseBase]) -> str:
    """Return who reaches a view: `everybody`, `signed-in` or `municipality`."""
    if getattr(view, OPEN_ATTRIBUTE, False):
        return "everybody"
    return "signed-in" if getattr(view, NO_MUNICIPALITY_ATTRIBUTE, False) else "municipality"


class LanguageMiddleware:
    """Speaks the language the person has chosen; Danish until then, whatever the browser says."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        language = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) or getattr(
            request.user, "language", settings.LANGUAGE_CODE
        )
        if language not in dict(settings.LANGUAGES):
            language = settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class PersonalAnswersMiddleware:
    """Lets no browser keep what was answered to a person, and empties its cache at sign-out.

    Why: a shared device. `no-store` keeps pages out of the cache on disk and makes "back" ask the
    server; only an open view that says itself how it is kept (the worker) is left alone.
    `Clear-Site-Data` takes what an earlier edition let be kept; browsers mind it over TLS alone.
    Source: RFC 9111, section 5.2.2.5; W3C, Clear Site Data (2017).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        was_known = request.user.is_authenticated
        response = self.get_response(request)
        is_known = SESSION_KEY in request.session
        if was_known and not is_known:
            response.headers["Clear-Site-Data"] = '"cache"'
        if (was_known or is_known) and not _keeps_itself(request, response):
            patch_cache_control(response, no_store=True, private=True)
        return response


def _keeps_itself(request: HttpRequest, response: HttpResponseBase) -> bool:
    found = request.resolver_match
    is_open = found is not None and access_of(found.func) == "everybody"
    return is_open and response.has_header("Cache-Control")


class SessionActivityMiddleware:
    """Notes when and from where a session was last used, at most every five minutes."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.user.is_authenticated:
            now = int(clock.now().timestamp())
            if now - request.session.get(ACTIVITY_KEY, 0) >= ACTIVITY_SECONDS:
                request.session[ACTIVITY_KEY] = now
                UserSession.objects.create_from_request(request)
        return self.get_response(request)


class SignInRequiredMiddleware:
    """Sends visitors to the sign-in page; asks members of several municipalities to choose one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponseBase],
        args: object,
        kwargs: object,
    ) -> HttpResponse | None:
        """Let open views through; else demand a sign-in and a chosen municipality."""
        access = access_of(view)
        if access != "everybody":
            if not request.user.is_authenticated:
                return _to_sign_in(request)
            if access == "municipality" and request.actor is None:  # type: ignore[attr-defined]
                return redirect("organisations:choose")
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        return None


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send to the sign-in page; a fragment never gets that page swapped into it.

    What is only looked up beside a form takes nobody away from what she is writing.
    """
    if getattr(request, "htmx", False):
        response = HttpResponse(status=204)
        if request.headers.get(BESIDE):
            return response
        response["HX-Redirect"] = resolve_url("account_login")
        return response
    if request.method in ("GET", "HEAD"):
        return redirect_to_login(request.get_full_path())
    return redirect("account_login")
