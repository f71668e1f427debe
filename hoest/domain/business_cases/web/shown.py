"""What the case page shows: key figures with definitions, lines by year, versions in pairs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from hoest.domain.business_cases import calculations
from hoest.domain.business_cases.calculations import Ends, KeyFigures
from hoest.domain.business_cases.rules import CaseLineFigures, LineKind, Measure
from hoest.domain.business_cases.web import words
from hoest.foundation import content
from hoest.ui import formats

ZERO = Decimal(0)


@dataclass(frozen=True)
class KeyFigure:
    """One key figure: its name, its number with unit and range, and what it means."""

    code: str
    label: str
    value: str
    unit: str
    definition: str
    low: str = ""
    high: str = ""
    level: str = ""
    missing: str = ""
    term: str = ""
    is_folded: bool = False


def key_figures(figures: KeyFigures, *, in_short: bool = False) -> list[KeyFigure]:
    """Return the key figures in the order they are read, each with its definition.

    One payback is shown, the year the money is earned back; the other ways to count it are folded.
    Amounts stand exactly, or `in_short` where the case is told of on another page.
    """
    level = price_level(figures.price_level)
    sums = words.over_years(figures.base_year, figures.horizon)

    def written(amount: Decimal) -> str:
        if in_short:
            return formats.kroner_short(amount, words.language())
        return words.kroner(amount)

    def money(
        code: str, label: Any, amount: Decimal, ends: Ends | None, term: str = ""
    ) -> KeyFigure:
        return KeyFigure(
            code,
            str(label),
            written(amount),
            "" if in_short else "kr.",
            str(words.DEFINITIONS[code]),
            written(ends.low) if ends else "",
            written(ends.high) if ends else "",
            level,
            term=term,
        )

    return [
        money("net", sums["net"], figures.net_total, figures.net_range, "net_benefit"),
        money("npv", sums["npv"], figures.npv, figures.npv_range, "present_value"),
        money("gross", _("Gevinster i alt"), figures.gross_total, None),
        money("cost", _("Udgifter i alt"), figures.cost_total, None),
        money("full_effect", _("Fuldt indført, om året"), figures.full_effect, None),
        _share("irr", _("Intern rente"), figures),
        _calendar(figures),
        _years("payback_simple", _("Simpel"), figures.payback_simple, figures),
        _years("payback_interpolated", _("Interpoleret"), figures.payback_interpolated, figures),
        _years("payback_discounted", _("Diskonteret"), figures.payback_discounted, figures),
    ]


def _share(code: str, label: str, figures: KeyFigures) -> KeyFigure:
    rate = None if words.rate_is_empty(figures) else figures.irr
    value = "" if rate is None else formats.percent(words.steady(rate), 1, words.language())
    return KeyFigure(
        code,
        label,
        value,
        "",
        str(words.DEFINITIONS[code]),
        missing="" if value else words.why_missing(code, figures),
        term="irr",
    )


def _years(code: str, label: str, count: float | None, figures: KeyFigures) -> KeyFigure:
    return KeyFigure(
        code,
        _("Tilbagebetalingstid: %(kind)s") % {"kind": label.lower()},
        words.years(count),
        "",
        str(words.DEFINITIONS[code]),
        missing="" if count is not None else words.why_missing(code, figures),
        term="payback",
        is_folded=True,
    )


def _calendar(figures: KeyFigures) -> KeyFigure:
    year = figures.payback_calendar_year
    return KeyFigure(
        "payback_calendar_year",
        _("Tjent hjem i"),
        "" if year is None else str(year),
        "",
        str(words.DEFINITIONS["payback_calendar_year"]),
        missing="" if year else words.why_missing("payback_calendar_year", figures),
        term="payback",
    )


def price_level(year: int) -> str:
    """Say a price level."""
    return _("%(year)s-priser") % {"year": year}


@dataclass(frozen=True)
class Cell:
    """An amount in a year; one that continues from an earlier year is not written by anybody."""

    text: str
    is_continued: bool = False


@dataclass(frozen=True)
class LineRow:
    """A line of the table: what it is, its years, where it comes from."""

    line_id: int
    label: str
    kind: str
    note: str
    source: str
    cells: list[Cell]
    ends: str = ""


@dataclass(frozen=True)
class LineTable:
    """Lines of one measure by year, with totals that say what they include."""

    measure: str
    years: list[int]
    rows: list[LineRow]
    totals: list[tuple[str, list[str]]] = field(default_factory=list)
    rounds_apart: bool = False


def line_tables(
    lines: Sequence[CaseLineFigures], figures: KeyFigures | None, horizon: int | None = None
) -> list[LineTable]:
    """Return a table for kroner and one for hours; never one for both."""
    tables = []
    for measure in (Measure.DKK, Measure.HOURS, Measure.SOCIETY):
        mine = [line for line in lines if line.measure == measure]
        years = calculations.span(mine)
        if not mine or years is None:
            continue
        last = max(years[1], horizon or 0, figures.horizon if figures else 0)
        first = min(years[0], figures.base_year) if figures and measure == "dkk" else years[0]
        shown = list(range(first, last + 1))
        tables.append(
            LineTable(
                measure.value,
                shown,
                [_row(line, shown) for line in in_order(mine)],
                _totals_of(measure, mine, shown, figures),
                _apart(mine, figures if measure is Measure.DKK else None, shown)
                and measure is not Measure.SOCIETY,
            )
        )
    return tables


def _totals_of(
    measure: Measure,
    lines: Sequence[CaseLineFigures],
    years: Sequence[int],
    figures: KeyFigures | None,
) -> list[tuple[str, list[str]]]:
    if measure is Measure.DKK:
        return _totals(figures) if figures else []
    return _hours(lines, years) if measure is Measure.HOURS else []


def rounds_apart(parts: Iterable[Decimal], total: Decimal) -> bool:
    """Tell whether printed parts miss their printed sum: each is rounded to the whole."""
    return sum((formats.rounded(part, 0) for part in parts), ZERO) != formats.rounded(total, 0)


def _apart(
    lines: Sequence[CaseLineFigures], figures: KeyFigures | None, years: Sequence[int]
) -> bool:
    """Tell whether a reader who adds the printed amounts gets another sum than the printed one."""
    profiles = [
        (line.kind, calculations.yearly(line.amounts, line.duration, years[-1])) for line in lines
    ]

    def column(year: int, benefits: bool) -> list[Decimal]:
        return [p.get(year, ZERO) for k, p in profiles if (k == LineKind.BENEFIT) == benefits]

    if figures is None:
        hours = [column(year, benefits=True) for year in years]
        return any(rounds_apart(one, sum(one, ZERO)) for one in hours)
    before = [ZERO, *figures.accumulated]
    rows = zip(
        *(figures.years, figures.gross, figures.cost, figures.net, before, figures.accumulated),
        strict=False,
    )
    return any(
        rounds_apart(column(year, benefits=True), gross)
        or rounds_apart(column(year, benefits=False), cost)
        or rounds_apart((gross, -cost), net)
        or rounds_apart((last, net), accumulated)
        for year, gross, cost, net, last, accumulated in rows
    )


def in_order(lines: Sequence[CaseLineFigures]) -> list[CaseLineFigures]:
    """Return lines as they are read: benefits, investments, operation."""
    order = {LineKind.BENEFIT: 0, LineKind.INVESTMENT: 1, LineKind.OPERATION: 2}
    return sorted(lines, key=lambda line: order[LineKind(line.kind)])


def _row(line: CaseLineFigures, years: Sequence[int]) -> LineRow:
    profile = calculations.yearly(line.amounts, line.duration, years[-1])
    cells = [
        Cell(
            words.kroner(profile[year]) if profile.get(year) or year in line.amounts else "",
            year in profile and year not in line.amounts,
        )
        for year in years
    ]
    notes = [content.label("duration", line.duration).lower()]
    if line.steering_area:
        notes.append(content.label("steering_area", line.steering_area).lower())
    return LineRow(
        line.line_id,
        line.line_key,
        content.label("line_kind", line.kind),
        ", ".join(notes),
        source_of(line),
        cells,
        _ends(line),
    )


def source_of(line: CaseLineFigures) -> str:
    """Say where a line comes from: the file and the row, or who wrote it."""
    parts = [line.source_title, line.source_place]
    return ", ".join(part for part in parts if part) or _("kilde mangler")


def _ends(line: CaseLineFigures) -> str:
    if line.low_share is None and line.high_share is None:
        return ""
    low = formats.percent(line.low_share or 1, 0, words.language())
    high = formats.percent(line.high_share or 1, 0, words.language())
    return _("fra %(low)s til %(high)s af beløbet") % {"low": low, "high": high}


def _totals(figures: KeyFigures) -> list[tuple[str, list[str]]]:
    return [
        (_("Gevinster i kroner"), [words.kroner(a) for a in figures.gross]),
        (_("Investering og drift"), [words.kroner(a) for a in figures.cost]),
        (_("Netto: gevinster minus udgifter"), [words.kroner(a) for a in figures.net]),
        (_("Netto lagt sammen fra første år"), [words.kroner(a) for a in figures.accumulated]),
    ]


def _hours(lines: Sequence[CaseLineFigures], years: Sequence[int]) -> list[tuple[str, list[str]]]:
    """Return the sum of the hours that are benefits; hours are never valued here."""
    profiles = [
        calculations.yearly(line.amounts, line.duration, years[-1])
        for line in lines
        if line.kind == LineKind.BENEFIT
    ]
    if len(profiles) < 2:
        return []
    sums = [sum((p.get(year, ZERO) for p in profiles), ZERO) for year in years]
    return [(_("Timer i alt, alle gevinster"), [words.kroner(amount) for amount in sums])]


@dataclass(frozen=True)
class Pair:
    """A line in the original promise beside the same line in what holds now."""

    label: str
    kind: str
    original: str
    latest: str
    difference: str
    unit: str
    rounds_apart: bool = False
    # What happened to the line from the one version to the other; empty when nothing did.
    change: str = ""


def pairs(original: Sequence[CaseLineFigures], latest: Sequence[CaseLineFigures]) -> list[Pair]:
    """Return every line of the two versions side by side; a difference only in one price level."""

    def by_key(lines: Sequence[CaseLineFigures]) -> dict[tuple[str, str, str], CaseLineFigures]:
        return {(line.line_key, line.kind, line.measure): line for line in lines}

    first, now = by_key(original), by_key(latest)
    same_level = {line.price_level for line in original} == {line.price_level for line in latest}
    found = []
    for line in in_order([*latest, *(v for k, v in first.items() if k not in now)]):
        key = (line.line_key, line.kind, line.measure)
        was, holds = size_of(first.get(key)), size_of(now.get(key))
        difference, apart = "", False
        comparable = same_level or line.measure == Measure.HOURS
        if comparable and was is not None and holds is not None and was != holds:
            difference = ("+" if holds > was else "") + words.kroner(holds - was)
            apart = rounds_apart((was, holds - was), holds)
        found.append(
            Pair(
                line.line_key,
                content.label("line_kind", line.kind),
                "" if was is None else words.kroner(was),
                "" if holds is None else words.kroner(holds),
                difference,
                unit_of(line),
                apart,
                _change(first.get(key), now.get(key)),
            )
        )
    return found


def _change(was: CaseLineFigures | None, now: CaseLineFigures | None) -> str:
    if was is None:
        return _("ny")
    if now is None:
        return _("taget ud")
    facts = [(x.amounts, x.duration, x.low_share, x.high_share) for x in (was, now)]
    return "" if facts[0] == facts[1] else _("ændret")


def size_of(line: CaseLineFigures | None) -> Decimal | None:
    """Return how large a line is: a year at full effect, or all of a one-off line."""
    if line is None:
        return None
    return line.one_off_total if line.full_year_effect is None else line.full_year_effect


def unit_of(line: CaseLineFigures) -> str:
    """Say what the size of a line counts."""
    if line.measure == Measure.HOURS:
        return _("timer om året") if line.is_recurring else _("timer i alt")
    if line.measure == Measure.SOCIETY:
        return _("kr. for andre om året") if line.is_recurring else _("kr. for andre i alt")
    return _("kr. om året") if line.is_recurring else _("kr. i alt")
