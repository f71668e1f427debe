"""Jobs: work outside the request, on PostgreSQL, in the transaction that asks for it.

A job carries ids only and binds its municipality itself. It is retried when it fails or when its
worker is killed, so it must be able to run twice; after five tries it is parked as failed.

    @job("exchange.read")
    def read(*, organisation_id: int, run_id: int) -> None: ...

    defer(read, organisation_id=1, run_id=2)

Source: Procrastinate 3, tasks, retries and periodic tasks; reliability notes section 3.5.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.db import connections
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from hoest.foundation.tenancy.context import acting_for

ATTEMPTS = 5
log = logging.getLogger("hoest.jobs")

Work = Callable[..., None]


def job(name: str, *, gives_up: Work | None = None) -> Callable[[Work], Any]:
    """Declare a function as a job; its first keyword is always `organisation_id`.

    `gives_up` is called with the same ids when the last try has failed, to say so to people.
    """

    def declare(work: Work) -> Any:
        @wraps(work)
        def run(context: JobContext | None = None, /, *, organisation_id: int, **ids: Any) -> None:
            try:
                with acting_for(organisation_id):
                    work(organisation_id=organisation_id, **ids)
            except Exception:
                log.exception("job failed", extra={"job": name, "ids": ids})
                last = context is not None and context.job.attempts + 1 >= ATTEMPTS
                if gives_up is not None and last:
                    with acting_for(organisation_id):
                        gives_up(organisation_id=organisation_id, **ids)
                raise
            finally:
                _let_go()

        retry = RetryStrategy(max_attempts=ATTEMPTS, exponential_wait=2)
        return app.task(name=name, retry=retry, pass_context=True)(run)

    return declare


def periodic(name: str, cron: str) -> Callable[[Callable[[], None]], Any]:
    """Declare a function that runs by the clock (cron, in UTC); it binds municipalities itself."""

    def declare(work: Callable[[], None]) -> Any:
        @wraps(work)
        def run(timestamp: int) -> None:
            try:
                work()
            finally:
                _let_go()

        return app.periodic(cron=cron)(app.task(name=name, queueing_lock=name)(run))

    return declare


def defer(task: Any, **ids: Any) -> int:
    """Ask for a job in the present transaction; returns its number."""
    number: int = task.defer(**ids)
    return number


def _let_go() -> None:
    """Give the thread's connections back; tests keep theirs."""
    if not getattr(settings, "TESTING", False):
        connections.close_all()
