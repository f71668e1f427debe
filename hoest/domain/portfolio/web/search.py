"""Finding initiatives from the search."""

from __future__ import annotations

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from hoest.domain.portfolio import queries
from hoest.domain.portfolio.web.filters import SEARCHED
from hoest.domain.portfolio.web.words import status_mark
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.search import finders


def register() -> None:
    """Let initiatives be found."""
    finders.register("initiatives", _("Initiativer"), initiatives, order=10)


def initiatives(actor: Actor, text: str) -> finders.Finds:
    """Return the initiatives that fit, with their status, or their phase when they are over."""
    rows = queries.visible_to(actor).select_related("unit").order_by("title", "pk")
    best, has_more = finders.best_of(rows, text, ("title", "key"), SEARCHED)
    found = [
        finders.Find(
            url=reverse("portfolio:initiative", args=[one.pk]),
            title=one.title,
            about=" · ".join(
                part
                for part in (content.label("phase", one.phase), one.unit.name if one.unit else "")
                if part
            ),
            mark=status_mark(queries.status_of(one)) if queries.is_active(one) else None,
        )
        for one in best
    ]
    more = reverse("portfolio:initiatives") + "?" + urlencode({"q": text})
    return finders.Finds(found, more if has_more else "")
