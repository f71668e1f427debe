"""A file with many indicators is saved whole, once, as shown, by one who may; or not at all."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hoest.domain.evidence import actions, queries
from hoest.domain.evidence.actions import many as acts
from hoest.domain.evidence.models import (
    Point,
    Series,
    SeriesFile,
    SeriesLoad,
)
from hoest.domain.evidence.queries.many import files_here
from hoest.domain.evidence.rules import FileState
from hoest.domain.organisations.models import Unit
from hoest.foundation.tenancy.context import acting_for
from tests.support.many_series import Upload, page, places_of, read, save, two_series
from tests.support.world import THERE, organisation_id

pytestmark = pytest.mark.django_db


@pytest.fixture
def series(here: int) -> Series:
    """The series the municipality has, over six places."""
    return Series.objects.get(organisation_id=here)


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
