"""Everything below the word Portefølje: each room with a sentence, in the order of the work."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from hoest.domain.portfolio.permissions import VIEW_INITIATIVES
from hoest.foundation import rooms
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere, require

HEADINGS = {
    "start": _("Fra behov til idé"),
    "decide": _("Beslutninger"),
    "deliver": _("Fra beslutning til hverdag"),
    "ground": _("Systemer og data"),
    "trust": _("Tryghed"),
}


def register() -> None:
    """Tell of the portfolio's own rooms."""
    rooms.register(
        "portfolio",
        "portfolio:core_tasks",
        _("Kerneopgaver"),
        _("Hvad forvaltningerne er til for, og hvad borgerne skal mærke."),
        group="start",
        order=80,
        permission=VIEW_INITIATIVES,
    )
    rooms.register(
        "portfolio",
        "portfolio:not_embedded",
        _("Leveret, men ikke indarbejdet"),
        _("Det, der er i drift, mens den gamle vej stadig er åben eller for få bruger det nye."),
        group="deliver",
        order=20,
        permission=VIEW_INITIATIVES,
    )


@require_safe
def everything(request: HttpRequest) -> HttpResponse:
    """Show the rooms the reader may enter."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not allowed_somewhere(actor, VIEW_INITIATIVES):
        require(actor, VIEW_INITIATIVES)
    groups = [(HEADINGS[group], those) for group, those in rooms.rooms_of("portfolio", actor)]
    return render(request, "portfolio/rooms.html", {"groups": groups})
