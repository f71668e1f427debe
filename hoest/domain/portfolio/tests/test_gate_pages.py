"""The pages of a gate: what stands there, who may do what, and forms that say what is wrong."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hoest.domain.portfolio import actions, queries
from hoest.domain.portfolio.models import Deviation, GateDecision, Initiative, PhaseModelVersion
from hoest.domain.portfolio.rules import FactAnswer
from hoest.domain.portfolio.tests.gating import SOON, answer, organise, wait
from hoest.domain.portfolio.tests.shared import text_of
from hoest.domain.portfolio.web.gates import asks
from hoest.foundation import content, gate_evidence
from hoest.foundation.clock import frozen_at, today
from hoest.foundation.lists.pages import ListPage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowing")]


def at(name, *args):
    return reverse(f"gates:{name}", args=args)


def test_a_gate_refuses_for_a_missing_dpia_and_opens_when_it_is_deviated(client_for, actor, robots):
    manager, executive = client_for("portfolio_manager"), client_for("executive")
    answer(actor("portfolio_manager"), robots, personal_data="yes", high_risk="yes")
    organise(actor("portfolio_manager"), robots)
    paper = {
        "state": "present",
        "link": "Sag 26/3",
        "dated_on": "2026-10-01",
        "made_by": "DPO",
        "reason": "",
        "version": "0",
    }
    for code in ("record_of_processing", "legal_basis", "dpia_screening"):
        assert manager.post(at("requirement", robots.pk, code), paper).status_code == 302
    page = text_of(manager.get(at("gate", robots.pk)))
    assert "1 krav mangler, før" in page
    assert "Grundlag: Databeskyttelsesforordningen (GDPR), artikel 35 og 36." in page
    version = queries.initiative_of(actor("executive"), robots.pk).version
    decide = {"outcome": "go", "reason": "", "conditions": "", "version": version}
    shown = executive.get(at("decide", robots.pk)).text
    for outcome, is_shut in (("go", True), ("go_with_conditions", True), ("stop", False)):
        button = shown[shown.index(f'value="{outcome}"') :]
        assert (" disabled" in button[: button.index(">")]) is is_shut
    assert "Kan først vælges, når det, der mangler, er på plads." in shown
    refused = executive.post(at("decide", robots.pk), decide)
    assert refused.status_code == 422
    said = text_of(refused)
    assert "Det kan ikke gå videre endnu 1 krav mangler. Det kan stoppes eller vente." in said
    assert "Se, hvad der mangler Konsekvensanalyse" in said
    assert "at rette" not in said
    ask = {
        "reason": "Analysen er bestilt",
        "measures": "Kun prøvedata",
        "ends_on": (today() + SOON).isoformat(),
    }
    assert executive.post(at("ask_deviation", robots.pk, "dpia"), ask).status_code == 302
    own = Deviation.objects.get(initiative=robots, code="dpia")
    yes = {"answer": "approve", "reason": "Jo", "version": own.version}
    assert executive.post(at("answer_deviation", own.pk), yes).status_code == 403
    assert Deviation.objects.get(pk=own.pk).state == "asked"
    assert manager.post(at("answer_deviation", own.pk), yes).status_code == 403


def test_questions_nobody_answered_are_counted_and_asked_in_their_own_words(
    client_for, actor, robots
):
    answer(actor("portfolio_manager"), robots, ai="unknown")
    page = text_of(client_for("portfolio_manager").get(at("gate", robots.pk)))
    assert "Mindst 1 krav og svar på 1 spørgsmål mangler, før" in page
    assert "1 spørgsmål er ikke besvaret endnu. Svaret kan give flere krav." in page
    assert "Er der kunstig intelligens i det?" in page
    answer(actor("portfolio_manager"), robots, rest=FactAnswer.UNKNOWN)
    page = client_for("portfolio_manager").get(at("gate", robots.pk))
    asked = page.context["questions"]
    assert f"{len(asked)} spørgsmål er ikke besvaret endnu." in text_of(page)
    assert all(one.text.endswith("?") and one.text in text_of(page) for one in asked)


def test_a_form_of_what_follows_from_law_does_not_offer_that_it_is_not_relevant(
    client_for, actor, robots
):
    answer(actor("portfolio_manager"), robots, personal_data="yes", high_risk="yes")
    client = client_for("portfolio_manager")
    offered = {
        code: [
            state
            for state, _label in client.get(at("requirement", robots.pk, code))
            .context["form"]
            .fields["state"]
            .choices
        ]
        for code in ("dpia", "organisation_of_work")
    }
    assert offered["dpia"] == ["missing", "in_progress", "present"]
    assert offered["organisation_of_work"][-1] == "not_relevant"
    said = {"state": "not_relevant", "reason": "Nej", "version": "0"}
    assert client.post(at("requirement", robots.pk, "dpia"), said).status_code == 422


def test_the_short_form_asks_five_and_an_empty_one_writes_nothing(client_for, robots):
    client = client_for("portfolio_manager")
    page = client.get(at("facts", robots.pk) + "?kort=1")
    assert len(page.context["form"].fields) == 5
    before = len(queries.answers_before(robots))
    empty = client.post(at("facts", robots.pk), {})
    assert (empty.status_code, empty.context["form"].non_field_errors()) == (
        422,
        ["Vælg mindst ét svar."],
    )
    assert len(queries.answers_before(robots)) == before
    assert client.post(at("facts", robots.pk), {"ai": "måske"}).status_code == 422
    assert client_for("politician").get(at("facts", robots.pk)).status_code == 200


def test_principles_are_answered_together_and_a_deviation_says_why(client_for, actor, robots):
    client = client_for("portfolio_manager")
    url = at("principles", robots.pk)
    said = {"principle_1": "follows", "principle_3": "deviates", "principle_3_why": ""}
    bad = client.post(url, said)
    assert bad.status_code == 422
    assert "Skriv, hvorfor løsningen ikke følger princippet." in text_of(bad)
    assert client.post(url, {**said, "principle_3_why": "Midlertidigt"}).status_code == 302
    answers = queries.answers_of(robots)
    assert (answers["principle_1"].stance, answers["principle_3"].reason) == (
        "follows",
        "Midlertidigt",
    )


def test_principles_that_lack_a_stand_are_gathered_at_the_gate(client_for, actor, robots):
    answer(actor("portfolio_manager"), robots, it_operation="yes")
    client = client_for("portfolio_manager")
    page = text_of(client.get(at("gate", robots.pk)))
    assert "8 af 8 arkitekturprincipper mangler svar" in page
    client.post(at("principles", robots.pk), {"principle_1": "follows"})
    page = client.get(at("gate", robots.pk))
    assert "7 af 8 arkitekturprincipper mangler svar" in text_of(page)
    assert not [one for one in page.context["missing"] if "princip" in one.label]


def test_who_may_not_take_a_stand_reads_the_principles_without_a_form(client_for, actor, robots):
    said = {"principle_1": "follows", "principle_3": "deviates", "principle_3_why": "Midlertidigt"}
    client_for("portfolio_manager").post(at("principles", robots.pk), said)
    page = client_for("politician").get(at("principles", robots.pk)).text
    assert "Afviger: Midlertidigt" in page
    assert "Ingen har taget stilling endnu" in page
    assert 'type="radio"' not in page
    assert 'type="radio"' in client_for("portfolio_manager").get(at("principles", robots.pk)).text


def test_a_decision_is_read_with_its_basis(client_for, actor, robots):
    organise(actor("portfolio_manager"), robots)
    version = queries.initiative_of(actor("executive"), robots.pk).version
    answer = client_for("executive").post(
        at("decide", robots.pk), {"outcome": "go", "version": version}
    )
    assert answer.status_code == 302
    made = GateDecision.objects.filter(initiative=robots, outcome="go").get()
    page = text_of(client_for("controller").get(at("decision", made.pk)))
    assert "Grundlaget står, som det var den dag." in page
    assert "Ét sted med øvelse" in page


def test_a_municipality_swaps_its_phase_model_by_text_with_faults_by_line(client_for, robots):
    client = client_for("portfolio_manager")
    text = content.phase_model_text("five_phase").replace("code: five_phase", "code: egen")
    wrong = text.replace("stage: analysis", "stage: x", 1)
    line = wrong[: wrong.index("stage: x")].count("\n") + 1
    bad = client.post(at("write_model"), {"text": wrong})
    assert bad.status_code == 422
    assert f"Linje {line}:" in text_of(bad)
    assert client.post(at("write_model"), {"text": text}).status_code == 302
    draft = PhaseModelVersion.objects.get(code="egen")
    take = {"for_all_new": "on", "version": draft.version}
    assert client.post(at("take_model", draft.pk), take).status_code == 302
    assert "Nye initiativer følger »Fem faser«" in text_of(client.get(at("models")))
    assert queries.place_of(robots).used.model.code == "four_phase"


def test_the_phase_page_offers_no_way_round_the_gate(client_for, robots):
    client = client_for("portfolio_manager")
    url = reverse("portfolio:phase", args=[robots.pk])
    offered = [code for code, _label in client.get(url).context["form"].fields["phase"].choices]
    assert offered == ["idea", "stopped"]
    assert at("gate", robots.pk) in client.get(url).text
    answer = client.post(url, {"phase": "execution", "reason": "", "version": robots.version})
    assert answer.status_code == 422


def test_min_uge_asks_the_sponsor_and_whoever_may_answer(actor, robots):
    executive, manager = actor("executive"), actor("portfolio_manager")
    actions.ask_decision(actor=manager, initiative_id=robots.pk)
    asked = actions.ask_deviation(
        actor=manager,
        initiative_id=robots.pk,
        code="legal_basis",
        reason="Juristen er syg",
        ends_on=today() + SOON,
    )
    assert robots.pk in [one.subject_id for one in asks.decisions_to_make(executive, today())]
    assert asked.pk in [one.subject_id for one in asks.deviations_to_answer(executive, today())]
    assert asked.pk not in [one.subject_id for one in asks.deviations_to_answer(manager, today())]
    actions.answer_deviation(
        actor=executive, deviation_id=asked.pk, version=1, approve=True, reason="Ja"
    )
    lead = actor("executive")
    assert asked.pk not in [one.subject_id for one in asks.deviations_that_end(lead, today())]
    late = today() + SOON - dt.timedelta(days=10)
    assert asked.pk in [one.subject_id for one in asks.deviations_that_end(lead, late)]


def _people(initiative, **people):
    Initiative.objects.filter(pk=initiative.pk).update(**people)


def _asked(teller, who, day=None):
    return {one.subject_id: one.because for one in teller(who, day or today())}


@pytest.mark.parametrize("sponsor_leads", [False, True])
def test_where_no_sponsor_can_decide_those_who_may_are_asked(actor, robots, sponsor_leads):
    executive, manager = actor("executive"), actor("portfolio_manager")
    actions.ask_decision(actor=manager, initiative_id=robots.pk)
    assert robots.pk not in _asked(asks.decisions_to_make, manager)
    _people(robots, sponsor=robots.lead if sponsor_leads else None)
    lead = actor("initiative_lead")
    assert lead.person_id == robots.lead_id
    for who in (executive, manager):
        assert "du kan afgøre det" in _asked(asks.decisions_to_make, who)[robots.pk]
    for who in (lead, actor("controller"), actor("unit_leader")):
        assert robots.pk not in _asked(asks.decisions_to_make, who)


def test_above_a_mandate_only_its_roles_are_asked_in_place_of_a_sponsor(actor, robots):
    manager = actor("portfolio_manager")
    actions.ask_decision(actor=manager, initiative_id=robots.pk)
    _people(robots, sponsor=None)
    first = content.mandate_entries()[0].up_to_dkk
    gate_evidence.register_amount(lambda _o, ids: dict.fromkeys(ids, first + 1))
    assert robots.pk not in _asked(asks.decisions_to_make, manager)
    assert robots.pk in _asked(asks.decisions_to_make, actor("executive"))


def test_decisions_without_a_sponsor_are_read_in_as_many_queries_however_many(actor, robots):
    manager = actor("portfolio_manager")
    actions.ask_decision(actor=manager, initiative_id=robots.pk)
    _asked(asks.decisions_to_make, manager)
    with CaptureQueriesContext(connection) as few:
        before = _asked(asks.decisions_to_make, manager)
    assert before, "the world has one without a sponsor"
    for number in range(3):
        made = actions.create_initiative(
            actor=manager, fields={"title": f"Nr. {number}", "unit": robots.unit}
        )
        actions.ask_decision(actor=manager, initiative_id=made.pk)
    with CaptureQueriesContext(connection) as many:
        after = _asked(asks.decisions_to_make, manager)
    assert len(after) == len(before) + 3
    assert len(many) == len(few)


def test_where_nobody_leads_or_sponsors_a_deviation_that_ends_is_told_to_deciders(actor, robots):
    manager = actor("portfolio_manager")
    _people(robots, sponsor=None, lead=None)
    asked = actions.ask_deviation(
        actor=manager,
        initiative_id=robots.pk,
        code="baseline",
        reason="Vi måler i januar",
        ends_on=today() + SOON,
    )
    actions.answer_deviation(
        actor=actor("executive"), deviation_id=asked.pk, version=1, approve=True, reason="Ja"
    )
    late = today() + SOON - dt.timedelta(days=10)
    for who in (manager, actor("executive")):
        assert "hverken" in _asked(asks.deviations_that_end, who, late)[asked.pk]
    for role in ("initiative_lead", "controller", "unit_leader"):
        assert asked.pk not in _asked(asks.deviations_that_end, actor(role), late)
    _people(robots, lead=actor("initiative_lead").person_id)
    assert asked.pk not in _asked(asks.deviations_that_end, manager, late)


def test_where_nobody_leads_or_sponsors_what_waits_comes_to_whoever_may_review_it(actor, robots):
    wait(actor("executive"), robots)
    row = queries.open_waiting(robots)
    manager = actor("portfolio_manager")
    assert row.pk not in _asked(asks.waiting_that_is_due, manager, row.review_on)
    _people(robots, sponsor=None, lead=None)
    assert "hverken" in _asked(asks.waiting_that_is_due, manager, row.review_on)[row.pk]
    for role in ("executive", "initiative_lead", "controller", "unit_leader"):
        assert row.pk not in _asked(asks.waiting_that_is_due, actor(role), row.review_on)


def test_what_waits_comes_back_by_itself_on_its_day(client_for, actor, robots):
    executive = actor("executive")
    wait(executive, robots)
    row = queries.open_waiting(robots)
    assert not list(asks.waiting_that_is_due(executive, today()))
    due = list(asks.waiting_that_is_due(executive, row.review_on))
    assert [one.subject_id for one in due] == [row.pk]
    assert "To årsværk taster videre" in due[0].reason
    with frozen_at(row.review_on):
        listed = text_of(client_for("portfolio_manager").get(at("waiting")))
        assert "1 skal ses på nu" in listed
        assert "To årsværk taster videre" in listed
    with frozen_at(row.review_on + dt.timedelta(days=1)):
        gate = text_of(client_for("portfolio_manager").get(at("gate", robots.pk)))
        assert "Det venter på Det nye fagsystem og skulle være set på igen" in gate
    done = client_for("portfolio_manager").post(
        at("review", row.pk), {"answer": "end", "because": "Klar", "version": row.version}
    )
    assert done.status_code == 302
    assert queries.open_waiting(robots) is None


@pytest.mark.parametrize("name", ["waiting", "deviations", "gate_requests"])
def test_a_list_asks_as_often_with_many_as_with_few(
    name, client_for, actor, here, django_assert_max_num_queries
):
    page = ListPage.by_name[name]
    manager = actor("portfolio_manager")
    unit = Initiative.objects.filter(organisation_id=here).first().unit
    for number in range(6):
        one = actions.create_initiative(
            actor=manager, fields={"title": f"Nummer {number}", "unit": unit}
        )
        actions.ask_decision(actor=manager, initiative_id=one.pk)
        actions.ask_deviation(
            actor=manager,
            initiative_id=one.pk,
            code="baseline",
            reason="Senere",
            ends_on=today() + SOON,
        )
        wait(actor("executive"), one)
    client = client_for("portfolio_manager")
    client.get(reverse(page.url_name))
    with django_assert_max_num_queries(26):
        assert client.get(reverse(page.url_name)).status_code == 200
