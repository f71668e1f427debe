"""The account as files: the same figures as the page, with price level, date and sources."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator
from typing import Any

import xlsxwriter
from django.http import HttpResponse
from django.utils.translation import gettext as _

from hoest.domain.benefits.web.graded import cells, headings, spread
from hoest.domain.reporting.queries import Joined
from hoest.domain.reporting.rules import COLUMNS, Account, BenefitFigures
from hoest.domain.reporting.web.choices import Choice
from hoest.domain.reporting.web.shown import column_labels
from hoest.foundation import clock, content
from hoest.foundation.access.actor import Actor
from hoest.foundation.lists.exports import harmless
from hoest.ui.formats import long_date

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def answer(
    actor: Actor,
    choice: Choice,
    account: Account | None,
    joined: Joined | None = None,
    *,
    as_csv: bool,
) -> HttpResponse:
    """Return the file as a download."""
    sheets = _sheets(actor, choice, account, joined if choice.joined else None)
    return as_file("hoestregnskab", sheets, as_csv=as_csv, day=choice.as_of)


def as_file(
    name: str, sheets: dict[str, list[list[Any]]], *, as_csv: bool, day: dt.date | None = None
) -> HttpResponse:
    """Return sheets of rows, headings first, as a workbook or as CSV named for the day."""
    ending, body, kind = (
        ("csv", _csv(sheets), "text/csv; charset=utf-8")
        if as_csv
        else ("xlsx", _xlsx(sheets), XLSX)
    )
    response = HttpResponse(body, content_type=kind)
    file_name = f"{name}-{(day or clock.today()).isoformat()}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return response


def _sheets(
    actor: Actor, choice: Choice, account: Account | None, joined: Joined | None
) -> dict[str, list[list[Any]]]:
    labels = column_labels()
    about: list[list[Any]] = [
        [_("Høstregnskab"), actor.organisation_name],
        [_("Hentet"), long_date(clock.today())],
        [_("Af"), actor.name],
        *([[_("Sådan så det ud"), long_date(choice.as_of)]] if choice.as_of else []),
        [
            _("Gevinsttype"),
            content.label("benefit_type", choice.benefit_type) if choice.benefit_type else "",
        ],
        [_("Pris- og lønniveau"), choice.price_level or ""],
    ]
    if joined:
        about += [
            [_("Omregnet fra"), ", ".join(str(level) for level in joined.price_levels)],
            *([_("Prisindeksets kilde"), source] for source in joined.sources),
        ]
    if account is None:
        return {_("Om"): about}
    about += [
        [_("Kilde"), s]
        for s in sorted({r.promised.source_title for r in account.rows if r.promised})
    ]
    rungs: list[list[Any]] = [
        [
            *(_("Trin"), _("Gevinster"), _("Kr. om året"), _("Kr. engangs"), _("Timer om året")),
            _("Sådan er tallene lavet"),
        ]
    ]
    rungs += [
        [
            *(content.label("rung", x.rung), x.count, x.dkk, x.one_off_dkk, x.hours),
            spread(row.proof for row in account.rows if row.rung == x.rung),
        ]
        for x in account.rungs
    ]
    years: list[list[Any]] = [[_("År"), *(f"{labels[c]}, kr." for c in COLUMNS)]]
    years += [[year, *(amounts[c] for c in COLUMNS)] for year, amounts in account.years.items()]
    measured = spread(row.proof for row in account.rows if row.achieved_by_year)
    if measured:
        years.append([_("Sådan er det målte lavet: %(said)s") % {"said": measured}])
    return {
        _("Om"): about,
        _("Trin"): rungs,
        _("År for år"): years,
        _("Gevinster"): list(_benefits(account)),
    }


def _benefits(account: Account) -> Iterator[list[Any]]:
    is_converted = any(row.as_written for row in account.rows)
    written = (
        [_("Lovet, som skrevet"), _("Godkendt, som skrevet"), _("Skrevet i prisniveau")]
        if is_converted
        else []
    )
    yield [
        _("Gevinst"),
        _("Initiativ"),
        _("Enhed"),
        _("Udvalg"),
        _("Trin"),
        _("Lovet, kr. om året"),
        _("Senest godkendt, kr. om året"),
        _("Timer om året"),
        *headings(),
        _("Kilde"),
        _("Sted i kilden"),
        *written,
    ]
    for row in account.rows:
        yield [
            row.title,
            row.initiative_title,
            row.unit_name,
            row.body_name,
            content.label("rung", row.rung),
            row.promised.full_effect if row.promised else None,
            row.approved.full_effect if row.approved else None,
            row.approved_hours.full_effect if row.approved_hours else None,
            *cells(row.proof),
            row.approved.source_title if row.approved else "",
            row.approved.source_place if row.approved else "",
            *(_written(row) if is_converted else []),
        ]


def _written(row: BenefitFigures) -> list[Any]:
    """Return the amounts as they were before they were converted, with their price levels."""
    before = row.as_written or row
    lines = (before.promised, before.approved)
    levels = dict.fromkeys(str(line.price_level) for line in lines if line)
    return [*(line.full_effect if line else None for line in lines), ", ".join(levels)]


def _csv(sheets: dict[str, list[list[Any]]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    for name, rows in sheets.items():
        writer.writerow([name])
        for row in rows:
            writer.writerow(
                [
                    ""
                    if v is None
                    else f"{v:.2f}".replace(".", ",")
                    if hasattr(v, "quantize")
                    else harmless(str(v))
                    for v in row
                ]
            )
        writer.writerow([])
    return ("\ufeff" + text.getvalue()).encode()


def _xlsx(sheets: dict[str, list[list[Any]]]) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False}) as book:
        bold = book.add_format({"bold": True})
        money = book.add_format({"num_format": "#,##0"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            sheet.set_column(0, 0, 34)
            sheet.set_column(1, 12, 22)
            for r, row in enumerate(rows):
                for c, value in enumerate(row):
                    if value is None:
                        continue
                    if isinstance(value, str):
                        sheet.write_string(r, c, harmless(value), bold if r == 0 else None)
                    else:
                        is_money = hasattr(value, "quantize")
                        sheet.write_number(r, c, float(value), money if is_money else None)
    return target.getvalue()
