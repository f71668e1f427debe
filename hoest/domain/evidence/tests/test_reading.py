"""Values from a spreadsheet: every way a period is written, every shape, every fault by line."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoest.domain.evidence.rules import Step
from hoest.domain.evidence.rules.naming import read_period
from hoest.domain.evidence.rules.reading import as_text, read_values

TODAY = dt.date(2026, 11, 22)
MARCH, SPRING, YEAR = dt.date(2025, 3, 1), dt.date(2025, 4, 1), dt.date(2025, 1, 1)


@pytest.mark.parametrize(
    "text",
    ["2025-03", "2025M03", "2025m3", "2025/03", "202503", "03-2025", "3/2025", "marts 2025",
     "Marts  2025", "mar. 2025", "mar-25", "2025 marts", "mar 2025"],
)  # fmt: skip
def test_a_month_is_read_in_all_danish_ways(text: str):
    found = read_period(text)
    assert found is not None
    assert (found.on, found.step) == (MARCH, Step.MONTH)


@pytest.mark.parametrize(
    "text",
    ["2025K2", "2025Q2", "2025-K2", "2. kvartal 2025", "2.kvartal 2025", "2. kv. 2025", "K2 2025",
     "kvartal 2 2025", "2025, 2. kvartal", "2 kvartal 2025"],
)  # fmt: skip
def test_a_quarter_is_read_in_all_danish_ways(text: str):
    found = read_period(text)
    assert found is not None
    assert (found.on, found.step) == (SPRING, Step.QUARTER)


def test_a_year_and_a_day_are_read():
    year, day = read_period("2025"), read_period("14.03.2025")
    assert year is not None
    assert day is not None
    assert (year.on, year.step) == (YEAR, Step.YEAR)
    assert (day.on, day.step) == (dt.date(2025, 3, 14), None)


@pytest.mark.parametrize("text", ["", "13/2025", "2025-13", "31.02.2025", "1234", "Nord", "2025K5"])
def test_what_is_no_period_is_none(text: str):
    assert read_period(text) is None


@given(st.text(max_size=60))
def test_no_text_makes_the_period_reader_stumble(text: str):
    found = read_period(text)
    assert found is None or isinstance(found.on, dt.date)


def test_a_long_table_is_read_with_and_without_headings():
    for text in (
        "Nord;2025-03;12,5\nSyd;2025-03;1.234",
        "Sted;Periode;Værdi\nNord;marts 2025;12,5\nSyd;2025M03;1.234",
        "Værdi\tPeriode\tSted\n12,5\t2025-03\tNord\n1234\t2025-03\tSyd",
        "place,period,value\nNord,2025-03,12.5\nSyd,2025-03,1234",
        "2025-03;Nord;12,5\n2025-03;Syd;1234",
        "Distrikt;Hvilken måned;Minutter\nNord;2025-03;12,5\nSyd;2025-03;1234",
    ):
        found = read_values(text, Step.MONTH, TODAY)
        assert found.faults == ()
        assert [(one.place, one.on, one.value) for one in found.values] == [
            ("Nord", MARCH, Decimal("12.5")),
            ("Syd", MARCH, Decimal(1234)),
        ]


def test_a_wide_table_is_read_both_ways_round():
    across = read_values("Sted;jan 2025;feb 2025\nNord;1;2\nSyd;..;4", Step.MONTH, TODAY)
    down = read_values("Måned;Nord;Syd\njan 2025;1;..\nfeb 2025;2;4", Step.MONTH, TODAY)
    for found in (across, down):
        assert found.faults == ()
        assert found.missing == 1
        assert {(one.place, one.on.month, one.value) for one in found.values} == {
            ("Nord", 1, Decimal(1)),
            ("Nord", 2, Decimal(2)),
            ("Syd", 2, Decimal(4)),
        }


def test_every_fault_has_its_line_and_what_stands_there():
    text = (
        "Sted;Periode;Værdi\nNord;2025-03;tolv\nNord;foråret;1\nNord;2025;1\n"
        "Nord;2026-12;1\n;2025-03;1\nNord;2025-04;1,23456\nNord;2025-05;1\nNord;2025-05;2"
    )
    found = read_values(text, Step.MONTH, TODAY)
    assert [(one.line, one.code, one.text) for one in found.faults] == [
        (2, "not_a_number", "tolv"),
        (3, "not_a_period", "foråret"),
        (4, "too_long", "2025"),
        (5, "ahead", "2026-12"),
        (6, "no_place", ""),
        (7, "too_fine", "1,23456"),
        (9, "twice", "Nord 2025-05"),
    ]


def test_two_values_for_the_same_are_both_told_with_their_lines():
    text = "Sted;Periode;Værdi\nNord;2025-05;5,1\nSyd;2025-05;1\nnord;maj 2025;5,90"
    (fault,) = read_values(text, Step.MONTH, TODAY).faults
    assert fault.twin is not None
    told = (fault.line, fault.twin.line, fault.twin.value, fault.twin.again)
    assert told == (4, 2, "5,1", "5,90")


def test_a_month_is_no_value_of_a_year():
    found = read_values("Nord;2025-03;1", Step.YEAR, TODAY)
    assert [one.code for one in found.faults] == ["too_short"]


NAMES = st.text("abcdefghæøåABC ", min_size=1, max_size=20).map(str.strip).filter(bool)
VALUES = st.decimals(-1_000_000, 1_000_000, places=2, allow_nan=False, allow_infinity=False)
MONTHS = st.dates(dt.date(1990, 1, 1), TODAY).map(lambda day: day.replace(day=1))


@given(st.dictionaries(st.tuples(NAMES.map(str.casefold), MONTHS), VALUES, max_size=30))
def test_what_is_written_is_read_again(wanted: dict[tuple[str, dt.date], Decimal]):
    rows = [["Sted", "Periode", "Værdi"], *([n, d, float(v)] for (n, d), v in wanted.items())]
    found = read_values(as_text(rows), Step.MONTH, TODAY)
    assert found.faults == ()
    read = {(one.place, one.on): one.value for one in found.values}
    assert read == {(" ".join(name.split()), on): value for (name, on), value in wanted.items()}


@given(st.text(max_size=400))
def test_no_text_makes_the_reader_stumble(text: str):
    found = read_values(text, Step.MONTH, TODAY)
    assert all(one.on <= TODAY for one in found.values)
    assert all(one.code for one in found.faults)
