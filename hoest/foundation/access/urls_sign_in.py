"""Addresses of signing in: allauth's views under Danish addresses, and only those Høst uses.

There is no sign-up, no change of e-mail by oneself and no list of outside accounts, so their
addresses do not exist. Names stay allauth's own, because it looks them up.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as spare_codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount import views as provider
from allauth.usersessions import views as sessions
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, re_path

from hoest.foundation.access import oidc
from hoest.foundation.access.middleware import open_to_everybody, without_municipality
from hoest.foundation.access.provider_session import is_by_link, is_limited

View = Callable[..., HttpResponseBase]


def _faulty_is_422(view: View) -> View:
    """Answer 422 when a form comes back with faults, as everywhere in Høst."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        context = getattr(response, "context_data", None) or {}
        forms = (context.get("form"), context.get("webauthn_form"))
        if response.status_code == 200 and any(
            form and form.is_bound and form.errors for form in forms
        ):
            response.status_code = 422
        return response

    return answer


def _own_sign_in(view: View) -> View:
    """Refuse to change how an account signs in during a session that a municipality vouches for.

    Why: a municipality's provider vouches for its own people in its own municipality only. It may
    not be the way to a new key that also opens the person's other municipalities. Nor may a link.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if is_limited(request):
            facts = {"is_by_link": is_by_link(request)}
            return render(request, "access/own_sign_in_needed.html", facts, status=403)
        return view(request, *args, **kwargs)

    return answer


def _open(view: View) -> View:
    return open_to_everybody(_faulty_is_422(view))


def _mine(view: View) -> View:
    return without_municipality(_faulty_is_422(view))


def _keys(view: View) -> View:
    return without_municipality(_faulty_is_422(_own_sign_in(view)))


urlpatterns = [
    path("log-ind/", _open(account.login), name="account_login"),
    path("log-ud/", _open(account.logout), name="account_logout"),
    path("lukket/", _open(account.account_inactive), name="account_inactive"),
    path("bekraeft/", _mine(account.reauthenticate), name="account_reauthenticate"),
    path("adgangskode/", _keys(account.password_change), name="account_change_password"),
    path("adgangskode/ny/", _keys(account.password_set), name="account_set_password"),
    path("glemt/", _open(account.password_reset), name="account_reset_password"),
    path("glemt/sendt/", _open(account.password_reset_done), name="account_reset_password_done"),
    re_path(
        r"^glemt/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        _open(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "glemt/faerdig/",
        _open(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    path("totrin/", _mine(second_factor.index), name="mfa_index"),
    path("totrin/kode/", _open(second_factor.authenticate), name="mfa_authenticate"),
    path("totrin/bekraeft/", _mine(second_factor.reauthenticate), name="mfa_reauthenticate"),
    path("totrin/app/", _keys(app.activate_totp), name="mfa_activate_totp"),
    path("totrin/app/fjern/", _keys(app.deactivate_totp), name="mfa_deactivate_totp"),
    path(
        "totrin/reservekoder/",
        _keys(spare_codes.view_recovery_codes),
        name="mfa_view_recovery_codes",
    ),
    path(
        "totrin/reservekoder/nye/",
        _keys(spare_codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "totrin/reservekoder/hent/",
        _keys(spare_codes.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path("noegler/", _mine(passkeys.list_webauthn), name="mfa_list_webauthn"),
    path("noegler/ny/", _keys(passkeys.add_webauthn), name="mfa_add_webauthn"),
    path("noegler/log-ind/", _open(passkeys.login_webauthn), name="mfa_login_webauthn"),
    path(
        "noegler/bekraeft/",
        _mine(passkeys.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path("noegler/<int:pk>/navn/", _keys(passkeys.edit_webauthn), name="mfa_edit_webauthn"),
    path("noegler/<int:pk>/fjern/", _keys(passkeys.remove_webauthn), name="mfa_remove_webauthn"),
    path("sessioner/", _mine(sessions.list_usersessions), name="usersessions_list"),
    path("ekstern/afbrudt/", _open(provider.login_cancelled), name="socialaccount_login_cancelled"),
    path("ekstern/<str:provider_id>/", _open(oidc.sign_in), name="openid_connect_login"),
    path("ekstern/<str:provider_id>/retur/", _open(oidc.back), name="openid_connect_callback"),
]
