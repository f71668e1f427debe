"""What trust shows on its pages, on paper, on the initiative and in Min uge."""

import datetime as dt
import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from hoest.domain.portfolio.actions import answer_facts
from hoest.domain.portfolio.rules.facts import FactAnswer
from hoest.domain.trust import actions
from hoest.domain.trust.rules.security import ManagementStepKind
from hoest.foundation import asks, content, gate_evidence
from hoest.foundation.clock import today
from hoest.foundation.plain_danish import lix, lix_of_lines
from hoest.ui import formats


def _asked(actor, kind):
    return [ask for ask in asks.asked_of(actor, today()) if ask.kind == kind]


def test_each_sentence_leads_to_where_it_is_registered(client_for, training):
    page = client_for("portfolio_manager").get(reverse("sheets:sheet", args=[training.pk])).text
    assert "Hvor kommer det fra?" in page
    assert reverse("sheets:tell", args=[training.pk]) in page
    assert "Porteføljeleder" in page, "who said it"


def test_a_reader_sees_the_words_and_not_who_registered_them(client_for, training):
    page = client_for("politician").get(reverse("sheets:sheet", args=[training.pk])).text
    assert "Vi bruger oplysninger om helbred." in page
    assert "Hvor kommer det fra?" not in page
    assert "Læg bladet frem" not in page


def test_the_sheet_is_one_page_on_paper_and_plain_danish(client_for, training):
    answer = client_for("politician").get(reverse("sheets:pdf", args=[training.pk]))
    pages = PdfReader(io.BytesIO(answer.content)).pages
    assert len(pages) == 1
    text = pages[0].extract_text()
    assert "Kladde" not in text
    assert "Medarbejderne logger ind i to trin." in " ".join(text.split())


def test_what_is_not_approved_says_so_on_paper(client_for, visits):
    url = reverse("sheets:pdf", args=[visits.pk])
    answer = client_for("portfolio_manager").get(url)
    assert "Kladde" in PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
    assert client_for("politician").get(url).status_code == 404


@pytest.mark.parametrize("name", ["open:page", "open:sheet"])
def test_the_public_pages_are_plain_danish(client, training, name):
    args = ["aadal"] if name == "open:page" else ["aadal", training.pk]
    said = client.get(reverse(name, args=args))
    assert said.status_code == 200
    lines = (
        [
            words
            for one in said.context["units"][0][1]
            for _heading, texts in one["asked"]
            for words in texts
        ]
        if name == "open:page"
        else [words for _heading, texts in said.context["sheet"]["asked"] for words in texts]
    )
    assert lix_of_lines(lines) <= content.limit("sheet_lix")


def test_lix_counts_words_sentences_and_long_words():
    assert lix("Jeg går. Du går.") == 2
    assert lix("Kommunalbestyrelsen beslutter.") == 102
    assert lix("") == 0


def test_the_initiative_shows_trust_as_a_part_of_itself(client_for, training):
    page = (
        client_for("portfolio_manager")
        .get(reverse("portfolio:initiative", args=[training.pk]))
        .text
    )
    assert "Sikkerhed og tryghed" in page
    assert "Det bruger oplysninger om mennesker." in page
    assert reverse("sheets:sheet", args=[training.pk]) in page
    assert reverse("ethics:screening", args=[training.pk]) in page


def test_who_approves_is_asked_about_what_waits_and_the_writer_is_not(actor, visits):
    mine = _asked(actor("security_officer"), "sheet_to_answer")
    assert visits.title in [ask.subject_title for ask in mine]
    assert not _asked(actor("portfolio_manager"), "sheet_to_answer")


def test_the_lead_is_asked_when_the_source_of_her_sheet_changes(actor, training):
    assert not _asked(actor("initiative_lead"), "sheet_changed")
    answer_facts(
        actor=actor("portfolio_manager"),
        initiative_id=training.pk,
        answers={"ai": FactAnswer.YES},
    )
    assert len(_asked(actor("initiative_lead"), "sheet_changed")) == 1
    assert len(_asked(actor("initiative_lead"), "screening_to_do")) == 1


def test_the_executive_is_asked_to_approve_the_report_and_the_officer_is_not(actor, here):
    assert len(_asked(actor("executive"), "report_to_approve")) == 1
    assert not _asked(actor("security_officer"), "report_to_approve")
    assert not _asked(actor("politician"), "report_to_approve")


def test_a_duty_of_the_management_body_is_asked_for_when_it_is_due(actor, here):
    before = _asked(actor("security_officer"), "management_due")
    day = formats.long_date(before[0].due_on)
    assert [(ask.title, ask.subject_title) for ask in before] == [
        (f"Ledelsen skal godkende sikkerhedsforanstaltningerne senest {day}", "")
    ]
    actions.note_management_step(
        actor=actor("security_officer"),
        fields={
            "kind": ManagementStepKind.APPROVAL,
            "on": today(),
            "who_function": "Byrådet",
            "what": "Godkendte dem igen",
            "reference": "",
            "next_due_on": today() + dt.timedelta(days=365),
        },
    )
    assert not _asked(actor("security_officer"), "management_due")


def test_the_gate_is_told_of_the_screening(here, training, visits):
    told = gate_evidence.told_of(["ethics"], here, [training.pk, visits.pk])
    assert told[training.pk]["ethics"].state == "in_progress", "a new one has been begun"
    assert "ethics" not in told[visits.pk]


def test_a_screening_is_answered_and_decided_through_the_pages(client_for, visits):
    client = client_for("security_officer")
    questions = content.ethics_instrument().questions
    answers = {f"q_{code}": "green" for code in questions}
    url = reverse("ethics:colours", args=[visits.pk])
    assert client.post(url, {**answers, "version": "0"}).status_code == 302
    people = client.get(reverse("ethics:people", args=[visits.pk]))
    stances = {name: "follows" for name in people.context["form"].fields if name.startswith("s_")}
    version = people.context["version"]
    posted = {"affected": ["older"], "version": version, **stances}
    assert client.post(people.request["PATH_INFO"], posted).status_code == 302
    decide = client.get(reverse("ethics:decide", args=[visits.pk]))
    assert decide.context["lacking"] == []
    said = client.post(
        decide.request["PATH_INFO"],
        {
            "version": decide.context["version"],
            "decision": "go_on",
            "decision_text": "Vi går videre",
            "published_where": "Dagsordenen",
        },
    )
    assert said.status_code == 302
    assert "Besluttet: gå videre" in client.get(reverse("ethics:screening", args=[visits.pk])).text


def test_a_sheet_is_approved_through_the_page(client_for, visits):
    client = client_for("security_officer")
    page = client.get(reverse("sheets:answer", args=[visits.pk]))
    posted = {"answer": "approve", "version": page.context["version"]}
    assert client.post(page.request["PATH_INFO"], posted).status_code == 302
    assert client.get(reverse("open:sheet", args=["aadal", visits.pk])).status_code == 200
