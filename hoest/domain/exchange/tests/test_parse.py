"""The good workbook becomes facts; blanks, extra columns, formulas and notes keep their meaning."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from hoest.domain.exchange.rules import Initiative, Line, parse
from hoest.foundation.imports.reader import CellError, Formula, Sheet
from tests.support.workbook_changes import adding, parsed, renamed, setting
from tests.support.workbooks import Grid, good, put, sheets


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
