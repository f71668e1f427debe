"""Files of a list open in Danish Excel and run nothing."""

import csv
import datetime as dt
import io
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from hoest.foundation.lists.exports import csv_lines, harmless, xlsx_file

ROW = [
    "Ældre; »pleje«",
    Decimal("-1234.50"),
    Decimal("1E+3"),
    0,
    dt.date(2026, 11, 2),
    None,
    True,
    '=HYPERLINK("http://x";"y")',
    "-5",
    "linje 1\nlinje 2",
]
HEADINGS = [f"h{number}" for number in range(len(ROW))]


def read_csv(rows):
    body = b"".join(csv_lines(HEADINGS, rows))
    assert body.startswith(b"\xef\xbb\xbf")
    text = io.StringIO(body.decode("utf-8-sig"), newline="")
    return list(csv.reader(text, delimiter=";"))


def read_xlsx(rows):
    with xlsx_file("Gevinster [alle]/2026", HEADINGS, rows) as file:
        sheet = load_workbook(file).active
    return sheet, [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_csv_is_written_as_danish_excel_reads_it():
    headings, row = read_csv([ROW])
    assert headings == HEADINGS
    assert row == [
        "Ældre; »pleje«",
        "-1234,5",
        "1000",
        "0",
        "02-11-2026",
        "",
        "ja",
        '\'=HYPERLINK("http://x";"y")',
        "-5",
        "linje 1\nlinje 2",
    ]


def test_xlsx_keeps_numbers_and_dates_and_runs_no_formula():
    sheet, (headings, row) = read_xlsx([ROW])
    assert sheet.title == "Gevinster  alle  2026"
    assert headings == HEADINGS
    assert row[1] == -1234.5
    assert row[3] == 0
    assert row[4] == dt.datetime(2026, 11, 2)
    assert row[5] is None
    assert row[7] == '\'=HYPERLINK("http://x";"y")'
    assert row[8] == "-5"
    assert {cell.data_type for cell in sheet[2]} <= {"s", "n", "d"}
    assert sheet["B2"].number_format == "General"


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "|calc", "＝1", "－1+1"],
)
def test_what_could_run_gets_an_apostrophe(text):
    assert harmless(text).startswith("'")


@pytest.mark.parametrize("text", ["-5", "+45", "-1.234,50", "Æble", "a=b", "1-2", "", "- nej"])
def test_numbers_and_words_are_left_alone(text):
    expected = "'- nej" if text == "- nej" else text
    assert harmless(text) == expected


@settings(deadline=None)
@given(st.lists(st.lists(st.text(max_size=30), min_size=2, max_size=2), max_size=8))
def test_no_text_whatever_leaves_its_cell_or_runs(rows):
    found = read_csv(rows)[1:]
    assert len(found) == len(rows)
    for row in found:
        assert len(row) == 2
        for cell in row:
            assert not cell.startswith(("=", "@", "\t", "\r", "|"))
            assert (
                not cell.startswith(("+", "-"))
                or cell.strip("+-").replace(".", "").replace(",", "").isdigit()
            )


@settings(deadline=None)
@given(st.lists(st.text(max_size=40), max_size=6))
def test_any_text_makes_a_workbook_that_opens(texts):
    _sheet, (_headings, *rows) = read_xlsx([[text, number] for number, text in enumerate(texts)])
    assert [row[1] for row in rows] == list(range(len(texts)))


def test_csv_leaves_as_it_is_read():
    asked = []

    def rows():
        for number in range(1000):
            asked.append(number)
            yield [str(number)]

    lines = csv_lines(["h"], rows())
    for _line in range(4):
        next(lines)
    assert len(asked) == 2
