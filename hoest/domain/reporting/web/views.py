"""The harvest account: the picture, the tables, the rows behind every figure, the files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hoest.domain.organisations.queries import bodies_of, units_of
from hoest.domain.reporting import queries
from hoest.domain.reporting.permissions import VIEW_ACCOUNT
from hoest.domain.reporting.rules import Account, BenefitFigures, accounts_of
from hoest.domain.reporting.web import files, shown
from hoest.domain.reporting.web.choices import Choice, choice_of
from hoest.domain.reporting.web.rows import behind
from hoest.foundation import clock, content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere, require
from hoest.ui.pictures.harvest import harvest_picture, hours_picture

SINCE_DAYS = 90
# A figure may have thousands of rows behind it; a page of them is read and sent in a moment.
ROWS_ON_A_PAGE, MOVES_ON_A_PAGE = 200, 50


def _read(request: HttpRequest) -> tuple[Actor, Choice, list[BenefitFigures], list[Account]]:
    """Read the figures once, and settle on a benefit type and a price level that exist."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not allowed_somewhere(actor, VIEW_ACCOUNT):
        require(actor, VIEW_ACCOUNT)
    choice = choice_of(request)
    everything = queries.figures_of(actor, choice.filter(actor))
    types = {row.benefit_type for row in everything}
    if choice.benefit_type not in types:
        first = next((code for code in content.codes("benefit_type") if code in types), "")
        choice = replace(choice, benefit_type=first)
    accounts = accounts_of([r for r in everything if r.benefit_type == choice.benefit_type])
    levels = [account.price_level for account in accounts]
    if choice.price_level not in levels:
        # The newest level in which any benefit stands; one may hold decisions alone.
        counted = [account.price_level for account in accounts if account.count]
        choice = replace(choice, price_level=next(iter(counted or levels), None))
    if choice.since is None:
        choice = replace(choice, since=clock.today() - dt.timedelta(days=SINCE_DAYS))
    return actor, choice, everything, accounts


def _chosen(choice: Choice, accounts: list[Account]) -> Account | None:
    return next((a for a in accounts if a.price_level == choice.price_level), None)


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Show the account of one benefit type in one price level."""
    actor, choice, everything, accounts = _read(request)
    present = _chosen(choice, accounts)
    if present is None:
        return render(request, "reporting/empty.html", _frame(actor, choice))
    assert choice.since is not None
    moved = queries.moved_since(everything, actor, choice.since)
    drawn = shown.picture_of(present, choice, moved)
    counts_kroner = drawn.has("dkk")
    context = {
        **_frame(actor, choice),
        "account": present,
        "picture": harvest_picture(drawn, language=shown.language()) if counts_kroner else None,
        "hours": hours_picture(drawn, language=shown.language()) if drawn.has("hours") else None,
        "tabs": shown.type_tabs(everything, choice),
        "levels": [
            {
                "label": _("%(year)s-priser") % {"year": a.price_level},
                "url": choice.url(price_level=a.price_level),
                "current": a is present,
                "count": a.count,
            }
            for a in accounts
            if a.price_level is not None
        ],
        "rungs": shown.rungs_table(present, choice),
        "columns": shown.column_labels(),
        "years": shown.years_table(present, choice),
        "hour_years": shown.hours_table(present, choice),
        "groups": shown.groups_table(present, choice),
        "group_tabs": _group_tabs(choice),
        # A part of the portfolio cannot add up to what a source states for the whole.
        "checks": []
        if _is_filtered(choice)
        else queries.stated_checks(actor, present.price_level, everything),
        "sources": sorted({r.promised.source_title for r in present.rows if r.promised}),
        "moved": [m for m in moved if m.from_rung is not None],
        "new_count": sum(1 for m in moved if m.from_rung is None),
        "moved_page": _page_of(request, "flyttet", _moved_rows(moved, everything), MOVES_ON_A_PAGE),
    }
    return render(request, "reporting/account.html", context)


def _is_filtered(choice: Choice) -> bool:
    return bool(choice.unit_id or choice.body_id or choice.purpose)


def _frame(actor: Actor, choice: Choice) -> dict[str, Any]:
    return {
        "choice": choice,
        "today": clock.today(),
        "parts": _filter_parts(actor, choice),
        "is_filtered": _is_filtered(choice),
        "reset_url": Choice().url(),
        "shown_reset_url": Choice().url() if _is_filtered(choice) else "",
        "xlsx_url": choice.url("reporting:download", format="xlsx"),
        "csv_url": choice.url("reporting:download", format="csv"),
    }


def _filter_parts(actor: Actor, choice: Choice) -> list[dict[str, Any]]:
    def options(chosen: Any, everything: str, pairs: Any) -> list[dict[str, Any]]:
        listed = [("", everything), *pairs]
        return [
            {"value": value, "label": label, "selected": str(value) == str(chosen or "")}
            for value, label in listed
        ]

    units = [(unit.pk, unit.name) for unit in units_of(actor)]
    bodies = [(body.pk, body.name) for body in bodies_of(actor)]
    purposes = [(c, content.label("purpose_type", c)) for c in content.codes("purpose_type")]
    return [
        {"text": _("Vis gevinster i")},
        {
            "name": "enhed",
            "label": _("Enhed"),
            "options": options(choice.unit_id, _("hele kommunen"), units),
        },
        {"text": _("under")},
        {
            "name": "udvalg",
            "label": _("Udvalg"),
            "options": options(choice.body_id, _("alle udvalg"), bodies),
        },
        {"text": _("med formålet")},
        {
            "name": "formaal",
            "label": _("Formålstype"),
            "options": options(choice.purpose, _("alle formål"), purposes),
        },
    ]


def _group_tabs(choice: Choice) -> list[dict[str, Any]]:
    labels = {"enhed": _("Enhed"), "udvalg": _("Udvalg"), "formaal": _("Formålstype")}
    return [
        {
            "url": choice.url(grouped_by=code) + "#opdelt",
            "label": label,
            "count": None,
            "current": code == choice.grouped_by,
        }
        for code, label in labels.items()
    ]


def _moved_rows(
    moved: list[queries.Moved], everything: list[BenefitFigures]
) -> list[dict[str, Any]]:
    """Return every move of the chosen part, whatever its type; the picture shows its own only."""
    by_id = {row.benefit_id: row for row in everything}
    return [
        {
            "row": by_id[move.benefit_id],
            "before": content.label("rung", move.from_rung),
            "after": content.label("rung", move.to_rung),
            "move": move,
        }
        for move in moved
        if move.from_rung is not None
    ]


@require_safe
def rows(request: HttpRequest) -> HttpResponse:
    """Show the rows behind one figure, with their sum and their sources."""
    actor, choice, _everything, accounts = _read(request)
    present = _chosen(choice, accounts)
    found = behind(
        present,
        accounts,
        year=request.GET.get("aar", ""),
        column=request.GET.get("kolonne", ""),
        rung=request.GET.get("trin", ""),
        in_hours=request.GET.get("maal") == "timer",
    )
    return render(
        request,
        "reporting/rows.html",
        {
            **_frame(actor, choice),
            "found": found,
            "page": _page_of(request, "side", found.rows, ROWS_ON_A_PAGE),
            "account": present,
            "back": choice.url(),
        },
    )


def _page_of(request: HttpRequest, name: str, rows: Sequence[Any], size: int) -> Page[Any]:
    """Return the page of some rows that the address asks for by a name."""
    return Paginator(rows, size).get_page(request.GET.get(name))


@require_safe
def download(request: HttpRequest) -> HttpResponse:
    """Give the account as a workbook or as CSV: the same figures as the page."""
    actor, choice, _everything, accounts = _read(request)
    present = _chosen(choice, accounts)
    as_csv = request.GET.get("format") == "csv"
    return files.answer(actor, choice, present, as_csv=as_csv)
