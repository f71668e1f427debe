"""A real OpenID Connect provider for the tests, listening on a port of its own.

`oidc-provider-mock` answers discovery, authorisation, token, userinfo and keys. Added here: it
enforces PKCE, and it can be told to lie in its tokens, signed with its own right key.
"""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests

Lie = Callable[[dict[str, Any]], dict[str, Any]]


@dataclass
class Provider:
    """The provider: its address, and what it is told to lie about."""

    address: str = ""
    lie: Lie | None = None
    userinfo_lie: Lie | None = None
    foreign_key: bool = False
    challenges: dict[str, str] = field(default_factory=dict)
    tokens_given: int = 0

    def approve(self, url: str, sub: str) -> str:
        """Sign a person in at the provider, as her browser would; return where it sends her."""
        query = parse_qs(urlsplit(url).query)
        assert query["code_challenge_method"] == ["S256"]
        answer = requests.post(url, data={"sub": sub}, allow_redirects=False, timeout=10)
        assert answer.status_code == 302, answer.text
        back = answer.headers["Location"]
        code = parse_qs(urlsplit(back).query)["code"][0]
        self.challenges[code] = query["code_challenge"][0]
        return back


@contextmanager
def running_provider(people: dict[str, dict[str, Any]]) -> Iterator[Provider]:
    """Run a provider that knows people by subject, each with her claims."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import flask
        import oidc_provider_mock
        from werkzeug.serving import make_server

        provider = Provider()
        users = [oidc_provider_mock.User(sub=sub, claims=c) for sub, c in people.items()]
        app = oidc_provider_mock.app(user_claims=users)

        @app.before_request
        def enforce_pkce() -> Any:
            if flask.request.path != "/oauth2/token":
                return None
            challenge = provider.challenges.pop(flask.request.form["code"], "")
            verifier = flask.request.form.get("code_verifier", "")
            digest = hashlib.sha256(verifier.encode()).digest()
            if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != challenge:
                return flask.jsonify({"error": "invalid_grant"}), 400
            provider.tokens_given += 1
            return None

        @app.after_request
        def tell_lies(response: Any) -> Any:
            if response.status_code != 200:
                return response
            if flask.request.path == "/userinfo" and provider.userinfo_lie:
                response.data = json.dumps(provider.userinfo_lie(response.get_json()))
            if flask.request.path == "/oauth2/token" and (provider.lie or provider.foreign_key):
                answer = response.get_json()
                key = flask.g.oidc_provider_mock_storage.jwk
                answer["id_token"] = _resigned(answer["id_token"], key, provider)
                response.data = json.dumps(answer)
            return response

        server = make_server("localhost", 0, app, threaded=True)
        provider.address = f"http://localhost:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield provider
        finally:
            server.shutdown()
            server.server_close()
            thread.join(5)


def _resigned(token: str, key: Any, provider: Provider) -> str:
    import jwt
    from cryptography.hazmat.primitives.asymmetric import rsa

    claims = jwt.decode(token, options={"verify_signature": False})
    claims = provider.lie(claims) if provider.lie else claims
    private: Any = jwt.algorithms.RSAAlgorithm.from_jwk(json.dumps(key.as_dict(is_private=True)))
    if provider.foreign_key:
        private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return jwt.encode(claims, private, algorithm="RS256")
