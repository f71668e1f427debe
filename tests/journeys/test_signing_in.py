"""Signing in: by password, with keys only, in the right municipality, in two steps, invited."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.core import mail
from django.db import transaction
from playwright.sync_api import Page, expect

from hoest.foundation.tenancy.context import acting_for
from tests.support.axe import assert_accessible
from tests.support.keyboard import Keyboard
from tests.support.site import Site
from tests.support.steps import code_of, sign_in
from tests.support.world import (
    HERE,
    MARKERS,
    NAMES,
    PASSWORD,
    THERE,
    email_of,
    organisation_id,
)

PageFor = Callable[..., Page]
ACCOUNT = "**/hoestregnskab/"
FRONT = re.compile(r"^https?://[^/]+/$")


def test_a_wrong_password_is_told_and_the_right_one_opens_the_account(page_for: PageFor) -> None:
    page = page_for(width=360)
    page.goto("/")
    expect(page).to_have_url(re.compile("/konto/log-ind/"))
    sign_in(page, email_of("executive"), "en helt anden adgangskode")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("E-mail")).to_have_value(email_of("executive"))
    assert_accessible(page, "wrong password")
    sign_in(page, email_of("executive"))
    page.wait_for_url(FRONT)
    expect(page.get_by_role("banner").locator(".who-organisation")).to_have_text(NAMES[HERE])
    assert_accessible(page)


def test_keys_alone_lead_from_the_door_to_the_rows_behind_the_account(page_for: PageFor) -> None:
    page = page_for()
    page.goto("/")
    keys = Keyboard(page)
    keys.fill(page.get_by_label("E-mail"), email_of("executive"))
    keys.fill(page.get_by_label("Adgangskode"), PASSWORD)
    keys.press("Enter")
    page.wait_for_url(FRONT)
    keys.press("Tab")
    expect(page.get_by_role("link", name="Gå til sidens indhold")).to_be_focused()
    keys.press("Enter")
    expect(page.locator("main")).to_be_focused()
    keys.choose(page.get_by_role("link", name="Se hele høstregnskabet"))
    page.wait_for_url(ACCOUNT)
    keys.choose(page.locator(".harvest-wide a[href*=raekker]").first)
    page.wait_for_url("**/hoestregnskab/raekker/**")
    keys.choose(page.locator("main a[href*='/gevinster/']").first)
    page.wait_for_url(re.compile(r"/gevinster/\d+/$"))
    assert_accessible(page)


def test_who_works_in_two_municipalities_chooses_and_sees_only_that_one(
    page_for: PageFor, site: Site
) -> None:
    _works_in_both("begge@konsulent.example")
    page = page_for(width=360)
    page.goto("/")
    sign_in(page, "begge@konsulent.example")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Hvilken kommune")
    assert_accessible(page, "choosing")
    page.get_by_role("button", name=NAMES[THERE]).click()
    page.goto("/portefoelje/")
    expect(page.locator("main")).to_contain_text(MARKERS[THERE])
    expect(page.locator("main")).not_to_contain_text(MARKERS[HERE])
    page.goto("/kommunen/vaelg/")
    page.get_by_role("button", name=NAMES[HERE]).click()
    page.goto("/portefoelje/")
    expect(page.locator("main")).to_contain_text(MARKERS[HERE])
    expect(page.locator("main")).not_to_contain_text(MARKERS[THERE])
    assert_accessible(page)


def _works_in_both(email: str) -> None:
    from hoest.domain.organisations import actions
    from hoest.domain.organisations.queries import system_actor
    from hoest.foundation.access.models import Account

    account = Account.objects.create_user(email, PASSWORD)
    for code in (HERE, THERE):
        organisation = organisation_id(code)
        with acting_for(organisation), transaction.atomic():
            system = system_actor(organisation, "Opsætning", "test")
            person = actions.add_person(actor=system, name="Konsulent", email=email)
            actions.give_role(actor=system, person=person, role="portfolio_manager")
            actions.let_sign_in(actor=system, person=person, account=account)


def test_two_steps_are_set_up_and_asked_for_at_the_next_sign_in(page_for: PageFor) -> None:
    page = page_for(width=360)
    page.goto("/konto/log-ind/")
    sign_in(page, email_of("controller"))
    page.wait_for_url(FRONT)
    page.goto("/konto/totrin/")
    page.get_by_role("link", name="Tilføj en app").click()
    again = page.get_by_label("Adgangskode")
    if again.count():
        again.fill(PASSWORD)
        page.locator("main form button[type=submit]").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Skan koden med din app")
    secret = page.locator("code.secret").inner_text().strip()
    page.get_by_label("Kode").fill("000000")
    page.get_by_role("button", name="Slå appen til").click()
    expect(page.locator("main [aria-invalid=true]")).to_be_visible()
    page.get_by_label("Kode").fill(code_of(secret))
    page.get_by_role("button", name="Slå appen til").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("eservekoder")
    assert_accessible(page, "spare codes")
    fresh = page_for(width=360)
    fresh.goto("/konto/log-ind/")
    sign_in(fresh, email_of("controller"))
    expect(fresh.get_by_role("heading", level=1)).to_contain_text("Andet trin")
    assert_accessible(fresh, "second step")
    fresh.goto("/hoestregnskab/")
    expect(fresh.get_by_role("heading", level=1)).to_contain_text("Andet trin")
    fresh.get_by_label("Kode").fill(code_of(secret))
    fresh.get_by_role("button", name="Log ind", exact=True).click()
    fresh.wait_for_url(FRONT)
    assert_accessible(fresh)


def test_an_invitation_is_sent_accepted_and_used_up(page_for: PageFor, jobs_run: None) -> None:
    mail.outbox.clear()
    page = page_for("administrator")
    page.goto("/kommunen/personer/inviter/")
    page.get_by_label("Navn").fill("Ny Controller")
    page.get_by_label("E-mail").fill("ny@aadal.example")
    page.get_by_label("Rolle", exact=False).first.select_option("controller")
    page.get_by_role("button", name="Send invitationen").click()
    expect(page.locator("main")).to_contain_text("Ny Controller")
    link = _link_in_mail(page)
    guest = page_for(width=360)
    guest.goto(link)
    expect(guest.get_by_role("heading", level=1)).to_contain_text("Velkommen til Høst")
    assert_accessible(guest, "invitation")
    guest.get_by_label("Adgangskode", exact=False).first.fill("kort")
    guest.locator("main input[type=password]").nth(1).fill("kort")
    guest.get_by_role("button", name="Gem adgangskoden").click()
    expect(guest.locator("main [aria-invalid=true]").first).to_be_visible()
    for field in (0, 1):
        guest.locator("main input[type=password]").nth(field).fill("tolv tegn eller mange flere")
    guest.get_by_role("button", name="Gem adgangskoden").click()
    guest.wait_for_url(FRONT)
    expect(guest.get_by_text("Ny Controller").first).to_be_attached()
    assert_accessible(guest)
    again = page_for()
    answer = again.goto(link)
    assert answer is not None
    assert answer.status == 410
    assert_accessible(again, "used up")


def _link_in_mail(page: Page) -> str:
    for _ in range(100):
        for letter in mail.outbox:
            if letter.to == ["ny@aadal.example"]:
                found = re.search(r"https?://[^/\s]+(/kommunen/invitation/\S+)", letter.body)
                assert found, letter.body
                return found[1]
        page.wait_for_timeout(100)
    raise AssertionError("no mail was sent")
