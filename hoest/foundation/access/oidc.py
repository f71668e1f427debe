"""OpenID Connect: the code flow with PKCE, state and nonce, and every token verified.

allauth carries the flow. Added here: a nonce, the signature also of a token fetched over TLS, the
authorised party, and that userinfo speaks of the same person as the token.
Source: OpenID Connect Core 1.0, 3.1.2.1, 3.1.3.7 and 5.3.2; RFC 7636; RFC 9700.
"""

from __future__ import annotations

import secrets
from typing import Any

import jwt
import requests
from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from hoest.foundation.tenancy.middleware import unbound

# Signatures by the provider's own key pair; never "none", never a shared secret.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"]
LEEWAY_SECONDS = 30


class VerifyingAdapter(OpenIDConnectOAuth2Adapter):
    """Speaks with the provider; believes only what is signed for us, now, for this try."""

    expected_nonce: str | None = None

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> Any:
        """Return the sign-in of the person a verified token names. Raises OAuth2Error."""
        id_token = kwargs["response"].get("id_token")
        if not id_token:
            raise OAuth2Error("The provider sent no id_token")
        claims = self._decode_id_token(app, id_token)
        data = {"id_token": claims}
        if app.settings.get("fetch_userinfo", True):
            data["userinfo"] = self._fetch_user_info(token.token)
            if data["userinfo"].get("sub") != claims.get("sub"):
                raise OAuth2Error("userinfo speaks of another person than the id_token")
        return self.get_provider().sociallogin_from_response(request, data)

    def _decode_id_token(self, app: Any, id_token: str) -> dict[str, Any]:
        config = self.openid_config
        try:
            claims: dict[str, Any] = jwt.decode(
                id_token,
                key=self._key_of(id_token),
                algorithms=ALGORITHMS,
                audience=app.client_id,
                issuer=config["issuer"],
                leeway=LEEWAY_SECONDS,
                options={"require": ["exp", "iat", "iss", "aud", "sub"]},
            )
        except (jwt.PyJWTError, KeyError, TypeError, ValueError) as error:
            raise OAuth2Error("The id_token cannot be verified") from error
        if not self.expected_nonce or claims.get("nonce") != self.expected_nonce:
            raise OAuth2Error("The id_token was not made for this try")
        several = isinstance(claims.get("aud"), list) and len(claims["aud"]) > 1
        if (several or "azp" in claims) and claims.get("azp") != app.client_id:
            raise OAuth2Error("The id_token was made for another party")
        return claims

    def _key_of(self, id_token: str) -> jwt.PyJWK:
        """Return the provider's key that the token names, or its only one when it names none."""
        wanted = jwt.get_unverified_header(id_token).get("kid")
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
        keys = [
            key
            for key in jwt.PyJWKSet.from_dict(answer.json()).keys
            if key.public_key_use != "enc" and wanted in (None, key.key_id)
        ]
        if len(keys) != 1:
            raise OAuth2Error("The id_token names no key of the provider's")
        return keys[0]


class _Back(OAuth2CallbackView):
    """The return from the provider; hands the nonce of this try to the adapter."""

    def _get_state(self, request: HttpRequest, provider: Any) -> tuple[Any, Any]:
        state, response = super()._get_state(request, provider)
        self.adapter.expected_nonce = (state or {}).get("nonce")
        return state, response


@unbound
def sign_in(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Send the person to the provider. 404 for a provider nobody has configured."""
    provider = _provider(request, provider_id)
    nonce = secrets.token_urlsafe(24)
    try:
        response: HttpResponseBase = provider.redirect(
            request,
            AuthProcess.LOGIN,
            next_url=get_next_redirect_url(request),
            auth_params={"nonce": nonce},
            nonce=nonce,
        )
    except (requests.RequestException, KeyError, ValueError) as error:
        response = render_authentication_error(request, provider, exception=error)
    return response


@unbound
def back(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Receive the person from the provider and sign her in, or explain why not."""
    _provider(request, provider_id)
    response: HttpResponseBase = _Back.adapter_view(VerifyingAdapter(request, provider_id))(request)
    return response


def _provider(request: HttpRequest, provider_id: str) -> Any:
    try:
        return VerifyingAdapter(request, provider_id).get_provider()
    except SocialApp.DoesNotExist as unknown:
        raise Http404(provider_id) from unknown
