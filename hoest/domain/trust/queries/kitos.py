"""Asking KITOS: sign in, read page by page, try again when it stumbles.

A token is asked for with the API user's mail and password, is good for 24 hours, and is asked for
anew once when KITOS says 401. Too many questions (429), trouble (5xx), broken JSON and a lost
connection are tried again after a wait that doubles. What cannot be read raises `CannotFetch`; the
caller keeps what it has. Nothing is written here.

Source: KITOS API v2 (kitos.dk/swagger): POST /api/authorize/GetToken; pages from 0, at most 250;
`changedSinceGtEq`; /api/v2/delta-feed/deleted-entities.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from hoest.domain.trust.models import RegisterConnection
from hoest.domain.trust.rules.kitos import folded, rows_of
from hoest.domain.trust.rules.register import Kind
from hoest.foundation import content
from hoest.foundation.fetching.faults import CannotFetch, TooLarge
from hoest.foundation.fetching.secrets_kept import unseal
from hoest.foundation.fetching.web import Net, ask

TOKEN_PATH = "/api/authorize/GetToken"  # noqa: S105 - an address, not a secret
DELETED_PATH = "/api/v2/delta-feed/deleted-entities"
PAGE = 250


@dataclass(frozen=True)
class Resource:
    """What is read: where it is, and what KITOS calls it in the feed of what is deleted."""

    kind: Kind
    path: str
    entity: str
    organisation: str = "organizationUuid"


RESOURCES = (
    Resource(Kind.SYSTEM, "/api/v2/it-system-usages", "ItSystemUsage"),
    Resource(Kind.CONTRACT, "/api/v2/it-contracts", "ItContract"),
    Resource(
        Kind.PROCESSING, "/api/v2/data-processing-registrations", "DataProcessingRegistration"
    ),
)


class CannotSignIn(CannotFetch):
    """KITOS does not know the user, or the user may not use the API."""


class NotThere(CannotFetch):
    """KITOS has no such address or row."""


@dataclass
class Kitos:
    """One conversation with KITOS."""

    base_url: str
    email: str
    password: str
    organisation_uuid: str
    net: Net | None = None
    wait: Callable[[float], None] = time.sleep
    _token: str = field(default="", repr=False)

    def page(
        self, resource: Resource, number: int, since: dt.datetime | None
    ) -> tuple[list[Any], bool]:
        """Return the rows of a page and whether it is the last. Raises CannotFetch."""
        asked: dict[str, Any] = {
            resource.organisation: self.organisation_uuid,
            "page": number,
            "pageSize": PAGE,
        }
        if since is not None:
            asked["changedSinceGtEq"] = moment(since)
        rows = self._rows(resource.path, asked)
        return rows, len(rows) < PAGE

    def deleted(self, resource: Resource, since: dt.datetime) -> Iterator[str]:
        """Yield the ids of what is deleted since a moment. Raises CannotFetch."""
        number = 0
        while True:
            asked = {
                "entityType": resource.entity,
                "deletedSinceUTC": moment(since),
                "page": number,
                "pageSize": PAGE,
            }
            rows = self._rows(DELETED_PATH, asked)
            for one in rows:
                small = folded(one)
                found = small.get("entityuuid") if isinstance(small, dict) else None
                if isinstance(found, str):
                    yield found
            if len(rows) < PAGE:
                return
            number += 1

    def has(self, resource: Resource, external_id: str) -> bool:
        """Tell whether a row is still there. Raises CannotFetch."""
        try:
            self._get(f"{resource.path}/{external_id}")
        except NotThere:
            return False
        return True

    def _rows(self, path: str, asked: dict[str, Any]) -> list[Any]:
        rows = rows_of(self._get(f"{path}?{urlencode(asked)}"))
        if rows is None:
            raise CannotFetch("KITOS svarede uden en liste af rækker.")
        return rows

    def _get(self, path: str) -> Any:
        """Ask until there is an answer that can be read, or the tries are used up."""
        attempts = content.limit("register_attempts")
        pause = float(content.limit("register_pause_seconds"))
        is_renewed = False
        said = CannotFetch("KITOS svarede ikke.")
        tried = 0
        while tried < attempts:
            tried += 1
            after: float | None = None
            try:
                answer = ask(self._url(path), headers=self._headers(), net=self.net)
                if answer.status == 200:
                    return answer.as_json()
                if answer.status == 401 and not is_renewed:
                    is_renewed, self._token = True, ""
                    tried -= 1
                    continue
                said = self._refused(answer.status)
                after = _retry_after(answer.headers.get("retry-after", ""))
            except (CannotSignIn, NotThere, TooLarge):
                raise
            except CannotFetch as broken:
                said = broken
            if tried < attempts:
                self.wait(after if after is not None else pause)
                pause *= 2
        raise said

    def _refused(self, status: int) -> CannotFetch:
        if status in (401, 403):
            raise CannotSignIn(
                "KITOS lukker os ikke ind. Brugeren skal være API-bruger i kommunens organisation."
            )
        if status == 404:
            raise NotThere("KITOS har ikke det, vi spurgte efter.")
        if status == 429 or status >= 500:
            return CannotFetch(f"KITOS svarede {status} og gjorde det igen, da vi prøvede igen.")
        raise CannotFetch(f"KITOS forstod ikke spørgsmålet (svar {status}).")

    def _headers(self) -> dict[str, str]:
        if not self._token:
            self._token = self._sign_in()
        return {"Authorization": f"Bearer {self._token}"}

    def _sign_in(self) -> str:
        sent = {"email": self.email, "password": self.password}
        answer = ask(self._url(TOKEN_PATH), headers={}, send=sent, net=self.net)
        if answer.status in (400, 401, 403):
            raise CannotSignIn("KITOS kender ikke brugeren. Se efter mailadresse og adgangskode.")
        if answer.status not in (200, 201):
            raise CannotFetch(f"KITOS svarede {answer.status}, da vi loggede ind.")
        small = folded(answer.as_json())
        inner = small.get("response", small) if isinstance(small, dict) else None
        token = inner.get("token") if isinstance(inner, dict) else None
        if not isinstance(token, str) or not token.isascii() or not token.isprintable():
            raise CannotSignIn("KITOS gav os ingen nøgle at hente med.")
        return token

    def _url(self, path: str) -> str:
        return self.base_url.rstrip("/") + path


def kitos_of(connection: RegisterConnection, **ways: Any) -> Kitos:
    """Return a conversation with the KITOS of a municipality. Raises CannotFetch: no password."""
    return Kitos(
        base_url=connection.base_url,
        email=connection.email,
        password=unseal(connection.sealed_password),
        organisation_uuid=connection.organisation_uuid,
        **ways,
    )


def moment(at: dt.datetime) -> str:
    """Write a moment as KITOS reads it: UTC, milliseconds, Z."""
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def _retry_after(text: str) -> float | None:
    """Return the seconds a server asks us to wait, within our own limit; None when it does not."""
    if not (text.isascii() and text.isdigit()) or len(text) > 6:
        return None
    return float(min(int(text), content.limit("register_longest_wait_seconds")))
