"""Signing in by a link from a mail: it takes the password's place, and nothing more.

The second factor is asked for as after a password. The session reaches the municipality that
sent the mail alone, and may not change how the account signs in. Who signs in through a
municipality's own provider, or has neither password nor passkey here, is not signed in by a link:
the municipality has decided where the proof is given.
"""

from __future__ import annotations

from typing import Any

from allauth.account.utils import perform_login
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from hoest.foundation.access.models import Account

LIMIT_FACT = "link_of_organisation_id"


def may_sign_in_by_link(account_id: int, municipality_code: str) -> bool:
    """Tell whether an account may sign in by a link in a municipality."""
    if has_own_provider(municipality_code):
        return False
    account = Account.objects.filter(pk=account_id, is_active=True).first()
    if account is None:
        return False
    passkey = Authenticator.Type.WEBAUTHN
    return (
        account.has_usable_password()
        or Authenticator.objects.filter(user_id=account_id, type=passkey).exists()
    )


def has_own_provider(municipality_code: str) -> bool:
    """Tell whether a municipality has an identity provider of its own."""
    providers: list[dict[str, Any]] = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    return any(
        one.get("settings", {}).get("municipality") == municipality_code for one in providers
    )


def sign_in(
    request: HttpRequest, account: Account, *, organisation_id: int, path: str
) -> HttpResponseBase:
    """Sign the account in, or ask for its second factor first; then go to the page."""
    response: HttpResponseBase = perform_login(
        request,
        account,
        email_verification="none",
        redirect_url=path,
        signal_kwargs={LIMIT_FACT: organisation_id},
    )
    return response
