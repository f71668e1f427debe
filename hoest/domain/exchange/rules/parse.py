"""From the sheets of a file to a frozen `Workbook`, or to every fault at once.

A blank optional cell is None, never zero. One fault anywhere and there is no workbook. Unknown
sheets and columns are noted, not refused; the sheet `Læs mig` is for people and is left alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from hoest.domain.exchange.rules import values
from hoest.domain.exchange.rules.about import About, read_about
from hoest.domain.exchange.rules.checks import check
from hoest.domain.exchange.rules.columns import (
    ABOUT,
    BENEFITS,
    INITIATIVES,
    LINES,
    MEASUREMENTS,
    README_SHEET,
    SHEETS,
    TAKE_OUTS,
)
from hoest.domain.exchange.rules.findings import CellFault, Findings, Parsed, quoted
from hoest.domain.exchange.rules.tables import Table, read_table, suggestion
from hoest.domain.exchange.rules.workbook import MULTIPLIERS, Workbook
from hoest.foundation.imports.reader import Sheet

ORDER = [ABOUT, *(shape.name for shape in SHEETS)]
REQUIRED_SHEETS = (ABOUT, INITIATIVES)


def parse(sheets: Sequence[Sheet], *, today: dt.date | None = None) -> Parsed:
    """Return the workbook that the sheets of a file make, or all their faults, and the notes."""
    findings = Findings()
    by_name = _by_name(sheets, findings)
    if INITIATIVES in by_name and not _has_rows(by_name):
        return Parsed(None, (_nothing(by_name[INITIATIVES]),), tuple(findings.notes))
    about = read_about(by_name[ABOUT], findings) if ABOUT in by_name else About()
    multiplier = MULTIPLIERS[about.unit] if about.unit else 1
    tables = {
        shape.name: read_table(by_name[shape.name], shape, multiplier, findings)
        if shape.name in by_name
        else Table(shape)
        for shape in SHEETS
    }
    check(tables, findings, today)
    if findings.faults:
        return Parsed(None, _sorted(findings.faults), tuple(findings.notes))
    return Parsed(_build(about, tables), (), tuple(findings.notes))


def _by_name(sheets: Sequence[Sheet], findings: Findings) -> dict[str, Sheet]:
    """Return the known sheets by name; missing, doubled and unknown ones become findings."""
    known = {values.folded(name): name for name in ORDER}
    found: dict[str, Sheet] = {}
    unknown: list[str] = []
    for sheet in sheets:
        name = known.get(values.folded(sheet.name))
        if name is None:
            if values.folded(sheet.name) != values.folded(README_SHEET):
                unknown.append(sheet.name)
        elif name in found:
            findings.fault(name, None, "", "arket findes to gange", "ét ark med det navn")
        else:
            found[name] = sheet
    for name in unknown:
        near = suggestion(name, [n for n in ORDER if n not in found])
        findings.note(name, None, "", f"arket kendes ikke og læses ikke{near}")
    for name in REQUIRED_SHEETS:
        if name not in found:
            findings.fault(
                name, None, "", "arket findes ikke",
                f"et ark med navnet {quoted(name)}{suggestion(name, unknown)}",
            )  # fmt: skip
    return found


def _has_rows(by_name: dict[str, Sheet]) -> bool:
    """Tell whether any sheet of rows has a row below its headings."""
    return any(len(by_name[shape.name].rows) > 1 for shape in SHEETS if shape.name in by_name)


def _nothing(initiatives: Sheet) -> CellFault:
    row = initiatives.rows[0].number + 1 if initiatives.rows else 1
    return CellFault(
        INITIATIVES, row, "", "filen er tom: der er ingen rækker i nogen ark",
        "mindst ét initiativ under overskrifterne",
    )  # fmt: skip


def _sorted(faults: list[CellFault]) -> tuple[CellFault, ...]:
    """Return the faults as a person goes through the file: sheet by sheet, downwards."""
    order = {name: position for position, name in enumerate(ORDER)}
    return tuple(sorted(faults, key=lambda f: (order[f.sheet], f.row or 0)))


def _build(about: About, tables: dict[str, Table]) -> Workbook:
    if about.municipality is None or about.price_level is None or about.unit is None:
        raise AssertionError("a workbook without faults says whose, at which prices, in what")
    return Workbook(
        municipality=about.municipality,
        price_level=about.price_level,
        unit=about.unit,
        source=about.source,
        date_text=about.date_text,
        initiatives=_records(tables[INITIATIVES]),
        lines=_records(tables[LINES]),
        benefits=_records(tables[BENEFITS]),
        measurements=_records(tables[MEASUREMENTS]),
        take_outs=_records(tables[TAKE_OUTS]),
        extra=about.extra,
    )


def _records(table: Table) -> tuple[Any, ...]:
    years = table.shape.years
    return tuple(
        table.shape.record(
            **row.values,
            **({"amounts_dkk": row.amounts} if years else {}),
            extra=row.extra,
            row=row.number,
        )
        for row in table.rows
    )
