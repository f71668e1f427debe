"""What the portfolio offers when somebody writes of something like it."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from hoest.domain.portfolio import queries
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.search import similar


def register() -> None:
    """Let the things of the portfolio be offered."""
    similar.register("initiatives", initiatives, order=10)


def initiatives(actor: Actor, wanted: similar.Typed) -> Iterable[similar.Thing]:
    """Offer the initiatives the actor may see."""
    rows = wanted.among(queries.visible_to(actor).select_related("unit"))
    return [
        similar.Thing(
            url=reverse("portfolio:initiative", args=[one.pk]),
            title=one.title,
            text=f"{one.in_practice} {one.theme}",
            kind=_("Initiativ"),
            about=" · ".join((content.label("phase", one.phase), one.unit.name)),
        )
        for one in rows
    ]
