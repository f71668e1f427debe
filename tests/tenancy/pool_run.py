"""Many mixed requests through the real WSGI handler on a pool of four connections.

Run in a process of its own with the settings of the product (no test switches), because only then
the pool is on and a changed municipality inside a transaction raises. Prints one line of JSON.
"""

from __future__ import annotations

import io
import json
import os
import random
import sys
import threading
import time
from collections import Counter
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

THREADS, CONNECTIONS = 8, 4
MARKERS = {"9901": "ÅDALMÆRKE", "9902": "BAKKEBYMÆRKE"}
DOMAINS = {"9901": "aadal.example", "9902": "bakkeby.example"}
ROLES = ("executive", "controller", "administrator", "portfolio_manager")
TOKEN = "a" * 32


def set_up() -> Any:
    """Return the WSGI application, with a pool of exactly four connections."""
    from hoest.config import settings

    assert settings.TESTING is False
    settings.DATABASES["default"]["OPTIONS"]["pool"] = {
        "min_size": CONNECTIONS,
        "max_size": CONNECTIONS,
        "timeout": 30,
    }
    from hoest.config.wsgi import application

    return application


def session_of(email: str) -> str:
    """Return the key of a signed-in session."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from hoest.foundation.access.models import Account

    account = Account.objects.get(email=email)
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.save()
    return str(session.session_key)


def things_of(code: str) -> dict[str, int]:
    """Return what stands in addresses of a municipality."""
    from django.apps import apps
    from django.db import transaction

    from hoest.foundation.tenancy.context import acting_for

    organisation = apps.get_model("organisations.organisation").objects.get(code=code)
    found = {"organisation": organisation.pk}
    with acting_for(organisation.pk), transaction.atomic():
        for label in ("organisations.unit", "organisations.body", "portfolio.initiative"):
            marked = {"title" if "portfolio" in label else "name": MARKERS[code]}
            rows = apps.get_model(label).objects.filter(
                organisation_id=organisation.pk, **{f"{k}__contains": v for k, v in marked.items()}
            )
            found[label] = rows.order_by("pk").values_list("pk", flat=True)[0]
    return found


def paths(things: dict[str, int]) -> list[str]:
    """Return addresses that name things of one municipality."""
    return [
        f"/kommunen/udvalg/{things['organisations.body']}/",
        f"/kommunen/enheder/{things['organisations.unit']}/",
        f"/portefoelje/{things['portfolio.initiative']}/",
    ]


LISTS = (
    "/kommunen/personer/?format=json",
    "/kommunen/personer/?format=csv",
    "/portefoelje/?format=json&sort=title",
    "/portefoelje/?format=csv&sort=title",
    "/kommunen/personer/?format=json&q=controller",
)


def ask(application: Any, path: str, session: str, form: dict[str, str] | None = None) -> Any:
    """Send one request through the handler, read the whole body, and close it."""
    cookies: SimpleCookie = SimpleCookie({"csrftoken": TOKEN})
    if session:
        cookies["hoest"] = session
    body = urlencode({**form, "csrfmiddlewaretoken": TOKEN}).encode() if form else b""
    route, _mark, query = path.partition("?")
    environ = {
        "REQUEST_METHOD": "POST" if form else "GET",
        "PATH_INFO": route,
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "localhost",
        "HTTP_COOKIE": cookies.output(attrs=[], header="", sep=";"),
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.url_scheme": "http",
        "wsgi.version": (1, 0),
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    said: list[str] = []
    answer = application(environ, lambda status, headers, exc=None: said.append(status))
    try:
        text = b"".join(answer).decode("utf-8", "replace")
    finally:
        answer.close()
    return int(said[0][:3]), text


class Run:
    """The mixed requests, and what was seen."""

    def __init__(self, application: Any, requests: int) -> None:
        """Sign everybody in and remember what each municipality has."""
        self.application, self.left = application, requests
        self.lock, self.seen = threading.Lock(), Counter[str]()
        self.faults: list[str] = []
        self.things = {code: things_of(code) for code in MARKERS}
        self.sessions = {
            (code, role): session_of(f"{role}@{DOMAINS[code]}")
            for code in MARKERS
            for role in ROLES
        }

    def work(self, seed: int) -> None:
        """Ask until there is nothing left to ask."""
        chance = random.Random(seed)
        while True:
            with self.lock:
                if self.left <= 0:
                    return
                self.left -= 1
                number = self.left
            kind, fault = self.one(chance, number)
            with self.lock:
                self.seen[kind] += 1
                if fault:
                    self.faults.append(fault)

    def one(self, chance: random.Random, number: int) -> tuple[str, str]:
        """Make one request and judge its answer; return its kind and its fault."""
        code = chance.choice(list(MARKERS))
        other = next(one for one in MARKERS if one != code)
        role = chance.choice(ROLES)
        kind = chance.choices(
            ("own", "list", "foreign", "stranger", "write"), weights=(8, 44, 8, 34, 6)
        )[0]
        session, form = self.sessions[code, role], None
        want = {200}
        if kind == "own":
            path = chance.choice(paths(self.things[code]))
        elif kind == "list":
            path = chance.choice(LISTS)
        elif kind == "foreign":
            path, want = chance.choice(paths(self.things[other])), {404}
        elif kind == "stranger":
            path, want, session = chance.choice([*LISTS, *paths(self.things[code])]), {302}, ""
        else:
            path, want, session = (
                "/kommunen/enheder/ny/",
                {302},
                self.sessions[code, "administrator"],
            )
            form = {"name": f"Ny {number} {MARKERS[code]}", "kind": "department", "parent": ""}
        status, text = ask(self.application, path, session, form)
        if MARKERS[other] in text or DOMAINS[other] in text:
            return kind, f"LEAK {code} {role} {path}"
        if status not in want:
            return kind, f"{status} {code} {role} {path}"
        if kind in ("own", "list") and MARKERS[code] not in text and DOMAINS[code] not in text:
            return kind, f"EMPTY {code} {role} {path}"
        return kind, ""


def written(run: Run) -> dict[str, int]:
    """Count the units each municipality got, each with its own marker."""
    from django.apps import apps
    from django.db import transaction

    from hoest.foundation.tenancy.context import acting_for

    units = apps.get_model("organisations.unit")
    found = {}
    for code, things in run.things.items():
        with acting_for(things["organisation"]), transaction.atomic():
            new = units.objects.filter(name__startswith="Ny ")
            found[code] = new.count()
            strange = new.exclude(name__endswith=MARKERS[code]).count()
            assert strange == 0, f"{strange} foreign units in {code}"
    return found


def main(requests: int) -> int:
    """Run and print what was seen."""
    application = set_up()
    run = Run(application, requests)
    from django.db import connection

    connection.close()
    started = time.monotonic()
    threads = [threading.Thread(target=run.work, args=(seed,)) for seed in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.monotonic() - started
    stats = connection.pool.get_stats()  # type: ignore[attr-defined]
    facts = {
        "requests": sum(run.seen.values()),
        "seen": dict(run.seen),
        "leaks": [fault for fault in run.faults if fault.startswith("LEAK")],
        "faults": run.faults[:20],
        "written": written(run),
        "connections": stats.get("pool_max"),
        "waited": stats.get("requests_queued", 0),
        "seconds": round(seconds, 1),
        "pid": os.getpid(),
    }
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()
    connection.close_pool()  # type: ignore[attr-defined]
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
