"""The rooms of trust below the word Portefølje, and finding sheets from the search."""

from __future__ import annotations

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from hoest.domain.trust import queries
from hoest.domain.trust.permissions import READ_REPORTS, VIEW_ETHICS, VIEW_SHEETS
from hoest.foundation import content, rooms
from hoest.foundation.access.actor import Actor
from hoest.foundation.search import finders

SEARCHED = ("initiative__title", "initiative__unit__name")


def register() -> None:
    """Tell of the rooms, and let sheets be found."""
    rooms.register(
        "portfolio",
        "sheets:sheets",
        _("Tryghedsblade til borgerne"),
        _("Hvad vi bruger oplysninger til, hvorfor, og hvem man kan spørge."),
        group="trust",
        order=10,
        permission=VIEW_SHEETS,
    )
    rooms.register(
        "portfolio",
        "ethics:screenings",
        _("Dataetik og udvalgenes holdninger"),
        _("Bør vi gøre det, også når vi må? Svar, dilemmaer og beslutninger."),
        group="trust",
        order=20,
        permission=VIEW_ETHICS,
    )
    rooms.register(
        "portfolio",
        "security:reports",
        _("Sikkerhedsrapport til udvalget"),
        _("Hvad der kan gå galt, hvad vi gør, og hvad der skal besluttes."),
        group="trust",
        order=30,
        permission=READ_REPORTS,
    )
    finders.register("sheets", _("Tryghedsblade"), sheets, order=60)


def sheets(actor: Actor, text: str) -> finders.Finds:
    """Return the sheets that fit, with where each stands."""
    rows = (
        queries.sheets_visible_to(actor)
        .select_related("initiative")
        .order_by("initiative__title", "pk")
    )
    best, has_more = finders.best_of(rows, text, ("initiative__title",), SEARCHED)
    found = [
        finders.Find(
            url=reverse("sheets:sheet", args=[one.initiative_id]),
            title=one.initiative.title,
            about=content.label("sheet_state", one.state),
        )
        for one in best
    ]
    more = reverse("sheets:sheets") + "?" + urlencode({"q": text})
    return finders.Finds(found, more if has_more else "")
