"""The workbook to fill in: headings, the series that stand, the places that are known, a guide.

It reads back without a fault, so it can be filled in and given to Høst as it is.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

import xlsxwriter
from django.utils.translation import gettext as _

from hoest.domain.evidence.queries.series import places_here, series_here
from hoest.domain.organisations.queries import open_units_of
from hoest.foundation.access.actor import Actor

# Headings and words the reader knows; they are Danish whatever the reader's language.
VALUES = ("Indikator", "Enhed", "Periode", "Værdi")
INDICATORS = (
    "Indikator",
    "Måleenhed",
    "Hyppighed",
    "Bedre er",
    "Sådan opgøres det",
    "Opgøres sådan fra",
)
STEPS = {"month": "måned", "quarter": "kvartal", "year": "år"}
WANTED = {"lower": "lavere", "higher": "højere"}
WIDTHS = (38, 24, 16, 16, 60, 20)


def template_for(actor: Actor) -> bytes:
    """Return the workbook as .xlsx with what the municipality has; three queries."""
    target = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(target, options) as book:
        bold = book.add_format({"bold": True})
        for name, headings, rows in (
            ("Værdier", VALUES, []),
            ("Indikatorer", INDICATORS, _indicators(actor)),
            ("Steder", ("Sted",), [(name,) for name in _places(actor)]),
            ("Læs mig", (_("Sådan udfyldes filen"),), [(text,) for text in _guide()]),
        ):
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            for column, heading in enumerate(headings):
                wide = 100 if len(headings) == 1 else WIDTHS[column]
                sheet.set_column(column, column, wide)
                sheet.write_string(0, column, heading, bold)
            for number, row in enumerate(rows, start=1):
                for column, text in enumerate(row):
                    sheet.write_string(number, column, text)
    return target.getvalue()


def _indicators(actor: Actor) -> Sequence[tuple[str, ...]]:
    return [
        (one.name, one.measure_unit, STEPS[one.step], WANTED[one.wanted], one.definition)
        for one in series_here(actor).order_by("name", "pk")
    ]


def _places(actor: Actor) -> list[str]:
    names = {*places_here(actor).values_list("name", flat=True)}
    names |= {*open_units_of(actor).values_list("name", flat=True)}
    return sorted(names)


def _guide() -> list[str]:
    return [
        _("Skriv én række for hver værdi i arket Værdier."),
        _("Perioder kan hedde 2026-03, marts 2026, 2026K2, 2. kvartal 2026 eller 2026."),
        _("Perioder må også stå som kolonner: Indikator, Enhed, jan 2026, feb 2026 og så videre."),
        _("En tom celle springes over. Komma står før decimalerne."),
        _("Arket Indikatorer siger, hvordan hver serie opgøres. Nye serier skrives på her."),
        _(
            "Er en serie opgjort på en ny måde, så skriv den nye opgørelse og dagen, den gælder "
            "fra."
        ),
        _("Arket Steder viser de navne, Høst kender. Andre navne spørger Høst om."),
        _("Skriv aldrig navne på personer. Serier er tal for steder."),
    ]
