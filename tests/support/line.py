"""The line of a phone is lost and comes back: what the journeys without cover share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

import pytest

from tests.support.world import HERE, email_of, organisation_id

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

    from tests.support.browser import Pages

# What a browser writes of itself when there is no line.
NO_LINE = re.compile(r"ERR_INTERNET_DISCONNECTED|ERR_FAILED|htmx:(sendError|afterRequest)")


@pytest.fixture
def phones(page_for: Pages) -> Iterator[Pages]:
    """Phones that may lose their line: what Chromium writes of that is no fault of ours."""
    yield page_for
    faults = page_for.watch.faults
    faults[:] = [one for one in faults if not NO_LINE.search(one)]


def saved(benefit: Any, value: str) -> int:
    """Count the measurements of a benefit with a value that stand in the database."""
    from django.db import transaction

    from hoest.domain.benefits.models import Measurement
    from hoest.foundation.tenancy.context import acting_for

    organisation = organisation_id(HERE)
    with acting_for(organisation), transaction.atomic():
        rows = Measurement.objects.filter(organisation_id=organisation, benefit_id=benefit.pk)
        return rows.filter(value=value, withdrawn_at__isnull=True).count()


def is_signed_in_as(context: BrowserContext, role: str | None) -> None:
    """Let the browser be signed in as somebody else, or as nobody."""
    from tests.support.browser import session_cookie

    context.clear_cookies()
    if role:
        cookie = session_cookie(email_of(role))
        root = urljoin(context.pages[0].url, "/")
        context.add_cookies([{**cookie, "url": root, "httpOnly": True}])


def type_without_cover(page: Page, benefit: Any, value: str) -> None:
    page.goto(f"/gevinster/{benefit.pk}/maaling/")
    page.context.set_offline(True)
    page.get_by_label("Værdi").fill(value)
    page.get_by_role("button", name="Gem målingen").click()
    from playwright.sync_api import expect

    outbox = page.locator("#outbox")
    expect(outbox).to_be_focused()
    expect(outbox.get_by_role("heading")).to_have_text("Venter på forbindelse (1 måling)")
    expect(outbox).to_contain_text(benefit.title)
    expect(outbox).to_contain_text(value)


def without_background_sync(page: Page) -> None:
    """Let only the page send: what the browser wakes by itself knows nothing of a line cut here."""
    page.add_init_script("if (self.SyncManager) SyncManager.prototype.register = async () => {};")


def with_worker(phones: Pages, role: str = "benefit_owner") -> Page:
    """Open a page whose service worker is at work, and that is remembered on the device."""
    page = phones(role, width=360, service_workers="allow")
    without_background_sync(page)
    page.goto("/gevinster/")
    page.wait_for_function("() => navigator.serviceWorker.controller")
    page.goto("/gevinster/")
    page.wait_for_function("async () => Boolean(await hoestOutbox.forms())")
    return page
