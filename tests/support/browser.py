"""A real browser on a real server: Debian's Chromium, driven by Playwright.

`page_for("executive", width=360)` opens a signed-in page on the `site` of the test. Whatever a
reader would find in the console (a script's fault, a breach of the content security policy, an
answer of 500, a request that leaves the machine) fails the test.

Playwright's synchronous interface keeps an event loop running in the thread of the tests. So there
is a Chromium per module, not per session: with the module the loop ends, and other tests never
meet it. Starting one takes half a second.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

    from tests.support.site import Site

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Nothing but this machine has an address.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
]
HEIGHTS = {360: 740, 768: 1024, 1280: 800}
# The machines are shared: patience costs nothing where nothing fails.
SECONDS = 30
# What a browser does hangs on more than the code. A failure is tried once more and told as a rerun
# in the summary: who sees one looks for the race behind it.
TRIED_AGAIN = 1
# A page may answer so on purpose, and Chromium writes it in the console. So does htmx when a page
# is left while it still waits for an answer.
MEANT = re.compile(
    r"the server responded with a status of (403|404|409|410|422|429)\b"
    r"|^htmx:(sendAbort|afterRequest), "
)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what opens a browser, and keep a module's tests together on one worker.

    First of all, because xdist reads the groups and `-m` the marks in the same hook.
    """
    for item in items:
        if "chromium" not in getattr(item, "fixturenames", ()):
            continue
        item.add_marker(pytest.mark.browser)
        item.add_marker(pytest.mark.flaky(reruns=TRIED_AGAIN))
        if item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(f"browser-{item.path.stem}"))


@contextmanager
def chromium_running() -> Iterator[Browser]:
    """Start Chromium with a fresh folder for its user, and end it."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=SECONDS * 1000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, headless=True, args=ARGUMENTS
        )
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Watch:
    """Collects what must never be seen in a browser's console."""

    origin: str
    faults: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        """Watch everything that happens in a context."""
        context.on("console", self._console)
        context.on("weberror", lambda fault: self.faults.append(f"script: {fault.error}"))
        context.on("request", self._request)
        context.on("response", self._response)

    def _console(self, message: Any) -> None:
        if message.type == "error" and not MEANT.search(message.text):
            self.faults.append(f"console: {message.text}")

    def _request(self, request: Any) -> None:
        if not request.url.startswith((self.origin, "data:", "blob:")):
            self.faults.append(f"left the machine: {request.url}")

    def _response(self, response: Any) -> None:
        if response.status >= 500:
            self.faults.append(f"{response.status} {response.request.method} {response.url}")


class Pages:
    """Opens pages as the people of the site; closes and judges them at the end."""

    def __init__(self, browser: Browser, site: Site) -> None:
        self.browser, self.site = browser, site
        self.contexts: list[BrowserContext] = []
        self.watch = Watch(site.url)

    def __call__(
        self,
        role: str | None = None,
        *,
        width: int = 1280,
        email: str | None = None,
        javascript: bool = True,
        **options: Any,
    ) -> Page:
        """Open an empty page of the person with a role or an address, or else of a visitor."""
        from tests.support.world import email_of

        phone = width < 500
        context = self.browser.new_context(
            base_url=self.site.url,
            viewport={"width": width, "height": HEIGHTS.get(width, 800)},
            has_touch=phone,
            is_mobile=phone,
            locale="da-DK",
            java_script_enabled=javascript,
            reduced_motion="reduce",
            # What a worker fetches nobody watches; the journey without cover asks for it.
            **{"service_workers": "block", **options},
        )
        context.set_default_timeout(SECONDS * 1000)
        self.contexts.append(context)
        self.watch.over(context)
        if role or email:
            cookie = session_cookie(email or email_of(str(role)))
            context.add_cookies([{**cookie, "url": self.site.url, "httpOnly": True}])
        return context.new_page()

    def close(self) -> list[str]:
        """Close every page and return what was wrong on them."""
        for context in self.contexts:
            context.close()
        self.contexts.clear()
        return self.watch.faults


def session_cookie(email: str) -> Any:
    """Return name and value of the cookie of a new session of whoever has an address."""
    from django.conf import settings

    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": signed_in(email).cookies[name].value}


def signed_in(email: str) -> Any:
    """Return a client that has signed in just now, so that keys may be changed too."""
    from allauth.account.internal.userkit import user_id_to_str
    from django.test import Client

    from hoest.foundation import clock
    from hoest.foundation.access.models import Account

    account = Account.objects.get(email=email)
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "password", "at": clock.now().timestamp(), "reauthenticated": True}
    ]
    session["account_authentication_methods_user"] = user_id_to_str(account)
    session.save()
    return client


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Chromium for the tests of a module.

    Django refuses to ask the database where an event loop runs. Here that loop is Playwright's,
    which stands still while a test runs, so it is safe to ask. Where a loop runs Django also keeps
    other connections than elsewhere in the same thread, so they are closed on both sides.
    """
    from django.db import connections

    connections.close_all()
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    try:
        with chromium_running() as browser:
            yield browser
            connections.close_all()
    finally:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def site(own_database: str) -> Iterator[Site]:
    """A site with the two municipalities, for one test alone; nothing works off its jobs."""
    from tests.support.site import serving

    with serving(own_database) as served:
        yield served


@pytest.fixture
def jobs_run(site: Site) -> Iterator[None]:
    """The jobs of the site are worked off, as the worker of the product does."""
    from tests.support.site import working

    with working(site.database):
        yield


@pytest.fixture
def page_for(chromium: Browser, site: Site) -> Iterator[Callable[..., Page]]:
    """Open pages as the people of the site: `page_for("controller", width=360)`."""
    pages = Pages(chromium, site)
    yield pages
    faults = pages.close()
    assert not faults, "\n".join(faults)
