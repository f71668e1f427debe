"""A file with many indicators through its pages: faults, places, what it does, saved whole."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hoest.domain.evidence import actions, jobs, queries
from hoest.domain.evidence.actions import many as acts
from hoest.domain.evidence.models import (
    Place,
    Point,
    PointCorrection,
    Series,
    SeriesFile,
    SeriesLoad,
)
from hoest.domain.evidence.queries.history import definitions_of
from hoest.domain.evidence.queries.many import files_here
from hoest.domain.evidence.rules import FileState
from hoest.domain.organisations.models import Unit
from hoest.foundation.tenancy.context import acting_for
from tests.support.world import THERE, organisation_id

pytestmark = pytest.mark.django_db

Upload = Callable[..., tuple[Client, SeriesFile]]


@pytest.fixture
def series(here: int) -> Series:
    """The series the municipality has, over six places."""
    return Series.objects.get(organisation_id=here)


@pytest.fixture
def upload(client_for: Any, here: int) -> Upload:
    """Upload a file and read it, as the worker does."""

    def given(
        content: str | bytes, name: str = "mange.csv", role: str = "controller"
    ) -> tuple[Client, SeriesFile]:
        client = client_for(role)
        raw = content.encode() if isinstance(content, str) else content
        answer = client.post(
            reverse("series:many"),
            {"file": SimpleUploadedFile(name, raw), "source": "Nøgletal", "source_on": ""},
        )
        assert answer.status_code == 302, text(answer)[:2000]
        file = SeriesFile.objects.latest("id")
        return client, read(file)

    return given


def read(file: SeriesFile) -> SeriesFile:
    jobs.read_file(organisation_id=file.organisation_id, file_id=file.pk)
    file.refresh_from_db()
    return file


def save(client: Client, file: SeriesFile) -> SeriesFile:
    client.post(reverse("series:file_save", args=[file.pk]))
    jobs.save_file(organisation_id=file.organisation_id, file_id=file.pk)
    file.refresh_from_db()
    return file


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def page(client: Client, file: SeriesFile, query: str = "") -> str:
    return text(client.get(reverse("series:file", args=[file.pk]) + query))


def places_of(series: Series) -> list[str]:
    return sorted({one.place.name for one in queries.points_of(series)})


def danish(value: Decimal) -> str:
    return f"{value:f}".replace(".", ",")


def two_series(series: Series) -> str:
    """A file with the series that stands and a new one, over two places that are known."""
    first, second = places_of(series)[:2]
    last = max(one.period for one in queries.points_of(series))
    stands = queries.points_of(series).get(place__name=first, period=last).value
    older = queries.points_of(series).get(place__name=second, period=last).value
    return "\n".join(
        [
            "Indikator;Enhed;Periode;Værdi;Måleenhed;Hyppighed;Bedre er;Sådan opgøres det",
            f"{series.name};{first};{last:%Y-%m};{danish(stands)};;;;",
            f"{series.name};{second};{last:%d-%m-%Y};{danish(older + 1)};;;;",
            f"{series.name};{first};januar 2020;17,5;;;;",
            f"Dage til svar;{first};2026-01;1.200,5;dage;måned;lavere;Fra ansøgning til svar",
            f"Dage til svar;{second};2026-01;;;;;",
        ]
    )


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
    assert "2 indikatorer er klar: 2 nye værdier, 1 rettet, 1 ny serie" in told
    assert "Ny serie, et tal for hver måned" in told
    assert "1 celle er tom og springes over." in told
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
    assert "»Øst for åen« (1 værdi)" in told
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


def test_a_file_that_changes_nothing_says_so(upload: Upload, series: Series) -> None:
    given = two_series(series)
    save(*upload(given))
    client, again = upload(given)
    told = page(client, again)
    assert "Filen ændrer intet" in told
    assert "Gem hele filen" not in told


def test_what_was_corrected_meanwhile_is_shown_again_before_it_is_saved(
    upload: Upload, series: Series, actor: Any
) -> None:
    client, file = upload(two_series(series))
    second = places_of(series)[1]
    last = max(one.period for one in queries.points_of(series))
    actions.add_points(
        actor=actor("controller"),
        series_id=series.pk,
        given=[acts.GivenPoint(second, last, Decimal(99))],
        origin=acts.Origin.TYPED,
        source="imens",
    )
    save(client, file)
    assert file.state == FileState.READY
    assert not Series.objects.filter(name="Dage til svar").exists()
    assert "Noget er rettet, siden du så filen" in page(client, file)
    assert save(client, file).state == FileState.SAVED


def test_a_fault_halfway_leaves_nothing(
    upload: Upload, series: Series, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (Point.objects.count(), Series.objects.count(), SeriesLoad.objects.count())
    client, file = upload(two_series(series))
    real, calls = acts.add_points, []

    def stops_at_the_second(**given: Any) -> SeriesLoad:
        calls.append(given)
        if len(calls) == 2:
            raise acts.TableHasFaults("Strømmen gik")
        return real(**given)

    monkeypatch.setattr(acts, "add_points", stops_at_the_second)
    save(client, file)
    assert len(calls) == 2
    assert file.state == FileState.FAULTY
    assert (Point.objects.count(), Series.objects.count(), SeriesLoad.objects.count()) == before
    assert "Strømmen gik" in page(client, file)


def test_two_clicks_save_once_and_a_late_job_changes_nothing(
    upload: Upload, series: Series
) -> None:
    client, file = upload(two_series(series))
    save(client, file)
    loads = SeriesLoad.objects.count()
    save(client, file)
    read(file)
    assert (SeriesLoad.objects.count(), file.state) == (loads, FileState.SAVED)
    assert client.post(reverse("series:file_discard", args=[file.pk])).status_code == 422


def test_a_file_that_has_changed_nothing_can_be_thrown_away(upload: Upload, series: Series) -> None:
    client, file = upload(two_series(series))
    client.post(reverse("series:file_discard", args=[file.pk]))
    assert not SeriesFile.objects.filter(pk=file.pk).exists()


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("fup.xlsx", b"PK\x03\x04 noget andet", "Hele filen"),
        ("fup.csv", b"PK\x03\x04\x00\x00\x00", "Filen kan ikke læses"),
        ("binær.csv", bytes(range(256)), "Filen kan ikke læses"),
        ("uden.csv", b"a;b;c\n1;2;3", "en første række med overskrifter"),
        ("mellemrum.csv", b"  \n\n ", "en fil med indhold"),
    ],
)
def test_a_file_that_is_something_else_is_refused_kindly(
    upload: Upload, name: str, content: bytes, told: str
) -> None:
    client, file = upload(content, name)
    assert file.state == FileState.FAULTY
    assert told in page(client, file)


@pytest.mark.parametrize(("name", "content"), [("tal.pdf", b"%PDF"), ("tom.csv", b"")])
def test_a_file_of_another_kind_is_refused_at_once(
    client_for: Any, name: str, content: bytes
) -> None:
    answer = client_for("controller").post(
        reverse("series:many"),
        {"file": SimpleUploadedFile(name, content), "source": "Nøgletal", "source_on": ""},
    )
    assert answer.status_code == 422


def test_a_series_somebody_else_holds_is_not_touched(
    upload: Upload, series: Series, here: int, actor: Any
) -> None:
    leader = actor("unit_leader")
    mine = frozenset().union(*(one.unit_ids for one in leader.grants))
    other = Unit.objects.filter(organisation_id=here).exclude(pk__in=mine).first()
    assert other is not None
    Series.objects.filter(pk=series.pk).update(unit=other)
    client, file = upload(two_series(series), role="unit_leader")
    assert file.state == FileState.FAULTY
    assert f"en serie, du kan rette: {other.name}" in page(client, file)


def test_the_one_who_says_yes_is_the_one_who_saves(
    upload: Upload, series: Series, client_for: Any, here: int
) -> None:
    _client, file = upload(two_series(series))
    other = client_for("portfolio_manager")
    save(other, file)
    assert file.state == FileState.SAVED
    load = SeriesLoad.objects.filter(series=series).latest("id")
    assert load.by_name == file.by_name != "Controller"
    assert client_for("executive").get(reverse("series:many")).status_code == 403


def test_another_municipality_neither_sees_nor_saves_it(
    upload: Upload, series: Series, client_for: Any, actor: Any
) -> None:
    _client, file = upload(two_series(series))
    there = client_for("controller", there=True)
    assert there.get(reverse("series:file", args=[file.pk])).status_code == 404
    for name in ("file_save", "file_places", "file_discard"):
        assert there.post(reverse(f"series:{name}", args=[file.pk])).status_code == 404
    with acting_for(organisation_id(THERE)):
        assert not SeriesFile.objects.filter(pk=file.pk).exists()
    assert files_here(actor("controller")).filter(pk=file.pk).exists()


def test_the_page_asks_no_more_with_more_indicators(
    upload: Upload, series: Series, client_for: Any
) -> None:
    client, small = upload(two_series(series))
    place = places_of(series)[0]
    rows = [
        f"Måltal {number};{place};2026-01;{number};antal;måned;lavere;Talt" for number in range(80)
    ]
    head = "Indikator;Enhed;Periode;Værdi;Måleenhed;Hyppighed;Bedre er;Sådan opgøres det\n"
    client, large = upload(head + "\n".join(rows))
    counts = []
    for file in (small, large):
        page(client, file)
        with CaptureQueriesContext(connection) as asked:
            told = page(client, file)
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert "Vis alle 80 indikatorer" in told
    assert "Vis alle" not in page(client, large, "?vis=alle")
