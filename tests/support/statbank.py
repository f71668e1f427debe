"""A stand-in for the StatBank API of Statistics Denmark: answers in the documented shape.

    with stand_in() as statbank:
        monkeypatch.setattr(web, "NET", statbank.net)

Speaks TLS with a certificate of its own on this machine. The figures are invented.
Source: StatBank API v1, tableinfo and data (dst.dk).
"""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hoest.foundation.fetching.web import Net
from tests.support.kitos import certificate_of

HOST = "api.statbank.dk"
PLACES = {"000": "Hele landet", "101": "København", "265": "Roskilde", "751": "Aarhus"}
TIMES = ("2025K1", "2025K2", "2025K3")


def described(updated: str) -> dict[str, Any]:
    """Return the description of a table as `tableinfo` gives it."""
    return {
        "id": "FOLK1A",
        "text": "Folketal den 1. i kvartalet",
        "description": "Folketal den 1. i kvartalet efter område, køn og tid",
        "unit": "Antal",
        "suppressedDataValue": "0",
        "updated": f"{updated}T08:00:00",
        "active": True,
        "contacts": [{"name": "N.N.", "phone": "", "mail": ""}],
        "documentation": None,
        "footnote": None,
        "variables": [
            {
                "id": "OMRÅDE",
                "text": "område",
                "elimination": True,
                "time": False,
                "map": "denmark_municipality_07",
                "values": [{"id": code, "text": text} for code, text in PLACES.items()],
            },
            {
                "id": "KØN",
                "text": "køn",
                "elimination": True,
                "time": False,
                "values": [{"id": "TOT", "text": "I alt"}, {"id": "1", "text": "Mænd"}],
            },
            {
                "id": "Tid",
                "text": "tid",
                "elimination": False,
                "time": True,
                "values": [{"id": one, "text": one} for one in TIMES],
            },
        ],
    }


@dataclass
class StatbankStandIn:
    """What the stand-in answers, how it stumbles, and what it was asked."""

    net: Net = field(init=False)
    updated: str = "2026-10-28"
    status: int = 200
    asked: list[Any] = field(default_factory=list)
    raised_by: float = 0.0

    def rows(self) -> str:
        """Return the rows: a number with a comma, a missing one as two dots."""
        lines = ["OMRÅDE;KØN;TID;INDHOLD"]
        for turn, place in enumerate(PLACES):
            for number, time in enumerate(TIMES):
                value = f"{100 * turn + number + self.raised_by:.1f}".replace(".", ",")
                missing = place == "751" and time == "2025K3"
                lines.append(f"{place};TOT;{time};{'..' if missing else value}")
        return "\r\n".join(lines) + "\r\n"


class Answering(BaseHTTPRequestHandler):
    """Answers from the stand-in of its class."""

    statbank: StatbankStandIn

    def do_GET(self) -> None:
        self.statbank.asked.append(self.path)
        if not self.path.startswith("/v1/tableinfo/FOLK1A?"):
            return self.refuse("Tabellen blev ikke fundet.")
        return self.send(json.dumps(described(self.statbank.updated)).encode())

    def do_POST(self) -> None:
        sent = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.statbank.asked.append(sent)
        known = {"OMRÅDE": {"*"}, "KØN": {"TOT", "1"}, "Tid": {"*"}}
        chosen = {one["code"]: set(one["values"]) for one in sent["variables"]}
        whole = chosen.keys() == known.keys() and all(chosen[k] <= known[k] for k in known)
        if self.path != "/v1/data" or sent["table"] != "FOLK1A" or not whole:
            return self.refuse("Every variable must be selected")
        return self.send(self.statbank.rows().encode("utf-8-sig"), "text/csv; charset=utf-8")

    def refuse(self, message: str) -> None:
        told = {"errorTypeCode": "EXTRACT-NOTFOUND", "message": message}
        self.send(json.dumps(told).encode(), status=400)

    def send(self, body: bytes, kind: str = "application/json", status: int = 200) -> None:
        self.send_response(self.statbank.status if status == 200 else status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: Any) -> None:
        """Say nothing."""


@contextmanager
def stand_in() -> Iterator[StatbankStandIn]:
    """Run a stand-in; its `net` is the way to it."""
    statbank = StatbankStandIn()
    with TemporaryDirectory() as folder:
        certificate = certificate_of(Path(folder) / "both.pem", HOST)
        server = ThreadingHTTPServer(
            ("127.0.0.1", 0), type("Handler", (Answering,), {"statbank": statbank})
        )
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(certificate)
        server.socket = tls.wrap_socket(server.socket, server_side=True)
        statbank.net = Net(
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
            yield statbank
        finally:
            server.shutdown()
            server.server_close()
            thread.join()
