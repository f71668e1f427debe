"""On the page of an initiative: what looks like it, what it came from, what it taught.

On the page of an idea that is on its way: what is there already, before somebody makes it anew.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from hoest.domain.portfolio.permissions import CHANGE_INITIATIVES, VIEW_INITIATIVES, WRITE_LESSONS
from hoest.domain.portfolio.queries.candidates import candidates_behind
from hoest.domain.portfolio.queries.lessons import lessons_from
from hoest.domain.portfolio.queries.marks import mark_of
from hoest.domain.portfolio.rules import Phase
from hoest.domain.portfolio.rules.ideas import OPEN_STATES
from hoest.domain.portfolio.web.similar.pages import likes
from hoest.foundation import panels
from hoest.foundation.access.permissions import allowed, allowed_somewhere
from hoest.foundation.search import similar
from hoest.ui.words import in_a_row

BEGINNING = (Phase.IDEA, Phase.ANALYSIS)
ENDED = (Phase.CLOSED, Phase.STOPPED)
MOST = 3


def register() -> None:
    """Put the panels in their places."""
    panels.register("initiative", "portfolio.learning", of_initiative, order=80)
    panels.register("idea", "portfolio.there_already", of_idea, order=10)


def of_idea(request: HttpRequest, idea: Any) -> str:
    """Show what an open idea could build on: systems, initiatives, and what others share."""
    actor = request.actor  # type: ignore[attr-defined]
    if idea.state not in OPEN_STATES or not allowed_somewhere(actor, VIEW_INITIATIVES):
        return ""
    text = f"{idea.problem} {idea.suggestion}".strip()
    url = reverse("ideas:idea", args=[idea.pk])
    context = {
        "likes": likes(actor, text, but=url, most=MOST),
        "text": text,
        "searched": in_a_row(similar.searched(actor)),
    }
    return render_to_string("ideas/there_already.html", context, request)


def of_initiative(request: HttpRequest, initiative: Any) -> str:
    """Show where it came from, what looks like it, what it taught, and who shares it."""
    actor = request.actor  # type: ignore[attr-defined]
    begins = initiative.phase in BEGINNING
    url = reverse("portfolio:initiative", args=[initiative.pk])
    text = f"{initiative.title}. {initiative.in_practice} "
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
