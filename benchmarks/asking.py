"""Asks pages through the whole stack in this process, and notes what each answer cost.

The WSGI application itself is called: every middleware, the pool, the templates. Of each request:
time on the clock, processor time of this thread, time spent waiting for the database, queries.
On a machine with other work only processor and database time can be compared; their sum is what
the clock would have shown with cores free.
"""

from __future__ import annotations

import io
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client, RequestFactory

from hoest.foundation.access.models import Account

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass
class Cost:
    """What one request took, in milliseconds."""

    wall: float
    processor: float
    database: float
    queries: int
    status: int
    body: bytes = field(repr=False)


@dataclass
class Costs:
    """All requests of one page for one reader."""

    each: list[Cost]

    def percentile(self, what: str, percent: int) -> float:
        """Return a percentile of `wall`, `processor`, `database` or `work` (the two last)."""
        values = [
            cost.processor + cost.database if what == "work" else getattr(cost, what)
            for cost in self.each
        ]
        return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]

    @property
    def queries(self) -> int:
        """The number of queries; the highest when requests differ."""
        return max(cost.queries for cost in self.each)

    @property
    def body(self) -> bytes:
        """The page itself."""
        return self.each[-1].body


def cookie_of(account_id: int) -> str:
    """Sign an account in and return its session cookie."""
    client = Client()
    client.force_login(Account.objects.get(pk=account_id), backend=BACKEND)
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def ask(application: Callable[..., Any], path: str, cookie: str) -> Cost:
    """Ask for one page and read its whole body."""
    noted = {"queries": 0, "seconds": 0.0}

    def count(execute: Callable[..., Any], *arguments: Any) -> Any:
        noted["queries"] += 1
        begun = time.perf_counter()
        try:
            return execute(*arguments)
        finally:
            noted["seconds"] += time.perf_counter() - begun

    environ = RequestFactory(headers={"cookie": cookie})._base_environ(
        PATH_INFO=path.partition("?")[0], QUERY_STRING=path.partition("?")[2],
        SERVER_NAME="localhost", HTTP_HOST="localhost", HTTP_COOKIE=cookie,
    )  # fmt: skip
    environ["wsgi.input"] = io.BytesIO()
    answered: list[str] = []
    with connection.execute_wrapper(count):
        clock, processor = time.perf_counter(), time.thread_time()
        answer = application(environ, lambda status, headers: answered.append(status))
        body = b"".join(answer)
        answer.close()
        processor, clock = time.thread_time() - processor, time.perf_counter() - clock
    return Cost(
        clock * 1000, processor * 1000, noted["seconds"] * 1000, int(noted["queries"]),
        int(answered[0].split()[0]), body,
    )  # fmt: skip


def ask_often(
    application: Callable[..., Any], path: str, cookie: str, requests: int, warm: int = 3
) -> Costs:
    """Ask for a page until it is warm, and then `requests` times more."""
    for _ in range(warm):
        first = ask(application, path, cookie)
    if first.status >= 400:
        raise SystemExit(f"{path} svarer {first.status}")
    return Costs([ask(application, path, cookie) for _ in range(requests)])
