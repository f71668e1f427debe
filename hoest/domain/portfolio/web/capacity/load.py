"""The change load: what lands in each unit and on each professional group, quarter by quarter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from hoest.domain.portfolio.permissions import VIEW_CAPACITY
from hoest.domain.portfolio.queries import capacity, changes
from hoest.domain.portfolio.queries.changes import PlaceLoad
from hoest.domain.portfolio.rules.changes import Landing, Load, Window
from hoest.domain.portfolio.web.capacity import words
from hoest.domain.portfolio.web.capacity.ledger import unit_parts
from hoest.domain.portfolio.web.filters import unit_choices
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere, require
from hoest.foundation.lists.columns import Plain
from hoest.foundation.lists.exports import csv_lines
from hoest.ui import formats
from hoest.ui.pictures.grid import GridRow, LandingCell, grid_picture
from hoest.ui.pictures.harvest import Picture

MOST_ROWS, MOST_LANDINGS = 10, 8
NOTHING = Load()


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show where several new things land at once, with what and when."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not allowed_somewhere(actor, VIEW_CAPACITY):
        require(actor, VIEW_CAPACITY)
    quarters = capacity.shown_quarters()
    choices = unit_choices(actor)
    chosen = request.GET.get("enhed", "")
    unit_id = int(chosen) if chosen in [pk for pk, _name in choices] else None
    units = changes.unit_loads(actor, quarters, unit_id)
    if request.GET.get("format") == "csv":
        return _csv(units)
    groups = changes.group_loads(actor, quarters)
    profiles = changes.profiles_of(actor)
    windows = {str(one.id): _windows(str(one.id), profiles) for one in groups}
    conclusion = point(units, groups)
    context = {
        "point": conclusion,
        "units": [_shown(one, quarters, ()) for one in units[:MOST_ROWS]],
        "others": max(0, len(units) - MOST_ROWS),
        "groups": [_shown(one, quarters, windows[str(one.id)]) for one in groups],
        "unit_picture": _picture(units[:MOST_ROWS], quarters, {}, conclusion, "units"),
        "group_picture": _picture(groups, quarters, windows, _group_point(groups), "groups"),
        "most": content.limit("changes_at_once"),
        "quarters": [words.quarter_words(one) for one in quarters],
        "parts": unit_parts(_("Vis det, der lander i"), choices, unit_id),
        "csv_url": f"{request.path}?format=csv" + (f"&enhed={unit_id}" if unit_id else ""),
    }
    return render(request, "portfolio/capacity/load.html", context)


def point(units: Sequence[PlaceLoad], groups: Sequence[PlaceLoad]) -> str:
    """Say where most lands at once, in one sentence."""
    if not units and not groups:
        return _("Intet nyt lander i de næste kvartaler")
    heavy = _heaviest([*units, *groups])
    if heavy is None:
        return _("Ingen enhed får for meget nyt på én gang")
    place, quarter, load = heavy
    return _("%(place)s får %(count)s nye ting på én gang i %(quarter)s") % {
        "place": place.name,
        "count": load.count,
        "quarter": words.quarter_words(quarter),
    }


def _group_point(groups: Sequence[PlaceLoad]) -> str:
    heavy = _heaviest(groups)
    if heavy is None:
        return _("Ingen faggruppe får for meget nyt på én gang")
    place, quarter, load = heavy
    return _("%(place)s får %(count)s nye ting på én gang i %(quarter)s") % {
        "place": place.name,
        "count": load.count,
        "quarter": words.quarter_words(quarter),
    }


def _heaviest(places: Sequence[PlaceLoad]) -> tuple[PlaceLoad, dt.date, Load] | None:
    heavy = [
        (place, quarter, load)
        for place in places
        for quarter, load in place.loads.items()
        if load.is_heavy
    ]
    return min(heavy, key=lambda one: (-one[2].count, one[1], one[0].name), default=None)


def _windows(group: str, profiles: dict[str, Any]) -> tuple[Window, ...]:
    if group not in profiles and group not in content.professional_groups():
        return ()
    return changes.profile_facts(group, profiles.get(group)).windows


def _picture(
    places: Sequence[PlaceLoad],
    quarters: Sequence[dt.date],
    windows: dict[str, tuple[Window, ...]],
    conclusion: str,
    name: str,
) -> Picture | None:
    if not places:
        return None
    rows = []
    for place in places:
        months = {m for one in windows.get(str(place.id), ()) for m in one.months}
        cells = []
        for quarter in quarters:
            load = place.loads.get(quarter, NOTHING)
            busy = [quarter.month + after in months for after in range(3)]
            said = f"{words.quarter_words(quarter)}: {load_words(load)}" if load.count else ""
            cells.append(
                LandingCell(
                    count=load.count,
                    text=str(load.count) if load.count else "",
                    said=said,
                    is_heavy=load.is_heavy,
                    busy=(busy[0], busy[1], busy[2]),
                )
            )
        rows.append(GridRow(place.name, cells, f"#sted-{place.id}"))
    legend = [_("Hver prik er noget nyt. En tyk ramme er for meget på én gang.")]
    if windows:
        legend.append(_("Den skraverede stribe er en travl periode."))
    return grid_picture(
        [(words.quarter_column(one), words.quarter_short(one)) for one in quarters],
        rows,
        conclusion=conclusion,
        name=name,
        legend=legend,
    )


def load_words(load: Load) -> str:
    """Say how much lands."""
    if not load.count:
        return _("intet nyt")
    text = ngettext("%(n)s ny ting", "%(n)s nye ting", load.count) % {"n": load.count}
    if load.is_heavy:
        return _("%(text)s, mere end %(most)s på én gang") % {"text": text, "most": load.most}
    return text


def _shown(
    place: PlaceLoad, quarters: Sequence[dt.date], windows: tuple[Window, ...]
) -> dict[str, Any]:
    return {
        "id": place.id,
        "name": place.name,
        "windows": words.window_words(windows),
        "counts": [place.loads.get(quarter, NOTHING).count for quarter in quarters],
        "quarters": [
            {
                "quarter": words.quarter_words(quarter),
                "words": load_words(load),
                "is_heavy": load.is_heavy,
                "landings": [_landing(one, windows) for one in load.landings[:MOST_LANDINGS]],
                "more": max(0, len(load.landings) - MOST_LANDINGS),
            }
            for quarter in quarters
            if (load := place.loads.get(quarter, NOTHING)).count
        ],
    }


def _landing(one: Landing, windows: tuple[Window, ...]) -> dict[str, Any]:
    busy = next((w.name for w in windows if one.on.month in w.months), "")
    people = (
        ngettext("%(n)s medarbejder", "%(n)s medarbejdere", one.people)
        % {"n": formats.number(one.people)}
        if one.people
        else ""
    )
    return {
        "title": one.title,
        "url": reverse("portfolio:initiative", args=[one.initiative_id]),
        "on": one.on,
        "people": people,
        "is_live": one.is_live,
        "busy": busy,
    }


def _csv(units: Sequence[PlaceLoad]) -> HttpResponse:
    headings = [_("Enhed"), _("Kvartal"), _("Initiativ"), _("Dato"), _("Medarbejdere"), _("I alt")]
    rows: list[list[Plain]] = [
        [
            place.name,
            words.quarter_code(quarter),
            one.title,
            one.on,
            one.people,
            load.count,
        ]
        for place in units
        for quarter, load in sorted(place.loads.items())
        for one in load.landings
    ]
    response = HttpResponse(
        b"".join(csv_lines(headings, iter(rows))), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="forandringer.csv"'
    return response
