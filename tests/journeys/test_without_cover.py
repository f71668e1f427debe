"""A measurement without cover: it waits on the device and is saved once, or says why not.

The first tests lose the line under an open form; the sixth opens the form without a line.
"""

from __future__ import annotations

import re

from playwright.sync_api import Page, Route, expect

from tests.support.axe import assert_accessible
from tests.support.browser import Pages
from tests.support.line import (
    is_signed_in_as,
    saved,
    type_without_cover,
    with_worker,
    without_background_sync,
)
from tests.support.steps import benefit_called


def test_a_measurement_without_cover_is_saved_once_when_the_line_is_back(phones: Pages) -> None:
    benefit = benefit_called("Færre opkald")
    page = phones("benefit_owner", width=360)
    type_without_cover(page, benefit, "1.234,5")
    assert_accessible(page, "waiting")
    assert saved(benefit, "1234.5") == 0
    page.context.set_offline(False)
    expect(page.locator("#messages")).to_contain_text("Målingen er sendt")
    expect(page.locator("#outbox")).to_be_hidden()
    assert saved(benefit, "1234.5") == 1
    page.goto(f"/gevinster/{benefit.pk}/")
    expect(page.locator("#outbox")).to_be_hidden()
    expect(page.locator("main")).to_contain_text("1.234,5")
    assert saved(benefit, "1234.5") == 1


def test_a_receipt_that_is_lost_on_the_way_does_not_save_it_twice(phones: Pages) -> None:
    benefit = benefit_called("Færre opkald")
    page = phones("benefit_owner", width=360)

    def save_and_lose(route: Route) -> None:
        if route.request.method == "POST":
            assert route.fetch(max_redirects=0).status == 204
            route.abort()
        else:
            route.continue_()

    address = re.compile(rf"/gevinster/{benefit.pk}/maaling/$")
    page.goto(f"/gevinster/{benefit.pk}/maaling/")
    page.route(address, save_and_lose)
    page.get_by_label("Værdi").fill("777")
    page.get_by_role("button", name="Gem målingen").click()
    expect(page.locator("#outbox")).to_contain_text("777")
    assert saved(benefit, "777") == 1
    page.unroute(address)
    page.goto("/gevinster/")
    expect(page.locator("#messages")).to_contain_text("Målingen er sendt")
    assert saved(benefit, "777") == 1


def test_what_is_refused_stays_with_its_reason_and_can_be_mended_or_thrown_away(
    phones: Pages,
) -> None:
    benefit = benefit_called("Færre opkald")
    page = phones("benefit_owner", width=360)
    type_without_cover(page, benefit, "mange")
    page.context.set_offline(False)
    outbox = page.locator("#outbox")
    expect(outbox.get_by_role("heading")).to_have_text("1 måling kunne ikke gemmes")
    expect(outbox.locator(".outbox-reason")).to_contain_text("Skriv et tal")
    page.goto("/gevinster/")
    expect(outbox).to_contain_text(benefit.title)
    assert_accessible(page, "refused")
    outbox.get_by_role("link", name="Åbn og ret").click()
    expect(page.get_by_label("Værdi")).to_have_value("mange")
    page.get_by_label("Værdi").fill("888")
    page.get_by_role("button", name="Gem målingen").click()
    page.wait_for_url(re.compile(rf"/gevinster/{benefit.pk}/\?maalt"))
    expect(outbox).to_be_hidden()
    assert saved(benefit, "888") == 1
    # The day has its measurement now, so another one is refused, and thrown away.
    type_without_cover(page, benefit, "999")
    page.context.set_offline(False)
    expect(outbox.locator(".outbox-reason")).to_contain_text("Der står allerede en måling")
    page.once("dialog", lambda asked: asked.accept())
    outbox.get_by_role("button", name="Smid væk").click()
    expect(outbox).to_be_hidden()
    expect(page.locator("#messages")).to_contain_text("smidt væk")
    assert saved(benefit, "999") == 0


def test_nothing_is_sent_as_somebody_else_or_when_one_has_signed_out(phones: Pages) -> None:
    benefit = benefit_called("Færre opkald")
    page = phones("benefit_owner", width=360)
    type_without_cover(page, benefit, "555")
    is_signed_in_as(page.context, None)
    page.context.set_offline(False)
    expect(page.locator("#messages")).to_contain_text("Du er logget ud")
    # The controller may measure it too, and still it is not hers to send.
    is_signed_in_as(page.context, "controller")
    page.goto(f"/gevinster/{benefit.pk}/")
    expect(page.get_by_role("heading", level=1)).to_contain_text(benefit.title)
    page.wait_for_load_state("networkidle")
    expect(page.locator("#outbox")).to_be_hidden()
    assert saved(benefit, "555") == 0
    is_signed_in_as(page.context, "benefit_owner")
    page.goto("/gevinster/")
    expect(page.locator("#messages")).to_contain_text("Målingen er sendt")
    assert saved(benefit, "555") == 1


def test_a_session_that_ended_meanwhile_loses_nothing(phones: Pages) -> None:
    benefit = benefit_called("Færre opkald")
    page = phones("benefit_owner", width=360)
    page.goto(f"/gevinster/{benefit.pk}/maaling/")
    is_signed_in_as(page.context, None)
    page.get_by_label("Værdi").fill("444")
    page.get_by_role("button", name="Gem målingen").click()
    expect(page.locator("#outbox")).to_contain_text("444")
    expect(page.locator("#messages")).to_contain_text("Du er logget ud")
    is_signed_in_as(page.context, "benefit_owner")
    page.goto("/gevinster/")
    expect(page.locator("#messages")).to_contain_text("Målingen er sendt")
    assert saved(benefit, "444") == 1


KEPT = """async () => {
  const words = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) words.push(await (await cache.match(request)).text());
  }
  return words.join(' ');
}"""


def _wait_for_forms(page: Page, wanted: list[str]) -> None:
    """Wait until the device knows just these forms."""
    for _ in range(50):
        known = page.evaluate("async () => (await hoestOutbox.forms())?.forms ?? []")
        if [one["address"] for one in known] == wanted:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"the device knows {known}")


def test_ones_due_measurements_can_be_opened_without_a_line(phones: Pages) -> None:
    benefit = benefit_called("Færre møder")
    page = phones("benefit_owner", width=360, service_workers="allow")
    without_background_sync(page)
    page.goto("/gevinster/")
    page.wait_for_function("() => navigator.serviceWorker.controller")
    page.goto("/gevinster/")
    _wait_for_forms(page, [f"/gevinster/{benefit.pk}/maaling/"])
    kept = page.evaluate(KEPT)
    assert "Du har ingen forbindelse" in kept
    assert "Gevinstejer i" not in kept
    assert benefit.title not in kept
    page.context.set_offline(True)
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Du har ingen forbindelse")
    assert_accessible(page, "no line")
    page.get_by_role("link", name=benefit.title).click()
    page.get_by_label("Værdi").fill("6,5")
    assert_accessible(page, "a form without a line")
    page.get_by_role("button", name="Gem målingen her").click()
    expect(page.locator("#outbox")).to_contain_text("6,5 møder")
    page.context.set_offline(False)
    expect(page.locator("#outbox")).to_be_hidden()
    assert saved(benefit, "6.5") == 1
    # Signing out takes the words of the forms away from the device.
    page.goto("/konto/log-ud/")
    page.locator("main").get_by_role("button", name="Log ud").click()
    page.wait_for_url(re.compile("log-ind"))
    _wait_for_forms(page, [])


def test_who_presses_back_after_another_has_signed_out_sees_nothing_of_hers(
    phones: Pages,
) -> None:
    benefit = benefit_called("Færre opkald")
    page = phones("benefit_owner", width=360)
    page.goto(f"/gevinster/{benefit.pk}/")
    expect(page.locator("main")).to_contain_text(benefit.title)
    page.goto("/konto/log-ud/")
    page.locator("main").get_by_role("button", name="Log ud").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Log ind i Høst")
    page.go_back()
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Log ind i Høst")
    assert benefit.title not in page.content()


def _sign_out(page: Page) -> None:
    page.goto("/konto/log-ud/")
    page.locator("main").get_by_role("button", name="Log ud").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Log ind i Høst")


def test_after_a_sign_out_whoever_holds_the_device_sees_only_how_many_wait(phones: Pages) -> None:
    benefit = benefit_called("Færre opkald")
    page = with_worker(phones)
    type_without_cover(page, benefit, "mange")
    key = page.evaluate("async () => (await hoestOutbox.all())[0].key")
    page.context.set_offline(False)
    expect(page.locator("#outbox .outbox-reason")).to_contain_text("Skriv et tal")
    _sign_out(page)
    _wait_for_forms(page, [])
    page.context.set_offline(True)
    for address in ("/", f"/gevinster/{benefit.pk}/maaling/#ret-{key}"):
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_have_text("Du har ingen forbindelse")
        expect(page.locator("main")).to_contain_text("Der venter 1 måling på denne enhed.")
        expect(page.locator("#outbox")).to_be_hidden()
        assert page.get_by_label("Værdi").count() == 0
        assert benefit.title not in page.content()
        assert "mange" not in page.content()
    assert_accessible(page, "somebody's measurements wait")
    page.context.set_offline(False)
    is_signed_in_as(page.context, "benefit_owner")
    page.goto("/gevinster/")
    expect(page.locator("#outbox")).to_contain_text(benefit.title)


VEIL = """(kind) => window.dispatchEvent(new PageTransitionEvent(kind, { persisted: true }))"""


def test_a_page_come_back_to_is_hidden_until_it_is_known_who_looks(phones: Pages) -> None:
    benefit = benefit_called("Færre opkald")
    page = phones("benefit_owner", width=360)
    page.goto(f"/gevinster/{benefit.pk}/maaling/")
    page.get_by_label("Værdi").fill("41")
    # As the browser does when it lays the page aside and takes it out again.
    page.evaluate(VEIL, "pagehide")
    expect(page.locator("main")).to_be_hidden()
    page.evaluate(VEIL, "pageshow")
    expect(page.locator("main")).to_be_visible()
    page.evaluate(VEIL, "pagehide")
    page.context.set_offline(True)
    page.evaluate(VEIL, "pageshow")
    expect(page.locator("#unsure")).to_be_visible()
    assert_accessible(page, "veiled")
    page.locator("#unsure").get_by_role("button", name="Prøv igen").click()
    expect(page.locator("#unsure")).to_be_focused()
    expect(page.locator("main")).to_be_hidden()
    expect(page.locator(".top")).to_be_hidden()
    page.context.set_offline(False)
    expect(page.locator("main")).to_be_visible()
    expect(page.locator("#unsure")).to_be_hidden()
    expect(page.get_by_label("Værdi")).to_have_value("41")
    is_signed_in_as(page.context, None)
    page.evaluate(VEIL, "pagehide")
    page.evaluate(VEIL, "pageshow")
    expect(page.get_by_role("heading", level=1)).to_have_text("Log ind i Høst")


def test_back_without_a_line_says_so_and_shows_nothing_of_the_page(phones: Pages) -> None:
    benefit = benefit_called("Færre opkald")
    page = with_worker(phones)
    page.goto(f"/gevinster/{benefit.pk}/")
    page.goto("/gevinster/")
    page.context.set_offline(True)
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Du har ingen forbindelse")
    assert benefit.title not in page.content()
    page.context.set_offline(False)
    expect(page.get_by_role("heading", level=1)).to_contain_text(benefit.title)


def test_an_idea_that_is_sent_without_cover_stays_on_the_page_until_it_can_be_sent(
    phones: Pages,
) -> None:
    page = phones("employee", width=360)
    page.goto("/ideer/ny/")
    page.get_by_label("Hvad er problemet?").fill("Vagtplanen ligger kun på papir i kælderen.")
    page.get_by_label("Hvem går det ud over?").fill("Os i aftenvagten")
    page.get_by_label("Hver dag", exact=True).check()
    page.get_by_label("Hvor er det?").select_option(index=1)
    expect(page.locator("[data-autosave-status]")).to_contain_text("Gemt")
    page.context.set_offline(True)
    page.get_by_role("button", name="Send idéen").click()
    expect(page.locator("[data-autosave-status]")).to_contain_text("Der er ingen forbindelse")
    expect(page.get_by_label("Hvem går det ud over?")).to_have_value("Os i aftenvagten")
    assert_accessible(page, "no line")
    page.context.set_offline(False)
    page.get_by_role("button", name="Send idéen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Vagtplanen ligger kun på papir")
