"""The gate in one sentence on the page of an initiative, and the rooms below Portefølje."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from hoest.domain.portfolio import queries
from hoest.domain.portfolio.permissions import VIEW_INITIATIVES
from hoest.domain.portfolio.rules import ACTIVE_PHASES
from hoest.domain.portfolio.web.gates import words
from hoest.foundation import panels, rooms
from hoest.foundation.clock import today


def register() -> None:
    """Put the panel and the rooms in their places."""
    panels.register("initiative", "portfolio.gate", of_initiative, order=5)
    for order, (url_name, label, about) in enumerate(
        (
            (
                "gates:requests",
                _("Porte, der venter"),
                _("Initiativer, der beder om at gå videre, og hvem der afgør det."),
            ),
            (
                "gates:waiting",
                _("Det, der venter"),
                _("Hvad vi venter på, hvad det koster, og hvornår vi ser på det igen."),
            ),
            (
                "gates:deviations",
                _("Fravigelser"),
                _("Krav, der har fået lov at vente, og hvor længe."),
            ),
            (
                "gates:models",
                _("Fasemodeller"),
                _("Vejen fra idé til drift, som I selv kan skrive om."),
            ),
        )
    ):
        rooms.register(
            "portfolio",
            url_name,
            label,
            about,
            group="decide",
            order=10 * (order + 1),
            permission=VIEW_INITIATIVES,
        )


def of_initiative(request: HttpRequest, initiative: Any) -> str:
    """Say in one sentence what the gate ahead still asks for."""
    if initiative.phase not in ACTIVE_PHASES:
        return ""
    gate = queries.gate_of(initiative)
    waiting = queries.open_waiting(initiative)
    if gate.place.next is None and waiting is None:
        return ""
    return render_to_string(
        "portfolio/gates/panel.html",
        {
            "initiative": initiative,
            "point": words.point(initiative, gate),
            "waiting": waiting,
            "is_overdue": waiting is not None and waiting.review_on < today(),
            "is_new": all(one.last is None for one in gate.facts if one.question.early),
        },
        request,
    )
