"""The capacity page: how full the roles are, with and without chosen initiatives.

The scenario stands in the address (`?uden=12`), so it can be sent to somebody; nothing is saved.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from hoest.domain.portfolio.permissions import KEEP_CAPACITY, VIEW_CAPACITY
from hoest.domain.portfolio.queries import capacity as queries
from hoest.domain.portfolio.queries.changes import role_label
from hoest.domain.portfolio.rules.capacity import Booking, gives_way, over_hours, worst
from hoest.domain.portfolio.web.capacity import words
from hoest.domain.portfolio.web.filters import unit_choices
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere, require
from hoest.ui import formats
from hoest.ui.pictures.grid import GridRow, LoadCell, grid_picture
from hoest.ui.pictures.harvest import Picture

MOST_WITHOUT, MOST_SHOWN = 12, 5
Bookings = dict[queries.Place, Booking]


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show demand against supply, what is over-booked, and what would give way."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not allowed_somewhere(actor, VIEW_CAPACITY):
        require(actor, VIEW_CAPACITY)
    quarters = queries.shown_quarters()
    units = unit_choices(actor)
    unit_id = _chosen(request.GET.get("enhed", ""), [pk for pk, _name in units])
    titles = queries.titles_of(actor, _numbers(request.GET.getlist("uden")))
    before, after = queries.booked(actor, quarters, without=titles, unit_id=unit_id)
    place = _place(request, after, quarters)
    picture = _picture(after, quarters, request, point(after, bool(titles)))
    context = {
        "point": picture.conclusion,
        "picture": picture if after else None,
        "quarters": [words.quarter_words(one) for one in quarters],
        "lines": _lines(after, quarters),
        "scenario": _scenario(before, after, titles, request),
        "place": _shown_place(actor, place, unit_id, request) if place else None,
        "unknown": _unknown(after),
        "parts": unit_parts(_("Vis kapaciteten i"), units, unit_id),
        "without": list(titles),
        "cooperations": list(queries.open_cooperations_of(actor)[:MOST_SHOWN]),
        "may_keep": allowed_somewhere(actor, KEEP_CAPACITY),
    }
    return render(request, "portfolio/capacity/ledger.html", context)


def unit_parts(
    text: str, units: list[tuple[str, Any]], unit_id: int | None
) -> list[dict[str, Any]]:
    """Return the sentence in which a unit is chosen; nothing when there is none to choose."""
    if not units:
        return []
    options = [
        {"value": pk, "label": name, "selected": pk == str(unit_id or "")} for pk, name in units
    ]
    everywhere = {"value": "", "label": _("hele kommunen"), "selected": unit_id is None}
    return [
        {"text": text},
        {"name": "enhed", "label": _("Enhed"), "options": [everywhere, *options]},
    ]


def point(found: Bookings, is_scenario: bool) -> str:
    """Say where it is tightest, in one sentence."""
    if not found:
        return _("Ingen timer er skrevet ind endnu")
    tight = worst(found.values())
    if tight is None:
        unknown = sum(one.offered_hours is None for one in found.values())
        if unknown == len(found):
            return _("Vi ved, hvad der ønskes, men ikke, hvor mange timer der er")
        return _("Ingen roller er overbookede i de næste kvartaler")
    facts = {
        "role": role_label(tight.role),
        "quarter": words.quarter_words(tight.quarter),
        "hours": words.hours_words(tight.over_hours or 0),
        "count": formats.number(tight.over_hours or 0, 0, words.language()),
    }
    if is_scenario:
        return _("Uden det valgte mangler der %(hours)s i rollen %(role)s i %(quarter)s") % facts
    return _("Rollen %(role)s mangler flest timer: %(count)s i %(quarter)s") % facts


def _picture(
    found: Bookings, quarters: list[dt.date], request: HttpRequest, conclusion: str
) -> Picture:
    rows = []
    for role in _roles(found):
        cells = []
        for quarter in quarters:
            booking = found.get((role, quarter))
            load = booking.load_share if booking else None
            cells.append(
                LoadCell(
                    text=words.load_short(booking),
                    said=_said(booking),
                    load=None if load is None else float(load),
                    is_over=bool(booking and booking.over_hours),
                    is_asked=bool(booking and booking.asked_hours),
                    is_known=bool(booking and booking.offered_hours is not None),
                )
            )
        rows.append(GridRow(role_label(role), cells, _address(request, rolle=role, kvartal="")))
    legend = (
        _("Stregen er de timer, der er. Det skraverede er de timer, der mangler."),
        _("En stiplet kasse: ingen har skrevet, hvor mange timer der er."),
    )
    return grid_picture(
        [(words.quarter_column(one), words.quarter_short(one)) for one in quarters],
        rows,
        conclusion=conclusion,
        name="capacity",
        legend=legend,
    )


def _said(booking: Booking | None) -> str:
    if booking is None:
        return ""
    return f"{words.quarter_words(booking.quarter)}: {words.load_words(booking)}"


def _roles(found: Bookings) -> list[str]:
    """Return the roles, the most over-booked first, then in the order of the content."""
    order = list(content.scarce_roles())
    roles = {role for role, _quarter in found}
    over = {
        role: over_hours(one for (name, _q), one in found.items() if name == role) for role in roles
    }
    return sorted(
        roles, key=lambda role: (-over[role], order.index(role) if role in order else len(order))
    )


def _lines(found: Bookings, quarters: list[dt.date]) -> list[dict[str, Any]]:
    return [
        {
            "role": role_label(role),
            "cells": [
                {
                    "quarter": words.quarter_words(quarter),
                    "asked": booking.asked_hours if booking else 0,
                    "offered": booking.offered_hours if booking else None,
                    "over": booking.over_hours if booking else None,
                    "is_known": bool(booking and booking.offered_hours is not None),
                }
                for quarter, booking in ((one, found.get((role, one))) for one in quarters)
            ],
        }
        for role in _roles(found)
    ]


def _place(request: HttpRequest, found: Bookings, quarters: list[dt.date]) -> Booking | None:
    """Return the booking that is asked about, else the tightest."""
    role = request.GET.get("rolle", "")
    quarter = words.quarter_from(request.GET.get("kvartal", ""))
    asked = [
        one
        for one in found.values()
        if one.role == role and (quarter is None or one.quarter == quarter)
    ]
    if asked:
        return worst(asked) or max(asked, key=lambda one: (one.asked_hours, one.quarter))
    return worst(found.values())


def _shown_place(
    actor: Actor, booking: Booking, unit_id: int | None, request: HttpRequest
) -> dict[str, Any]:
    named, others, hours = queries.drawing_on(actor, booking.role, booking.quarter, unit_id)
    chosen = set(_numbers(request.GET.getlist("uden")))
    rows = [
        {
            "title": one.title,
            "url": reverse("portfolio:initiative", args=[one.initiative_id]),
            "hours": words.hours_words(one.hours),
            "frees": words.waits_words(booking, gives_way(one.hours, booking))
            if booking.over_hours and one.initiative_id not in chosen
            else "",
            "is_away": one.initiative_id in chosen,
            "scenario_url": _address(request, uden=_toggled(chosen, one.initiative_id)),
        }
        for one in named
    ]
    other = ""
    if others > 0:
        other = ngettext(
            "%(n)s initiativ til bruger %(hours)s",
            "%(n)s initiativer til bruger %(hours)s",
            others,
        ) % {"n": others, "hours": words.hours_words(hours)}
    return {
        "role": role_label(booking.role),
        "quarter": words.quarter_words(booking.quarter),
        "sentence": words.load_words(booking),
        "is_over": bool(booking.over_hours),
        "rows": rows,
        "other": other,
        "about": _about(booking.role),
        "cooperate_url": reverse("capacity:agree")
        + "?"
        + urlencode({"rolle": booking.role, "kvartal": words.quarter_code(booking.quarter)}),
        "supply_url": reverse("capacity:offer") + "?" + urlencode({"rolle": booking.role}),
    }


def _about(role: str) -> str:
    found = content.scarce_roles().get(role)
    return found.about.in_language(content.active_language()) if found else ""


def _scenario(
    before: Bookings, after: Bookings, titles: dict[int, str], request: HttpRequest
) -> dict[str, Any] | None:
    if not titles:
        return None
    standing, left = over_hours(before.values()), over_hours(after.values())
    facts = {
        "before": words.hours_words(standing),
        "after": words.hours_words(left),
    }
    sentence = (
        _("I alt mangler der %(after)s i stedet for %(before)s i de viste kvartaler.") % facts
        if standing
        else _("Der mangler ingen timer hverken med eller uden.")
    )
    return {
        "sentence": sentence,
        "away": [
            {"title": title, "url": _address(request, uden=_toggled(set(titles), pk))}
            for pk, title in titles.items()
        ],
        "all_url": _address(request, uden=[]),
    }


def _unknown(found: Bookings) -> list[str]:
    """Return the roles that are asked for while nobody has written how many hours there are."""
    roles = dict.fromkeys(
        one.role for one in found.values() if one.offered_hours is None and one.asked_hours
    )
    return [role_label(role) for role in roles]


def _chosen(text: str, known: list[str]) -> int | None:
    return int(text) if text in known else None


def _numbers(texts: list[str]) -> list[int]:
    found = [int(one) for one in texts if one.isascii() and one.isdigit() and len(one) < 12]
    return list(dict.fromkeys(found))[:MOST_WITHOUT]


def _toggled(chosen: set[int], pk: int) -> list[int]:
    return sorted(chosen ^ {pk})


def _address(request: HttpRequest, **changes: Any) -> str:
    """Return the page's own address with some choices changed; empty ones fall away."""
    query: dict[str, Any] = {
        "enhed": request.GET.get("enhed", ""),
        "rolle": request.GET.get("rolle", ""),
        "kvartal": request.GET.get("kvartal", ""),
        "uden": _numbers(request.GET.getlist("uden")),
        **changes,
    }
    kept = urlencode({name: value for name, value in query.items() if value}, doseq=True)
    return request.path + (f"?{kept}" if kept else "") + "#hvem"
