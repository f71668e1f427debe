"""Where series are met: the room, the idea that came of one, and the search."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from hoest.domain.evidence.permissions import VIEW_EVIDENCE
from hoest.domain.evidence.queries.series import series_here, series_of_idea
from hoest.foundation import panels, rooms
from hoest.foundation.access.actor import Actor
from hoest.foundation.search import finders


def register() -> None:
    """Put series where they are met."""
    rooms.register(
        "portfolio",
        "series:list",
        _("Serier"),
        _("Det, der måles flere steder over tid, og hvor tallene kommer fra."),
        group="ground",
        order=20,
        permission=VIEW_EVIDENCE,
    )
    panels.register("idea", "evidence.series", of_idea, order=40)
    finders.register("series", _("Serier"), found_series, order=45)


def of_idea(request: HttpRequest, idea: Any) -> str:
    """Show on an idea which series it came of; one query."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    series = series_of_idea(actor, idea.pk)
    if series is None:
        return ""
    return render_to_string("series/of_idea.html", {"series": series}, request)


def found_series(actor: Actor, text: str) -> finders.Finds:
    """Return the series that fit, with their unit of measure."""
    rows = series_here(actor).order_by("name", "pk")
    best, has_more = finders.best_of(rows, text, ("name",), ("name", "definition", "measure_unit"))
    found = [
        finders.Find(
            url=reverse("series:series", args=[one.pk]), title=one.name, about=one.measure_unit
        )
        for one in best
    ]
    more = reverse("series:list") + "?" + urlencode({"q": text})
    return finders.Finds(found, more if has_more else "")
