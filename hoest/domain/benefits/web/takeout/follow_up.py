"""The follow-up of each quarter: as it looks now, or as it was published, for screen and print."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hoest.domain.benefits import actions
from hoest.domain.benefits.permissions import PUBLISH_FOLLOW_UP, VIEW_FOLLOW_UP
from hoest.domain.benefits.queries import follow_up as queries
from hoest.domain.benefits.rules import MethodGrade, Proof, Verdict
from hoest.domain.benefits.web.graded import Graded, spread
from hoest.domain.benefits.web.takeout import shown
from hoest.domain.benefits.web.takeout.forms import PublishForm
from hoest.foundation import clock, content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed, require
from hoest.foundation.faults import NotFound
from hoest.foundation.forms.posting import carried_out, posted
from hoest.ui import formats
from hoest.ui.messages import tell

QUARTERS_SHOWN = 8
FIRST_YEAR, LAST_YEAR = 2000, 2100


def name_of(year: int, quarter: int) -> str:
    """Return what a quarter is called."""
    return _("%(quarter)s. kvartal %(year)s") % {"quarter": quarter, "year": year}


@require_safe
def follow_ups(request: HttpRequest) -> HttpResponse:
    """List the quarters: those published, and those that are not yet."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    require(actor, VIEW_FOLLOW_UP)
    published = queries.reports_of(actor)
    newest: dict[tuple[int, int], Any] = {}
    for one in published:
        newest.setdefault((one.year, one.quarter), one)
    year, quarter = queries.quarter_of(clock.today())
    lines = []
    for _place in range(QUARTERS_SHOWN):
        lines.append(
            {
                "name": name_of(year, quarter),
                "href": reverse("benefits:follow_up", args=[year, quarter]),
                "report": newest.get((year, quarter)),
                "is_present": (year, quarter) == queries.quarter_of(clock.today()),
            }
        )
        year, quarter = (year, quarter - 1) if quarter > 1 else (year - 1, 4)
    return render(
        request,
        "benefits/takeout/follow_ups.html",
        {
            "lines": lines,
            "published": len(newest),
            "crumbs": [
                {"label": _("Taget hjem"), "url": reverse("benefits:takeout")},
                {"label": _("Opfølgning"), "url": ""},
            ],
        },
    )


@require_safe
def follow_up(request: HttpRequest, year: int, quarter: int) -> HttpResponse:
    """Show a quarter: published figures as they were, else the figures of today."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    require(actor, VIEW_FOLLOW_UP)
    _check(year, quarter)
    wanted = request.GET.get("udgave", "")
    edition = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 4 else None
    report = queries.report_of(actor, year, quarter, edition)
    figures = report.figures if report else queries.figures_of_quarter(actor, year, quarter)
    editions = [
        one for one in queries.reports_of(actor) if (one.year, one.quarter) == (year, quarter)
    ]
    name = name_of(year, quarter)
    tables = [_table(one) for one in figures["tables"]]
    return render(
        request,
        "benefits/takeout/follow_up.html",
        {
            "name": name,
            "report": report,
            "editions": editions if len(editions) > 1 else [],
            "as_of": dt.date.fromisoformat(figures["as_of"]),
            "point": _point(name, tables),
            "tables": tables,
            "columns": shown.gap_columns(),
            "before": name_of(figures["before"]["year"], figures["before"]["quarter"])
            if figures["before"]
            else "",
            "same_year": bool(figures["before"]) and figures["before"]["year"] == year,
            "moved": [_moved(one) for one in figures["moved"]],
            "steps": [
                {
                    **one,
                    "status": content.label("takeout_status", one["status"]),
                    "on": dt.date.fromisoformat(one["on"]),
                }
                for one in figures["steps"]
            ],
            "withdrawn": [
                {**one, "on": dt.date.fromisoformat(one["on"])} for one in figures["withdrawn"]
            ],
            "measured": figures["measured"],
            "lacking": [
                {**one, "told": shown.lacking(one["lacked"])} for one in figures["lacking"]
            ],
            "experience": [
                {**one, "on": dt.date.fromisoformat(one["on"])} for one in figures["experience"]
            ],
            "may_publish": allowed(actor, PUBLISH_FOLLOW_UP),
            "publish_url": reverse("benefits:publish_follow_up", args=[year, quarter]),
            "crumbs": [
                {"label": _("Taget hjem"), "url": reverse("benefits:takeout")},
                {"label": _("Opfølgning"), "url": reverse("benefits:follow_ups")},
                {"label": name, "url": ""},
            ],
        },
    )


def _check(year: int, quarter: int) -> None:
    is_known = FIRST_YEAR <= year <= LAST_YEAR and 1 <= quarter <= 4
    if not is_known or (year, quarter) > queries.quarter_of(clock.today()):
        raise NotFound(_("Det kvartal er der ingen opfølgning på."))


def _table(table: dict[str, Any]) -> dict[str, Any]:
    in_hours = table["measure"] == "hours"
    total = {code: Decimal(table["total"][code]) for code in queries.AMOUNTS}
    known = _known(table["total"])
    return {
        "in_hours": in_hours,
        "price_level": table["price_level"],
        "total": total,
        "units": _lines(table["units"], total, _("Ingen enhed"), known),
        "bodies": _lines(table["bodies"], total, _("Intet udvalg"), known),
        "rows": [
            {
                **row,
                "said": _row_said(row, in_hours),
                "graded": None if row["realised"] is None else _graded(row),
            }
            for row in table["rows"]
        ],
    }


def _lines(
    parts: list[dict[str, Any]], total: dict[str, Decimal], nameless: str, graded: str
) -> list[dict[str, Any]]:
    """Return a line per unit or committee, and the sum of them last."""
    lines = [
        {
            "name": one["name"] or nameless,
            "cells": shown.cells_of({code: Decimal(one[code]) for code in queries.AMOUNTS}),
            "graded": _known(one),
        }
        for one in parts
    ]
    return [*lines, {"name": _("I alt"), "cells": shown.cells_of(total), "graded": graded}]


def _known(part: dict[str, Any]) -> str:
    """Say how what came is known; a report of before grades were kept says nothing of sums."""
    return spread(
        Proof(MethodGrade(grade), Verdict(verdict))
        for grade, verdict, n in part.get("known", [])
        for _one in range(n)
    )


def _graded(row: dict[str, Any]) -> Graded:
    """Return how what came of a benefit is known; before estimates it could only be counted."""
    grade = row.get("grade", MethodGrade.COUNTED)
    return Graded(Proof(MethodGrade(grade), Verdict(row.get("verdict", Verdict.CANNOT))))


def _row_said(row: dict[str, Any], in_hours: bool) -> str:
    """Say what was taken of a benefit and what came."""
    taken = shown.write(Decimal(row["taken"]), in_hours)
    if row["realised"] is None:
        why = shown.WHY_NOT[row["why_not"]]()
        return _("%(taken)s taget hjem. %(why)s") % {"taken": taken, "why": why}
    gap = Decimal(row["gap"])
    said = _("%(taken)s taget hjem, %(realised)s kommet, gab %(gap)s")
    if gap < 0:
        said = _("%(taken)s taget hjem, %(realised)s kommet, %(gap)s mere end taget")
    return said % {
        "taken": taken,
        "realised": shown.write(Decimal(row["realised"]), in_hours),
        "gap": shown.write(abs(gap), in_hours),
    }


def _moved(one: dict[str, Any]) -> dict[str, Any]:
    in_hours = one["measure"] == "hours"
    amounts = {code: _signed(Decimal(one[code]), in_hours) for code in ("taken", "realised", "gap")}
    said = _("Taget hjem %(taken)s, kommet %(realised)s, gab %(gap)s.") % amounts
    return {**one, "in_hours": in_hours, "said": formats.one_stop(said)}


def _signed(amount: Decimal, in_hours: bool) -> str:
    return ("+" if amount > 0 else "") + shown.write(amount, in_hours)


def _point(name: str, tables: list[dict[str, Any]]) -> str:
    """Say the point of the quarter from its first table."""
    if not tables:
        return _("%(name)s: der er ikke taget noget hjem i år") % {"name": name}
    total, in_hours = tables[0]["total"], tables[0]["in_hours"]
    facts = {
        "name": name,
        "taken": shown.write(total["taken"], in_hours),
        "gap": shown.write(total["gap"], in_hours),
    }
    if total["gap"]:
        return _("%(name)s: %(taken)s er taget hjem, og %(gap)s er ikke kommet") % facts
    return _("%(name)s: %(taken)s er taget hjem, og intet målt gab står åbent") % facts


@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, year: int, quarter: int) -> HttpResponse:
    """Publish a quarter, so that it shows what it showed."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    require(actor, PUBLISH_FOLLOW_UP)
    _check(year, quarter)
    last = queries.report_of(actor, year, quarter)
    form = PublishForm(posted(request), is_first=last is None)

    def write(cleaned: dict[str, Any]) -> str:
        actions.publish_follow_up(actor=actor, year=year, quarter=quarter, **cleaned)
        return _("Opfølgningen er offentliggjort. Tallene ændrer sig ikke mere.")

    said = carried_out(form, write)
    here = reverse("benefits:follow_up", args=[year, quarter])
    if said is not None:
        tell(request, said)
        return redirect(here)
    context = {
        "form": form,
        "title": _("Offentliggør %(name)s") % {"name": name_of(year, quarter)},
        "button": _("Offentliggør opfølgningen"),
        "about": _("Tallene gemmes, som de står nu. De kan ikke ændres bagefter."),
        "leave_url": here,
        "crumbs": [
            {"label": _("Opfølgning"), "url": reverse("benefits:follow_ups")},
            {"label": name_of(year, quarter), "url": here},
            {"label": _("Offentliggør"), "url": ""},
        ],
    }
    status = 422 if form.is_bound else 200
    return render(request, "benefits/takeout/act.html", context, status=status)
