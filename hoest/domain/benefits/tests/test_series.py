"""A pasted series: every line is read or named, nothing is half saved, corrections keep the old."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from hoest.domain.benefits import actions
from hoest.domain.benefits.models import Benefit, Measurement
from hoest.domain.benefits.rules.faults import SeriesNotWhole
from hoest.domain.benefits.rules.series import MOST_LINES, read_day, read_series
from hoest.foundation.access.actor import Actor
from hoest.foundation.audit.models import Act
from hoest.foundation.faults import NotAllowed
from hoest.ui.formats import number, short_date

TODAY = dt.date(2026, 11, 22)
People = Callable[[str], Actor]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-01-31", dt.date(2026, 1, 31)),
        ("2026-01-31 00:00:00", dt.date(2026, 1, 31)),
        ("31.01.2026", dt.date(2026, 1, 31)),
        ("31-1-2026", dt.date(2026, 1, 31)),
        ("31/01/2026", dt.date(2026, 1, 31)),
        ("januar 2026", dt.date(2026, 1, 31)),
        ("Feb. 2024", dt.date(2024, 2, 29)),
        ("2026-02", dt.date(2026, 2, 28)),
        ("2025M12", dt.date(2025, 12, 31)),
        ("1. kvartal 2026", dt.date(2026, 3, 31)),
        ("4. kv. 2025", dt.date(2025, 12, 31)),
        ("2026K2", dt.date(2026, 6, 30)),
        ("2025", dt.date(2025, 12, 31)),
        ("31.02.2026", None),
        ("01.31.2026", None),
        ("13. måned", None),
        ("2026-13", None),
        ("i går", None),
        ("junk 2024", None),
        ("majoren 2024", None),
        ("2024 1", None),
        ("", None),
    ],
)
def test_a_day_is_read_as_people_write_it(text: str, day: dt.date | None) -> None:
    assert read_day(text) == day


def test_columns_come_by_tab_semicolon_or_space_and_a_heading_is_passed_over() -> None:
    text = "Dato\tVærdi\r\n31.01.2026\t12,5\n28.02.2026;1.234,5\n\nmarts 2026 11\n"
    series = read_series(text, TODAY, {})
    assert series.faults == ()
    assert [(r.on, r.value) for r in series.rows] == [
        (dt.date(2026, 1, 31), Decimal("12.5")),
        (dt.date(2026, 2, 28), Decimal("1234.5")),
        (dt.date(2026, 3, 31), Decimal(11)),
    ]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("31.01.2026", "one_cell"),
        ("31.01.2026\t1\t2", "many_cells"),
        ("i går\t12", "not_a_day"),
        ("31.01.1899\t12", "long_ago"),
        ("31.12.2026\t12", "ahead"),
        ("31.01.2026\tmange", "not_a_number"),
        ("31.01.2026\t1.5", "not_a_number"),
        ("31.01.2026\t99999999999999", "too_large"),
        ("31.01.2026\t0,12345", "too_fine"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_line(line: str, code: str) -> None:
    series = read_series(f"30.09.2026\t1\n{line}", TODAY, {})
    assert [(f.line, f.code) for f in series.faults] == [(2, code)]
    assert len(series.rows) == 1


def test_two_values_for_a_day_are_a_fault_and_the_same_twice_is_one() -> None:
    twice = read_series("31.01.2026\t1\njanuar 2026\t2", TODAY, {})
    assert [f.code for f in twice.faults] == ["twice"]
    same = read_series("31.01.2026\t1\njanuar 2026\t1,0", TODAY, {})
    assert same.faults == ()
    assert len(same.rows) == 1


def test_each_value_is_new_or_stands_already_or_corrects() -> None:
    standing = {dt.date(2026, 1, 31): Decimal("1.5000"), dt.date(2026, 2, 28): Decimal(2)}
    series = read_series("januar 2026\t1,5\nfebruar 2026\t3\nmarts 2026\t4", TODAY, standing)
    assert [row.outcome for row in series.rows] == ["same", "corrects", "new"]


def test_a_heap_of_lines_is_refused_as_a_whole() -> None:
    series = read_series("31.01.2026\t1\n" * (MOST_LINES + 1), TODAY, {})
    assert [f.code for f in series.faults] == ["too_many"]
    assert series.rows == ()


@given(
    st.dictionaries(
        st.dates(dt.date(1990, 1, 1), TODAY),
        st.decimals(-(10**9), 10**9, places=4, allow_nan=False, allow_infinity=False),
        min_size=1,
        max_size=40,
    )
)
def test_what_is_written_as_danes_do_is_read_back_exactly(values: dict[dt.date, Decimal]) -> None:
    text = "\n".join(f"{short_date(day)}\t{number(value, 4)}" for day, value in values.items())
    series = read_series(text, TODAY, {})
    assert series.faults == ()
    assert {row.on: row.value for row in series.rows} == values


@given(st.text(max_size=200))
def test_no_text_breaks_the_reading(text: str) -> None:
    series = read_series(text, TODAY, {})
    assert all(fault.line >= 1 for fault in series.faults)


def benefit(here: int, word: str = "Lavere") -> Benefit:
    return Benefit.objects.get(organisation_id=here, title__startswith=word)


def test_a_series_is_saved_whole_with_its_source_and_act(here: int, actor: People) -> None:
    owner, one = actor("benefit_owner"), benefit(here, "Færre møder")
    text = "\n".join(f"{month} 2025\t{10 - place}" for place, month in enumerate(("jan", "feb")))
    done = actions.record_series(actor=owner, benefit_id=one.pk, text=text, origin="Outlook")
    assert (done.new, done.corrected, done.same) == (2, 0, 0)
    kept = Measurement.objects.filter(benefit=one).order_by("on")
    assert [(m.value, m.origin, m.source_place) for m in kept] == [
        (10, "Outlook", "linje 1"),
        (9, "Outlook", "linje 2"),
    ]
    act = Act.objects.filter(verb="benefits.measure_series").get()
    assert (act.facts["new"], act.facts["last"]) == (2, "2025-02-28")
    again = actions.record_series(actor=owner, benefit_id=one.pk, text=text)
    assert (again.new, again.same) == (0, 2)
    assert Act.objects.filter(verb="benefits.measure_series").count() == 1


def test_one_bad_line_saves_nothing(here: int, actor: People) -> None:
    one = benefit(here, "Færre møder")
    with pytest.raises(SeriesNotWhole):
        actions.record_series(
            actor=actor("benefit_owner"), benefit_id=one.pk, text="jan 2025\t1\nfeb 2025\tmange"
        )
    assert not Measurement.objects.filter(benefit=one).exists()


def test_a_correction_asks_why_and_keeps_the_old_value(here: int, actor: People) -> None:
    owner, one = actor("benefit_owner"), benefit(here)
    former = Measurement.objects.filter(benefit=one).order_by("on")[0]
    text = f"{short_date(former.on)}\t1"
    with pytest.raises(SeriesNotWhole, match="hvorfor"):
        actions.record_series(actor=owner, benefit_id=one.pk, text=text)
    done = actions.record_series(actor=owner, benefit_id=one.pk, text=text, reason="Fejl i udtræk")
    assert done.corrected == 1
    former.refresh_from_db()
    assert former.withdrawn_reason == "Fejl i udtræk"
    standing = Measurement.objects.get(benefit=one, on=former.on, withdrawn_at__isnull=True)
    assert standing.value == 1


def test_a_value_that_came_meanwhile_is_not_withdrawn_unseen(here: int, actor: People) -> None:
    owner, one = actor("benefit_owner"), benefit(here)
    first, last = Measurement.objects.filter(benefit=one).order_by("on")
    text = f"{short_date(first.on)}\t1"
    seen = f"{first.on}:{first.value}"
    with pytest.raises(SeriesNotWhole, match="imens"):
        actions.record_series(
            actor=owner,
            benefit_id=one.pk,
            text=f"{text}\n{short_date(last.on)}\t2",
            reason="Fejl",
            seen=seen,
        )
    done = actions.record_series(
        actor=owner, benefit_id=one.pk, text=text, reason="Fejl", seen=seen
    )
    assert done.corrected == 1


def test_a_thousand_written_with_a_space_is_not_read_as_a_month() -> None:
    series = read_series("2024 1 234,5", TODAY, {})
    assert [f.code for f in series.faults] == ["not_a_day"]


def test_who_may_not_measure_may_not_paste(here: int, actor: People) -> None:
    with pytest.raises(NotAllowed):
        actions.record_series(
            actor=actor("politician"), benefit_id=benefit(here).pk, text="jan 2025\t1"
        )


def test_the_page_names_the_faults_then_shows_what_will_be_saved(
    here: int, client_for: Callable[[str], Client]
) -> None:
    client, one = client_for("benefit_owner"), benefit(here, "Færre møder")
    path = f"/gevinster/{one.pk}/maalinger/indsaet/"
    assert client.get(path).status_code == 200
    bad = client.post(path, {"text": "jan 2025\t9\nfeb 2025\tmange", "se": "1"})
    assert bad.status_code == 422
    assert "Linje 2" in bad.content.decode()
    good = client.post(path, {"text": "jan 2025\t9\nfeb 2025\t8", "se": "1"})
    assert "2 målinger er klar" in good.content.decode()
    saved = client.post(path, {"text": "jan 2025\t9\nfeb 2025\t8", "gem": "1"})
    assert saved.status_code == 302
    assert Measurement.objects.filter(benefit=one).count() == 2


def test_a_file_from_a_spreadsheet_is_read_in_either_alphabet(
    here: int, client_for: Callable[[str], Client]
) -> None:
    client, one = client_for("benefit_owner"), benefit(here, "Færre møder")
    path = f"/gevinster/{one.pk}/maalinger/indsaet/"
    for raw in ("Måned;Værdi\nmarts 2025;9".encode("cp1252"), "﻿Måned;Værdi\nmarts 2025;9".encode()):
        page = client.post(path, {"file": SimpleUploadedFile("serie.csv", raw), "se": "1"})
        assert "1 måling er klar" in page.content.decode()
    bad = SimpleUploadedFile("serie.csv", b"Periode;Tal\nmarts 2025;mange")
    refused = client.post(path, {"file": bad, "se": "1"})
    assert "marts 2025;mange</textarea>" in refused.content.decode()
    binary = client.post(path, {"file": SimpleUploadedFile("x.csv", b"PK\x00\x00"), "se": "1"})
    assert binary.status_code == 422
