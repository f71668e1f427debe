"""The pages of series: begin one, paste values, answer for unknown places, breaks, an idea."""

from __future__ import annotations

import datetime as dt
import io
import re
import time
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hoest.domain.benefits.models import Benefit, Measurement
from hoest.domain.evidence import actions, queries
from hoest.domain.evidence.actions.reading import StandsOtherwise, put_table, take_measurements
from hoest.domain.evidence.models import Place, Point, Series, SeriesBreak, SeriesIdea
from hoest.domain.evidence.queries.history import definitions_of
from hoest.domain.evidence.queries.reading import look_at
from hoest.domain.evidence.rules import Origin
from hoest.domain.evidence.web.series import words
from hoest.domain.organisations.models import Unit
from hoest.domain.organisations.queries import units_of
from hoest.foundation.tenancy.context import acting_for
from tests.support.world import THERE, organisation_id

pytestmark = pytest.mark.django_db


@pytest.fixture
def series(here: int) -> Series:
    """The series the municipality has, over six places."""
    return Series.objects.get(organisation_id=here)


@pytest.fixture
def fresh(here: int, actor: Any) -> Series:
    """A series without values."""
    return actions.new_series(
        actor=actor("controller"),
        fields={
            "name": "Dage til afgørelse",
            "measure_unit": "dage",
            "step": "month",
            "wanted": "lower",
            "definition": "Fra ansøgning til svar",
        },
    )


def text(answer: Any) -> str:
    """Return a page with its white space made one."""
    return " ".join(answer.content.decode().split())


def test_the_page_says_its_point_from_the_data(series: Series, client_for: Any):
    page = text(client_for("controller").get(reverse("series:series", args=[series.pk])))
    assert re.search(rf"<h1[^>]*>.*{series.name}: [\d,]+ minutter i \w+ \d{{4}}", page)
    assert "Overskriften er gennemsnittet over 6 steder." in page
    assert page.count("lavere end et år før") + page.count("højere end et år før") <= 1
    assert "Opgørelse nr." not in page
    assert page.count("<polyline") >= 7
    assert "Hvor kan vi ændre noget?" in page


def test_a_narrow_page_folds_all_but_the_newest_periods(series: Series, client_for: Any):
    client, path = client_for("controller"), reverse("series:series", args=[series.pk])
    page = text(client.get(path))
    columns = page.count('<th scope="col" role="columnheader" class="num">')
    assert f"Vis alle {columns} perioder" in page
    assert page.count("is-older") == 6 * (columns - 3)
    assert "is-older" not in text(client.get(path, {"perioder": "alle"}))


def test_a_load_tells_only_what_it_did():
    assert words.counts(1, 0, 0) == "1 ny"
    assert words.counts(1200, 2, 1) == "1.200 nye, 2 rettede, 1 stod der allerede"
    assert words.counts(0, 0, 0) == "intet nyt"


def test_the_page_asks_no_more_with_more_values(series: Series, client_for: Any, actor: Any):
    client = client_for("controller")
    path = reverse("series:series", args=[series.pk])
    client.get(path)
    with CaptureQueriesContext(connection) as before:
        client.get(path)
    lines = "\n".join(f"Nyt sted {n};2025-{m:02};{n + m}" for n in range(12) for m in range(1, 13))
    put_table(
        actor=actor("controller"),
        series_id=series.pk,
        text=lines,
        answers={f"nyt sted {n}": "new" for n in range(12)},
        source="flere",
    )
    with CaptureQueriesContext(connection) as after:
        client.get(path)
    assert len(after) == len(before)
    assert len(after) <= 32


def test_the_list_asks_no_more_with_more_series(series: Series, client_for: Any, actor: Any):
    client = client_for("controller")
    client.get(reverse("series:list"))
    with CaptureQueriesContext(connection) as before:
        assert client.get(reverse("series:list")).status_code == 200
    for number in range(10):
        actions.new_series(
            actor=actor("controller"),
            fields={
                "name": f"Serie {number}",
                "measure_unit": "dage",
                "wanted": "lower",
                "definition": "Dage",
            },
        )
    with CaptureQueriesContext(connection) as after:
        page = client.get(reverse("series:list"))
    assert "11 serier" in text(page)
    assert len(after) == len(before)


def test_a_series_begins_from_a_kind_that_many_measure(here: int, client_for: Any):
    client = client_for("controller")
    assert "Sager med fuldt digitalt forløb" in text(client.get(reverse("series:new")))
    path = reverse("series:new") + "?slags=full_digital_workflow"
    page = text(client.get(path))
    assert "Byggesager og miljøsager kan nå 100 pct." in page
    answer = client.post(
        path,
        {
            "name": "Fuldt digitale byggesager",
            "measure_unit": "pct.",
            "step": "quarter",
            "wanted": "higher",
            "definition": "Intet er tastet igen",
            "unit": "",
            "indicator_type": "full_digital_workflow",
        },
    )
    made = Series.objects.get(organisation_id=here, name="Fuldt digitale byggesager")
    assert answer.url == reverse("series:put", args=[made.pk])
    assert (made.indicator_type, made.step) == ("full_digital_workflow", "quarter")


def test_a_table_is_shown_then_saved_and_a_correction_keeps_what_stood(
    series: Series, client_for: Any
):
    client, path = client_for("controller"), reverse("series:put", args=[series.pk])
    point = queries.points_of(series).first()
    lines = f"{point.place.name};{point.period:%Y-%m};99,5"
    shown = client.post(path, {"text": lines, "source": "rettet rapport", "se": "1"})
    assert "1 værdi rettes" in text(shown)
    assert Point.objects.get(pk=point.pk).value == point.value
    answer = client.post(
        path,
        {
            "text": lines,
            "source": "rettet rapport",
            "seen": shown.context["look"].seen,
            "gem": "1",
        },
    )
    assert answer.status_code == 302
    assert Point.objects.get(pk=point.pk).value == Decimal("99.5")
    page = text(client.get(reverse("series:series", args=[series.pk]) + "?perioder=alle"))
    assert "rettet fra" in page
    assert "rettet rapport" in page


def test_what_changed_since_it_was_shown_is_shown_again(series: Series, actor: Any):
    who, point = actor("controller"), queries.points_of(series).first()
    lines = f"{point.place.name};{point.period:%Y-%m};99,5"
    seen = look_at(who, series, lines, {}).seen
    put_table(
        actor=who,
        series_id=series.pk,
        text=lines.replace("99,5", "55"),
        answers={},
        source="en anden",
    )
    with pytest.raises(StandsOtherwise):
        put_table(actor=who, series_id=series.pk, text=lines, answers={}, source="min", seen=seen)


def test_a_name_nobody_knows_is_asked_about_and_never_guessed(
    fresh: Series, client_for: Any, actor: Any, here: int
):
    client, path = client_for("controller"), reverse("series:put", args=[fresh.pk])
    unit = units_of(actor("controller")).first()
    lines = f"{unit.name};2025-03;10\nRoskilde;2025-03;12\nØst;2025-03;14"
    page = client.post(path, {"text": lines, "source": "rapport", "se": "1"})
    assert "2 steder kender Høst ikke endnu" in text(page)
    refused = client.post(path, {"text": lines, "source": "rapport", "gem": "1"})
    assert "Noget kan ikke læses" in text(refused)
    assert not Point.objects.filter(series=fresh).exists()
    said = {
        "text": lines,
        "source": "rapport",
        "name-0": "Roskilde",
        "means-0": "elsewhere",
        "name-1": "Øst",
        "means-1": "new",
    }
    page = client.post(path, {**said, "se": "1"})
    assert "3 værdier er klar" in text(page)
    client.post(path, {**said, "gem": "1", "seen": page.context["look"].seen})
    places = {one.name: one for one in Place.objects.filter(organisation_id=here)}
    assert places["Roskilde"].is_elsewhere
    assert not places["Øst"].is_elsewhere
    assert places[unit.name].unit_id == unit.pk


def test_a_unit_of_the_neighbour_is_no_answer(fresh: Series, actor: Any):
    with acting_for(organisation_id(THERE)):
        foreign = Unit.objects.first().pk
    look = look_at(actor("controller"), fresh, "Øst;2025-03;14", {"øst": f"unit:{foreign}"})
    assert [one.name for one in look.unknown] == ["Øst"]


def test_a_table_with_faults_is_not_saved_and_says_what_stands_there(
    fresh: Series, client_for: Any
):
    page = client_for("controller").post(
        reverse("series:put", args=[fresh.pk]),
        {"text": "Nord;2025-03;tolv\nNord;2025;1", "source": "x", "gem": "1"},
    )
    assert page.status_code == 422
    assert "»tolv«" in text(page)
    assert "2 linjer kan ikke læses" in text(page)
    assert not Point.objects.filter(series=fresh).exists()


def test_a_workbook_is_read_by_the_guarded_child(fresh: Series, client_for: Any):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Sted", dt.date(2025, 1, 1), "feb 2025"])
    sheet.append(["Nord", 12.5, 0.1 + 0.2])
    kept = io.BytesIO()
    book.save(kept)
    page = client_for("controller").post(
        reverse("series:put", args=[fresh.pk]),
        {"source": "ark", "file": SimpleUploadedFile("ark.xlsx", kept.getvalue())},
    )
    assert [one.value for one in page.context["look"].values] == [Decimal("12.5"), Decimal("0.3")]
    broken = client_for("controller").post(
        reverse("series:put", args=[fresh.pk]),
        {"source": "ark", "file": SimpleUploadedFile("ark.xlsx", b"ikke et ark")},
    )
    assert broken.status_code == 422


def test_ten_thousand_lines_take_five_seconds_at_most(fresh: Series, actor: Any):
    lines = "\n".join(
        f"Sted {place};{2015 + month // 12}-{month % 12 + 1:02};{place + month},5"
        for place in range(100)
        for month in range(100)
    )
    began = time.perf_counter()
    load = put_table(
        actor=actor("controller"),
        series_id=fresh.pk,
        text=lines,
        answers={f"sted {place}": "new" for place in range(100)},
        source="stor",
    )
    took = time.perf_counter() - began
    assert load.new == 10_000
    assert took < 5


def test_the_last_measurement_of_a_period_is_copied_from_a_benefit(
    fresh: Series, actor: Any, here: int
):
    measured = Measurement.objects.filter(withdrawn_at__isnull=True).first()
    benefit = Benefit.objects.get(pk=measured.benefit_id)
    load = take_measurements(actor=actor("controller"), series_id=fresh.pk, benefit_id=benefit.pk)
    assert load.origin == Origin.MEASURED
    assert load.new == Point.objects.filter(series=fresh).count() > 0
    assert benefit.title in load.source


def test_a_new_definition_is_a_break_and_nothing_is_compared_across_it(
    series: Series, client_for: Any
):
    client, path = client_for("controller"), reverse("series:series", args=[series.pk])
    last = queries.points_of(series).order_by("-period").first().period
    client.post(
        reverse("series:definition", args=[series.pk]),
        {
            "definition": "Uden kørsel",
            "on": last.strftime("%d-%m-%Y"),
            "why": "Nyt fagsystem",
            "version": series.version,
        },
    )
    page = text(client.get(path))
    assert "Opgørelse nr. 2" in page
    assert "Ingen har sagt, hvilken side der bruges" in page
    assert [one.number for one in definitions_of(series)] == [2, 1]
    row = SeriesBreak.objects.get(series=series, handling="")
    client.post(
        reverse("series:handle", args=[series.pk, row.pk]),
        {"handling": "before", "version": row.version},
    )
    assert "Kun tallene før bruddet bruges" in text(client.get(path))


def test_a_break_is_marked_and_no_line_runs_across_it(series: Series, client_for: Any):
    client, path = client_for("controller"), reverse("series:series", args=[series.pk])
    before = text(client.get(path)).count("<polyline")
    days = sorted(set(queries.points_of(series).values_list("period", flat=True)))
    client.post(
        reverse("series:mark", args=[series.pk]),
        {"on": days[6].isoformat(), "what": "Nyt fagsystem tæller pauser med"},
    )
    page = text(client.get(path))
    assert "Nyt fagsystem tæller pauser med" in page
    assert ">brud</text>" in page
    assert page.count("<polyline") == 2 * before


def test_an_idea_from_a_series_keeps_its_link_and_both_show_it(
    series: Series, client_for: Any, actor: Any, here: int
):
    client, path = client_for("controller"), reverse("series:idea", args=[series.pk])
    assert f"{series.name}: " in text(client.get(path))
    answer = client.post(
        path,
        {
            "problem": "Besøgene varer længere i nord",
            "for_whom": "borgerne",
            "how_often": "weekly",
            "unit": units_of(actor("controller")).first().pk,
            "suggestion": "",
        },
    )
    link = SeriesIdea.objects.get(organisation_id=here, series=series)
    assert answer.url == reverse("ideas:idea", args=[link.idea_id])
    assert series.name in text(client.get(answer.url))
    assert "Besøgene varer længere i nord" in text(
        client.get(reverse("series:series", args=[series.pk]))
    )
