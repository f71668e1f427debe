"""The page of what looks like a text, and the part of it that stands in forms."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hoest.domain.portfolio.permissions import VIEW_INITIATIVES
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed_somewhere, require
from hoest.foundation.search import similar
from hoest.ui.words import in_a_row

# What the fields of our forms are called that say what something is about.
FIELDS = ("tekst", "title", "in_practice", "problem", "name", "text", "description", "what")


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show what looks like a text; only the list when a form asks for it while somebody types."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not allowed_somewhere(actor, VIEW_INITIATIVES):
        require(actor, VIEW_INITIATIVES)
    text = " ".join(
        part for part in (request.GET.get(name, "").strip() for name in FIELDS) if part
    )[: similar.LONGEST]
    context = {
        "text": " ".join(text.replace("\x00", "").split()),
        "likes": likes(actor, text, but=request.GET.get("fra", "")[:200]),
        "is_page": not request.headers.get("HX-Request"),
    }
    template = "portfolio/similar.html" if context["is_page"] else "portfolio/similar_list.html"
    return render(request, template, context)


def likes(actor: Actor, text: str, *, but: str = "", most: int = 5) -> list[dict[str, Any]]:
    """Return what looks like a text, each with the sentence that says why."""
    return [
        {"thing": like.thing, "why": why(like)}
        for like in similar.find(actor, text, but=but, most=most)
    ]


def why(like: similar.Like) -> str:
    """Say which words both have."""
    words = [
        _("%(typed)s (her »%(there)s«)") % {"typed": typed, "there": there} if there else typed
        for typed, there in like.words
    ]
    return _("Ligner, fordi begge handler om %(words)s.") % {"words": in_a_row(words)}
