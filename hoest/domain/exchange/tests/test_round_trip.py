"""What is written reads back equal, through the real file and the real child process."""

from __future__ import annotations

import io
import time
import zipfile
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings

from hoest.domain.exchange.rules import (
    Initiative,
    Line,
    Workbook,
    parse,
    template,
    write,
)
from hoest.foundation.imports.reader import read_workbook
from tests.support.workbooks import good, sheets, workbooks


@pytest.mark.slow
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(workbooks())
def test_any_workbook_written_and_read_is_the_same_workbook(workbook: Workbook) -> None:
    parsed = parse(read_workbook(write(workbook)))
    assert parsed.faults == ()
    assert parsed.workbook == workbook


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(workbooks())
def test_a_few_workbooks_written_and_read_are_the_same(workbook: Workbook) -> None:
    parsed = parse(read_workbook(write(workbook)))
    assert parsed.faults == ()
    assert parsed.workbook == workbook


def test_rows_keep_their_place_in_the_file() -> None:
    first = parse(sheets(good())).workbook
    assert first is not None
    again = parse(read_workbook(write(first))).workbook
    assert again == first
    assert [line.row for line in again.lines] == [2, 3, 4]
    assert again.unclaimed_benefits[0].place == "Økonomi, række 4"


def test_the_same_workbook_gives_the_same_bytes() -> None:
    workbook = parse(sheets(good())).workbook
    assert workbook is not None
    first = write(workbook)
    time.sleep(2.1)  # a zip entry's time has steps of two seconds
    assert write(workbook) == first


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", "=cmd|' /C calc'!A0", "＝"])
def test_text_that_looks_like_a_formula_is_written_as_text(start: str) -> None:
    title = f"{start}1+1"
    workbook = Workbook("København", 2026, initiatives=(Initiative("I1", title, "Stab"),))
    content = write(workbook)
    parts = zipfile.ZipFile(io.BytesIO(content))
    every_sheet = b"".join(
        parts.read(name) for name in parts.namelist() if name.startswith("xl/worksheets/sheet")
    )
    assert b"<f>" not in every_sheet
    assert b'quotePrefix="1"' in parts.read("xl/styles.xml")
    again = parse(read_workbook(content))
    assert again.workbook is not None
    assert again.workbook.initiatives[0].title == title.strip()
    assert [note for note in again.notes if "formel" in note.text] == []


def test_signs_no_workbook_can_hold_are_left_out_so_the_export_can_be_read() -> None:
    title = "Bel\x07 og\x0b tom\x00\ufffe\ud800 linje"
    workbook = Workbook("København", 2026, initiatives=(Initiative("I1", title, "Stab"),))
    again = parse(read_workbook(write(workbook)))
    assert again.workbook is not None
    assert again.workbook.initiatives[0].title == "Bel og tom linje"


@pytest.mark.parametrize("unit", ["kr.", "1.000 kr.", "mio. kr."])
def test_an_oere_survives_every_unit(unit: str) -> None:
    amounts = {2026: Decimal("999999999999.99"), 2027: Decimal("0.01"), 2028: Decimal("0.10")}
    workbook = Workbook(
        "København",
        2026,
        unit,
        initiatives=(Initiative("I1", "Et", "Stab"),),
        lines=(Line("I1", "Effekt", "benefit", amounts_dkk=amounts),),
    )
    again = parse(read_workbook(write(workbook))).workbook
    assert again == workbook


def test_the_empty_template_is_refused_because_it_is_empty() -> None:
    parsed = parse(read_workbook(template()))
    assert parsed.workbook is None
    (fault,) = parsed.faults
    assert (fault.sheet, fault.row) == ("Initiativer", 2)
    assert "filen er tom" in fault.stands
    assert "mindst ét initiativ" in fault.expected


def test_the_template_offers_lists_notes_years_and_a_sheet_to_read() -> None:
    parts = zipfile.ZipFile(io.BytesIO(template(years=[2026, 2027])))
    book = parts.read("xl/workbook.xml").decode()
    names = ["Læs mig", "Om", "Initiativer", "Økonomi", "Gevinster", "Målinger", "Indhøstning"]
    places = [book.index(f'name="{name}"') for name in names]
    assert places == sorted(places)
    initiatives = parts.read("xl/worksheets/sheet3.xml").decode()
    assert "hygiejne,aflastning,service,effektivisering,udvikling" in initiatives
    assert "pane" in initiatives
    assert "Jeres eget korte navn" in parts.read("xl/comments2.xml").decode()
    headings = read_workbook(template(years=[2026, 2027]))[3].rows[0].cells
    assert headings[-2:] == ("2026", "2027")


def test_a_filled_template_is_read() -> None:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(template()))
    for row, value in ((2, "0101"), (3, 2026), (4, "mio. kr.")):
        book["Om"].cell(row, 2).value = value
    for column, value in ((1, "I1"), (2, "Skærmbesøg"), (6, "Sundhed")):
        book["Initiativer"].cell(2, column).value = value
    for column, value in ((1, "I1"), (2, "Effekt"), (3, "gevinst"), (8, 1.8)):
        book["Økonomi"].cell(2, column).value = value
    saved = io.BytesIO()
    book.save(saved)
    parsed = parse(read_workbook(saved.getvalue()))
    assert parsed.faults == ()
    assert parsed.notes == ()
    assert parsed.workbook is not None
    assert parsed.workbook.municipality == "0101"
    assert parsed.workbook.lines[0].amounts_dkk == {2026: Decimal("1800000.00")}
