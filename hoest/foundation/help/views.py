"""The help pages: ways on, the ladder, where figures come from."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from hoest.foundation import content
from hoest.foundation.first_steps.queries import first_steps_for


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Show what there is to learn, and lead on."""
    facts = {
        "first_steps": first_steps_for(request.actor),  # type: ignore[attr-defined]
        "words": len(content.terms()),
        "shortcuts_url": reverse("shortcuts"),
    }
    return render(request, "help/help.html", facts)


@require_safe
def ladder(request: HttpRequest) -> HttpResponse:
    """Explain the rungs, and show one example rise from the roof to the hand."""
    rungs = [
        {
            "code": code,
            "label": content.label("rung", code),
            "about": content.explanation("rung", code),
            "holds": content.holds(code),
            "lifts": content.lifts(code),
            "number": content.number("rung", code),
        }
        for code in content.codes("rung")
    ]
    facts = {
        "rungs": [rung for rung in rungs if rung["number"] is not None],
        "lapsed": next(rung for rung in rungs if rung["number"] is None),
    }
    return render(request, "help/ladder.html", facts)


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """Explain where figures come from and what they never do."""
    return render(request, "help/figures.html")
