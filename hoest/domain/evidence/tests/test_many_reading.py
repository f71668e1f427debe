"""A file with many indicators is read in every shape, and every fault says where it stands."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoest.domain.evidence.rules import Step, Wanted
from hoest.domain.evidence.rules.many import (
    Grid,
    ManyReading,
    decoded,
    grids_of_text,
    grids_of_workbook,
    read_many,
    reading,
    too_large,
)
from hoest.domain.evidence.rules.reading import read_cells
from hoest.foundation.imports.reader import CellError, Row, Sheet

TODAY = dt.date(2026, 11, 22)
JANUARY, FEBRUARY = dt.date(2026, 1, 1), dt.date(2026, 2, 1)


def read(text: str) -> ManyReading:
    return read_many(grids_of_text(text))


def values(reading: ManyReading) -> dict[tuple[str, str, dt.date], Decimal]:
    """Return every value by indicator, place and period; nothing may be a fault."""
    found = {}
    assert reading.faults == ()
    for one in reading.indicators:
        cells = read_cells(one.cells, (), Step.MONTH, TODAY)
        assert cells.faults == ()
        for value in cells.values:
            found[one.name, value.place, value.on] = value.value
    return found


EXPECTED = {
    ("Besøg", "Nord", JANUARY): Decimal("1200.5"),
    ("Besøg", "Nord", FEBRUARY): Decimal(2),
    ("Besøg", "Syd", JANUARY): Decimal(3),
    ("Besøg", "Syd", FEBRUARY): Decimal(4),
    ("Fald", "Nord", JANUARY): Decimal(5),
    ("Fald", "Nord", FEBRUARY): Decimal(6),
    ("Fald", "Syd", JANUARY): Decimal(7),
    ("Fald", "Syd", FEBRUARY): Decimal(8),
}
LONG = """Indikator;Enhed;Periode;Værdi
Besøg;Nord;2026-01;1.200,5
Besøg;Nord;01-02-2026;2
Besøg;Syd;januar 2026;3
Besøg;Syd;2026M02;4
Fald;Nord;2026-01-01;5
Fald;Nord;feb 2026;6
Fald;Syd;01/2026;7
fald;Syd;2026-02;8"""
PERIODS_ACROSS = """Indikator;Enhed;jan 2026;feb 2026
Besøg;Nord;1.200,5;2
Besøg;Syd;3;4
Fald;Nord;5;6
Fald;Syd;7;8"""
PLACES_ACROSS = """Periode;Indikator;Nord;Syd
2026-01;Besøg;1200,5;3
2026-02;Besøg;2;4
2026-01;Fald;5;7
2026-02;Fald;6;8"""
INDICATORS_ACROSS = """Sted\tMåned\tBesøg\tFald
Nord\t2026-01\t1200,5\t5
Nord\t2026-02\t2\t6
Syd\t2026-01\t3\t7
Syd\t2026-02\t4\t8"""


@pytest.mark.parametrize("text", [LONG, PERIODS_ACROSS, PLACES_ACROSS, INDICATORS_ACROSS])
def test_every_shape_gives_the_same_values(text: str) -> None:
    assert values(read(text)) == EXPECTED


def test_a_csv_file_with_commas_has_points_before_the_decimals() -> None:
    assert values(read("Indikator,Enhed,Periode,Værdi\nBesøg,Nord,2026-01,1200.5"))


def test_a_title_may_stand_above_the_headings() -> None:
    assert values(read("Nøgletal, 2026\n\n" + LONG)) == EXPECTED


def test_columns_stand_in_any_order_and_those_that_are_not_known_are_named() -> None:
    found = read("Værdi;Bemærkning;Periode;Indikator;Afdeling\n5;rettet;2026-01;Fald;Nord")
    assert values(found) == {("Fald", "Nord", JANUARY): Decimal(5)}
    assert found.ignored == ("Bemærkning",)


def test_what_a_file_says_of_an_indicator_is_read_from_its_rows_or_a_sheet_of_its_own() -> None:
    rows = (
        "Indikator;Enhed;Periode;Værdi;Måleenhed;Hyppighed;Bedre er;Sådan opgøres det\n"
        "Fald;Nord;2026-01;5;antal;måned;lavere;Alle fald\nFald;Syd;2026-01;5;;;;"
    )
    (one,) = read(rows).indicators
    facts = (one.facts.measure_unit, one.facts.step, one.facts.wanted, one.facts.definition)
    assert facts == ("antal", Step.MONTH, Wanted.LOWER, "Alle fald")
    sheets = (
        Sheet("Læs mig", (Row(1, ("Sådan udfyldes filen",)), Row(2, ("Skriv",)))),
        Sheet("Steder", (Row(1, ("Sted",)), Row(2, ("Nord",)))),
        Sheet(
            "Indikatorer",
            (
                Row(1, ("Indikator", "Måleenhed", "Bedre er", "Sådan opgøres det")),
                Row(2, ("fald", "antal", "lavere", "Alle  fald")),
                Row(3, ("Uden værdier", "kr.", "højere", "Intet")),
            ),
        ),
        Sheet(
            "Værdier",
            (
                Row(1, ("Indikator", "Enhed", "Periode", "Værdi")),
                Row(7, ("Fald", "Nord", dt.date(2026, 1, 15), 5.25)),
            ),
        ),
    )
    found = read_many(grids_of_workbook(sheets))
    assert [one.name for one in found.indicators] == ["fald"]
    assert found.indicators[0].facts.definition == "Alle fald"
    assert found.indicators[0].cells[0].line == 7
    assert values(found) == {("fald", "Nord", JANUARY): Decimal("5.25")}


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("", "empty_file", 0),
        ("\n \n", "empty_file", 0),
        ("Nord;2026-01;5\nSyd;2026-01;5", "no_headings", 1),
        ("Enhed;Periode;Værdi\nNord;2026-01;5", "lacks_headings", 1),
        ("Navn;Sted;Dato\nA;Nord;2026-01\nB;Syd;2026-01", "lacks_headings", 1),
        ("Navn;Sted;Dato;Resultat\nA;Nord;2026-01;5", "lacks_headings", 1),
        ("Tal i 2026\n\nSted;Dato\nNord;2026-01", "lacks_headings", 3),
        ("Indikator;Enhed;Periode;Værdi", "no_values", 0),
        ("Indikator;Enhed;Periode;Værdi\nFald;Nord;2026-01;5;6", "more_cells", 2),
        ("Indikator;Enhed;Periode;Værdi\n;Nord;2026-01;5", "no_indicator", 2),
        (f"Indikator;Enhed;Periode;Værdi\n{'x' * 161};Nord;2026-01;5", "no_indicator", 2),
        ("Indikator;Enhed;Periode;Værdi;Måleenhed\nF;N;2026-01;5;kr\nF;N;2026-02;5;øre",
         "said_otherwise", 3),
        ("Indikator;Enhed;Periode;Værdi;Bedre er\nF;N;2026-01;5;måske", "not_a_way", 2),
        ("Indikator;Enhed;Periode;Værdi;Hyppighed\nF;N;2026-01;5;uge", "not_a_step", 2),
        ("Indikator;Enhed;Periode;Værdi;Gælder fra\nF;N;2026-01;5;snart", "not_a_period", 2),
    ],
)  # fmt: skip
def test_what_keeps_a_file_out_is_named_with_its_line(text: str, code: str, line: int) -> None:
    (fault,) = read(text).faults
    assert (fault.code, fault.line) == (code, line)


def test_headings_that_are_missing_are_named_and_columns_of_text_are_no_values() -> None:
    (fault,) = read("Navn;Sted;Dato\nA;Nord;2026-01\nB;Syd;2026-01").faults
    assert (fault.missing, fault.standing) == (("indicator", "value"), "Navn")
    (fault,) = read("Indikator;Periode;Bydel\nFald;2026-01;Nord").faults
    assert (fault.missing, fault.standing) == (("place", "value"), "Bydel")
    # A cell that is no number among numbers is a fault of its own line.
    (one,) = read("Sted;Måned;Fald\nNord;2026-01;5\nSyd;2026-01;mange").indicators
    assert [cell.value for cell in one.cells] == ["5", "mange"]


def test_a_cell_with_an_error_is_named_with_its_sheet_and_row() -> None:
    sheet = Sheet(
        "Værdier",
        (Row(1, ("Indikator", "Enhed", "Periode", "Værdi")), Row(4, ("F", "N", "2026-01"))),
        errors=(CellError(4, 4, "#REF!"),),
    )
    (fault,) = read_many(grids_of_workbook([sheet])).faults
    assert (fault.sheet, fault.line, fault.text, fault.code) == (
        "Værdier", 4, "#REF!", "cell_error",
    )  # fmt: skip


def test_a_file_of_text_is_read_in_both_danish_encodings_and_nothing_else() -> None:
    assert decoded("måned".encode()) == decoded("måned".encode("cp1252")) == "måned"
    assert decoded("måned".encode("utf-8-sig")) == "måned"
    assert decoded(b"PK\x03\x04\x00\x00") is None


def test_no_more_cells_are_made_than_a_file_may_have(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []

    def counted(line: int, *given: object) -> None:
        made.append(line)

    monkeypatch.setattr(reading, "Cell", counted)
    monkeypatch.setattr(reading, "MOST_CELLS", 10)
    head = "Indikator;Periode;" + ";".join(f"Sted {number}" for number in range(8))
    long_rows = [f"Fald;2026-{month:02};1;2;3;4;5;6;7;8" for month in range(1, 10)]
    (fault,) = read("\n".join([head, *long_rows])).faults
    assert (fault.code, fault.text) == ("too_many_cells", "72")
    assert len(made) == 8


def test_nothing_is_read_past_the_end_of_a_short_row() -> None:
    head = "Indikator;Periode;" + ";".join(f"Sted {number}" for number in range(900))
    found = read("\n".join([head, *(["Fald;2026-01;5"] * 2_000)]))
    assert found.faults == ()
    assert sum(len(one.cells) for one in found.indicators) == 2_000


def test_a_short_row_without_values_still_says_how_its_indicator_is_counted() -> None:
    found = read("Indikator;Enhed;Måleenhed;jan 2026;feb 2026\nFald;Nord;antal\nFald;Syd;;5;6")
    assert found.faults == ()
    assert found.indicators[0].facts.measure_unit == "antal"


@pytest.mark.parametrize(
    ("text", "much"),
    [
        (LONG, ""),
        ("Indikator;Enhed;Periode;Værdi\n" + "a;b;2026;1\n" * 400_000, ""),
        ("\n" * 400_011, "lines"),
        ("\r" * 400_011, "lines"),
        ("Indikator;Enhed" + ";2026-01" * 998, ""),
        ("Indikator;Enhed" + ";2026-01" * 999, "columns"),
        ("Indikator,Enhed" + ",2026-01" * 999, "columns"),
        ("Indikator;Enhed;2026-01\na;b" + ";" * 999, "columns"),
    ],
)
def test_lines_and_columns_are_counted_before_they_are_parted(text: str, much: str) -> None:
    assert too_large(text) == much


@given(st.lists(st.lists(st.text(max_size=12), max_size=6), max_size=6))
def test_whatever_stands_in_a_file_it_is_read_or_named(rows: list[list[str]]) -> None:
    head = [(1, ["Indikator", "Enhed", "Periode", "Værdi"])]
    body = [(number, list(row)) for number, row in enumerate(rows, start=2)]
    found = read_many([Grid("", tuple(head + body))])
    assert found.faults or found.indicators
    for one in found.indicators:
        read_cells(one.cells, (), Step.MONTH, TODAY)
