"""The two public Copenhagen workbooks are read without a fault, with the sums of the originals."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import hoest.content
from hoest.domain.exchange.rules import Workbook, parse, write
from hoest.foundation.imports.reader import read_workbook

PUBLIC = Path(hoest.content.__path__[0]) / "public"


def public(name: str) -> Workbook:
    parsed = parse(read_workbook(PUBLIC / name))
    assert parsed.faults == ()
    assert parsed.notes == ()
    assert parsed.workbook is not None
    return parsed.workbook


def by_year(workbook: Workbook, kind: str) -> dict[int, Decimal]:
    sums: dict[int, Decimal] = {}
    for line in workbook.lines:
        if line.kind == kind:
            for year, amount in line.amounts_dkk.items():
                sums[year] = sums.get(year, Decimal(0)) + amount
    return sums


def test_the_catalogue_of_2019_has_the_exact_sums() -> None:
    workbook = public("koebenhavn-effektivisering-2019.xlsx")
    assert (workbook.municipality, workbook.price_level) == ("København", 2019)
    assert (workbook.unit, workbook.date_text) == ("1.000 kr.", "2018")
    assert len(workbook.initiatives) == 9
    assert len(workbook.benefits) == 9
    assert workbook.unclaimed_benefits == ()
    assert by_year(workbook, "benefit") == {
        2019: 178_536_000,
        2020: 233_611_000,
        2021: 246_306_000,
        2022: 252_148_000,
    }


def test_the_investments_of_2016_have_the_exact_sums() -> None:
    workbook = public("koebenhavn-investeringer-2016.xlsx")
    assert (workbook.municipality, workbook.price_level) == ("København", 2016)
    assert (workbook.unit, workbook.date_text) == ("mio. kr.", "28.04.2016")
    assert by_year(workbook, "investment") == {2016: 5_600_000}
    assert by_year(workbook, "benefit") == {
        2017: 11_160_000,
        2018: 12_010_000,
        2019: 13_690_000,
        2020: 1_800_000,
    }
    assert [line.duration for line in workbook.lines[:2]] == ["one_off", "recurring"]


def test_both_are_the_same_after_writing_and_reading() -> None:
    for path in sorted(PUBLIC.glob("*.xlsx")):
        workbook = public(path.name)
        assert parse(read_workbook(write(workbook))).workbook == workbook
