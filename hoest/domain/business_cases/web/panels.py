"""The business case of an initiative in short, on the initiative's page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from hoest.domain.business_cases import queries
from hoest.domain.business_cases.permissions import CHANGE_CASES, VIEW_CASES
from hoest.domain.business_cases.web import shown, words
from hoest.domain.business_cases.web.grounding import figures_of
from hoest.foundation import panels
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed, allowed_somewhere

SHOWN = ("net", "npv", "payback_calendar_year")


def register() -> None:
    """Put the panel in its place."""
    panels.register("initiative", "business_cases.case", of_initiative, order=20)


def of_initiative(request: HttpRequest, initiative: Any) -> str:
    """Show three key figures of the version that holds, or how to begin."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not allowed_somewhere(actor, VIEW_CASES):
        return ""
    found = queries.case_of_seen(actor, initiative)
    present = found.latest or found.draft
    figures = figures_of(present, queries.figures_of(present)) if present else None
    chosen = shown.key_figures(figures, in_short=True) if figures else []
    return render_to_string(
        "business_cases/panel.html",
        {
            "initiative": initiative,
            "present": present,
            "draft": found.draft,
            "figures": figures,
            "lead": words.lead(figures),
            "key_figures": [one for one in chosen if one.code in SHOWN],
            "may_change": allowed(actor, CHANGE_CASES, initiative.unit_id),
        },
        request,
    )
