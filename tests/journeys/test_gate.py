"""A gate is refused for a missing DPIA and deviated correctly; a phase model is swapped."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from hoest.foundation import clock
from tests.support.axe import assert_accessible
from tests.support.steps import initiative_called
from tests.support.world import HERE, actor_with_role, organisation_id

PageFor = Callable[..., Page]


def test_a_gate_refused_for_a_missing_dpia_is_deviated_by_somebody_else(page_for: PageFor) -> None:
    robots = all_but_the_dpia()
    manager = page_for("portfolio_manager", width=360)
    manager.goto(f"/portefoelje/{robots.pk}/port/")
    expect(manager.locator("h1")).to_contain_text("1 krav mangler")
    expect(manager.locator("main")).to_contain_text("artikel 35 og 36")
    assert_accessible(manager, "the gate")
    manager.goto(f"/portefoelje/{robots.pk}/port/afgoer/")
    expect(manager.get_by_label(re.compile("^Videre. "))).to_be_disabled()
    expect(manager.locator("main")).to_contain_text("Det kan ikke gå videre endnu: 1 krav mangler.")
    manager.get_by_text("Se, hvad der mangler").click()
    expect(manager.get_by_role("link", name="Konsekvensanalyse")).to_be_visible()
    manager.goto(f"/portefoelje/{robots.pk}/port/krav/dpia/fravig/")
    manager.get_by_label("Hvorfor må det vente?").fill("Analysen er bestilt")
    manager.get_by_label(re.compile("^Hvad gør I imens")).fill("Kun prøvedata")
    day = clock.today() + dt.timedelta(days=60)
    manager.get_by_label("Til og med").fill(day.isoformat())
    manager.get_by_role("button", name="Bed om, at det må vente").click()
    manager.goto(f"/portefoelje/{robots.pk}/port/krav/dpia/")
    manager.get_by_role("link", name="Se ønsket om, at det må vente").click()
    expect(manager.locator("main")).to_contain_text("Du har selv bedt om det")
    expect(manager.get_by_role("button", name="Gem dit svar")).to_have_count(0)
    assert_accessible(manager, "her own deviation")
    executive = page_for("executive")
    executive.goto(manager.url)
    executive.get_by_label(re.compile("^Ja, til den dag")).check()
    executive.get_by_label("Begrundelse").fill("Der er kun prøvedata i mellemtiden")
    executive.get_by_role("button", name="Gem dit svar").click()
    expect(executive.locator("h1")).to_contain_text("Alt er på plads")
    executive.get_by_role("link", name="Afgør, om det går videre").click()
    executive.get_by_label(re.compile("^Videre. ")).check()
    executive.get_by_role("button", name="Afgør", exact=True).click()
    expect(executive.locator("#messages")).to_contain_text("Afgørelsen er gemt: videre.")
    executive.get_by_role("link", name="Videre", exact=True).first.click()
    expect(executive.locator("main")).to_contain_text("Grundlaget står, som det var den dag.")
    expect(executive.locator("main")).to_contain_text("Fraveget til")
    assert_accessible(executive, "the frozen basis")


def test_a_municipality_swaps_its_phase_model_and_what_runs_keeps_its_own(
    page_for: PageFor,
) -> None:
    robots = initiative_called("Robotter")
    page = page_for("portfolio_manager")
    page.goto("/portefoelje/faser/skriv/?fra=five_phase")
    field = page.get_by_label(re.compile("^Fasemodellen som tekst"))
    text = field.input_value().replace("code: five_phase", "code: byens").replace("Fem", "Byens")
    field.fill(text.replace("stage: execution", "stage: bygge"))
    page.get_by_role("button", name="Gem som udkast").click()
    expect(page.locator(".line-faults")).to_contain_text("Trinnet 'bygge' findes ikke.")
    expect(page.locator(".line-faults")).to_contain_text("Linje")
    assert_accessible(page, "faults by line")
    field.fill(text)
    page.get_by_role("button", name="Gem som udkast").click()
    expect(page.locator("h1")).to_contain_text("er et udkast")
    page.get_by_role("button", name="Tag modellen i brug").click()
    expect(page.locator("h1")).to_contain_text("Nye initiativer følger »Byens faser«")
    assert_accessible(page, "the models")
    page.goto(f"/portefoelje/{robots.pk}/port/")
    expect(page.locator("#model")).to_have_text("Fire faser")
    page.goto("/portefoelje/ny/")
    page.get_by_label("Titel").fill("Helt nyt")
    page.get_by_label("Enhed").select_option(index=1)
    page.get_by_role("button", name="Opret initiativet").click()
    page.get_by_role("link", name="Se de fem spørgsmål").click()
    page.goto(page.url.replace("fakta/?kort=1", ""))
    expect(page.locator("#model")).to_have_text("Byens faser")


def all_but_the_dpia() -> Any:
    """Bring everything the gate into execution asks for, but the DPIA."""
    from django.db import transaction

    from hoest.domain.organisations.models import Person
    from hoest.domain.portfolio import actions
    from hoest.domain.portfolio.models import Initiative
    from hoest.domain.portfolio.rules import FactAnswer, RequirementState
    from hoest.foundation import content
    from hoest.foundation.tenancy.context import acting_for

    organisation = organisation_id(HERE)
    robots = initiative_called("Robotter")
    with acting_for(organisation), transaction.atomic():
        manager = actor_with_role(organisation, "portfolio_manager")
        executive = actor_with_role(organisation, "executive")
        person = {
            one.email.split("@")[0]: one
            for one in Person.objects.filter(organisation_id=organisation)
        }
        Initiative.objects.filter(pk=robots.pk).update(
            in_practice="borgere får svar samme dag",
            sponsor=person["executive"],
            lead=person["initiative_lead"],
        )
        on: dict[str, Any] = {"actor": manager, "initiative_id": robots.pk}
        no = dict.fromkeys(content.initiative_questions(), FactAnswer.NO)
        yes = dict.fromkeys(("personal_data", "high_risk"), FactAnswer.YES)
        actions.answer_facts(**on, answers={**no, **yes})
        paper = {
            "state": RequirementState.PRESENT,
            "link": "Sag 26/1",
            "dated_on": clock.today(),
            "made_by": "Jurist",
        }
        for code in ("record_of_processing", "legal_basis", "dpia_screening"):
            fields = actions.RequirementFields(**paper)
            actions.write_requirement(**on, code=code, version=0, fields=fields)
        organised = actions.RequirementFields(
            state=RequirementState.PRESENT, choice="central", reason="Ét sted med øvelse"
        )
        actions.write_requirement(**on, code="organisation_of_work", version=0, fields=organised)
        asked = actions.ask_deviation(
            **on,
            code="baseline",
            reason="Der måles i januar",
            ends_on=clock.today() + dt.timedelta(days=60),
        )
        actions.answer_deviation(
            actor=executive, deviation_id=asked.pk, version=1, approve=True, reason="Fint"
        )
    return robots
