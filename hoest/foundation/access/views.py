"""Pages of one's own account: who one is here, how one signs in, language, sign out everywhere."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.internal.flows import sessions as session_flows
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hoest.foundation.access.middleware import open_to_everybody, without_municipality
from hoest.foundation.access.permissions import all_permissions, allowed_somewhere
from hoest.foundation.access.provider_session import is_by_link, is_limited
from hoest.ui.messages import tell


@require_safe
@without_municipality
def me(request: HttpRequest) -> HttpResponse:
    """Show one's name, municipality, roles, ways to sign in, sessions and language."""
    actor: Any = request.actor  # type: ignore[attr-defined]
    kinds = list(
        Authenticator.objects.filter(user_id=request.user.pk).values_list("type", flat=True)
    )
    return render(
        request,
        "access/me.html",
        {
            "has_app": Authenticator.Type.TOTP in kinds,
            "passkeys": kinds.count(Authenticator.Type.WEBAUTHN),
            "has_password": request.user.has_usable_password(),  # type: ignore[union-attr]
            "sessions": len(UserSession.objects.purge_and_list(request.user)),
            "is_limited": is_limited(request),
            "is_by_link": is_by_link(request),
            "languages": settings.LANGUAGES,
            "may": [p for p in all_permissions() if actor and allowed_somewhere(actor, p)],
        },
    )


@require_POST
@open_to_everybody
def language(request: HttpRequest) -> HttpResponse:
    """Choose the language of the pages, for this browser and for the account."""
    chosen = request.POST.get("language", "")
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = "/"
    response = redirect(back)
    if chosen in dict(settings.LANGUAGES):
        if request.user.is_authenticated:
            request.user.language = chosen  # type: ignore[union-attr]
            request.user.save(update_fields=["language"])
            with translation.override(chosen):
                tell(
                    request,
                    _("Høst taler nu dansk.") if chosen == "da" else _("Høst taler nu engelsk."),
                )
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=365 * 24 * 3600,
            httponly=True,
            secure=settings.SESSION_COOKIE_SECURE,
            samesite="Lax",
        )
    return response


@require_POST
@without_municipality
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """End every session of the account, this one too."""
    everywhere = UserSession.objects.filter(user_id=request.user.pk)
    session_flows.end_sessions(request, list(everywhere))
    request.session.flush()
    return redirect("account_login")
