"""A stand-in for KITOS: its answers in the documented shape, and the ways it can stumble.

    with stand_in(systems=2_000) as kitos:
        kitos.break_page("it-system-usages", 4)
        monkeypatch.setattr(web, "NET", kitos.net)

Speaks TLS with a certificate of its own on this machine. Names are invented.
Source: KITOS API v2 as its public source has it (os2kitos/kitos, 2025).
"""

from __future__ import annotations

import datetime as dt
import json
import ssl
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import parse_qs, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from hoest.foundation.fetching.web import Net

HOST = "kitos.example"
ORGANISATION = "0f6a4c5e-0000-4000-8000-000000000001"
EMAIL, PASSWORD = "api@kommunen.example", "en hemmelig kode"
SPACE = uuid.UUID("5a8f3a0e-7a2a-4c55-9d7f-0c2f6a6d1b11")


def key_of(kind: str, number: int) -> str:
    """Return the same id for the same thing every time."""
    return str(uuid.uuid5(SPACE, f"{kind}-{number}"))


def usage(number: int, **general: Any) -> dict[str, Any]:
    """Return a system usage; every seventh is critical."""
    return {
        "uuid": key_of("usage", number),
        "systemContext": {"uuid": key_of("system", number), "name": f"Fagsystem {number:04}"},
        "organizationContext": {"uuid": ORGANISATION, "name": "Ådal Kommune", "cvr": "00000000"},
        "lastModified": "2026-01-01T00:00:00Z",
        "general": {
            "localSystemId": f"S-{number}",
            "localCallName": "",
            "dataClassification": {"uuid": key_of("class", 1), "name": "Fortrolig"},
            "numberOfExpectedUsers": {"lowerBound": 10, "upperBound": 50},
            "validity": {
                "valid": True,
                "lifeCycleStatus": "Operational",
                "validFrom": "2020-01-01T00:00:00Z",
                "validTo": None,
            },
            "mainContract": {"uuid": key_of("contract", number), "name": "Kontrakt"},
            "containsAITechnology": "No",
            "webAccessibilityCompliance": "Partially",
            "lastWebAccessibilityCheck": "2025-11-01T00:00:00Z",
            **general,
        },
        "localKLEDeviations": {
            "addedKLE": [{"uuid": key_of("kle", 1), "name": "27.36.04"}],
            "removedKLE": [],
        },
        "archiving": {"archiveDuty": "B"},
        "gdpr": {
            "purpose": "Sagsbehandling",
            "businessCritical": "Yes" if number % 7 == 0 else "No",
            "hostedAt": "External",
            "dataSensitivityLevels": ["PersonData", "SensitiveData"],
            "specificPersonalData": ["CprNumber"],
            "technicalPrecautionsApplied": ["Encryption", "Logging"],
            "riskAssessmentConducted": "Yes",
            "riskAssessmentConductedDate": "2026-02-03T00:00:00Z",
            "riskAssessmentResult": "Medium",
            "dpiaConducted": "Yes",
            "dpiaDate": "2025-05-02T00:00:00Z",
        },
        "organizationUsage": {
            "responsibleOrganizationUnit": {"uuid": key_of("unit", 1), "name": "Sundhed"},
            "usingOrganizationUnits": [
                {"uuid": key_of("unit", 3), "name": "Plejecentre"},
                {"uuid": key_of("unit", 2), "name": "Hjemmeplejen"},
            ],
        },
        "roles": [],
        "outgoingSystemRelations": [],
    }


def supplier(number: int) -> dict[str, Any]:
    """Return a company; there are forty."""
    turn = number % 40
    return {
        "uuid": key_of("supplier", turn),
        "name": f"Leverandør {turn:02} (opdigtet)",
        "cvr": f"9900{turn:04}",
    }


def contract(number: int, systems: list[str]) -> dict[str, Any]:
    """Return a contract about some usages."""
    return {
        "uuid": key_of("contract", number),
        "name": f"Kontrakt {number:04}",
        "lastModified": "2026-01-01T00:00:00Z",
        "general": {
            "contractId": f"K-{number}",
            "validity": {
                "valid": True,
                "validFrom": "2022-01-01T00:00:00Z",
                "validTo": "2027-12-31T00:00:00Z",
            },
        },
        "supplier": {"signed": True, "organization": supplier(number)},
        "systemUsages": [{"uuid": one, "name": "?"} for one in systems],
        "agreementPeriod": {"durationYears": 4, "isContinuous": False, "irrevocableUntil": None},
        "termination": {
            "terminatedAt": None,
            "terms": {
                "noticePeriodMonths": {"uuid": key_of("notice", 6), "name": "6"},
                "noticePeriodExtendsCurrent": None,
                "noticeByEndOf": "EndOfQuarter" if number % 3 == 0 else None,
            },
        },
        "payments": {
            "external": [
                {
                    "acquisition": 900_000,
                    "operation": 100_000,
                    "other": 5_000,
                    "auditStatus": "Green",
                }
            ],
            "internal": [],
        },
    }


def processing(number: int, systems: list[str]) -> dict[str, Any]:
    """Return a registration of data processing."""
    return {
        "uuid": key_of("processing", number),
        "name": f"Databehandling {number:04}",
        "general": {
            "isAgreementConcluded": "Yes",
            "agreementConcludedAt": "2024-06-01T00:00:00Z",
            "transferToInsecureThirdCountries": "No",
            "dataProcessors": [supplier(number)],
            "hasSubDataProcessors": "Undecided",
            "valid": True,
        },
        "systemUsages": [{"uuid": one, "name": "?"} for one in systems],
        "oversight": {
            "isOversightCompleted": "Yes",
            "oversightDates": [{"completedAt": "2026-03-01T00:00:00Z", "remark": ""}],
        },
    }


def upper(found: Any) -> Any:
    """Return a row with the names of its fields in upper camel case, as older versions had."""
    if isinstance(found, dict):
        return {name[:1].upper() + name[1:]: upper(value) for name, value in found.items()}
    if isinstance(found, list):
        return [upper(one) for one in found]
    return found


@dataclass
class KitosStandIn:
    """What stands in the stand-in, how it stumbles, and what it was asked."""

    rows: dict[str, list[dict[str, Any]]]
    net: Net = field(init=False)
    deleted: list[tuple[str, str]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    broken: dict[tuple[str, int], list[str]] = field(default_factory=dict)
    tokens: list[str] = field(default_factory=list)
    has_feed: bool = True
    knows_user: bool = True
    slow_seconds: float = 0.0
    changed_after: dict[str, dt.datetime] = field(default_factory=dict)

    @property
    def base_url(self) -> str:
        return f"https://{HOST}"

    def break_page(self, resource: str, page: int, *ways: str) -> None:
        """Let a page fail the next times: `json`, `401`, `429`, `500`, `gone`; forever if none."""
        self.broken[resource, page] = list(ways) or ["json"] * 1000

    def mend(self) -> None:
        """Let every page be whole again."""
        self.broken.clear()

    def pages_asked(self, resource: str) -> list[int]:
        """Return the pages of a resource in the order they were asked for."""
        return [
            int(parse_qs(urlsplit(path).query)["page"][0])
            for path in self.asked
            if f"/{resource}?" in path
        ]


class Answering(BaseHTTPRequestHandler):
    """Answers from the stand-in of its class."""

    kitos: KitosStandIn

    def do_POST(self) -> None:
        sent = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.kitos.asked.append(self.path)
        fits = sent == {"email": EMAIL, "password": PASSWORD}
        if self.path != "/api/authorize/GetToken" or not (fits and self.kitos.knows_user):
            return self.answer(401, {"msg": "Unauthorized"})
        self.kitos.tokens.append(f"jwt-{len(self.kitos.tokens)}")
        return self.answer(200, {"msg": "OK", "response": {"token": self.kitos.tokens[-1]}})

    def do_GET(self) -> None:
        self.kitos.asked.append(self.path)
        time.sleep(self.kitos.slow_seconds)
        token = self.headers.get("Authorization", "")
        if not self.kitos.tokens or token != f"Bearer {self.kitos.tokens[-1]}":
            return self.answer(401, {})
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if parts.path == "/api/v2/delta-feed/deleted-entities":
            return self.feed(query)
        resource, _, one = parts.path.removeprefix("/api/v2/").partition("/")
        if resource not in self.kitos.rows:
            return self.answer(404, {})
        if one:
            found = [row for row in self.kitos.rows[resource] if row.get("uuid") == one]
            return self.answer(200, found[0]) if found else self.answer(404, {})
        if query.get("organizationUuid") != ORGANISATION:
            return self.answer(403, {})
        return self.page(resource, query)

    def page(self, resource: str, query: dict[str, str]) -> None:
        number, size = int(query["page"]), int(query["pageSize"])
        assert 1 <= size <= 250
        ways = self.kitos.broken.get((resource, number))
        if ways:
            way = ways.pop(0)
            if way == "json":
                return self.send(200, b'[{"uuid": "half of a pa')
            if way == "gone":
                self.close_connection = True
                return None
            if way == "401":
                self.kitos.tokens.append("another")
            return self.answer(int(way), {}, wait="0" if way == "429" else "")
        rows = self.kitos.rows[resource]
        since = query.get("changedSinceGtEq")
        if since:
            rows = [row for row in rows if str(row.get("lastModified", "")) >= since]
        return self.answer(200, rows[number * size : (number + 1) * size])

    def feed(self, query: dict[str, str]) -> None:
        if not self.kitos.has_feed:
            return self.answer(404, {})
        kind = query["entityType"]
        found = [
            {"entityType": kind, "entityUuid": one, "occurredAtUtc": query["deletedSinceUTC"]}
            for entity, one in self.kitos.deleted
            if entity == kind
        ]
        start = int(query["page"]) * int(query["pageSize"])
        return self.answer(200, found[start : start + int(query["pageSize"])])

    def answer(self, status: int, body: Any, wait: str = "") -> None:
        self.send(status, json.dumps(body).encode(), wait)

    def send(self, status: int, body: bytes, wait: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        if wait:
            self.send_header("Retry-After", wait)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: Any) -> None:
        """Say nothing."""


@contextmanager
def stand_in(systems: int = 3, contracts: int = 0, processings: int = 0) -> Iterator[KitosStandIn]:
    """Run a stand-in with so many rows; its `net` is the way to it."""
    kitos = KitosStandIn(
        {
            "it-system-usages": [usage(n) for n in range(systems)],
            "it-contracts": [contract(n, [key_of("usage", n)]) for n in range(contracts)],
            "data-processing-registrations": [
                processing(n, [key_of("usage", n)]) for n in range(processings)
            ],
        }
    )
    with TemporaryDirectory() as folder:
        certificate = certificate_of(Path(folder) / "both.pem")
        server = ThreadingHTTPServer(
            ("127.0.0.1", 0), type("Handler", (Answering,), {"kitos": kitos})
        )
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(certificate)
        server.socket = tls.wrap_socket(server.socket, server_side=True)
        server.handle_error = lambda *_args: None  # type: ignore[method-assign]
        kitos.net = Net(
            hosts=lambda: frozenset({HOST}),
            look_up=lambda _host, _port: ["127.0.0.1"],
            is_public=lambda _address: True,
            context=lambda: ssl.create_default_context(cafile=str(certificate)),
            port=server.server_address[1],
            seconds=5,
        )
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield kitos
        finally:
            server.shutdown()
            server.server_close()
            thread.join()


def certificate_of(path: Path, host: str = HOST) -> Path:
    """Write a certificate and its key for a host on this machine."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    return path
