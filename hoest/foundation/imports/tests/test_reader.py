"""The door for workbooks: what comes out of a good file, and that nothing is parsed here."""

from __future__ import annotations

import datetime as dt
import io
import subprocess
import sys
from pathlib import Path

import pytest
import xlsxwriter

from hoest.foundation.imports import refusals
from hoest.foundation.imports.limits import Limits
from hoest.foundation.imports.reader import CellError, Formula, Row, Sheet, read_workbook
from tests.support.malformed import pack, parts_of


def workbook(fill: object) -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    fill(book)  # type: ignore[operator]
    book.close()
    return target.getvalue()


def of_every_kind(book: xlsxwriter.Workbook) -> None:
    sheet = book.add_worksheet("Ark æøå")
    day = book.add_format({"num_format": "dd.mm.yyyy"})
    sheet.write_string("C3", "tekst\r\n_x0041_")
    sheet.write_number("D3", 2019)
    sheet.write_number("E3", 0.1)
    sheet.write_boolean("F3", False)
    sheet.write_datetime("G3", dt.datetime(2024, 2, 29), day)
    sheet.write_datetime("H3", dt.datetime(2024, 2, 29, 13, 5), day)
    sheet.write_blank("I3", None, day)
    sheet.write_formula("C6", "=1+1", None, 2)
    sheet.write_formula("D6", "=1/0", None, "#DIV/0!")
    sheet.write_formula("E6", "=A1", None, "")
    book.add_worksheet("Skjult").hide()


def test_cells_come_as_plain_values_with_their_place() -> None:
    first, second = read_workbook(workbook(of_every_kind))
    day = dt.date(2024, 2, 29)
    assert first == Sheet(
        "Ark æøå",
        (
            Row(3, (None, None, "tekst\r\n_x0041_", 2019, 0.1, False, day, day)),
            Row(6, (None, None, 2)),
        ),
        formulas=(Formula(6, 5, False), Formula(6, 3, True), Formula(6, 4, True)),
        errors=(CellError(6, 4, "#DIV/0!"),),
    )
    assert [type(cell) for cell in first.rows[0].cells[3:6]] == [int, float, bool]
    assert (second.name, second.rows, second.hidden) == ("Skjult", (), True)


def test_a_path_the_bytes_and_an_open_file_are_the_same(tmp_path: Path) -> None:
    content = workbook(of_every_kind)
    path = tmp_path / "bog.xlsx"
    path.write_bytes(content)
    assert read_workbook(path) == read_workbook(content) == read_workbook(io.BytesIO(content))


def test_a_workbook_of_openpyxl_is_read_with_its_formulas_without_value() -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.active["B2"] = "=SUM(A1:A9)"
    book.active["D4"] = "x"
    saved = io.BytesIO()
    book.save(saved)
    (sheet,) = read_workbook(saved.getvalue())
    assert sheet.formulas == (Formula(2, 2, False),)
    assert sheet.rows == (Row(4, (None, None, None, "x")),)


def test_addresses_and_comments_and_what_others_keep_in_the_file_do_not_disturb() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("Ark")
        sheet.write_url("A1", "mailto:navn@kommune.dk", string="navn@kommune.dk")
        sheet.write_url("A2", "https://kommune.dk/externalLinks/macroEnabled", string="side")
        sheet.write_comment("A1", "Husk")

    parts = parts_of(workbook(fill))
    parts["customXml/item1.xml"] = '<?xml version="1.0" encoding="UTF-16"?><a/>'.encode("utf-16")
    parts["customXml/item2.xml"] = b""
    parts["docProps/thumbnail.wmf"] = b"\x00" * 40
    (sheet,) = read_workbook(pack(parts))
    assert sheet.rows == (Row(1, ("navn@kommune.dk",)), Row(2, ("side",)))


def test_progress_tells_rows_read_and_rows_in_all() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        for _ in range(2):
            sheet = book.add_worksheet()
            for row in range(1_200):
                sheet.write_number(row * 2, 0, row)

    told: list[tuple[int, int]] = []
    sheets = read_workbook(workbook(fill), progress=lambda read, total: told.append((read, total)))
    assert [len(sheet.rows) for sheet in sheets] == [1_200, 1_200]
    assert sheets[0].rows[-1] == Row(2_399, (1_199,))
    assert told == [(n, 2_400) for n in (500, 1_000, 1_200, 1_700, 2_200, 2_400)]


def test_the_calling_process_parses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "bog.xlsx"
    path.write_bytes(workbook(of_every_kind))
    program = (
        "import sys, pathlib\n"
        "from hoest.foundation.imports.reader import read_workbook\n"
        "assert read_workbook(pathlib.Path(sys.argv[1]))\n"
        "parsers = {'python_calamine', 'pyexpat', 'hoest.foundation.imports.container',\n"
        "           'hoest.foundation.imports.parts', 'hoest.foundation.imports.child'}\n"
        "print(sorted(parsers & set(sys.modules)))\n"
    )
    root = Path(__file__).parents[4]
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)],
        cwd=root, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == "[]"


def test_the_child_can_write_no_file_and_start_no_process() -> None:
    program = (
        "import os, sys; from hoest.foundation.imports import child; "
        "from hoest.foundation.imports.limits import LIMITS; child._bound(LIMITS)\n"
        "import resource\n"
        "print(resource.getrlimit(resource.RLIMIT_FSIZE), resource.getrlimit(resource.RLIMIT_AS))\n"
        "try: bytearray(LIMITS.memory_bytes); print('memory')\n"
        "except MemoryError: print('bounded')\n"
    )
    root = Path(__file__).parents[4]
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True
    )
    assert done.stdout.split("\n")[:2] == ["(0, 0) (805306368, 805306368)", "bounded"]


def test_a_reading_that_takes_too_long_is_stopped() -> None:
    with pytest.raises(refusals.ReadingTookTooLong, match="for lang tid"):
        read_workbook(workbook(of_every_kind), limits=Limits(wall_seconds=0.001))


def test_a_reading_that_uses_up_its_processor_time_is_stopped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from hoest.foundation.imports import reader

    monkeypatch.setattr(
        reader,
        "PROGRAM",
        "import resource; resource.setrlimit(resource.RLIMIT_CPU, (1, 2))\nwhile True: pass",
    )
    with pytest.raises(refusals.ReadingTookTooLong):
        read_workbook(b"PK\x03\x04")


@pytest.mark.parametrize("end", ["os.abort()", "os._exit(0)", "os.kill(os.getpid(), 11)"])
def test_a_child_that_dies_is_a_refusal_and_nothing_else(
    end: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from hoest.foundation.imports import reader

    monkeypatch.setattr(reader, "PROGRAM", f"import os; {end}")
    with pytest.raises(refusals.ReadingFailed, match="ikke læses til ende"):
        read_workbook(b"PK\x03\x04")


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "mangler.xlsx", tmp_path):
        with pytest.raises(refusals.FileIsMissing, match=path.name):
            read_workbook(path)


def test_every_refusal_says_in_danish_what_stands_and_what_is_expected() -> None:
    assert len(refusals.BY_NAME) > 15
    for name, refusal in refusals.BY_NAME.items():
        raised = refusal()
        assert type(raised).__name__ == name
        assert str(raised) == f"{raised.stands} {raised.expected}"
        assert raised.stands.startswith(("Filen", "Det"))
        assert raised.expected.endswith(".")
