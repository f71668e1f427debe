"""The tutorial stays true: its commands run, its answers stand, and its pictures are of its steps.

Run with HOEST_TUTORIAL_PICTURES=1 (`make tutorial`) it also renews the pictures.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.processes import ROOT, TEST_ONLY, RunningHoest, hoest_started
from tests.support.tutorial import (
    Command,
    FilledSheet,
    MendedCell,
    Picture,
    Thing,
    same,
    things_to_do,
)

pytestmark = pytest.mark.slow

PAGE = ROOT / "docs" / "tutorials" / "fra-regneark-til-hoestregnskab.md"
PICTURES = ROOT / "docs" / "images" / "tutorial"
RENEW = os.environ.get("HOEST_TUTORIAL_PICTURES") == "1"
LARGEST_BYTES = 120_000
EMAIL, MUNICIPALITY = "anna@aeroe.example", "Ærø"
BENEFIT = "Mindre kørsel i hjemmeplejen"


@dataclass
class Reader:
    """Somebody who follows the tutorial: a folder, a running Høst, a browser."""

    folder: Path
    house: RunningHoest
    page: Page
    password: str = ""

    @property
    def workbook(self) -> Path:
        """The workbook she fills in."""
        return self.folder / "aeroe.xlsx"

    def run(self, command: Command) -> None:
        """Run a command as it is written, and hold its answer against the page."""
        if command.line == "make start":
            makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
            assert "start: install\n\t@$(BIN)/hoest start $(ARGS)" in makefile
            assert self.house.get("konto/log-ind/") == 200
            return
        program, *arguments = shlex.split(command.line)
        assert program == ".venv/bin/hoest", command.line
        environment = {k: v for k, v in os.environ.items() if k not in TEST_ONLY}
        done = subprocess.run(
            [sys.executable, "-m", "hoest.config.cli", *arguments],
            cwd=self.folder,
            env={**environment, "HOEST_DATA": str(self.house.folder.path), "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        refused = "intet er indlæst" in (command.answer or "")
        # How far the work is stands on the error stream, and so does what is refused.
        answer = done.stderr if refused else done.stdout
        assert done.returncode == (2 if refused else 0), done.stdout + done.stderr
        assert command.answer is not None, f"{command.line} has no answer on the page"
        assert same(command.answer, answer), f"{command.line} answered:\n{answer}"
        if password := re.search(r"Adgangskode: (\S+)", done.stdout):
            self.password = password[1]

    def fill(self, sheet: FilledSheet) -> None:
        """Write rows into the workbook under the headings of the template."""
        book = openpyxl.load_workbook(self.workbook)
        cells = book[sheet.name]
        if sheet.name == "Om":
            places = {str(row[0].value): row[0].row for row in cells.iter_rows(max_col=1)}
            for key, value in sheet.rows[1:]:
                cells.cell(places[key], 2).value = _typed(value)
        else:
            headings, *rows = sheet.rows
            places = _headings(cells)
            for number, row in enumerate(rows, start=2):
                for heading, value in zip(headings, row, strict=True):
                    if value:
                        cells.cell(number, places[heading]).value = _typed(value)
        book.save(self.workbook)

    def mend(self, cell: MendedCell) -> None:
        """Write one cell of the workbook anew."""
        book = openpyxl.load_workbook(self.workbook)
        cells = book[cell.sheet]
        cells.cell(cell.row, _headings(cells)[cell.heading]).value = _typed(cell.value)
        book.save(self.workbook)


def _typed(text: str) -> str | int:
    return int(text) if text.isdecimal() else text


def _headings(cells: object) -> dict[str, int]:
    """Return the column of each heading; a year that the template lacks gets the next one."""
    first = next(cells.iter_rows(max_row=1))  # type: ignore[attr-defined]
    found = {str(cell.value): cell.column for cell in first if cell.value is not None}
    for year in ("2026", "2027"):
        if cells.title == "Økonomi" and year not in found:  # type: ignore[attr-defined]
            found[year] = max(found.values()) + 1
            cells.cell(1, found[year]).value = int(year)  # type: ignore[attr-defined]
    return found


# What the reader does before each picture is taken, by the picture's name.


def roles(reader: Reader) -> None:
    """Sign in, and give oneself the role of controller."""
    page = reader.page
    page.goto("/konto/log-ind/")
    page.get_by_label("E-mail").fill(EMAIL)
    page.get_by_label("Adgangskode", exact=True).fill(reader.password)
    page.locator("main form button[type=submit]").first.click()
    page.goto("/kommunen/personer/")
    page.locator("main").get_by_role("link", name="anna").first.click()
    page.get_by_role("link", name="Giv en rolle").click()
    page.locator("input[name=role][value=controller]").check()
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator("main")).to_contain_text("Controller")


def fault(reader: Reader) -> None:
    """Send the workbook with its fault."""
    _send(reader)
    expect(reader.page.locator("h1")).to_contain_text("Filen har 1 fejl. Intet er ændret.")
    expect(reader.page.locator("main")).to_contain_text("besparelse")


def ready(reader: Reader) -> None:
    """Send the mended workbook."""
    _send(reader)
    expect(reader.page.locator("h1")).to_contain_text("Filen er uden fejl")


def account(reader: Reader) -> None:
    """Confirm, and see the account."""
    reader.page.get_by_role("button", name="Indlæs filen").click()
    expect(reader.page.locator("h1")).to_contain_text("Indlæst", timeout=60_000)
    reader.page.goto("/hoestregnskab/")
    row = reader.page.locator(".rungs tbody tr", has_text="Ejet")
    expect(row.locator("td").first).to_have_text("1")


def measuring(reader: Reader) -> None:
    """Open the benefit and the page of a measurement."""
    page = reader.page
    page.goto("/gevinster/")
    page.locator("main").get_by_role("link", name=BENEFIT).first.click()
    page.goto(page.url + "maaling/")
    page.get_by_label("Værdi").fill("9.000")


def measured(reader: Reader) -> None:
    """Save the measurement, and see the ladder."""
    page = reader.page
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator("[aria-current=step] .ladder-name")).to_contain_text("Målt")


def taking_home(reader: Reader) -> None:
    """Write the decision."""
    page = reader.page
    page.goto(re.sub(r"\?.*$", "", page.url) + "indhoestning/")
    page.get_by_label(re.compile("^Budgetnedsættelse")).check()
    page.get_by_role("button", name="Fortsæt").click()
    page.get_by_label(re.compile("^Jeres egen aftale")).check()
    page.get_by_label("Første budgetår").fill("2027")
    page.get_by_role("button", name="Fortsæt").click()
    page.get_by_label(re.compile("^2027")).fill("300.000")
    page.locator("#id_price_level").fill("2026")
    page.get_by_label("Budgetsted").fill("Hjemmeplejen, kørsel")
    page.get_by_label(re.compile("^Besluttet")).check()
    page.locator("#id_decided_on").fill("2026-11-03")
    page.get_by_label(re.compile("^Hvem besluttede")).fill("Økonomiudvalget")
    page.get_by_label(re.compile("^Hvor står")).fill("punkt 4")


def in_hand(reader: Reader) -> None:
    """Save the decision, and see the account."""
    page = reader.page
    page.get_by_role("button", name="Gem aftalen").click()
    page.get_by_label(re.compile("^Vi kender advarslen")).check()
    page.get_by_role("button", name="Gem aftalen").click()
    expect(page.locator("[aria-current=step] .ladder-name")).to_contain_text("I hånden")
    page.goto("/hoestregnskab/")
    row = page.locator(".rungs tbody tr", has_text="I hånden")
    expect(row.locator("td").first).to_have_text("1")


def _send(reader: Reader) -> None:
    page = reader.page
    page.goto("/regneark/")
    page.locator("input[type=file]").set_input_files(str(reader.workbook))
    page.locator("main form:has(input[type=file]) button[type=submit]").click()
    expect(page.locator("h1")).not_to_contain_text("bliver læst", timeout=60_000)


BEFORE: dict[str, Callable[[Reader], None]] = {
    "1-roller": roles,
    "2-fejl": fault,
    "3-klar": ready,
    "4-hoestregnskab": account,
    "5-maaling": measuring,
    "6-maalt": measured,
    "7-tag-hjem": taking_home,
    "8-i-haanden": in_hand,
}


@pytest.fixture
def reader(chromium: Browser, tmp_path: Path) -> Iterator[Reader]:
    """Somebody at the beginning of the tutorial."""
    with hoest_started("--uden-demo") as house:
        context = chromium.new_context(
            base_url=house.address.rstrip("/"),
            viewport={"width": 1120, "height": 720},
            locale="da-DK",
            reduced_motion="reduce",
            service_workers="block",
        )
        context.set_default_timeout(20_000)
        yield Reader(tmp_path, house, context.new_page())
        context.close()


def follow(reader: Reader, thing: Thing, folder: Path) -> None:
    """Do one thing the tutorial asks for."""
    match thing:
        case Command():
            reader.run(thing)
        case FilledSheet():
            reader.fill(thing)
        case MendedCell():
            reader.mend(thing)
        case Picture():
            name = Path(thing.file).stem
            BEFORE[name](reader)
            reader.page.screenshot(path=str(folder / f"{name}.png"))


def test_the_tutorial_can_be_followed_to_its_end(reader: Reader, tmp_path: Path) -> None:
    folder = PICTURES if RENEW else tmp_path
    folder.mkdir(parents=True, exist_ok=True)
    for thing in things_to_do(PAGE):
        follow(reader, thing, folder)
    assert (folder / "8-i-haanden.png").stat().st_size > 10_000


def test_the_pictures_are_those_of_the_steps_and_small() -> None:
    shown = [one for one in things_to_do(PAGE) if isinstance(one, Picture)]
    assert [Path(one.file).stem for one in shown] == list(BEFORE)
    for one in shown:
        file = (PAGE.parent / one.file).resolve()
        assert file.parent == PICTURES
        assert file.read_bytes().startswith(b"\x89PNG"), file
        assert file.stat().st_size <= LARGEST_BYTES, file
        assert len(one.says) > 10
    assert {file.stem for file in PICTURES.iterdir()} == set(BEFORE)


def test_the_page_asks_for_commands_sheets_a_fault_and_its_mending() -> None:
    kinds = [type(one).__name__ for one in things_to_do(PAGE)]
    assert kinds.count("Command") == 5
    assert kinds.count("FilledSheet") == 4
    assert kinds.count("MendedCell") == 1


def test_an_answer_is_held_against_the_page() -> None:
    assert same("a\n  Kode: …\n", "a\n  Kode: xyz\n")
    assert not same("a\n", "a\nb\n")
    assert not same("a\n", "b\n")
    assert not same("Kode: …", "Andet")
