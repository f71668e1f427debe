"""Every fault is found, with its sheet, row, column, what stands and what is expected."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.support.workbook_changes import (
    Change,
    about,
    adding,
    parsed,
    renamed,
    setting,
    sheet_renamed,
    without_column,
    without_row,
)
from tests.support.workbooks import Grid, put

FAULTS: list[tuple[Change, str, int | None, str, str, str]] = [
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
    change: Change,
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
