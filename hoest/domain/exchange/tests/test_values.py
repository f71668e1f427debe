"""Cells become values exactly, or are refused with what stands and what is expected."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoest.domain.benefits import rules as benefits
from hoest.domain.business_cases import rules as cases
from hoest.domain.exchange.rules import columns, values
from hoest.domain.portfolio import rules as portfolio

TEXT = columns.Column("titel", "title", "", length=20)
LINES = columns.Column("målemetode", "method", "", columns.Kind.LINES, length=40)
PURPOSE = columns.SHEETS[0].by_heading()["formålstype"]


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("1.234,5", "1234.5"),
        ("1234,5", "1234.5"),
        ("1.234", "1234"),
        ("12.345.678,90", "12345678.90"),
        ("1 234,5", "1234.5"),
        ("1\u00a0234", "1234"),
        ("0,1", "0.1"),
        ("-5,25", "-5.25"),
        ("\u22125", "-5"),
        (" 7 ", "7"),
        (7, "7"),
        (0.1, "0.1"),
        (1e22, "1e22"),
        (1234.5, "1234.5"),
    ],
)
def test_a_danish_number_or_a_real_number_is_read_exactly(cell: Any, number: str) -> None:
    assert values.exact(cell, "et tal") == Decimal(number)


@pytest.mark.parametrize(
    "cell",
    ["1.5", "1.23", "12.34,5", "1,5,5", "1.234.5", "abc", "1 2", "12 kr.", "5 %", "1e5", "nan",
     "inf", "--5", "1,", ",5", "١٢", True, dt.date(2026, 1, 1), "=",
     float("nan"), float("inf")],
)  # fmt: skip
def test_what_could_be_read_two_ways_is_no_number(cell: Any) -> None:
    with pytest.raises(values.NotUnderstood) as refused:
        values.exact(cell, "et tal")
    assert refused.value.expected == "et tal"


@given(st.decimals(0, 10**9, places=2), st.sampled_from([1, 1_000, 1_000_000]))
def test_an_amount_in_any_unit_is_exact_in_oere(kroner: Decimal, multiplier: int) -> None:
    written = values.danish_number(kroner / multiplier)
    assert values.read_amount(written, multiplier) == kroner
    assert values.read_amount(float(kroner / multiplier), multiplier) == kroner


def test_an_amount_is_rounded_to_oere_half_away_from_zero_after_the_unit() -> None:
    assert values.read_amount("0,000000005", 1_000_000) == Decimal("0.01")
    assert values.read_amount(0.1 + 0.2, 1_000_000) == Decimal("300000.00")
    assert values.read_amount("0,0049", 1) == Decimal("0.00")


def test_zero_is_known_and_blank_is_not() -> None:
    assert values.read_amount(0, 1) == 0
    assert values.is_blank(None)
    assert values.is_blank(" \u00a0\n")
    assert not values.is_blank(0)
    assert not values.is_blank(False)


@pytest.mark.parametrize("cell", [1e12, "1.000.000.000.000", float(10**15), "-1", -0.01])
def test_an_amount_beyond_the_tables_or_below_zero_is_refused(cell: Any) -> None:
    with pytest.raises(values.NotUnderstood):
        values.read_amount(cell, 1)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        (dt.date(2026, 4, 28), dt.date(2026, 4, 28)),
        ("28.04.2026", dt.date(2026, 4, 28)),
        ("1.5.2026", dt.date(2026, 5, 1)),
        ("01-05-2026", dt.date(2026, 5, 1)),
        ("2026-05-01", dt.date(2026, 5, 1)),
        (" 29.02.2024 ", dt.date(2024, 2, 29)),
    ],
)
def test_a_date_is_a_date_cell_or_written_in_danish(cell: Any, day: dt.date) -> None:
    assert values.read_date(cell) == day


@pytest.mark.parametrize(
    "cell",
    ["29.02.2026", "31.04.2026", "4/28/2026", "28.04.26", "april 2026", 46000, "2026", True,
     dt.date(1899, 12, 31), dt.date(2101, 1, 1), "00:00:00"],
)  # fmt: skip
def test_a_date_that_is_none_or_not_plausible_is_refused(cell: Any) -> None:
    with pytest.raises(values.NotUnderstood, match="dato"):
        values.read_date(cell)


def test_the_date_of_the_source_may_be_a_year() -> None:
    assert values.read_date_text(2018) == "2018"
    assert values.read_date_text("2018") == "2018"
    assert values.read_date_text(dt.date(2016, 4, 28)) == "28.04.2016"
    assert values.read_date_text("1.4.2016") == "01.04.2016"
    with pytest.raises(values.NotUnderstood, match="årstal"):
        values.read_date_text("forår 2016")


@pytest.mark.parametrize(
    ("cell", "unit"),
    [("kr.", "kr."), ("Kr", "kr."), ("1.000 kr.", "1.000 kr."), ("1000 kr", "1.000 kr."),
     ("t.kr.", "1.000 kr."), ("mio. kr.", "mio. kr."), ("Mio kr", "mio. kr."),
     ("mio.kr.", "mio. kr."), ("mill. kr.", "mio. kr.")],
)  # fmt: skip
def test_the_unit_is_understood_as_people_write_it(cell: str, unit: str) -> None:
    assert values.read_unit(cell) == unit


@pytest.mark.parametrize("cell", ["euro", "1000", 1000, "mia. kr.", "100 kr."])
def test_another_unit_is_refused(cell: Any) -> None:
    with pytest.raises(values.NotUnderstood, match=r"1\.000 kr\."):
        values.read_unit(cell)


@pytest.mark.parametrize("cell", ["effektivisering", " Effektivisering ", "EFFEKTIVISERING"])
def test_a_coded_value_is_trimmed_and_of_any_case(cell: str) -> None:
    assert values.read_code(cell, PURPOSE) == "efficiency"


def test_decomposed_letters_are_the_same_letters() -> None:
    kinds = columns.SHEETS[0].by_heading()["type"]
    assert values.read_code("velfa\u0308rdsteknologi".replace("a\u0308", "æ"), kinds)
    frequency = columns.SHEETS[2].by_heading()["frekvens"]
    assert values.read_code("a\u030ar", frequency) == "year"
    assert values.read_code("it system", kinds) == "it_system"


def test_text_is_one_line_unless_the_column_takes_several() -> None:
    assert values.read_text("  to\n  linjer ", TEXT) == "to linjer"
    assert values.read_text("to\r\nlinjer", LINES) == "to\nlinjer"
    assert values.read_text(101, TEXT) == "101"
    assert values.read_text(1.5, TEXT) == "1,5"


@pytest.mark.parametrize("cell", ["bel\x07", "nul\x00", "for lang en tekst her", "\ufffe"])
def test_text_with_control_signs_or_too_long_is_refused(cell: str) -> None:
    with pytest.raises(values.NotUnderstood):
        values.read_text(cell, TEXT)


@pytest.mark.parametrize("cell", ["navn@kommune.dk", "Navn.Efternavn@Kommune.DK "])
def test_an_email_is_read_in_small_letters(cell: str) -> None:
    assert values.read_email(cell) == cell.strip().lower()


@pytest.mark.parametrize("cell", ["navn", "navn@", "@kommune.dk", "a b@kommune.dk", 5, "a@b"])
def test_what_is_no_email_is_refused(cell: Any) -> None:
    with pytest.raises(values.NotUnderstood, match="e-mail"):
        values.read_email(cell)


def test_percentages_hold_the_amount_between_them() -> None:
    assert values.read_low_percent(80) == 80
    assert values.read_low_percent("80 %") == 80
    assert values.read_low_percent(100) == 100
    assert values.read_high_percent("112,5 %") == Decimal("112.50")
    for cell in (101, -1, "120"):
        with pytest.raises(values.NotUnderstood, match="højst 100"):
            values.read_low_percent(cell)
    with pytest.raises(values.NotUnderstood, match="mindst 100"):
        values.read_high_percent(99)


def test_a_share_in_a_percentage_column_is_not_guessed_at() -> None:
    with pytest.raises(values.NotUnderstood, match="andel"):
        values.read_low_percent(0.8)
    assert values.read_low_percent("0,8 %") == Decimal("0.80")


@given(st.text() | st.floats() | st.integers() | st.booleans() | st.dates())
def test_no_cell_breaks_a_reader(cell: Any) -> None:
    for shape in columns.SHEETS:
        for column in shape.columns:
            read = values.READERS.get(column.kind)
            if read is None or values.is_blank(cell):
                continue
            understood = _understood(read, cell, column)
            assert understood not in (None, "")


def _understood(read: Any, cell: Any, column: columns.Column) -> Any:
    try:
        return read(cell, column)
    except values.NotUnderstood as refused:
        return refused.stands and refused.expected


@pytest.mark.parametrize(
    ("codes", "enum"),
    [
        (columns.PURPOSE_TYPES, portfolio.PurposeType),
        (columns.INITIATIVE_TYPES, portfolio.InitiativeType),
        (columns.PHASES, portfolio.Phase),
        (columns.LINE_KINDS, cases.LineKind),
        (columns.STEERING_AREAS, cases.SteeringArea),
        (columns.DURATIONS, cases.Duration),
        (columns.BENEFIT_TYPES, benefits.BenefitType),
        (columns.FREQUENCIES, benefits.Frequency),
    ],
)
def test_every_code_of_a_column_is_a_code_of_its_subject(codes: Any, enum: Any) -> None:
    assert set(codes.values()) == {member.value for member in enum}
