"""The business case on paper: what its page shows, marked as draft, for who may see the page."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import docx
import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from hoest.domain.business_cases.models import CaseVersion
from hoest.domain.business_cases.web import words
from hoest.domain.organisations.models import Organisation
from hoest.domain.portfolio.models import Initiative
from hoest.foundation import clock
from tests.support.recalculating import recalculated
from tests.support.world import MARKERS, THERE

Clients = Callable[..., Client]
FORMS = ("pdf", "docx")


def initiative_of(here: int, word: str) -> int:
    return Initiative.objects.get(organisation_id=here, title__startswith=word).pk


def taken(client: Client, initiative: int, form: str, query: str = "") -> bytes:
    answer = client.get(reverse(f"business_cases:{form}", args=[initiative]) + query)
    assert answer.status_code == 200, answer.content[:300]
    name = answer.headers["Content-Disposition"]
    assert re.search(rf'filename="business-case-[a-z0-9-]+\.{form}"', name), name
    return answer.content


def said(form: str, file: bytes) -> str:
    """Return the text of a document, spaces evened out."""
    if form == "pdf":
        text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(file)).pages)
    else:
        found = []
        for block in docx.Document(io.BytesIO(file)).iter_inner_content():
            rows = getattr(block, "rows", None)
            found += [c.text for r in rows for c in r.cells] if rows else [block.text]
        text = " ".join(found)
    return plain(text)


def plain(text: str) -> str:
    """Return a text with every space a plain one."""
    return re.sub(r"\s+", " ", text.replace("\xa0", " "))


def draft_of(client: Client, here: int) -> CaseVersion:
    """Begin a draft with one line, as a controller does."""
    initiative = initiative_of(here, "Robotter")
    client.post(reverse("business_cases:start", args=[initiative]))
    draft = CaseVersion.objects.get(case__initiative_id=initiative, state="draft")
    line = {
        "key": "Færre timer",
        "kind": "benefit",
        "measure": "dkk",
        "duration": "recurring",
        f"year_{clock.today().year}": "1.200.000,50",
        "version": "1",
    }
    client.post(reverse("business_cases:new_line", args=[draft.pk]), line)
    return draft


@pytest.mark.parametrize("form", FORMS)
def test_the_paper_says_every_figure_of_the_page(client_for: Clients, here: int, form: str) -> None:
    initiative = initiative_of(here, "Digital")
    client = client_for("politician")
    page = client.get(reverse("business_cases:case", args=[initiative]))
    text = said(form, taken(client, initiative, form))
    for one in page.context["key_figures"]:
        assert plain(f"{one.label} {one.missing or one.value}") in text, one.label
        assert not one.low or plain(f"{one.low} – {one.high}") in text
    for table in page.context["tables"]:
        for row in table.rows:
            cells = [cell.text for cell in row.cells if cell.text]
            assert f"{row.label} {row.kind} {' '.join(cells)}" in text, row.label
        for label, amounts in table.totals:
            assert f"{label} {' '.join(amounts)}" in text
    year = clock.today().year
    for part in (
        f"og kan koste 360.000 kr. netto til og med {year}. Fuldt indført",
        "I praksis betyder det, at borgere kan træne hjemme",
        "Mindre vikarforbrug",
        "Gevinstejer i Ådal Kommune",
        f"1.200.000 kr. om året, {year - 2}-priser",
        "Version 2 er godkendt: Controller i Ådal Kommune",
        "Prisen på træningsudstyr er faldet",
        "det første løfte",
        "3,5 % til år 35",
        "Kilde",
    ):
        assert part in text, part
    assert MARKERS[THERE] not in text
    assert "Kladde" not in text


def test_the_first_page_of_the_pdf_is_the_case_and_the_rest_is_its_annex(
    client_for: Clients, here: int
) -> None:
    file = PdfReader(
        io.BytesIO(taken(client_for("executive"), initiative_of(here, "Digital"), "pdf"))
    )
    first, second = (file.pages[n].extract_text() for n in (0, 1))
    for heading in (
        "Hvad og hvorfor",
        "Summen",
        "Gevinsterne og hvem der ejer dem",
        "Beslutningen",
    ):
        assert heading in first
    assert "Bilag" not in first.split("Beslutningen")[0]
    assert second.split("Bilag")[1].strip().startswith("Samlede økonomiske konsekvenser")
    assert file.trailer["/Root"]["/Lang"] == "da-DK"


@pytest.mark.parametrize("form", FORMS)
def test_a_draft_is_marked_on_every_page_and_asks_for_no_decision(
    client_for: Clients, here: int, form: str
) -> None:
    client = client_for("controller")
    draft = draft_of(client, here)
    initiative = draft.case.initiative_id
    file = taken(client, initiative, form, f"?version={draft.pk}")
    assert "Kladde: ingen har godkendt tallene endnu." in said(form, file)
    assert "Der bedes ikke om en beslutning endnu" in said(form, file)
    if form == "pdf":
        assert all("Kladde" in page.extract_text() for page in PdfReader(io.BytesIO(file)).pages)
    else:
        head = docx.Document(io.BytesIO(file)).sections[0].header
        assert any("Kladde" in paragraph.text for paragraph in head.paragraphs)


@pytest.mark.parametrize("form", FORMS)
def test_the_annex_answers_the_eleven_questions_as_the_sum_does(
    client_for: Clients, here: int, form: str
) -> None:
    client, initiative = client_for("politician"), initiative_of(here, "Digital")
    page = client.get(reverse("business_cases:sum", args=[initiative]))
    text = said(form, taken(client, initiative, form))
    answers = page.context["quality"]
    assert len(answers) == 11
    for one in answers:
        word = "Er der" if one.met else "Mangler"
        assert plain(f"{one.number}. {one.title} {word} {one.sentence}") in text, one.title
    assert f"{page.context['found'].met} af 11 spørgsmål er besvaret." in text
    assert "Hvad det beskytter" not in text


@pytest.mark.parametrize("form", FORMS)
def test_what_must_be_done_says_in_the_annex_what_it_protects(
    client_for: Clients, here: int, form: str
) -> None:
    initiative = initiative_of(here, "Digital")
    Initiative.objects.filter(pk=initiative).update(purpose_type="hygiene")
    client = client_for("politician")
    page = client.get(reverse("business_cases:sum", args=[initiative]))
    written = [one for one in page.context["aspects"] if one.said]
    assert written
    text = said(form, taken(client, initiative, form))
    for one in written:
        row = f"{one.label} {one.now or '–'} {one.after or '–'} {one.said}"
        assert plain(row) in text, one.label
    assert text.index("Hvad det beskytter") < text.index("De elleve spørgsmål")
    bare = draft_of(client_for("controller"), here)
    Initiative.objects.filter(pk=bare.case.initiative_id).update(purpose_type="hygiene")
    empty = said(form, taken(client_for("controller"), bare.case.initiative_id, form))
    assert "Ingen har skrevet endnu, hvad det beskytter." in empty


def test_a_demo_municipality_is_marked_on_every_page(client_for: Clients, here: int) -> None:
    client = client_for("executive")
    plain = taken(client, initiative_of(here, "Digital"), "pdf")
    assert "Demo" not in said("pdf", plain)
    assert not Organisation.objects.get(pk=here).is_demo


@pytest.mark.parametrize("form", FORMS)
def test_a_case_that_is_not_there_or_not_for_her_cannot_be_taken(
    client_for: Clients, here: int, form: str
) -> None:
    client = client_for("executive")
    without = Initiative.objects.get(organisation_id=here, title__startswith="Arkiv").pk
    assert client.get(reverse(f"business_cases:{form}", args=[without])).status_code == 404
    with_case = initiative_of(here, "Digital")
    address = reverse(f"business_cases:{form}", args=[with_case])
    assert client.get(f"{address}?version=999999").status_code == 404
    assert client.get(f"{address}?version=abc").status_code == 404
    assert client_for("executive", THERE).get(address).status_code == 404
    assert Client().get(address).status_code in (302, 404)


def test_the_page_leads_to_the_files_that_show_the_same(client_for: Clients, here: int) -> None:
    initiative = initiative_of(here, "Digital")
    page = client_for("executive").get(
        reverse("business_cases:case", args=[initiative]) + "?til=2040&andet=1"
    )
    for form in (*FORMS, "xlsx"):
        address = reverse(f"business_cases:{form}", args=[initiative])
        assert f'href="{address}?til=2040"' in page.content.decode()
    text = said("pdf", taken(client_for("executive"), initiative, "pdf", "?til=2040"))
    assert "til og med 2040" in text


def test_the_workbook_of_the_page_calculates_the_figures_of_the_page(
    client_for: Clients, here: int
) -> None:
    initiative = initiative_of(here, "Digital")
    client = client_for("politician")
    page = client.get(reverse("business_cases:case", args=[initiative]))
    found = recalculated(taken(client, initiative, "xlsx"))
    assert [cell for cell in found.formulas if not cell.agrees] == []
    shown = {one.code: one for one in page.context["key_figures"]}
    assert words.kroner(found.row("Overblik", shown["npv"].label)[0]) == shown["npv"].value
    assert words.kroner(found.row("Overblik", shown["net"].label)[0]) == shown["net"].value
    assert found.row("Overblik", "Tjent hjem i")[0] == int(shown["payback_calendar_year"].value)
    assert found.row("Timer", "Timer i alt, alle gevinster")[3] == 3100
    assert any(value == "Prisen på træningsudstyr er faldet" for value in found.values.values())
    assert not any(MARKERS[THERE] in str(value) for value in found.values.values())


def test_an_english_reader_gets_an_english_document(client_for: Clients, here: int) -> None:
    client = client_for("executive")
    client.cookies["django_language"] = "en"
    file = taken(client, initiative_of(here, "Digital"), "pdf")
    assert PdfReader(io.BytesIO(file)).trailer["/Root"]["/Lang"] == "en-GB"
