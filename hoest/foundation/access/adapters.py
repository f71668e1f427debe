"""How sign-in behaves in Høst: accounts come by invitation or from the municipality's provider."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.module_loading import import_string
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hoest.foundation.access import first_log_in, provider_session
from hoest.foundation.access.link_sign_in import LIMIT_FACT


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up alone; words are ours."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("Kontoen er lukket. Spørg den, der passer Høst i din kommune."),
        "email_password_mismatch": _("E-mail og adgangskode passer ikke sammen. Prøv igen."),
        "enter_current_password": _("Skriv den adgangskode, du bruger nu."),
        "incorrect_code": _("Koden passer ikke. Vent på den næste, og prøv igen."),
        "incorrect_password": _("Adgangskoden passer ikke. Prøv igen."),
        "invalid_login": _("Det lykkedes ikke at logge ind. Prøv igen."),
        "invalid_password_reset": _("Linket kan ikke bruges længere. Bed om et nyt."),
        "rate_limited": _("Det gik for hurtigt. Vent et øjeblik, og prøv igen."),
        "too_many_login_attempts": _("Der er prøvet for mange gange. Vent lidt, og prøv igen."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Answer no: an account is made when an invitation is accepted."""
        return False

    def set_password(self, user: Any, password: str) -> None:
        """Set a password; the note of the first log-in has then served."""
        super().set_password(user, password)
        first_log_in.forget(user.email)

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """Limit a session that a municipality's own provider or a link in its mail opened."""
        facts = kwargs.get("signal_kwargs") or {}
        sign_in = facts.get("sociallogin")
        if sign_in is not None and sign_in.state.get("municipality_id"):
            provider_session.limit(request, sign_in.state["municipality_id"])
        if LIMIT_FACT in facts:
            provider_session.limit(request, facts[LIMIT_FACT], by_link=True)
        response: HttpResponse = super().post_login(request, user, **kwargs)
        return response

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Go back to one's account."""
        return reverse("access:me")

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Name the ways to confirm who one is in our words."""
        names = {
            "reauthenticate": gettext("Brug din adgangskode"),
            "mfa_reauthenticate": gettext("Brug en kode fra din app"),
            "mfa_reauthenticate:webauthn": gettext("Brug en adgangsnøgle"),
        }
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return [{**one, "description": names.get(one["id"], one["description"])} for one in methods]


class IdentityProviderAdapter(DefaultSocialAccountAdapter):
    """Sign-in through OpenID Connect finds the person; it does not invent one."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Answer no: the person must be known in a municipality."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Find the account behind a verified address, or explain that nobody was found."""
        find = import_string(settings.ACCESS_ACCOUNT_FROM_PROVIDER)
        app = sociallogin.provider.app
        addresses = [
            one.email.lower() for one in sociallogin.email_addresses if is_true(one.verified)
        ]
        found = find(
            municipality=app.settings.get("municipality", ""),
            provider=app.name,
            addresses=addresses,
            known_account_id=sociallogin.user.pk if sociallogin.is_existing else None,
        )
        if found is None:
            claimed = [one.email for one in sociallogin.email_addresses]
            page = render(
                request,
                "access/nobody_found.html",
                {"provider": app.name, "addresses": claimed, "verified": bool(addresses)},
                status=403,
            )
            raise ImmediateHttpResponse(page)
        account, organisation_id = found
        sociallogin.state["municipality_id"] = organisation_id
        # Only the link is kept: neither what else the provider told nor any address of its choice.
        sociallogin.account.extra_data = {}
        sociallogin.email_addresses = []
        if not sociallogin.is_existing:
            sociallogin.user = sociallogin.account.user = account
            sociallogin.account.save()


def is_true(claim: object) -> bool:
    """Tell whether a claim is true; some providers write it as text, and "false" is a text too."""
    return claim is True or claim == "true"


class SecondFactorAdapter(DefaultMFAAdapter):
    """Keeps the secrets of apps and spare codes encrypted in the database."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("Koden passer ikke. Vent på den næste, og prøv igen."),
        "cannot_generate_recovery_codes": _("Reservekoder kræver, at totrinslog-in er slået til."),
    }

    def _cipher(self) -> MultiFernet:
        """Encrypt with the present key; read what an earlier one (SECRET_KEY_FALLBACKS) wrote."""
        secrets = map(force_bytes, (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))
        keys = [hashlib.sha256(b"hoest second factor" + one).digest() for one in secrets]
        return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])

    def encrypt(self, text: str) -> str:
        """Encrypt a secret before it is stored."""
        return self._cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Decrypt a stored secret."""
        return self._cipher().decrypt(encrypted_text.encode()).decode()

    def _get_site_name(self) -> str:
        return "Høst"

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        """Suggest a name for a new key."""
        return gettext("Min adgangsnøgle")
