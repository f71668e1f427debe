"""The harvest account: the picture, the tables, the rows behind every figure, the files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hoest.domain.benefits.web.graded import spread
from hoest.domain.business_cases.permissions import KEEP_INDEX
from hoest.domain.organisations.queries import bodies_of, units_of
from hoest.domain.reporting import queries
from hoest.domain.reporting.permissions import VIEW_ACCOUNT
from hoest.domain.reporting.rules import Account
from hoest.domain.reporting.web import files, shown
from hoest.domain.reporting.web.choices import Choice, choice_of
from hoest.domain.reporting.web.reading import KeptReading, Reading, RowsReading
from hoest.domain.reporting.web.rows_page import Asked, behind_page, ids_behind
from hoest.foundation import clock, content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed, allowed_somewhere, require
from hoest.ui.pictures.harvest import harvest_picture, hours_picture

# A figure may have thousands of rows behind it; a page of them is read and sent in a moment.
ROWS_ON_A_PAGE, MOVES_ON_A_PAGE = 200, 50


def _read(request: HttpRequest, *, as_rows: bool = False) -> Reading:
    """Read the account as it is, or as it stood on a day; `as_rows` reads every benefit."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not allowed_somewhere(actor, VIEW_ACCOUNT):
        require(actor, VIEW_ACCOUNT)
    choice = choice_of(request)
    read: Reading
    if choice.as_of is not None:
        wanted = choice.filter(actor)
        read = RowsReading(actor, choice, queries.recorded_figures(actor, choice.as_of, wanted))
    elif as_rows:
        read = RowsReading(actor, choice, queries.figures_of(actor, choice.filter(actor)))
    else:
        read = KeptReading(actor, choice)
    read.settle()
    return read


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Show the account of one benefit type in one price level, as it is or stood on a day."""
    read = _read(request)
    choice, present = read.choice, read.present
    frame = {**_frame(read.actor, choice), **_day_of(read)}
    if present is None:
        return render(request, "reporting/empty.html", frame)
    moved = read.moved()
    drawn = shown.picture_of(present, choice, [m for m in moved if read.counts_move(m)])
    counts_kroner = drawn.has("dkk")
    is_whole = not (_is_filtered(choice) or choice.joined)
    context = {
        **frame,
        "account": present,
        "picture": harvest_picture(drawn, language=shown.language()) if counts_kroner else None,
        "hours": hours_picture(drawn, language=shown.language()) if drawn.has("hours") else None,
        "tabs": shown.type_tabs(read.counts, choice),
        **_levels(read, present),
        "rungs": shown.rungs_table(present, choice),
        "known": spread(read.known()),
        "columns": shown.column_labels(),
        "years": shown.years_table(present, choice),
        "hour_years": shown.hours_table(present, choice),
        "groups": shown.groups_table(read.groups(), choice),
        "group_tabs": _group_tabs(choice),
        # A part of the portfolio cannot add up to what a source states for the whole, nor can
        # converted amounts to what it states in its own prices.
        "checks": read.checks() if is_whole else [],
        "sources": read.sources(),
        "moved": [m for m in moved if m.from_rung is not None],
        "new_count": sum(1 for m in moved if m.from_rung is None),
        "moved_page": _moved_page(request, read, moved),
    }
    return render(request, "reporting/account.html", context)


def _day_of(read: Reading) -> dict[str, Any]:
    """Return what to say of the day the figures are from, and of what is still on its way."""
    choice = read.choice
    ground = read.ground if isinstance(read, KeptReading) else None
    return {
        "as_of": choice.as_of,
        "first_record": queries.first_record_day(read.actor.organisation_id)
        if choice.as_of
        else None,
        "now_url": replace(choice, as_of=None).url(),
        "compare_url": choice.url("reporting:compare"),
        "waiting": ground.waiting if ground else 0,
        "made_at": ground.made_at if ground else None,
    }


def _levels(read: Reading, present: Account) -> dict[str, Any]:
    """Return the tabs of the price levels, the joined one first, and what to say of it."""
    choice, joined = read.choice, read.joined
    tabs = [
        {
            "label": _("%(year)s-priser") % {"year": a.price_level},
            "url": choice.url(price_level=a.price_level, joined=False),
            "current": a is present,
            "count": a.count,
        }
        for a in read.accounts
        if a.price_level is not None
    ]
    if joined and joined.account:
        one = {
            "label": _("Samlet, %(year)s-priser") % {"year": joined.price_level},
            "url": choice.url(joined=True),
            "current": choice.joined,
            "count": joined.account.count,
        }
        tabs.insert(0, one)
    return {
        "levels": tabs,
        "joined": joined,
        "may_keep_index": allowed(read.actor, KEEP_INDEX),
    }


def _is_filtered(choice: Choice) -> bool:
    return bool(choice.unit_id or choice.body_id or choice.purpose)


def _frame(actor: Actor, choice: Choice) -> dict[str, Any]:
    return {
        "choice": choice,
        "today": clock.today(),
        "parts": _filter_parts(actor, choice),
        "is_filtered": _is_filtered(choice),
        "wanted": choice.filter(actor),
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


def _moved_page(request: HttpRequest, read: Reading, moved: list[queries.Moved]) -> Page[Any]:
    """Return a page of the moves of the chosen part, whatever its type, with their titles."""
    page = _page_of(
        request, "flyttet", [m for m in moved if m.from_rung is not None], MOVES_ON_A_PAGE
    )
    titles = read.titles([move.benefit_id for move in page])
    page.object_list = [
        {
            "title": titles.get(move.benefit_id, ""),
            "before": content.label("rung", move.from_rung),
            "after": content.label("rung", move.to_rung),
            "move": move,
        }
        for move in page
    ]
    return page


@require_safe
def rows(request: HttpRequest) -> HttpResponse:
    """Show the rows behind one figure, with their sum and their sources."""
    read = _read(request)
    asked = Asked.of(request)
    page = Paginator(ids_behind(read, asked), ROWS_ON_A_PAGE).get_page(request.GET.get("side"))
    wanted: list[int] = list(page.object_list)
    found = behind_page(read, asked, wanted)
    page.object_list = list(found.rows)  # type: ignore[arg-type]
    return render(
        request,
        "reporting/rows.html",
        {
            **_frame(read.actor, read.choice),
            **_day_of(read),
            "found": found,
            "count": page.paginator.count,
            "page": page,
            "account": read.present,
            "back": read.choice.url(),
        },
    )


def _page_of(request: HttpRequest, name: str, rows: Sequence[Any], size: int) -> Page[Any]:
    """Return the page of some rows that the address asks for by a name."""
    return Paginator(rows, size).get_page(request.GET.get(name))


@require_safe
def download(request: HttpRequest) -> HttpResponse:
    """Give the account as a workbook or as CSV: the same figures as the page."""
    read = _read(request, as_rows=True)
    as_csv = request.GET.get("format") == "csv"
    return files.answer(read.actor, read.choice, read.present, read.joined, as_csv=as_csv)
