"""The harvest account: the picture, the tables, the rows behind every figure, the files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hoest.domain.business_cases.permissions import KEEP_INDEX
from hoest.domain.organisations.queries import bodies_of, units_of
from hoest.domain.reporting import queries
from hoest.domain.reporting.permissions import VIEW_ACCOUNT
from hoest.domain.reporting.rules import Account, BenefitFigures, accounts_of
from hoest.domain.reporting.web import files, shown
from hoest.domain.reporting.web.choices import Choice, choice_of
from hoest.domain.reporting.web.rows import behind
from hoest.foundation import clock, content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed, allowed_somewhere, require
from hoest.ui.pictures.harvest import harvest_picture, hours_picture

SINCE_DAYS = 90
# A figure may have thousands of rows behind it; a page of them is read and sent in a moment.
ROWS_ON_A_PAGE, MOVES_ON_A_PAGE = 200, 50


@dataclass(frozen=True)
class Reading:
    """The figures as one reader asked for them: read once, with a choice that exists."""

    actor: Actor
    choice: Choice
    everything: list[BenefitFigures]
    accounts: list[Account]
    joined: queries.Joined | None

    @property
    def present(self) -> Account | None:
        """The account on the page: one price level's, or all of them joined."""
        if self.choice.joined and self.joined:
            return self.joined.account
        level = self.choice.price_level
        return next((a for a in self.accounts if a.price_level == level), None)

    @property
    def counted(self) -> list[Account]:
        """The accounts whose rows stand behind the figures on the page."""
        return [self.present] if self.choice.joined and self.present else self.accounts


def _read(request: HttpRequest) -> Reading:
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
    rows = [row for row in everything if row.benefit_type == choice.benefit_type]
    accounts = accounts_of(rows)
    joined = queries.joined_account(actor.organisation_id, rows, accounts)
    if choice.since is None:
        choice = replace(choice, since=clock.today() - dt.timedelta(days=SINCE_DAYS))
    return Reading(actor, _settled(choice, accounts, joined), everything, accounts, joined)


def _settled(choice: Choice, accounts: list[Account], joined: queries.Joined | None) -> Choice:
    """Return the choice with a price level there is; joined, where it can be and none is named."""
    levels = [account.price_level for account in accounts]
    if joined and joined.account and (choice.joined or choice.price_level not in levels):
        return replace(choice, joined=True, price_level=joined.price_level)
    if choice.price_level not in levels:
        # The newest level in which any benefit stands; one may hold decisions alone.
        counted = [account.price_level for account in accounts if account.count]
        choice = replace(choice, price_level=next(iter(counted or levels), None))
    return replace(choice, joined=False)


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Show the account of one benefit type in one price level."""
    read = _read(request)
    actor, choice, everything, present = read.actor, read.choice, read.everything, read.present
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
        **_levels(read, present),
        "rungs": shown.rungs_table(present, choice),
        "columns": shown.column_labels(),
        "years": shown.years_table(present, choice),
        "hour_years": shown.hours_table(present, choice),
        "groups": shown.groups_table(present, choice),
        "group_tabs": _group_tabs(choice),
        # A part of the portfolio cannot add up to what a source states for the whole, nor can
        # converted amounts to what it states in its own prices.
        "checks": []
        if _is_filtered(choice) or choice.joined
        else queries.stated_checks(actor, present.price_level, everything),
        "sources": sorted({r.promised.source_title for r in present.rows if r.promised}),
        "moved": [m for m in moved if m.from_rung is not None],
        "new_count": sum(1 for m in moved if m.from_rung is None),
        "moved_page": _page_of(request, "flyttet", _moved_rows(moved, everything), MOVES_ON_A_PAGE),
    }
    return render(request, "reporting/account.html", context)


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
    read = _read(request)
    actor, choice, present = read.actor, read.choice, read.present
    found = behind(
        present,
        read.counted,
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
    read = _read(request)
    as_csv = request.GET.get("format") == "csv"
    return files.answer(read.actor, read.choice, read.present, read.joined, as_csv=as_csv)
