"""Reading JSON over https from named hosts, without being led to the inside (SSRF).

The address is taken apart once; the host must be named by the operator; its name is looked up
once, every address found must be a public one, and the connection goes to that very address (so
a name that changes its mind between check and use leads nowhere). TLS is checked against the
name. No redirect is followed, no proxy of the environment is used, size and time are limited.
"""

from __future__ import annotations

import http.client
import ipaddress
import json
import socket
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from hoest.foundation.fetching.faults import AddressNotAllowed, CannotFetch, TooLarge

PORT = 443
CHUNK = 65_536


def is_public(address: str) -> bool:
    """Tell whether an address lies on the open net: no private, local or shared one.

    An IPv4 address inside an IPv6 one (mapped, 6to4, Teredo) counts as what it leads to.
    """
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo and found.teredo[1])
        if inner:
            return inner.is_global and not inner.is_multicast
        if found in ipaddress.ip_network("64:ff9b::/96"):
            return ipaddress.IPv4Address(int(found) & 0xFFFFFFFF).is_global
    return found.is_global and not found.is_multicast


def look_up(host: str, port: int) -> list[str]:
    """Return the addresses of a host. Raises CannotFetch."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as unknown:
        raise CannotFetch(f"Serveren {host} kan ikke findes.") from unknown
    return list(dict.fromkeys(str(one[4][0]) for one in found))


@dataclass(frozen=True)
class Net:
    """How the outside is reached; tests put a stand-in here."""

    hosts: Callable[[], frozenset[str]] = field(default=lambda: frozenset(settings.SOURCE_HOSTS))
    look_up: Callable[[str, int], list[str]] = look_up
    is_public: Callable[[str], bool] = is_public
    context: Callable[[], ssl.SSLContext] = ssl.create_default_context
    port: int = PORT
    seconds: float = 15.0
    most_bytes: int = 2_000_000


NET = Net()


def checked(url: str, net: Net) -> SplitResult:
    """Return an address in its parts. Raises AddressNotAllowed; looks nothing up."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError as broken:
        raise AddressNotAllowed("Adressen kan ikke læses. Skriv den som https://…") from broken
    host = (parts.hostname or "").rstrip(".").lower()
    if parts.scheme != "https" or not host or not url.isascii() or not url.strip().isprintable():
        raise AddressNotAllowed("Adressen skal begynde med https:// og et servernavn.")
    if parts.username is not None or parts.password is not None or port not in (None, PORT):
        raise AddressNotAllowed("Skriv adressen uden brugernavn, adgangskode og portnummer.")
    if host not in net.hosts():
        raise AddressNotAllowed(
            f"Serveren {host} er ikke på listen over kilder. Driften kan sætte den på."
        )
    return parts._replace(netloc=host, fragment="")


@dataclass(frozen=True)
class Answer:
    """What a server answered: its status, the header fields in small letters, and the body."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def as_json(self) -> Any:
        """Return the body read as JSON. Raises CannotFetch."""
        try:
            return json.loads(self.body.decode("utf-8-sig"))
        except (ValueError, RecursionError) as broken:
            raise CannotFetch("Svaret kunne ikke læses.") from broken


def ask(
    url: str,
    *,
    headers: Mapping[str, str],
    send: Any = None,
    net: Net | None = None,
) -> Answer:
    """Return what an address answers, whatever its status; `send` is posted as JSON.

    Raises AddressNotAllowed, CannotFetch, TooLarge. Units: seconds and bytes in `Net`.
    """
    way = net or NET
    parts = checked(url, way)
    host = parts.netloc
    addresses = way.look_up(host, way.port)
    if not addresses or not all(way.is_public(one) for one in addresses):
        raise AddressNotAllowed(f"Serveren {host} ligger ikke på det åbne net.")
    body = None if send is None else json.dumps(send).encode()
    return _read(parts, addresses[0], headers, body, way)


def fetch_json(url: str, *, headers: Mapping[str, str], net: Net | None = None) -> Any:
    """Return what an address answers, read as JSON.

    Raises AddressNotAllowed, CannotFetch, TooLarge. Units: seconds and bytes in `Net`.
    """
    answer = ask(url, headers=headers, net=net)
    if answer.status != 200:
        raise CannotFetch(f"Serveren svarede {answer.status} i stedet for tal.")
    return answer.as_json()


class _Pinned(http.client.HTTPSConnection):
    """A connection to the very address that was checked, with TLS for the name."""

    def __init__(self, host: str, address: str, way: Net) -> None:
        super().__init__(host, way.port, timeout=way.seconds, context=way.context())
        self._address = address
        self._way = way

    def connect(self) -> None:
        """Connect to the checked address alone."""
        plain = socket.create_connection((self._address, self._way.port), self._way.seconds)
        self.sock = self._way.context().wrap_socket(plain, server_hostname=self.host)


def _read(
    parts: SplitResult, address: str, headers: Mapping[str, str], body: bytes | None, way: Net
) -> Answer:
    until = time.monotonic() + way.seconds
    connection = _Pinned(parts.netloc, address, way)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    sent = {"Accept": "application/json", "Accept-Encoding": "identity", **headers}
    if body is not None:
        sent["Content-Type"] = "application/json"
    try:
        connection.request("GET" if body is None else "POST", target, body=body, headers=sent)
        answer = connection.getresponse()
        if 300 <= answer.status < 400:
            raise CannotFetch("Serveren viser videre til en anden adresse, og det følger vi ikke.")
        named = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, named, _limited(answer, until, way))
    except (OSError, http.client.HTTPException, ValueError) as broken:
        raise CannotFetch(f"Serveren {parts.netloc} svarede ikke, som den skulle.") from broken
    finally:
        connection.close()


def _limited(answer: http.client.HTTPResponse, until: float, way: Net) -> bytes:
    found = bytearray()
    while chunk := answer.read1(CHUNK):
        found += chunk
        if len(found) > way.most_bytes:
            raise TooLarge(f"Svaret er større end {way.most_bytes // 1_000_000} MB.")
        if time.monotonic() > until:
            raise CannotFetch("Serveren var for længe om at svare.")
    return bytes(found)
