"""On an initiative's page: what looks like it, what it came from, what it taught."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from hoest.domain.portfolio.permissions import CHANGE_INITIATIVES, WRITE_LESSONS
from hoest.domain.portfolio.queries.candidates import candidates_behind
from hoest.domain.portfolio.queries.lessons import lessons_from
from hoest.domain.portfolio.queries.marks import mark_of
from hoest.domain.portfolio.rules import Phase
from hoest.domain.portfolio.web.similar.pages import likes
from hoest.foundation import panels
from hoest.foundation.access.permissions import allowed

BEGINNING = (Phase.IDEA, Phase.ANALYSIS)
ENDED = (Phase.CLOSED, Phase.STOPPED)
MOST = 3


def register() -> None:
    """Put the panel in its place."""
    panels.register("initiative", "portfolio.learning", of_initiative, order=80)


def of_initiative(request: HttpRequest, initiative: Any) -> str:
    """Show where it came from, what looks like it, what it taught, and who shares it."""
    actor = request.actor  # type: ignore[attr-defined]
    begins = initiative.phase in BEGINNING
    url = reverse("portfolio:initiative", args=[initiative.pk])
    text = f"{initiative.title} {initiative.in_practice} "
    context = {
        "initiative": initiative,
        "likes": likes(actor, text, but=url, most=MOST) if begins else [],
        "text": text.strip(),
        "candidates": list(candidates_behind(actor, initiative.pk)[:MOST]),
        "lessons": list(lessons_from(actor, initiative.pk)[:MOST]),
        "mark": mark_of(initiative),
        "ended": initiative.phase in ENDED,
        "may_write": allowed(actor, WRITE_LESSONS, initiative.unit_id),
        "may_mark": allowed(actor, CHANGE_INITIATIVES, initiative.unit_id),
    }
    return render_to_string("portfolio/learning_panel.html", context, request)
