"""A care worker's idea on a phone becomes a running experiment, and she sees every step."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.support.axe import assert_accessible
from tests.support.ideas import picture

PageFor = Callable[..., Page]
THANKS = "Tak for idéen"
QUESTIONS = {
    "Bruger det oplysninger om mennesker?": "Nej",
    "Er der kunstig intelligens i det?": "Nej",
    "Går det ud over borgere eller drift": "Nej",
    "Skal medarbejdere arbejde på en ny måde?": "Ja",
    "Koster det penge, der ikke er bevilget?": "Nej",
}


def test_an_idea_on_a_phone_becomes_a_running_experiment(page_for: PageFor) -> None:
    phone = page_for("employee", width=360)
    phone.goto("/")
    phone.locator("nav.bottom summary").click()
    phone.locator("nav.bottom").get_by_role("link", name="Idéer").click()
    phone.get_by_role("link", name="Giv en idé").click()
    phone.get_by_label("Hvad er problemet?").fill("Liften står altid i den forkerte bil. Vi leder.")
    phone.get_by_label("Hvem går det ud over?").fill("Borgere, der venter på at komme op")
    phone.get_by_label("Hver dag", exact=True).check()
    shot = {"name": "lift.jpg", "mimeType": "image/jpeg", "buffer": picture().getvalue()}
    phone.get_by_label("Et billede").set_input_files(shot)
    overflow = phone.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert overflow <= 0
    phone.get_by_role("button", name="Send idéen").click()
    expect(phone.locator("main")).to_contain_text(THANKS)
    expect(phone.get_by_role("img", name="Foto til idéen")).to_be_visible()
    assert_accessible(phone, "given")
    address = phone.url
    # Her leader says yes, with a sponsor and a reason.
    desk = page_for("unit_leader")
    desk.goto(address)
    desk.goto(f"{address}svar/")
    desk.get_by_label("Ja, idéen får en sponsor").check()
    desk.locator("#id_sponsor").select_option(index=1)
    desk.get_by_label("Begrundelse").fill("En lift for lidt koster et hold en halv time.")
    desk.get_by_role("button", name="Send svaret").click()
    expect(desk.get_by_role("heading", level=1)).to_contain_text("har fået en sponsor")
    # And it is tried in the small.
    desk.get_by_role("link", name="Prøv den i et lille forsøg").first.click()
    desk.get_by_label("Vi tror, at").fill("en tavle i depotet viser, hvor liften er.")
    desk.get_by_label("Det ser vi på").fill("Minutter brugt på at lede, talt i en uge")
    desk.get_by_label("Det må højst koste").fill("2.000")
    desk.get_by_role("button", name="Begynd forsøget").click()
    # The five questions of the first day wait for a yes or a no.
    expect(desk.locator("main")).to_contain_text("Der er 5 felter at rette")
    assert_accessible(desk, "asked")
    for question, answer in QUESTIONS.items():
        desk.get_by_role("group", name=question).get_by_label(answer, exact=True).check()
    desk.get_by_role("button", name="Begynd forsøget").click()
    expect(desk.locator("main")).to_contain_text("Forsøget er i gang")
    assert_accessible(desk, "running")
    # She sees every step on her phone.
    phone.goto(address)
    expect(phone.get_by_role("heading", level=1)).to_contain_text("bliver afprøvet")
    expect(phone.locator(".timeline")).to_contain_text("koster et hold en halv time")
    expect(phone.locator("main")).to_contain_text("Alle 5 spørgsmål er besvaret")
    assert_accessible(phone, "every step")
