"""Upload → faults or preview → confirm → result → undo, as the pages do it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hoest.domain.exchange import jobs
from hoest.domain.exchange.models import ImportRun
from hoest.domain.exchange.rules import parse
from hoest.domain.exchange.rules import template as blank
from hoest.foundation.imports.reader import read_workbook

pytestmark = pytest.mark.django_db
PUBLIC = Path(__file__).resolve().parents[3] / "content" / "public"


def workbook_for(municipality: str, **cells: object) -> bytes:
    """Return the 2016 workbook for a municipality, with cells changed: {"Økonomi!F2": "x"}."""
    from openpyxl import load_workbook

    book = load_workbook(PUBLIC / "koebenhavn-investeringer-2016.xlsx")
    for row in book["Om"].iter_rows():
        if row[0].value == "kommune":
            row[1].value = municipality
    for place, value in cells.items():
        sheet, cell = place.split("!")
        book[sheet][cell] = value
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@pytest.fixture
def uploaded(client_for, here):
    """Upload a workbook as the controller and read it, as the worker does."""
    client = client_for("controller")

    def upload(content: bytes, name: str = "liste.xlsx"):
        answer = client.post(
            reverse("exchange:imports"), {"file": SimpleUploadedFile(name, content)}
        )
        assert answer.status_code == 302, answer.content.decode()[:2000]
        run = ImportRun.objects.latest("id")
        jobs.read(organisation_id=here, run_id=run.pk)
        run.refresh_from_db()
        return client, run

    return upload


def confirm(client, run):
    client.post(reverse("exchange:confirm", args=[run.pk]))
    jobs.apply(organisation_id=run.organisation_id, run_id=run.pk)
    run.refresh_from_db()


def page(client, run):
    return client.get(reverse("exchange:run", args=[run.pk])).content.decode()


def test_a_good_file_is_previewed_confirmed_and_undone(uploaded):
    client, run = uploaded(workbook_for("9901"))
    assert run.state == "ready"
    assert "5 initiativer" in page(client, run)
    confirm(client, run)
    assert run.state == "applied"
    assert "Fortryd hele indlæsningen" in page(client, run)
    client.post(reverse("exchange:undo", args=[run.pk]))
    run.refresh_from_db()
    assert run.state == "undone"


def test_every_fault_is_listed_at_once_and_nothing_is_changed(uploaded, client_for):
    content = workbook_for(
        "9901",
        **{
            "Økonomi!G3": "meget",
            "Økonomi!C4": "gave",
            "Initiativer!D2": "hygge",
            "Gevinster!D3": "penge",
            "Gevinster!B4": "FINDES-IKKE",
        },
    )
    client, run = uploaded(content)
    assert run.state == "faulty"
    assert len(run.faults) >= 5
    shown = page(client, run)
    for words in ("meget", "gave", "hygge", "penge", "FINDES-IKKE"):
        assert words in shown


def test_a_file_for_another_municipality_is_refused(uploaded):
    _client, run = uploaded(workbook_for("København"))
    assert run.state == "faulty"
    assert run.faults[0]["column"] == "kommune"


def test_something_that_is_no_workbook_is_refused_with_a_reason(uploaded):
    client, run = uploaded(b"PK\x03\x04 noget andet", "fup.xlsx")
    assert run.state == "faulty"
    assert run.faults[0]["stands"] in page(client, run).replace("&#x27;", "'")


@pytest.mark.parametrize(("name", "content"), [("liste.csv", b"a;b"), ("tom.xlsx", b"")])
def test_a_file_that_cannot_be_a_workbook_is_refused_at_once(client_for, name, content):
    answer = client_for("controller").post(
        reverse("exchange:imports"), {"file": SimpleUploadedFile(name, content)}
    )
    assert answer.status_code == 422


def test_two_clicks_on_confirm_apply_once(uploaded):
    client, run = uploaded(workbook_for("9901"))
    confirm(client, run)
    first = run.applied_at
    confirm(client, run)
    assert run.applied_at == first


def test_a_job_that_comes_twice_changes_nothing_the_second_time(uploaded):
    client, run = uploaded(workbook_for("9901"))
    confirm(client, run)
    jobs.apply(organisation_id=run.organisation_id, run_id=run.pk)
    jobs.read(organisation_id=run.organisation_id, run_id=run.pk)
    run.refresh_from_db()
    assert run.state == "applied"


def test_a_file_without_news_says_so(uploaded):
    content = workbook_for("9901")
    client, run = uploaded(content)
    confirm(client, run)
    client, again = uploaded(content)
    assert "Filen ændrer intet" in page(client, again)


def test_a_discarded_file_is_gone_and_an_applied_one_stays(uploaded):
    client, run = uploaded(workbook_for("9901"))
    client.post(reverse("exchange:discard", args=[run.pk]))
    assert not ImportRun.objects.filter(pk=run.pk).exists()
    client, run = uploaded(workbook_for("9901"))
    confirm(client, run)
    assert client.post(reverse("exchange:discard", args=[run.pk])).status_code == 422


def test_the_template_is_a_workbook_that_asks_to_be_filled_in(client_for):
    content = client_for("controller").get(reverse("exchange:template")).content
    assert content == blank()
    assert len(parse(read_workbook(content)).faults) == 1


def test_the_export_reads_back(client_for, uploaded):
    client, run = uploaded(workbook_for("9901"))
    confirm(client, run)
    content = client.get(reverse("exchange:export"), {"pl": 2016}).content
    assert parse(read_workbook(content)).faults == ()


def test_an_import_of_the_neighbours_does_not_exist_here(uploaded, client_for):
    _client, run = uploaded(workbook_for("9901"))
    there = client_for("controller", there=True)
    assert there.get(reverse("exchange:run", args=[run.pk])).status_code == 404
    assert there.post(reverse("exchange:undo", args=[run.pk])).status_code == 404


def test_only_those_who_may_import_see_the_form(client_for):
    assert client_for("employee").get(reverse("exchange:imports")).status_code == 403
    assert client_for("executive").get(reverse("exchange:imports")).status_code == 200
