"""Min uge on a phone: a measurement on the spot, three things cleared, later, sent on, answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.db import transaction
from playwright.sync_api import Page, expect

from hoest.foundation.tenancy.context import acting_for
from tests.support.axe import assert_accessible
from tests.support.steps import benefit_called
from tests.support.taps import Taps
from tests.support.world import HERE, actor_with_role, organisation_id

PageFor = Callable[..., Page]


def give_to(role: str, word: str, *, says_yes: bool = True) -> None:
    """Let the portfolio manager ask somebody to own a benefit, and let her say yes."""
    from hoest.domain.benefits import actions
    from hoest.domain.organisations.models import Person

    benefit = benefit_called(word)
    organisation = organisation_id(HERE)
    with acting_for(organisation), transaction.atomic():
        asked = actor_with_role(organisation, role)
        actions.name_owner(
            actor=actor_with_role(organisation, "portfolio_manager"),
            benefit_id=benefit.pk,
            version=benefit.version,
            person=Person.objects.get(pk=asked.person_id),
        )
        if says_yes:
            actions.accept_ownership(actor=asked, benefit_id=benefit.pk)


def put_away_what_others_ask(role: str) -> None:
    """Let somebody put away the pulse and the news of an effect, which have their own tests."""
    from hoest.domain.reporting import actions
    from hoest.domain.reporting.queries.week import week_of
    from hoest.domain.reporting.rules.week_order import AskItem
    from hoest.foundation import clock

    organisation = organisation_id(HERE)
    with acting_for(organisation), transaction.atomic():
        me = actor_with_role(organisation, role)
        asked = [item.key for item in week_of(me).items if isinstance(item, AskItem)]
        assert {need for need, _subject in asked} == {"effect_changed", "harvest_pulse"}
        until = clock.today() + dt.timedelta(days=7)
        for need, subject in asked:
            actions.set_aside(actor=me, need=need, subject_id=subject, until=until)


def test_the_chief_executive_measures_from_my_week_on_a_phone(page_for: PageFor) -> None:
    give_to("executive", "Færre møder")
    page = page_for("executive", width=360)
    page.goto("/")
    expect(page.locator("h1")).to_contain_text("ting venter på dig")
    assert_accessible(page, "my week")
    thumb = Taps()
    thing = page.locator(".week-item", has_text="Færre møder")
    thumb.tap(thing.get_by_role("link", name="Registrér måling"))
    thumb.write(page.get_by_label("Værdi"), "9,5")
    thumb.tap(page.get_by_role("button", name="Gem målingen"))
    expect(page.locator("#messages")).to_contain_text("Målingen er gemt: 9,5 møder")
    expect(page.locator("h1")).to_be_visible()
    assert page.url.rstrip("/").endswith(page.url.split("/")[2]), "back on my week"
    print(thumb.told("a measurement from my week"))
    assert thumb.count <= 4
    expect(page.locator(".week-item", has_text="»Færre møder ÅDALMÆRKE« skal måles")).to_have_count(
        0
    )
    assert_accessible(page, "measured")


def test_three_things_are_cleared_in_twelve_taps(page_for: PageFor) -> None:
    give_to("benefit_owner", "Kortere kørsel", says_yes=False)
    put_away_what_others_ask("benefit_owner")
    page = page_for("benefit_owner", width=360)
    page.goto("/")
    expect(page.locator("h1")).to_contain_text("To ting venter på dig")
    thumb = Taps()
    thumb.tap(page.locator(".week-item").get_by_role("link", name="Registrér måling"))
    thumb.write(page.get_by_label("Værdi"), "9")
    thumb.tap(page.get_by_role("button", name="Gem målingen"))
    expect(page.locator("#messages")).to_contain_text("Målingen er gemt")
    thumb.tap(page.locator(".week-item").get_by_role("link", name="Svar på ejerskabet"))
    thumb.tap(page.get_by_role("button", name="Sig ja til at eje gevinsten"))
    expect(page.locator("#messages")).to_contain_text("Du ejer nu gevinsten")
    thumb.tap(page.locator(".week-item").get_by_role("link", name="Bekræft niveauet"))
    thumb.tap(page.get_by_role("button", name="Bekræft niveauet"))
    expect(page.locator("#messages")).to_contain_text("Niveauet er bekræftet")
    expect(page.locator("h1")).to_contain_text("Intet venter på dig i denne uge.")
    expect(page.locator("main svg").first).to_be_visible()
    print(thumb.told("three things cleared"))
    assert thumb.count <= 12
    assert_accessible(page, "nothing waits")


def test_a_thing_is_put_aside_with_two_taps_and_taken_up_again(page_for: PageFor) -> None:
    put_away_what_others_ask("benefit_owner")
    page = page_for("benefit_owner", width=360)
    page.goto("/")
    thumb = Taps()
    thumb.tap(page.locator(".week-item").get_by_role("link", name="Senere"))
    expect(page.get_by_role("button", name="I morgen")).to_be_visible()
    assert_accessible(page, "later")
    thumb.tap(page.get_by_role("button", name="I morgen"))
    assert thumb.count == 2
    told = page.locator("#messages")
    expect(told).to_contain_text("Den kommer igen")
    expect(page.locator("h1")).to_contain_text("Intet venter på dig")
    told.get_by_role("button", name="Fortryd").click()
    expect(page.locator("h1")).to_contain_text("Én ting venter på dig")


def test_news_is_put_away_with_one_tap(page_for: PageFor) -> None:
    page = page_for("benefit_owner", width=360)
    page.goto("/")
    news = page.locator(".week-item", has_text="Se effekten af »Frigjorte aftentimer")
    expect(news).to_contain_text("Effekten er regnet for første gang")
    assert_accessible(page, "news")
    thumb = Taps()
    thumb.tap(news.get_by_role("button", name="Det har jeg læst"))
    expect(page.locator("#messages")).to_contain_text("Den er lagt væk.")
    expect(news).to_have_count(0)
    assert thumb.count == 1


def test_a_thing_is_sent_on_answered_and_comes_back(page_for: PageFor) -> None:
    director = page_for("executive")
    director.goto("/")
    expect(director.locator("main")).to_contain_text("Du har sendt videre")
    lead = page_for("initiative_lead", width=360)
    lead.goto("/")
    thing = lead.locator(".week-item").first
    expect(thing).to_contain_text("har bedt dig om det")
    thing.get_by_text("Hvorfor ser jeg det?").click()
    expect(thing).to_contain_text("Derfor står det først")
    thing.get_by_role("link", name="Svar", exact=False).first.click()
    lead.get_by_label("Svar").fill("Spørg lederen af hjemmeplejen.")
    lead.get_by_role("button", name="Send svaret").click()
    expect(lead.locator("#messages")).to_contain_text("Svaret er sendt")
    director.goto("/")
    back = director.locator(".week-item", has_text="mangler en ejer")
    expect(back).to_contain_text("Spørg lederen af hjemmeplejen.")
    assert_accessible(director, "answered")
    back.get_by_role("link", name="Vælg gevinstejer").click()
    expect(director.get_by_role("button", name="Spørg ejeren")).to_be_visible()
