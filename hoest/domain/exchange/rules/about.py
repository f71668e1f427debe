"""The sheet Om: whose figures they are, their price level, unit, source and date."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from hoest.domain.exchange.rules import values
from hoest.domain.exchange.rules.columns import ABOUT, ABOUT_KEYS, Column
from hoest.domain.exchange.rules.findings import Findings, quoted
from hoest.domain.exchange.rules.tables import extra_value, suggestion
from hoest.domain.exchange.rules.workbook import Extra
from hoest.foundation.imports.places import address
from hoest.foundation.imports.reader import Cell, Row, Sheet

KEY, VALUE = "nøgle", "værdi"
REQUIRED = {
    "kommune": "kommunens navn eller firecifrede kode",
    "prisniveau": "et årstal, fx 2026",
    "beløbsenhed": "én af: kr., 1.000 kr., mio. kr.",
}


@dataclass
class About:
    """What the sheet Om says; None is what it does not say or what could not be read."""

    municipality: str | None = None
    price_level: int | None = None
    unit: str | None = None
    source: str | None = None
    date_text: str | None = None
    extra: Extra = field(default_factory=dict)


SOURCE = Column("kilde", "source", ABOUT_KEYS["kilde"], length=300)


READERS: Mapping[str, tuple[str, Callable[[Cell], str | int]]] = {
    "kommune": ("municipality", values.read_municipality),
    "prisniveau": ("price_level", values.read_year),
    "beløbsenhed": ("unit", values.read_unit),
    "kilde": ("source", lambda cell: values.read_text(cell, SOURCE)),
    "dato": ("date_text", values.read_date_text),
}


def read_about(sheet: Sheet, findings: Findings) -> About:
    """Return what the sheet Om says; what cannot be read is added to the findings."""
    about = About()
    seen: dict[str, int] = {}
    errors = {(error.row, error.column): error.text for error in sheet.errors}
    unsaved = {(f.row, f.column) for f in sheet.formulas if not f.has_value}
    for row in sheet.rows:
        key = row.cells[0] if row.cells else None
        cell = row.cells[1] if len(row.cells) > 1 else None
        name = values.folded(values.plain_text(key)).rstrip("*: ")
        if not name or (name == KEY and values.folded(values.plain_text(cell)) in (VALUE, "")):
            continue
        where = address(row.number, 2)
        if name in seen:
            findings.fault(
                ABOUT, row.number, name, f"{quoted(name)} står også i række {seen[name]}",
                "at hver nøgle kun står én gang", address(row.number, 1),
            )  # fmt: skip
            continue
        seen[name] = row.number
        try:
            if (row.number, 2) in errors:
                raise values.NotUnderstood(
                    f"fejlværdien {quoted(errors[row.number, 2])}", "en værdi"
                )
            if (row.number, 2) in unsaved:
                raise values.NotUnderstood("en formel uden gemt værdi", "en værdi")
            _take(about, name, row, cell, findings)
        except values.NotUnderstood as error:
            findings.fault(ABOUT, row.number, name, error.stands, error.expected, where)
    for name, expected in REQUIRED.items():
        if name not in seen:
            findings.fault(
                ABOUT, None, name, "rækken findes ikke",
                f"en række med {quoted(name)} og {expected}{suggestion(name, about.extra)}",
            )  # fmt: skip
    for formula in sheet.formulas:
        if formula.has_value:
            findings.note(ABOUT, formula.row, "", "formel. Den gemte værdi er læst, ikke formlen")
    return about


def _take(about: About, name: str, row: Row, cell: Cell, findings: Findings) -> None:
    if name not in READERS:
        text = values.clean(values.plain_text(row.cells[0]))
        kept = extra_value(cell)
        if kept is not None:
            about.extra[text] = kept
        findings.note(
            ABOUT, row.number, text, f"{quoted(text)} kendes ikke. Rækken gemmes, som den er"
            f"{suggestion(text, ABOUT_KEYS)}",
        )  # fmt: skip
        return
    field_name, read = READERS[name]
    if values.is_blank(cell):
        if name in REQUIRED:
            raise values.NotUnderstood("feltet er tomt", REQUIRED[name])
        return
    setattr(about, field_name, read(cell))
