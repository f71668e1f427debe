"""How sign-in behaves in Høst: accounts come by invitation or from the municipality's provider."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up alone."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Answer no: an account is made when an invitation is accepted."""
        return False


class IdentityProviderAdapter(DefaultSocialAccountAdapter):
    """Sign-in through OpenID Connect finds the person; it does not invent one."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Answer no: the person must be known in a municipality."""
        return False
