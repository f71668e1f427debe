"""Every fault is found, with its sheet, row, column, what stands and what is expected."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from hoest.domain.exchange.rules import Initiative, Line, Parsed, parse
from hoest.foundation.imports.reader import CellError, Formula, Sheet
from tests.support.workbooks import Grid, good, put, sheets


def parsed(change: Callable[[Grid], object] = lambda grid: grid) -> Parsed:
    grid = good()
    change(grid)
    return parse(sheets(grid), today=dt.date(2026, 11, 22))


def setting(sheet: str, row: int, heading: str, value: Any) -> Callable[[Grid], object]:
    return lambda grid: put(grid, sheet, row, heading, value)


def about(key: str, value: Any) -> Callable[[Grid], object]:
    def change(grid: Grid) -> None:
        next(row for row in grid["Om"] if row[0] == key)[1] = value

    return change


def adding(sheet: str, *cells: Any) -> Callable[[Grid], object]:
    return lambda grid: grid[sheet].append(list(cells))


def without_column(sheet: str, heading: str) -> Callable[[Grid], object]:
    def change(grid: Grid) -> None:
        position = grid[sheet][0].index(heading)
        for row in grid[sheet]:
            if position < len(row):
                del row[position]

    return change


def renamed(sheet: str, heading: str, new: Any) -> Callable[[Grid], object]:
    def change(grid: Grid) -> None:
        grid[sheet][0][grid[sheet][0].index(heading)] = new

    return change


def without_row(sheet: str, row: int) -> Callable[[Grid], object]:
    return lambda grid: grid[sheet].pop(row - 1)


def sheet_renamed(sheet: str, new: str) -> Callable[[Grid], object]:
    return lambda grid: grid.__setitem__(new, grid.pop(sheet))


FAULTS: list[tuple[Callable[[Grid], object], str, int | None, str, str, str]] = [
    # Om
    (about("kommune", None), "Om", 2, "kommune", "feltet er tomt", "navn eller firecifrede"),
    (about("kommune", 12345), "Om", 2, "kommune", "»12345«", "firecifrede kode"),
    (about("prisniveau", "nu"), "Om", 3, "prisniveau", "»nu«", "et årstal fra 1990 til 2100"),
    (about("prisniveau", 26), "Om", 3, "prisniveau", "»26«", "et årstal"),
    (about("prisniveau", 2026.5), "Om", 3, "prisniveau", "»2026,5«", "et årstal"),
    (about("beløbsenhed", "euro"), "Om", 4, "beløbsenhed", "»euro«", "kr., 1.000 kr., mio. kr."),
    (about("dato", "i foråret"), "Om", 6, "dato", "»i foråret«", "dd.mm.åååå eller et årstal"),
    (without_row("Om", 4), "Om", None, "beløbsenhed", "rækken findes ikke", "1.000 kr."),
    (adding("Om", "kommune", "Ishøj"), "Om", 7, "kommune", "række 2", "kun står én gang"),
    # cells
    (setting("Initiativer", 2, "titel", None), "Initiativer", 2, "titel", "feltet er tomt",
     "»titel« skal udfyldes"),
    (setting("Initiativer", 2, "fase", "udførelse"), "Initiativer", 2, "fase", "»udførelse«",
     "én af: idé, analyse, gennemførelse"),
    (setting("Initiativer", 2, "initiativleder", "Lise"), "Initiativer", 2, "initiativleder",
     "»Lise«", "en e-mail"),
    (setting("Initiativer", 2, "i drift", "snart"), "Initiativer", 2, "i drift", "»snart«",
     "dd.mm.åååå"),
    (setting("Initiativer", 3, "titel", "x" * 201), "Initiativer", 3, "titel",
     "en tekst på 201 tegn", "højst 200 tegn"),
    (setting("Initiativer", 3, "titel", "a\x00b"), "Initiativer", 3, "titel", "styretegn",
     "almindelig tekst"),
    (setting("Økonomi", 2, "art", "udgift"), "Økonomi", 2, "art", "»udgift«",
     "én af: investering, driftsudgift, gevinst"),
    (setting("Økonomi", 3, "art", "gevnst"), "Økonomi", 3, "art", "»gevnst«", "én af"),
    (setting("Økonomi", 2, "2026", "1.5"), "Økonomi", 2, "2026", "»1.5«", "et beløb, fx 1.234,5"),
    (setting("Økonomi", 2, "2026", -5), "Økonomi", 2, "2026", "»-5«", "positivt beløb"),
    (setting("Økonomi", 2, "2026", True), "Økonomi", 2, "2026", "SAND", "et beløb"),
    (setting("Økonomi", 2, "2026", dt.date(2026, 1, 1)), "Økonomi", 2, "2026",
     "datoen 01.01.2026", "et beløb"),
    (setting("Økonomi", 2, "2026", 10**12), "Økonomi", 2, "2026", "»1000000000000«",
     "under 1.000 milliarder"),
    (setting("Økonomi", 3, "min", 110), "Økonomi", 3, "min", "»110«", "højst 100"),
    (setting("Økonomi", 3, "maks", 90), "Økonomi", 3, "maks", "»90«", "mindst 100"),
    (setting("Økonomi", 3, "min", 0.8), "Økonomi", 3, "min", "andel", "ikke 0,8"),
    (setting("Gevinster", 2, "baseline", "mange"), "Gevinster", 2, "baseline", "»mange«", "et tal"),
    (setting("Målinger", 2, "værdi", None), "Målinger", 2, "værdi", "feltet er tomt", "et tal"),
    (setting("Målinger", 2, "dato", 46000), "Målinger", 2, "dato", "»46000«", "en dato"),
    (setting("Indhøstning", 2, "år", "næste"), "Indhøstning", 2, "år", "»næste«", "et årstal"),
    (setting("Indhøstning", 2, "timer", -1), "Indhøstning", 2, "timer", "»-1«", "positivt antal"),
    # headings
    (without_column("Initiativer", "enhed"), "Initiativer", 1, "enhed", "kolonnen findes ikke",
     "»enhed«"),
    (renamed("Initiativer", "titel", "tittel"), "Initiativer", 1, "titel", "kolonnen findes ikke",
     "mente du »tittel«?"),
    (renamed("Initiativer", "fase", "Titel "), "Initiativer", 1, "Titel", "to gange (B1 og G1)",
     "kun står én gang"),
    (renamed("Økonomi", "2027", 2026), "Økonomi", 1, "2026", "to gange", "kun står én gang"),
    (renamed("Økonomi", "2027", 2207), "Økonomi", 1, "2207", "året 2207", "1990 til 2100"),
    # sheets
    (lambda grid: grid.pop("Om"), "Om", None, "", "arket findes ikke", "»Om«"),
    (sheet_renamed("Initiativer", "Initiativ"), "Initiativer", None, "", "arket findes ikke",
     "mente du »Initiativ«?"),
    (lambda grid: grid.__setitem__("OM ", grid["Om"]), "Om", None, "", "arket findes to gange",
     "ét ark"),
    # between rows
    (adding("Initiativer", "I1", "Igen", None, None, None, "Stab"), "Initiativer", 4, "nøgle",
     "»I1« er gentaget: nøgle er som i række 2", "kun står én gang"),
    (adding("Økonomi", "I1", "Udstyr", "investering", None, None, None, 1), "Økonomi", 5,
     "initiativ", "initiativ, post og art er som i række 2", "én gang"),
    (adding("Gevinster", "G1", "I2", "Igen", "risiko"), "Gevinster", 3, "nøgle",
     "»G1« er gentaget", "én gang"),
    (adding("Målinger", "G1", "30.06.2026", 1), "Målinger", 3, "gevinst",
     "gevinst og dato er som i række 2", "én gang"),
    (adding("Indhøstning", "G1", "15.08.2026", "Økonomiudvalget, pkt. 4", 2027, 1), "Indhøstning",
     3, "gevinst", "gentaget", "én gang"),
    (setting("Økonomi", 4, "initiativ", "I22"), "Økonomi", 4, "initiativ", "»I22«",
     "arket »Initiativer« – mente du »I2«?"),
    (adding("Gevinster", "G2", "XYZ", "Noget", "risiko"), "Gevinster", 3, "initiativ", "»XYZ«",
     "en nøgle, der findes i arket »Initiativer«"),
    (setting("Målinger", 2, "gevinst", "G11"), "Målinger", 2, "gevinst", "»G11«",
     "mente du »G1«?"),
    (setting("Indhøstning", 2, "gevinst", "Q"), "Indhøstning", 2, "gevinst", "»Q«",
     "arket »Gevinster«"),
    (setting("Gevinster", 2, "post", "Færre tur"), "Gevinster", 2, "post", "»Færre tur«",
     "mente du »Færre ture«?"),
    (setting("Gevinster", 2, "post", "Udstyr"), "Gevinster", 2, "post", "arten investering",
     "arten gevinst"),
    (adding("Gevinster", "G2", "I1", "Også", "budget", None, None, None, None, None, None,
            "Færre ture"), "Gevinster", 3, "post", "også gevinsten i række 2", "ikke tælles"),
    (adding("Gevinster", "I2/Porto", "I2", "Noget", "risiko"), "Økonomi", 4, "post",
     "»I2/Porto«; den er brugt", "nævner posten"),
    (setting("Gevinster", 2, "måldato", "31.12.2025"), "Gevinster", 2, "måldato",
     "datoen 31.12.2025", "efter baselinedatoen 01.01.2026"),
    (setting("Indhøstning", 2, "beløb", None), "Indhøstning", 2, "beløb",
     "hverken beløb eller timer", "et beløb eller et antal timer"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "sheet", "row", "column", "stands", "expected"), FAULTS)
def test_a_fault_says_where_it_is_what_stands_and_what_is_expected(
    change: Callable[[Grid], object],
    sheet: str,
    row: int | None,
    column: str,
    stands: str,
    expected: str,
) -> None:
    result = parsed(change)
    assert result.workbook is None
    (fault,) = result.faults
    assert (fault.sheet, fault.row, fault.column) == (sheet, row, column)
    assert stands in fault.stands
    expected = expected if expected != "ikke tælles" else "intet tælles to gange"
    assert expected in fault.expected
    assert str(fault).startswith(f"Arket »{sheet}«")


def test_every_fault_is_listed_at_once_in_the_order_of_the_file() -> None:
    def change(grid: Grid) -> None:
        put(grid, "Målinger", 2, "værdi", "høj")
        put(grid, "Initiativer", 3, "titel", None)
        put(grid, "Initiativer", 2, "fase", "x")
        put(grid, "Økonomi", 2, "2026", -1)
        about("prisniveau", "gammelt")(grid)

    places = [(fault.sheet, fault.row, fault.cell) for fault in parsed(change).faults]
    assert places == [
        ("Om", 3, "B3"),
        ("Initiativer", 2, "G2"),
        ("Initiativer", 3, "B3"),
        ("Økonomi", 2, "G2"),
        ("Målinger", 2, "C2"),
    ]


def test_the_good_workbook_is_read_into_codes_dates_and_kroner() -> None:
    result = parsed()
    assert result.faults == ()
    assert result.notes == ()
    workbook = result.workbook
    assert workbook is not None
    assert (workbook.municipality, workbook.price_level) == ("København", 2026)
    assert (workbook.unit, workbook.multiplier) == ("1.000 kr.", 1000)
    assert (workbook.source, workbook.date_text) == ("Budget 2026", "28.04.2026")
    assert workbook.initiatives[0] == Initiative(
        key="I1",
        title="Skærmbesøg",
        unit="Sundhed",
        in_practice="Nogle besøg sker på skærm",
        purpose_type="efficiency",
        initiative_type="welfare_technology",
        phase="execution",
        lead_email="leder@kommune.dk",
        live_on=dt.date(2026, 3, 1),
    )
    assert workbook.lines[1] == Line(
        initiative="I1",
        title="Færre ture",
        kind="benefit",
        duration="recurring",
        low_percent=Decimal(80),
        high_percent=Decimal(120),
        amounts_dkk={2027: Decimal("1234500.00")},
    )
    assert workbook.lines[2].amounts_dkk == {2026: Decimal("100"), 2027: Decimal("200")}
    benefit = workbook.benefits[0]
    assert (benefit.baseline, benefit.baseline_on) == (Decimal(100), dt.date(2026, 1, 1))
    assert (benefit.frequency, benefit.line, benefit.row) == ("quarter", "Færre ture", 2)
    assert workbook.line_of(benefit) == workbook.lines[1]
    assert workbook.measurements[0].value == Decimal("92.5")
    assert workbook.take_outs[0].amount_dkk == Decimal("600000.00")
    assert workbook.take_outs[0].hours is None


def test_a_benefit_line_nobody_names_becomes_a_benefit_that_nobody_owns() -> None:
    workbook = parsed().workbook
    assert workbook is not None
    (implied,) = workbook.unclaimed_benefits
    assert (implied.key, implied.title, implied.initiative) == ("I2/Porto", "Porto", "I2")
    assert (implied.benefit_type, implied.owner_email, implied.line) == ("budget", None, "Porto")
    assert (implied.from_line, implied.place) == (True, "Økonomi, række 4")
    assert workbook.all_benefits == (*workbook.benefits, implied)
    assert workbook.line_of(implied) == workbook.lines[2]


def test_a_measurement_may_name_a_benefit_that_only_a_line_makes() -> None:
    workbook = parsed(adding("Målinger", "I2/Porto", "30.06.2026", 5)).workbook
    assert workbook is not None
    assert workbook.measurements[1].benefit == "I2/Porto"


def test_an_implied_benefit_once_written_out_is_the_same_benefit() -> None:
    row = ("I2/Porto", "I2", "Porto", "budget", *[None] * 6, "Porto")
    before, after = parsed().workbook, parsed(adding("Gevinster", *row)).workbook
    assert before is not None
    assert after is not None
    assert after.all_benefits == before.all_benefits
    assert after.unclaimed_benefits == ()


def test_a_long_implied_key_is_cut_but_stays_one_of_its_kind() -> None:
    def change(grid: Grid) -> None:
        put(grid, "Økonomi", 4, "post", "x" * 100 + "1")
        grid["Økonomi"].append(["I2", "x" * 100 + "2", "gevinst", None, None, None, 1])

    workbook = parsed(change).workbook
    assert workbook is not None
    keys = [benefit.key for benefit in workbook.unclaimed_benefits]
    assert len(set(keys)) == 2
    assert {len(key) for key in keys} == {60}


def test_a_blank_optional_cell_is_not_known_and_never_zero() -> None:
    workbook = parsed().workbook
    assert workbook is not None
    assert workbook.lines[0].amounts_dkk == {2026: Decimal("1500000.00")}
    assert workbook.lines[0].low_percent is None
    assert workbook.initiatives[1].live_on is None
    zero = parsed(setting("Økonomi", 2, "2027", 0)).workbook
    assert zero is not None
    assert zero.lines[0].amounts_dkk[2027] == 0


def test_unknown_columns_are_kept_and_noted_not_refused() -> None:
    def change(grid: Grid) -> None:
        put(grid, "Initiativer", 2, "Kontaktperson", "=Lise")
        put(grid, "Initiativer", 3, "Vægt", 0.25)

    result = parsed(change)
    assert result.workbook is not None
    assert result.workbook.initiatives[0].extra == {"Kontaktperson": "=Lise"}
    assert result.workbook.initiatives[1].extra == {"Vægt": 0.25}
    assert [(note.sheet, note.row, note.column) for note in result.notes] == [
        ("Initiativer", 1, "Kontaktperson"),
        ("Initiativer", 1, "Vægt"),
    ]


def test_a_misspelt_optional_column_is_noted_with_the_nearest_name() -> None:
    (note,) = parsed(renamed("Gevinster", "frekvens", "frekvenser")).notes
    assert "mente du »frekvens«?" in note.text


def test_headings_may_stand_in_any_order_case_and_with_a_star() -> None:
    def change(grid: Grid) -> None:
        for row in grid["Initiativer"]:
            row.reverse()
        grid["Initiativer"][0] = [
            f" {heading.upper()}* " if isinstance(heading, str) else heading
            for heading in grid["Initiativer"][0]
        ]
        grid["Økonomi"][0][-2:] = [2026, " 2027 "]

    result = parsed(change)
    assert result.notes == ()
    assert result.workbook == parsed().workbook


def test_other_sheets_are_noted_and_the_sheet_for_people_is_left_alone() -> None:
    def change(grid: Grid) -> None:
        grid["Læs mig"] = [["Hej"]]
        grid["Noter"] = [["Husk"]]

    result = parsed(change)
    assert result.workbook is not None
    assert [(note.sheet, note.text) for note in result.notes] == [
        ("Noter", "arket kendes ikke og læses ikke")
    ]


def test_only_om_and_initiativer_must_be_there() -> None:
    def change(grid: Grid) -> None:
        for name in ("Økonomi", "Gevinster", "Målinger", "Indhøstning"):
            del grid[name]

    workbook = parsed(change).workbook
    assert workbook is not None
    assert len(workbook.initiatives) == 2
    assert workbook.all_benefits == ()


def test_a_recurring_line_may_have_holes() -> None:
    def change(grid: Grid) -> None:
        put(grid, "Økonomi", 4, "2030", 5)
        put(grid, "Økonomi", 4, "2027", None)

    workbook = parsed(change).workbook
    assert workbook is not None
    assert sorted(workbook.lines[2].amounts_dkk) == [2026, 2030]


def test_what_is_worth_knowing_is_noted() -> None:
    def change(grid: Grid) -> None:
        put(grid, "Gevinster", 2, "gevinstejer", "leder@kommune.dk")
        put(grid, "Økonomi", 2, "2026", None)
        put(grid, "Målinger", 2, "dato", "01.01.2027")
        put(grid, "Indhøstning", 2, "timer", 40)

    result = parsed(change)
    assert result.workbook is not None
    texts = {(note.sheet, note.row): note.text for note in result.notes}
    assert "leder også initiativet" in texts["Gevinster", 2]
    assert "ingen beløb" in texts["Økonomi", 2]
    assert "fremtiden" in texts["Målinger", 2]
    assert "timer uden en anvendelse" in texts["Indhøstning", 2]


def test_formulas_are_read_as_their_value_and_noted_once_per_column() -> None:
    plain = sheets(good())
    marked = tuple(
        Sheet(s.name, s.rows, formulas=(Formula(2, 7, True), Formula(3, 7, True)))
        if s.name == "Økonomi"
        else s
        for s in plain
    )
    result = parse(marked)
    assert result.workbook == parse(plain).workbook
    (note,) = result.notes
    assert (note.sheet, note.row, note.column) == ("Økonomi", 2, "2026")
    assert "formel i 2 celler, den første (G2)" in note.text


def test_a_formula_without_a_stored_value_is_a_fault_not_a_blank() -> None:
    grid = put(good(), "Økonomi", 2, "2026", None)
    marked = tuple(
        Sheet(s.name, s.rows, formulas=(Formula(2, 7, False),)) if s.name == "Økonomi" else s
        for s in sheets(grid)
    )
    (fault,) = parse(marked).faults
    assert (fault.sheet, fault.row, fault.column) == ("Økonomi", 2, "2026")
    assert fault.stands == "en formel uden gemt værdi"


def test_an_error_value_is_a_fault_not_a_blank() -> None:
    grid = put(good(), "Initiativer", 2, "tema", None)
    marked = tuple(
        Sheet(s.name, s.rows, errors=(CellError(2, 10, "#REF!"),)) if s.name == "Initiativer" else s
        for s in sheets(grid)
    )
    (fault,) = parse(marked).faults
    assert fault.stands == "fejlværdien »#REF!«"


def test_a_sheet_with_headings_only_holds_nothing_and_an_empty_file_says_so() -> None:
    def change(grid: Grid) -> None:
        for name in ("Initiativer", "Økonomi", "Gevinster", "Målinger", "Indhøstning"):
            del grid[name][1:]

    (fault,) = parsed(change).faults
    assert "filen er tom" in fault.stands


def test_an_empty_sheet_lacks_its_headings() -> None:
    faults = parsed(lambda grid: grid.__setitem__("Målinger", [])).faults
    assert [fault.column for fault in faults] == ["gevinst", "dato", "værdi"]


def test_many_unknown_references_do_not_take_long() -> None:
    import time

    def change(grid: Grid) -> None:
        grid["Initiativer"] += [[f"K{n}", "T", None, None, None, "Stab"] for n in range(5_000)]
        grid["Økonomi"] += [[f"Q{n}", "P", "gevinst", None, None, None, 1] for n in range(5_000)]

    started = time.perf_counter()
    assert len(parsed(change).faults) == 5_000
    assert time.perf_counter() - started < 10
