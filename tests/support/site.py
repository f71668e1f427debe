"""A whole site inside the test process: pages, files and jobs, on a database of its own.

Threads and not a process, so that a test reads what was written, and mail, without a second start.
Two settings are as in the product and not as in other tests: a transaction never changes
municipality, and a job gives its connections back.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.test import override_settings
from django.urls import reverse

HOST = "127.0.0.1"
AS_IN_THE_PRODUCT = {"TESTING": False, "TENANCY_REBIND_IN_TRANSACTION": False}


@dataclass(frozen=True)
class Site:
    """A site that answers, and the database behind it."""

    url: str
    database: str

    def to(self, name: str, query: str = "", **kwargs: Any) -> str:
        """Return the whole address of a named page."""
        return f"{self.url}{reverse(name, kwargs=kwargs or None)}{query}"


class _SilentHandler(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the browser itself notes what was answered."""


class _Server(ThreadedWSGIServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """Let a page that was left before it was read be; faults of views are answered by 500."""


@cache
def _application() -> Callable[..., Any]:
    from hoest.config.wsgi import application

    return application


@contextmanager
def serving(database: str) -> Iterator[Site]:
    """Answer on a free port of this machine; the caller has pointed Django at the database."""
    server = _Server((HOST, 0), _SilentHandler, ipv6=False)
    server.set_app(_application())
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    with override_settings(**AS_IN_THE_PRODUCT):
        thread.start()
        try:
            yield Site(f"http://{HOST}:{server.server_port}", database)
        finally:
            server.shutdown()
            server.server_close()
            thread.join(10)


class _Worker:
    """The worker of the product in a thread with an event loop of its own."""

    def __init__(self, database: str) -> None:
        self.database = database
        self.ready = threading.Event()
        self.thread = threading.Thread(target=self._run, daemon=True)

    def _run(self) -> None:
        asyncio.run(self._work())

    async def _work(self) -> None:
        from asgiref.sync import sync_to_async
        from django.db import connections
        from procrastinate import PsycopgConnector
        from procrastinate.contrib.django import app

        from hoest.foundation.database import connection

        address = connection.database_url("worker", database=self.database)
        self.loop = asyncio.get_running_loop()
        self.stop = asyncio.Event()
        connector = PsycopgConnector(conninfo=address, min_size=1, max_size=3)
        # What is due by the clock is asked for through Django, in one thread for all workers: the
        # last worker's connection there is to a database that is gone, and would stop this one.
        await sync_to_async(connections.close_all)()
        async with app.with_connector(connector).open_async() as worker_app:
            work = asyncio.create_task(
                worker_app.run_worker_async(
                    concurrency=1, fetch_job_polling_interval=0.2, install_signal_handlers=False
                )
            )
            self.ready.set()
            stopped = asyncio.create_task(self.stop.wait())
            await asyncio.wait({work, stopped}, return_when=asyncio.FIRST_COMPLETED)
            for task in (work, stopped):
                task.cancel()
            await asyncio.gather(work, stopped, return_exceptions=True)
        await sync_to_async(connections.close_all)()


@contextmanager
def working(database: str) -> Iterator[None]:
    """Run the jobs of a database for the length of a block."""
    worker = _Worker(database)
    worker.thread.start()
    assert worker.ready.wait(20), "the worker did not start"
    try:
        yield
    finally:
        if worker.thread.is_alive():
            worker.loop.call_soon_threadsafe(worker.stop.set)
        worker.thread.join(20)
        assert not worker.thread.is_alive(), "the worker did not stop"
