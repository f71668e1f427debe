"""A leader on a phone opens the mail of the day, sees what she says yes to, and answers."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from django.db import transaction
from playwright.sync_api import Page, expect

from hoest.foundation import clock
from hoest.foundation.tenancy.context import acting_for
from tests.support.axe import assert_accessible
from tests.support.steps import benefit_called
from tests.support.taps import Taps
from tests.support.world import HERE, actor_with_role, organisation_id

PageFor = Callable[..., Page]
LINK = re.compile(r"https?://[^/\s]+(/\S+)")
MOST_TAPS = 3


def asked_by_mail(role: str, word: str) -> str:
    """Let somebody be asked to own a benefit, send the mail of the day, return its link there."""
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
        return mail_to(role, benefit.title)


def mail_to(role: str, about: str) -> str:
    """Gather the mails of the next open hour; return the link that a role's has about a thing."""
    from hoest.foundation.messages.actions.digests import gather, prepare

    organisation = organisation_id(HERE)
    with clock.frozen_at(_open_hour()):
        letters = [
            prepare(organisation_id=organisation, digest_id=pk)
            for pk in gather(organisation_id=organisation)
        ]
    (letter,) = [one for one in letters if one is not None and one.to[0].startswith(f"{role}@")]
    assert about in letter.body
    found = LINK.search(letter.body, letter.body.index(about))
    assert found is not None, letter.body
    return found[1]


def _open_hour() -> dt.datetime:
    """Return ten o'clock on the next Tuesday, when mail may be sent."""
    day = clock.today() + dt.timedelta(days=(1 - clock.today().weekday()) % 7 or 7)
    return dt.datetime.combine(day, dt.time(10), tzinfo=clock.DANISH_TIME)


def test_a_leader_accepts_from_the_mail_on_a_phone(page_for: PageFor) -> None:
    link = asked_by_mail("unit_leader", "Kortere kørsel")
    page = page_for(None, width=360)
    thumb = Taps()
    page.goto(link)
    assert_accessible(page, "the link of the mail")
    thumb.tap(page.get_by_role("button", name="Fortsæt som"))
    expect(page.locator("h1")).to_contain_text("Vil du eje »Kortere kørsel")
    for word in ("Målet", "Senest", "Sådan måles det", "Det, der tages"):
        expect(page.get_by_text(word, exact=True)).to_be_visible()
    expect(page.get_by_text("350.000 kr. om året")).to_be_visible()
    yes = page.get_by_role("button", name="Sig ja til at eje gevinsten")
    box, bar = yes.bounding_box(), page.locator("nav.bottom").bounding_box()
    assert box is not None
    assert bar is not None
    assert box["y"] + box["height"] <= bar["y"], "the answer is on the first screen"
    assert_accessible(page, "what she says yes to")
    thumb.tap(yes)
    expect(page.locator("#messages")).to_contain_text("Du ejer nu gevinsten")
    print(thumb.told("an ownership accepted from a mail"))
    assert thumb.count <= MOST_TAPS
    assert benefit_called("Kortere kørsel").owner_accepted_on == clock.today()


def test_a_no_from_the_mail_reaches_the_sponsor_with_its_reason(page_for: PageFor) -> None:
    link = asked_by_mail("unit_leader", "Kortere kørsel")
    page = page_for(None, width=360)
    page.goto(link)
    page.get_by_role("button", name="Fortsæt som").click()
    page.get_by_text("Sig nej", exact=True).click()
    page.get_by_role("button", name="Sig nej med begrundelsen").click()
    expect(page.get_by_text("Skriv begrundelsen.").first).to_be_visible()
    assert_accessible(page, "a no without its reason")
    page.get_by_label("Begrundelse").fill("Kørslen hører til visitationen")
    page.get_by_role("button", name="Sig nej med begrundelsen").click()
    expect(page.locator("#messages")).to_contain_text("Spørgsmålet ligger nu hos sponsoren")
    assert benefit_called("Kortere kørsel").owner_id is None
    sponsor = page_for("executive", width=360)
    sponsor.goto("/min-uge/alt/")
    thing = sponsor.locator(".week-item", has_text="Kortere kørsel")
    expect(thing).to_contain_text("fik et nej")
    expect(thing).to_contain_text("Kørslen hører til visitationen")
    expect(thing.get_by_role("link", name="Vælg en anden ejer")).to_be_visible()
    assert_accessible(sponsor, "the sponsor's week")
