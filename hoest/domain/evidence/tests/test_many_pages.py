"""A file with many indicators through its pages: what it says and does, and every fault."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.urls import reverse

from hoest.domain.evidence import queries
from hoest.domain.evidence.models import (
    Place,
    Point,
    PointCorrection,
    Series,
    SeriesLoad,
)
from hoest.domain.evidence.queries.history import definitions_of
from hoest.domain.evidence.rules import FileState
from hoest.domain.organisations.models import Unit
from tests.support.many_series import Upload, page, places_of, read, save, text, two_series

pytestmark = pytest.mark.django_db


@pytest.fixture
def series(here: int) -> Series:
    """The series the municipality has, over six places."""
    return Series.objects.get(organisation_id=here)


def test_a_file_says_of_each_indicator_what_it_does_and_saves_all_of_it(
    upload: Upload, series: Series, here: int
) -> None:
    before = Point.objects.count()
    client, file = upload(two_series(series))
    assert file.state == FileState.READY, file.faults
    by_name = {one["name"]: one for one in file.preview["indicators"]}
    old, new = by_name[series.name], by_name["Dage til svar"]
    assert (old["new"], old["corrected"], old["same"]) == (1, 1, 1)
    assert (new["series_id"], new["new"], new["missing"]) == (None, 1, 1)
    told = page(client, file)
    assert "2 indikatorer er klar: 2 nye værdier, 1 rettet værdi, 1 ny serie" in told
    assert "Ny serie, et tal for hver måned" in told
    assert "1 celle er tom og springes over." in told
    assert 'data-label="sted">1<' in told
    assert 'class="num is-none" data-label="rettede">0<' in told
    assert Point.objects.count() == before
    assert not Series.objects.filter(name="Dage til svar").exists()
    save(client, file)
    assert file.state == FileState.SAVED
    assert bytes(file.content) == b""
    assert Point.objects.count() == before + 2
    made = Series.objects.get(organisation_id=here, name="Dage til svar")
    assert (made.measure_unit, made.step, made.wanted) == ("dage", "month", "lower")
    assert queries.points_of(made).get().value == Decimal("1200.5")
    assert PointCorrection.objects.filter(series=series).count() == 1
    load = SeriesLoad.objects.filter(series=series).latest("id")
    assert (load.source, load.sha256, load.new, load.corrected) == ("Nøgletal", file.sha256, 1, 1)
    assert "2 indikatorer er gemt" in page(client, file)


def test_every_value_that_cannot_be_read_is_shown_with_its_row_and_nothing_is_saved(
    upload: Upload, series: Series
) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Nøgletal"
    place = places_of(series)[0]
    for row in (
        ["Indikator", "Enhed", "Periode", "Værdi"],
        [series.name, place, "2026-01", 12.5],
        [series.name, place, dt.date(2026, 2, 1), "mange"],
        [series.name, place, "i foråret", 3],
        [series.name, "", "2026-03", 3],
        [series.name, place, "2099-01", 3],
        ["Ukendt indikator", place, "2026-01", 3],
    ):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    before = Point.objects.count()
    client, file = upload(out.getvalue(), "tal.xlsx")
    assert file.state == FileState.FAULTY
    told = page(client, file)
    assert "5 fejl i filen. Intet er gemt" in told
    for words in (
        "Nøgletal, række 3", "»mange«", "et tal med komma før decimalerne",
        "Nøgletal, række 4", "»i foråret«", "en måned, et kvartal eller et år",
        "Nøgletal, række 5", "navnet på en enhed",
        "Nøgletal, række 6", "en periode, der er begyndt",
        "Nøgletal, række 7", "»Ukendt indikator«", "en serie, I har, eller en ny med måleenhed",
    ):  # fmt: skip
        assert words in told, words
    assert client.post(reverse("series:file_save", args=[file.pk])).status_code == 422
    assert Point.objects.count() == before


@pytest.mark.parametrize(
    ("heading", "cell", "told"),
    [
        ("Måleenhed", "timer", "seriens måleenhed: minutter"),
        ("Hyppighed", "kvartal", "seriens perioder: måned"),
        ("Bedre er", "højere", "det, der er bedre i serien: lavere"),
        ("Sådan opgøres det", "Kun om natten", "eller en dag i kolonnen Opgøres sådan fra"),
    ],
)
def test_what_is_counted_otherwise_is_never_joined_silently(
    upload: Upload, series: Series, heading: str, cell: str, told: str
) -> None:
    client, file = upload(
        f"Indikator;Enhed;Periode;Værdi;{heading}\n"
        f"{series.name};{places_of(series)[0]};2020-01;5;{cell}"
    )
    assert file.state == FileState.FAULTY
    assert told in page(client, file)


def test_a_new_way_of_counting_with_its_day_becomes_a_break_and_a_new_definition(
    upload: Upload, series: Series
) -> None:
    place = places_of(series)[0]
    period = max(one.period for one in queries.points_of(series))
    client, file = upload(
        "Indikator;Enhed;Periode;Værdi;Sådan opgøres det;Opgøres sådan fra\n"
        f"{series.name};{place};{period:%Y-%m};5;Også om natten;{period:%d-%m-%Y}"
    )
    assert file.state == FileState.READY, file.faults
    assert "Opgøres på en ny måde fra" in page(client, file)
    save(client, file)
    series.refresh_from_db()
    assert (series.definition, series.definition_number) == ("Også om natten", 2)
    assert [one.number for one in definitions_of(series)] == [2, 1]
    cut = queries.breaks_of(series).get(on=period)
    assert (cut.handling, cut.definition_number) == ("", 2)
    assert SeriesLoad.objects.filter(series=series).latest("id").definition_number == 2
    # The next file sees that nobody has decided which side is used.
    client, again = upload(f"Indikator;Enhed;Periode;Værdi\n{series.name};{place};{period:%Y-%m};6")
    told = page(client, again)
    assert "1 serie har et brud, ingen har taget stilling til" in told
    assert "Et brud venter på en afgørelse" in told


def test_names_of_places_are_asked_of_once_and_then_known(
    upload: Upload, series: Series, here: int
) -> None:
    unit = Unit.objects.filter(organisation_id=here).first()
    assert unit is not None
    rows = [f"{series.name};{name};2020-01;5" for name in ("Øst for åen", "Nabokommunen", "B3")]
    client, file = upload("Indikator;Enhed;Periode;Værdi\n" + "\n".join(rows))
    assert file.state == FileState.ASKING
    told = page(client, file)
    assert "3 steder kender Høst ikke endnu" in told
    assert "Hvad er »Øst for åen«? (1 værdi, linje 2)" in told
    assert client.post(reverse("series:file_save", args=[file.pk])).status_code == 422
    client.post(
        reverse("series:file_places", args=[file.pk]),
        {
            "name-0": "Øst for åen", "means-0": "new",
            "name-1": "Nabokommunen", "means-1": "elsewhere",
            "name-2": "B3", "means-2": f"unit:{unit.pk}",
        },
    )  # fmt: skip
    file.refresh_from_db()
    assert read(file).state == FileState.READY
    assert not Place.objects.filter(name="Øst for åen").exists()
    save(client, file)
    made = {one.name: one for one in Place.objects.filter(organisation_id=here)}
    assert (made["Øst for åen"].unit_id, made["Øst for åen"].is_elsewhere) == (None, False)
    assert made["Nabokommunen"].is_elsewhere
    assert any(one.unit_id == unit.pk for one in made.values())


def test_a_place_that_is_not_explained_is_refused_at_its_field_and_nothing_is_read_again(
    upload: Upload, series: Series
) -> None:
    rows = [f"{series.name};{name};2020-01;5" for name in ("Øst for åen", "Nabokommunen")]
    client, file = upload("Indikator;Enhed;Periode;Værdi\n" + "\n".join(rows))
    given = {
        "name-0": "Øst for åen", "means-0": "", "name-1": "Nabokommunen", "means-1": "elsewhere"
    }  # fmt: skip
    answer = client.post(reverse("series:file_places", args=[file.pk]), given)
    file.refresh_from_db()
    assert (answer.status_code, file.state) == (422, FileState.ASKING)
    said = text(answer)
    assert "Vælg, hvad »Øst for åen« er." in said
    assert "Vælg, hvad »Nabokommunen« er." not in said
    assert '<option value="elsewhere" selected>' in said


@pytest.mark.parametrize(
    ("content", "count", "told"),
    [
        (
            "Navn;Sted;Dato\nA;Nord;2026-01",
            1,
            ["overskrifterne Navn, Sted og Dato", "også »Indikator« og »Værdi«, som i:",
             "Eller tal under »Navn«"],
        ),
        (
            "Indikator;Enhed;Periode;Værdi;Måleenhed;Bedre er;Sådan opgøres det\n"
            "Ventetid;Nord;2026-01;5;;lavere;Fra dør til dør",
            1,
            ["Linje 2, kolonnen Måleenhed", "intet",
             "»Ventetid« er en ny serie, så der skal stå en måleenhed, for eksempel minutter"],
        ),
        (
            "Indikator;Enhed;Periode;Værdi;Måleenhed;Bedre er;Sådan opgøres det\n"
            "Ventetid;Nord;2026-01;5;minutter;mindre;Fra dør til dør",
            1,
            ["»mindre«", "lavere eller højere"],
        ),
        (
            "Indikator;Enhed;Periode;Værdi;Måleenhed;Bedre er;Sådan opgøres det\n"
            "Ventetid;Nord;2026-01;5,1;minutter;lavere;Fra dør til dør\n"
            "Ventetid;Nord;2026-01;5,9;;;",
            1,
            ["Linje 2 og 3 har hver sin værdi (5,1 og 5,9). Slet den forkerte."],
        ),
        (
            "Indikator;Enhed;Periode;Værdi;Måleenhed\nVentetid;Distrikt Ukendt;2026-01;5;minutter",
            1,
            ["Linje 2, kolonnerne Bedre er og Sådan opgøres det",
             "Desuden kender Høst ikke 1 sted: »Distrikt Ukendt«."],
        ),
    ],
)  # fmt: skip
def test_one_mistake_is_one_fault_that_says_what_to_write(
    upload: Upload, content: str, count: int, told: list[str]
) -> None:
    client, file = upload(content)
    assert (file.state, file.fault_count) == (FileState.FAULTY, count), file.faults
    said = page(client, file)
    for words in told:
        assert words in said, words


def test_the_template_has_what_is_known_and_reads_back(
    upload: Upload, series: Series, client_for: Any
) -> None:
    answer = client_for("controller").get(reverse("series:many_template"))
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert [one.value for one in book["Indikatorer"][2]][:4] == [
        series.name, "minutter", "måned", "lavere",
    ]  # fmt: skip
    known = {row[0].value for row in book["Steder"].iter_rows(min_row=2)}
    assert set(places_of(series)) <= known
    _client, empty = upload(answer.content, "skabelon.xlsx")
    assert [one["code"] for one in empty.faults] == ["no_values"]
    book["Værdier"].append([series.name, places_of(series)[0], "2020-01", 12.5])
    out = io.BytesIO()
    book.save(out)
    client, file = upload(out.getvalue(), "skabelon.xlsx")
    assert file.state == FileState.READY, file.faults
    save(client, file)
    assert queries.points_of(series).get(period=dt.date(2020, 1, 1)).value == Decimal("12.5")
