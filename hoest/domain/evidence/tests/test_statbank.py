"""Statistics Denmark: read by its description, cached, and kept when a reading fails."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from hoest.domain.evidence import actions
from hoest.domain.evidence.actions.statbank import connect_table, read_series_table
from hoest.domain.evidence.jobs import read_statbank_of
from hoest.domain.evidence.models import Point, PointCorrection, Series, StatbankTable
from hoest.domain.evidence.queries.statbank import TableNotFit
from hoest.domain.evidence.rules.statbank import NotATable, read_rows, read_table
from hoest.foundation.fetching import web
from hoest.foundation.fetching.faults import AddressNotAllowed
from tests.support.statbank import StatbankStandIn, described, stand_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def statbank(monkeypatch: pytest.MonkeyPatch) -> Iterator[StatbankStandIn]:
    """A stand-in that answers in the documented shape."""
    with stand_in() as running:
        monkeypatch.setattr(web, "NET", running.net)
        yield running


@pytest.fixture
def series(here: int, actor: Any) -> Series:
    """A series of quarters without values."""
    return actions.new_series(
        actor=actor("controller"),
        fields={
            "name": "Folketal",
            "measure_unit": "personer",
            "step": "quarter",
            "wanted": "higher",
            "definition": "Folketal den første i kvartalet",
        },
    )


def connected(actor: Any, series: Series) -> StatbankTable:
    """Connect the series to the table and read it."""
    who = actor("controller")
    connect_table(
        actor=who, series_id=series.pk, code="folk1a", selection={"KØN": "TOT"}, is_on=True
    )
    return read_series_table(actor=who, series_id=series.pk)


def test_municipalities_become_places_and_the_whole_country_does_not(
    statbank: StatbankStandIn, series: Series, actor: Any
):
    table = connected(actor, series)
    assert (table.fault, str(table.updated_there_on)) == ("", "2026-10-28")
    rows = Point.objects.filter(series=series).select_related("place")
    assert {one.place.name for one in rows} == {"København", "Roskilde", "Aarhus"}
    assert all(one.place.is_elsewhere for one in rows)
    # A missing value is no value.
    assert rows.count() == 8
    assert rows.get(place__name="Roskilde", period="2025-04-01").value == Decimal("201.0")


def test_every_variable_is_chosen(statbank: StatbankStandIn, series: Series, actor: Any):
    connected(actor, series)
    question = next(one for one in statbank.asked if isinstance(one, dict))
    assert {one["code"] for one in question["variables"]} == {"OMRÅDE", "KØN", "Tid"}
    with pytest.raises(TableNotFit):
        connect_table(
            actor=actor("controller"), series_id=series.pk, code="FOLK1A", selection={}, is_on=True
        )


def test_what_was_not_updated_there_is_not_read_again(
    statbank: StatbankStandIn, series: Series, actor: Any
):
    connected(actor, series)
    asked = sum(isinstance(one, dict) for one in statbank.asked)
    read_series_table(actor=actor("controller"), series_id=series.pk)
    assert sum(isinstance(one, dict) for one in statbank.asked) == asked
    statbank.updated, statbank.raised_by = "2026-11-20", 1.0
    read_series_table(actor=actor("controller"), series_id=series.pk)
    assert PointCorrection.objects.filter(series=series).count() == 8


def test_a_failed_reading_keeps_the_old_and_says_so(
    statbank: StatbankStandIn, series: Series, actor: Any, client_for: Any, here: int
):
    connected(actor, series)
    statbank.updated, statbank.status = "2026-11-20", 503
    StatbankTable.objects.filter(series=series).update(read_at=None)
    assert read_statbank_of(here) == 1
    table = StatbankTable.objects.get(series=series)
    assert "503" in table.fault
    assert Point.objects.filter(series=series).count() == 8
    page = client_for("controller").get(reverse("series:series", args=[series.pk]))
    assert "Det gamle står." in page.content.decode()


def test_a_server_that_is_not_on_the_list_is_not_asked(series: Series, actor: Any):
    with pytest.raises(AddressNotAllowed):
        connect_table(
            actor=actor("controller"), series_id=series.pk, code="FOLK1A", selection={}, is_on=True
        )


def test_the_page_finds_the_table_and_reads_it(
    statbank: StatbankStandIn, series: Series, client_for: Any
):
    client, path = client_for("controller"), reverse("series:statbank", args=[series.pk])
    assert client.get(path).status_code == 200
    page = client.post(path, {"code": "FOLK1A"}).content.decode()
    assert "Folketal den 1. i kvartalet" in page
    answer = client.post(path, {"code": "FOLK1A", "choice": "1", "choice-0": "TOT", "is_on": "on"})
    assert answer.status_code == 302
    assert Point.objects.filter(series=series).count() == 8
    unknown = client.post(path, {"code": "FINDESIKKE"})
    assert "kender ikke tabellen" in unknown.content.decode()


def test_an_answer_of_another_shape_is_refused():
    table = read_table(described("2026-10-28"))
    for text in ("", "A;B\n1;2", "OMRÅDE;KØN;TID;INDHOLD\n101;TOT;2025K1"):
        with pytest.raises(NotATable):
            read_rows(text, table)
    assert read_rows("OMRÅDE;KØN;TID;INDHOLD\n101;TOT;2025K1;-", table)[0].value == 0
