"""The workbook gives every figure of the page, calculated by programs that are not ours."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoest.domain.business_cases import calculations
from hoest.domain.business_cases.rules import CaseLineFigures, IndexYear
from hoest.domain.business_cases.web import shown, words
from hoest.domain.business_cases.web.documents.workbook import CaseBook, written
from tests.support.recalculating import Recalculated, recalculated

AT = dt.datetime(2026, 11, 22, 14, 30, tzinfo=dt.UTC)
INDEX = calculations.price_index(
    [
        IndexYear(year, Decimal(change), "KL, budgetvejledning", "Controller", AT)
        for year, change in ((2022, "0.0251"), (2023, "0.041"), (2024, "0.0333"), (2025, "0.029"))
    ]
)
LEVELS = (2021, 2022, 2023, 2024, 2025)


def line(
    key: str,
    kind: str,
    duration: str,
    amounts: dict[int, Any],
    *,
    ends: tuple[str, str] | None = None,
    area: str = "",
    measure: str = "dkk",
    level: int = 2024,
) -> CaseLineFigures:
    return CaseLineFigures(
        initiative_id=1,
        line_key=key,
        kind=kind,
        measure=measure,
        duration=duration,
        price_level=level,
        amounts={year: Decimal(str(amount)) for year, amount in amounts.items()},
        low_share=Decimal(ends[0]) if ends else None,
        high_share=Decimal(ends[1]) if ends else None,
        number=1,
        steering_area=area,
        source_title="Indtastet af Controller",
    )


CASE = [
    line("Robotter", "investment", "one_off", {2024: 2_400_000.55}, area="capital"),
    line("Support", "operation", "recurring", {2025: 300_000}, area="service", ends=("0.9", "1.5")),
    line("Indkøb", "benefit", "recurring", {2025: 400_000, 2027: 900_000}, ends=("0.8", "1.1")),
    line("Salg", "benefit", "one_off", {2026: 50_000}, area="transfers"),
    line("Aftentimer", "benefit", "recurring", {2025: 3_100}, measure="hours"),
    line("Nattetimer", "benefit", "one_off", {2026: 80.5}, measure="hours"),
]


def book_of(
    lines: Sequence[CaseLineFigures],
    *,
    level: int | None = None,
    horizon: int | None = None,
    valued_on: dt.date = dt.date(2026, 1, 1),
) -> CaseBook:
    own = lines[0].price_level if lines else 2024
    to = level or own
    converted = calculations.converted_lines(lines, to, INDEX)
    figures = calculations.key_figures(converted, valued_on=valued_on, horizon=horizon)
    return CaseBook(
        title="Robotstøvsugere",
        point="Giver 1,2 mio. kr.",
        author="Controller",
        made_at=AT,
        footer="Hentet i dag",
        mark="Kladde",
        facts=(("Kommune", "Ådal"),),
        history=(("1, godkendt", "2024-priser", "Controller", "Det første løfte."),),
        written=list(lines),
        lines=converted,
        figures=figures,
        own_level=own,
        shown_level=to,
        index=INDEX,
    )


def printed(code: str, value: Any) -> str:
    """Print a recalculated key figure as the page prints its own."""
    if isinstance(value, str):
        return value
    if code == "irr":
        return words.formats.percent(words.steady(float(value)), 1, "da")
    if code == "payback_calendar_year":
        return str(round(value))
    if code.startswith("payback"):
        return words.years(float(value))
    return words.kroner(Decimal(repr(float(value))))


def check_every_figure(book: CaseBook, engine: str = "ironcalc") -> Recalculated:
    """Hold the recalculated file against the stored values and against what the page prints."""
    found = recalculated(written(book), engine)
    wrong = [cell for cell in found.formulas if not cell.agrees]
    assert not wrong, wrong[:4]
    figures = book.figures
    assert figures is not None
    for one in shown.key_figures(figures):
        value, low, high = found.row("Overblik", one.label)[:3]
        assert printed(one.code, value) == (one.missing or one.value), one.code
        assert ("" if low is None else printed(one.code, low)) == one.low, one.code
        assert ("" if high is None else printed(one.code, high)) == one.high, one.code
    kroner = next(t for t in shown.line_tables(book.lines, figures) if t.measure == "dkk")
    for label, amounts in kroner.totals:
        row = found.row("År for år", label)[7 : 7 + len(amounts)]
        assert [words.kroner(Decimal(repr(float(x)))) for x in row] == amounts, label
    sums = calculations.sums_by_area(book.lines, figures.base_year, figures.horizon)
    whole = found.row("Styringsområder", "Samlet økonomisk påvirkning")[1 : 1 + len(figures.net)]
    assert [words.kroner(Decimal(repr(float(x)))) for x in whole] == [
        words.kroner(x) for x in figures.net
    ]
    assert len(sums) == sum(
        value in ("Varige ændringer", "Engangsudgifter og engangsgevinster")
        for (sheet, place), value in found.values.items()
        if sheet == "Styringsområder" and place.startswith("A")
    )
    return found


@pytest.mark.parametrize("engine", ["ironcalc", "formualizer"])
@pytest.mark.parametrize("level", [None, 2025, 2021])
def test_two_other_programs_calculate_every_figure_to_the_printed_digit(
    engine: str, level: int | None
) -> None:
    found = check_every_figure(book_of(CASE, level=level, horizon=2034), engine)
    assert len(found.formulas) > 400


def test_the_file_opens_to_the_same_figures_where_nothing_is_calculated() -> None:
    raw = written(book_of(CASE))
    stored = openpyxl.load_workbook(io.BytesIO(raw), data_only=True)
    sheet = stored["Overblik"]
    row = next(r for r in sheet.iter_rows(values_only=True) if "Nutidsværdi i alt" in str(r[0]))
    figures = book_of(CASE).figures
    assert figures is not None
    assert row[1] == float(figures.npv)
    assert row[2] < row[1] < row[3]


def test_a_changed_amount_moves_every_figure_that_rests_on_it() -> None:
    dearer = [
        line("Robotter", "investment", "one_off", {2024: 3_000_000}, area="capital"),
        *CASE[1:],
    ]
    file = openpyxl.load_workbook(io.BytesIO(written(book_of(CASE))))
    given = file["Poster"]
    place = next(c for row in given.iter_rows() for c in row if c.value == 2_400_000.55)
    place.value = 3_000_000
    target = io.BytesIO()
    file.save(target)
    found = recalculated(target.getvalue())
    figures = book_of(dearer).figures
    assert figures is not None
    for one in shown.key_figures(figures):
        assert printed(one.code, found.row("Overblik", one.label)[0]) == (
            one.missing or one.value
        ), one.code


def test_another_price_level_typed_into_the_file_converts_it_as_the_page_does() -> None:
    file = openpyxl.load_workbook(io.BytesIO(written(book_of(CASE))))
    assert file["Satser"]["A2"].value == "Vist i prisniveau"
    file["Satser"]["B2"].value = 2025
    target = io.BytesIO()
    file.save(target)
    found = recalculated(target.getvalue())
    figures = book_of(CASE, level=2025).figures
    assert figures is not None
    for one in shown.key_figures(figures):
        assert printed(one.code, found.row("Overblik", one.label)[0]) == (
            one.missing or one.value
        ), one.code


def test_the_sheets_have_headings_that_stay_number_formats_and_no_macros() -> None:
    raw = written(book_of(CASE))
    with zipfile.ZipFile(io.BytesIO(raw)) as parts:
        names = parts.namelist()
        assert not [name for name in names if "vba" in name.lower() or "external" in name.lower()]
    file = openpyxl.load_workbook(io.BytesIO(raw))
    assert file.sheetnames == [
        "Overblik", "Poster", "Satser", "År for år", "Styringsområder", "Timer", "Versioner",
    ]  # fmt: skip
    for sheet in file.worksheets[1:]:
        assert sheet.freeze_panes is not None, sheet.title
    assert file["År for år"]["I2"].number_format.startswith("#,##0")
    assert [cell.value for cell in file["Poster"][1]][:5] == [
        "Post", "Art", "Varighed", "Styringsområde", "Lavest",
    ]  # fmt: skip
    given = [c for row in file["Poster"].iter_rows(min_row=2) for c in row]
    assert not [cell.coordinate for cell in given if cell.data_type == "f"]


@pytest.mark.parametrize("text", ["=1+1", "+45 12", "-x", "@SUM(A1)", '"; "', "Post 'A'!B1", "\tx"])
def test_a_text_never_becomes_a_formula(text: str) -> None:
    strange = [line(text, "benefit", "recurring", {2025: 10}), CASE[0]]
    found = check_every_figure(book_of(strange))
    assert found.values["Poster", "A2"] == text
    assert found.values["År for år", "A2"] == text


def test_a_case_with_hours_alone_has_its_hours_and_no_empty_sums() -> None:
    book = book_of([one for one in CASE if one.measure == "hours"])
    found = recalculated(written(book))
    assert [cell for cell in found.formulas if not cell.agrees] == []
    assert found.row("Timer", "Timer i alt, alle gevinster")[3:5] == [3100.0, 3180.5]


def test_a_case_of_fifty_years_uses_every_step_of_the_rate() -> None:
    lines = [CASE[0], line("Indkøb", "benefit", "recurring", {2025: 90_000.25})]
    found = check_every_figure(book_of(lines, horizon=2074))
    factors = found.row("År for år", "Faktor til første års værdi")[7:58]
    assert factors[35] == pytest.approx(0.299977, abs=5e-7)
    assert factors[36] == pytest.approx(0.292660, abs=5e-7)


# Nothing, or as much as a case can be about: øre that repay millions are no case.
AMOUNTS = st.one_of(
    st.integers(10_000, 5_000_000).map(lambda kr: Decimal(kr)),
    st.integers(1_000_000, 900_000_000).map(lambda oere: Decimal(oere) / 100),
    st.sampled_from([Decimal(0), Decimal("1200000"), Decimal("2400000"), Decimal("10000.5")]),
)
SHARES = st.one_of(
    st.none(),
    st.tuples(st.integers(0, 10_000), st.integers(10_000, 30_000)).map(
        lambda ends: (str(Decimal(ends[0]) / 10_000), str(Decimal(ends[1]) / 10_000))
    ),
)


@st.composite
def cases(draw: st.DrawFn) -> list[CaseLineFigures]:
    """Draw a case as people could write one: one to seven lines, gaps, zeros, ranges, areas."""
    found = []
    for number in range(draw(st.integers(1, 7))):
        years = draw(st.lists(st.integers(2022, 2031), min_size=1, max_size=4, unique=True))
        found.append(
            line(
                f"Post {number}",
                draw(st.sampled_from(["benefit", "benefit", "investment", "operation"])),
                draw(st.sampled_from(["recurring", "one_off"])),
                {year: draw(AMOUNTS) for year in years},
                ends=draw(SHARES),
                area=draw(st.sampled_from(["", "service", "capital", "transfers"])),
                level=2023,
            )
        )
    return found


@settings(max_examples=50)
@given(
    cases(),
    st.sampled_from([None, *LEVELS]),
    st.sampled_from([None, 2036, 2062]),
    st.sampled_from([dt.date(2026, 1, 1), dt.date(2016, 4, 28), dt.date(2005, 1, 1)]),
)
def test_any_case_is_calculated_to_the_printed_digit_by_another_program(
    lines: list[CaseLineFigures], level: int | None, horizon: int | None, valued_on: dt.date
) -> None:
    check_every_figure(book_of(lines, level=level, horizon=horizon, valued_on=valued_on))


@settings(max_examples=12)
@given(cases(), st.sampled_from([None, *LEVELS]))
def test_any_case_is_calculated_to_the_printed_digit_by_a_third_program(
    lines: list[CaseLineFigures], level: int | None
) -> None:
    check_every_figure(book_of(lines, level=level), "formualizer")


@settings(max_examples=60)
@given(cases())
def test_printed_amounts_that_do_not_give_the_printed_sum_are_told(
    lines: list[CaseLineFigures],
) -> None:
    figures = book_of(lines).figures
    assert figures is not None
    [table] = shown.line_tables(lines, figures)

    def number(text: str) -> int:
        return int(text.replace(".", "").replace("−", "-") or 0)

    totals = {label: [number(x) for x in amounts] for label, amounts in table.totals}
    rows = {
        kind: [
            [number(cell.text) for cell in row.cells]
            for row in table.rows
            if (row.kind == "Gevinst") == (kind == "Gevinst")
        ]
        for kind in ("Gevinst", "Udgift")
    }
    gains, costs, net, whole = totals.values()
    silent = (
        all(sum(r[t] for r in rows["Gevinst"]) == gains[t] for t in range(len(gains)))
        and all(sum(r[t] for r in rows["Udgift"]) == costs[t] for t in range(len(costs)))
        and all(gains[t] - costs[t] == net[t] for t in range(len(net)))
        and all((whole[t - 1] if t else 0) + net[t] == whole[t] for t in range(len(net)))
    )
    assert table.rounds_apart == (not silent)


@settings(max_examples=60)
@given(cases(), st.sampled_from(LEVELS), st.sampled_from(LEVELS))
def test_a_conversion_there_and_back_is_within_a_hundred_millionth_of_an_oere(
    lines: list[CaseLineFigures], there: int, by: int
) -> None:
    back = calculations.converted_lines(
        calculations.converted_lines(calculations.converted_lines(lines, there, INDEX), by, INDEX),
        2023,
        INDEX,
    )
    for before, after in zip(lines, back, strict=True):
        for year, amount in before.amounts.items():
            assert abs(after.amounts[year] - amount) <= Decimal("1e-9")


@settings(max_examples=60)
@given(cases(), st.sampled_from(LEVELS))
def test_what_is_no_amount_is_the_same_in_every_price_level(
    lines: list[CaseLineFigures], level: int
) -> None:
    own, other = book_of(lines).figures, book_of(lines, level=level).figures
    assert own is not None
    assert other is not None
    same = ("irr", "payback_calendar_year", "payback_simple", "payback_interpolated",
            "payback_discounted")  # fmt: skip
    told = {one.code: one.missing or one.value for one in shown.key_figures(own)}
    converted = {one.code: one.missing or one.value for one in shown.key_figures(other)}
    # Kroner in a sentence are kroner of their own level; what is said is the same.
    amount = re.compile(r"[\d.,]+\s((mio|mia)\.\s)?kr\.")
    one, two = ({code: amount.sub("kr.", of[code]) for code in same} for of in (told, converted))
    assert one == two
