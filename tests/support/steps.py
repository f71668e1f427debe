"""Steps that several journeys take: signing in, choosing, telling where one is."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from hoest.foundation import clock
from tests.support.world import HERE, PASSWORD


def sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    """Fill in the sign-in page that stands open, and send it."""
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Adgangskode").fill(password)
    page.get_by_role("button", name="Log ind", exact=True).click()


def benefit_called(word: str) -> Any:
    """Return our municipality's benefit whose title begins with a word."""
    return _row("benefits.Benefit", title__startswith=word)


def initiative_called(word: str) -> Any:
    """Return our municipality's initiative whose title begins with a word."""
    return _row("portfolio.Initiative", title__startswith=word)


def _row(model: str, **conditions: Any) -> Any:
    from django.apps import apps
    from django.db import transaction

    from hoest.foundation.tenancy.context import acting_for
    from tests.support.world import organisation_id

    organisation = organisation_id(HERE)
    with acting_for(organisation), transaction.atomic():
        return apps.get_model(model).objects.get(organisation_id=organisation, **conditions)


def expect_rung(page: Page, label: str) -> None:
    """Fail unless the ladder on the page lights a rung."""
    expect(page.locator(".ladder-rung.is-present .ladder-name")).to_contain_text(label)


def choose_more(page: Page, link: str) -> None:
    """Open the page's other acts and choose one."""
    page.locator("main details.overflow > summary").first.click()
    page.locator("main details.overflow").get_by_role("link", name=link, exact=True).click()


def code_of(secret: str) -> str:
    """Return what an app with this key shows now (RFC 6238, half minutes, six figures)."""
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

    return format_hotp_value(hotp_value(secret, int(clock.now().timestamp()) // 30))
