"""Portfolio workbooks for tests: a small good one, and any at all (Hypothesis)."""

from __future__ import annotations

import copy
import datetime as dt
import unicodedata
from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from hoest.domain.exchange.rules import (
    Benefit,
    Initiative,
    Line,
    Measurement,
    TakeOut,
    Workbook,
)
from hoest.domain.exchange.rules import columns as c
from hoest.foundation.imports.reader import Cell, Row, Sheet

Grid = dict[str, list[list[Cell]]]

GOOD: Grid = {
    "Om": [
        ["nøgle", "værdi"],
        ["kommune", "København"],
        ["prisniveau", 2026],
        ["beløbsenhed", "1.000 kr."],
        ["kilde", "Budget 2026"],
        ["dato", "28.04.2026"],
    ],
    "Initiativer": [
        ["nøgle", "titel", "i praksis", "formålstype", "type", "enhed", "fase", "initiativleder",
         "i drift"],
        ["I1", "Skærmbesøg", "Nogle besøg sker på skærm", "effektivisering", "velfærdsteknologi",
         "Sundhed", "gennemførelse", "leder@kommune.dk", dt.date(2026, 3, 1)],
        ["I2", "Fælles arkiv", None, None, None, "Stab", None, None, None],
    ],
    "Økonomi": [
        ["initiativ", "post", "art", "varighed", "min", "maks", "2026", "2027"],
        ["I1", "Udstyr", "investering", "engang", None, None, 1500, None],
        ["I1", "Færre ture", "gevinst", "varig", 80, 120, None, "1.234,5"],
        ["I2", "Porto", "gevinst", "varig", None, None, 0.1, 0.2],
    ],
    "Gevinster": [
        ["nøgle", "initiativ", "titel", "gevinsttype", "gevinstejer", "baseline", "baselinedato",
         "mål", "måldato", "frekvens", "post"],
        ["G1", "I1", "Færre kørte besøg", "budget", "ejer@kommune.dk", 100, "01.01.2026", 80,
         "01.01.2027", "kvartal", "Færre ture"],
    ],
    "Målinger": [
        ["gevinst", "dato", "værdi", "kilde"],
        ["G1", dt.date(2026, 6, 30), 92.5, "Kørebogen"],
    ],
    "Indhøstning": [
        ["gevinst", "dato", "beslutning", "år", "beløb", "timer", "anvendelse"],
        ["G1", "15.08.2026", "Økonomiudvalget, pkt. 4", 2027, 600, None, None],
    ],
}  # fmt: skip


def good() -> Grid:
    """Return a fresh copy of the good workbook as rows of cells."""
    return copy.deepcopy(GOOD)


def sheets(grid: Grid) -> tuple[Sheet, ...]:
    """Return rows of cells as the reader would hand them over."""
    return tuple(
        Sheet(name, tuple(Row(n, tuple(cells)) for n, cells in enumerate(rows, 1) if any(
            cell is not None for cell in cells
        )))
        for name, rows in grid.items()
    )  # fmt: skip


def put(grid: Grid, sheet: str, row: int, heading: str, value: Any) -> Grid:
    """Put a value into a cell, named by its row and its heading (a new column if need be)."""
    rows = grid[sheet]
    if heading not in rows[0]:
        rows[0].append(heading)
    position = rows[0].index(heading)
    cells = rows[row - 1]
    cells += [None] * (position + 1 - len(cells))
    cells[position] = value
    return grid


def _one_line(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


CHARACTERS = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")
STARTS = st.sampled_from(["", "", "", "=", "+", "-", "@", "=1+1", "æøåÆØÅ ", "_x0041_", "0", "'"])
DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2100, 12, 31)) | st.sampled_from(
    [dt.date(2000, 2, 29), dt.date(1990, 1, 1), dt.date(2100, 12, 31), dt.date(2024, 2, 29)]
)
AMOUNTS = st.decimals(0, Decimal("999999999999.99"), places=2) | st.sampled_from(
    [Decimal("0.00"), Decimal("0.01"), Decimal("999999999999.99"), Decimal("123456789012.34")]
)
NUMBERS = st.decimals(Decimal("-999999999999.9999"), Decimal("999999999999.9999"), places=4)
EMAILS = st.from_regex(r"[a-z0-9._-]{1,20}@[a-z0-9-]{1,20}\.(dk|eu)", fullmatch=True)
YEARS = st.integers(1990, 2100)


def words(longest: int) -> st.SearchStrategy[str]:
    """Return text on one line as the reader keeps it."""
    text = st.builds(lambda a, b: a + b, STARTS, st.text(CHARACTERS, max_size=min(longest, 30)))
    return text.map(_one_line).map(lambda t: t[:longest].strip()).filter(bool)


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Return the strategy, or not known."""
    return st.none() | strategy


def _codes(codes: Any) -> st.SearchStrategy[str]:
    return st.sampled_from(list(codes.values()))


EXTRA_NAMES = words(20).filter(
    lambda name: (
        name.isprintable()
        and not name.isdigit()
        and name.lower().rstrip("* :")
        not in {
            "",
            "nøgle",
            *c.ABOUT_KEYS,
            *(x.heading for shape in c.SHEETS for x in shape.columns),
        }
    )
)
EXTRA_VALUES = (
    words(60)
    | st.booleans()
    | st.integers(-(10**14), 10**14)
    | st.floats(-1e12, 1e12).map(lambda x: float(f"{x:.15g}"))
    | st.dates(dt.date(1905, 1, 1), dt.date(9999, 12, 31))
)


@st.composite
def extras(draw: st.DrawFn, names: list[str]) -> dict[str, Any]:
    """Draw values for some of the unknown columns."""
    chosen = draw(st.lists(st.sampled_from(names), unique=True)) if names else []
    return {name: draw(EXTRA_VALUES) for name in chosen}


@st.composite
def workbooks(draw: st.DrawFn) -> Workbook:
    """Draw any valid portfolio workbook."""
    by_fold = {unicodedata.normalize("NFC", n).lower(): n for n in draw(
        st.lists(EXTRA_NAMES, max_size=3)
    )}  # fmt: skip
    extra = extras(list(by_fold.values()))
    keys = draw(st.lists(words(40), min_size=1, max_size=4, unique=True))
    initiatives = tuple(draw(_initiative(key, extra)) for key in keys)
    lines = _unique(draw(st.lists(_line(keys, extra), max_size=6)), lambda line: line.key)
    free = [line for line in lines if line.kind == "benefit"]
    benefits: list[Benefit] = []
    for key in draw(st.lists(words(60), max_size=4, unique=True)):
        line = draw(maybe(st.sampled_from(free))) if free else None
        if line is not None:
            free.remove(line)
        benefits.append(draw(_benefit(key, keys, line, extra)))
    workbook = Workbook(
        municipality=draw(
            words(40).filter(lambda t: t.isprintable() and any(x.isalpha() for x in t))
            | st.sampled_from(["0101", "København"])
        ),
        price_level=draw(YEARS),
        unit=draw(st.sampled_from(["kr.", "1.000 kr.", "mio. kr."])),
        source=draw(maybe(words(300))),
        date_text=draw(maybe(st.sampled_from(["2018", "28.04.2026", "29.02.2024"]))),
        initiatives=initiatives,
        lines=tuple(lines),
        benefits=tuple(benefits),
        extra=draw(extra),
    )
    own = {benefit.key for benefit in benefits}
    implied = [b.key for b in workbook.unclaimed_benefits]
    if own & set(implied) or len(implied) != len(set(implied)):
        workbook = replace(workbook, lines=(), benefits=tuple(
            replace(b, line=None) for b in benefits
        ))  # fmt: skip
    known = [benefit.key for benefit in workbook.all_benefits]
    if not known:
        return workbook
    measured = draw(st.lists(_measurement(known, extra), max_size=3))
    taken = draw(st.lists(_take_out(known, extra), max_size=3))
    return replace(
        workbook,
        measurements=tuple(_unique(measured, lambda m: (m.benefit, m.measured_on))),
        take_outs=tuple(_unique(taken, lambda t: (t.benefit, t.decided_on, t.decision, t.year))),
    )


def _unique(items: list[Any], key: Any) -> list[Any]:
    return list({key(item): item for item in items}.values())


def _initiative(key: str, extra: Any) -> st.SearchStrategy[Initiative]:
    return st.builds(
        Initiative, key=st.just(key), title=words(200), unit=words(160),
        in_practice=maybe(words(400)), purpose_type=maybe(_codes(c.PURPOSE_TYPES)),
        initiative_type=maybe(_codes(c.INITIATIVE_TYPES)), committee=maybe(words(160)),
        theme=maybe(words(160)), phase=maybe(_codes(c.PHASES)), sponsor=maybe(words(160)),
        lead_email=maybe(EMAILS), live_on=maybe(DAYS), reference=maybe(words(200)), extra=extra,
        row=st.just(0),
    )  # fmt: skip


def _line(keys: list[str], extra: Any) -> st.SearchStrategy[Line]:
    return st.builds(
        Line, initiative=st.sampled_from(keys), title=words(200), kind=_codes(c.LINE_KINDS),
        steering_area=maybe(_codes(c.STEERING_AREAS)), duration=maybe(_codes(c.DURATIONS)),
        low_percent=maybe(st.decimals(0, 100, places=2)),
        high_percent=maybe(st.decimals(100, 10_000, places=2)),
        amounts_dkk=st.dictionaries(YEARS, AMOUNTS, max_size=4), extra=extra, row=st.just(0),
    )  # fmt: skip


def _benefit(
    key: str, keys: list[str], line: Line | None, extra: Any
) -> st.SearchStrategy[Benefit]:
    baseline_on = dt.date(2020, 1, 1)
    return st.builds(
        Benefit, key=st.just(key),
        initiative=st.just(line.initiative) if line else st.sampled_from(keys),
        title=words(200), benefit_type=_codes(c.BENEFIT_TYPES), owner_email=maybe(EMAILS),
        unit=maybe(words(160)), indicator=maybe(words(200)), measure_unit=maybe(words(60)),
        baseline=maybe(NUMBERS), baseline_on=maybe(st.just(baseline_on)), target=maybe(NUMBERS),
        target_on=maybe(DAYS.filter(lambda day: day > baseline_on)),
        method=maybe(st.builds("{}\n\n{}".format, words(60), words(60)) | words(300)),
        frequency=maybe(_codes(c.FREQUENCIES)), line=st.just(line.title if line else None),
        extra=extra, row=st.just(0), from_line=st.just(False),
    )  # fmt: skip


def _measurement(keys: list[str], extra: Any) -> st.SearchStrategy[Measurement]:
    return st.builds(
        Measurement, benefit=st.sampled_from(keys), measured_on=DAYS, value=NUMBERS,
        source=maybe(words(300)), measured_by=maybe(words(160)), extra=extra, row=st.just(0),
    )  # fmt: skip


def _take_out(keys: list[str], extra: Any) -> st.SearchStrategy[TakeOut]:
    hours = st.decimals(0, Decimal("999999999.99"), places=2)
    return st.builds(
        TakeOut, benefit=st.sampled_from(keys), decided_on=DAYS, decision=words(300), year=YEARS,
        amount_dkk=maybe(AMOUNTS), hours=hours, budget_place=maybe(words(200)),
        named_use=maybe(words(300)), extra=extra, row=st.just(0),
    )  # fmt: skip
