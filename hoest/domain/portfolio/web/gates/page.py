"""The gate of an initiative: what is there, what is missing, who can bring it, and the decision."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from hoest.domain.portfolio import queries
from hoest.domain.portfolio.permissions import (
    ANSWER_FACTS,
    CHANGE_INITIATIVES,
    KEEP_REQUIREMENTS,
)
from hoest.domain.portfolio.web.gates import words
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed
from hoest.foundation.clock import today


@require_GET
def gate(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """Show the gate ahead of an initiative."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.initiative_of(actor, initiative_id)
    ahead = queries.gate_of(found)
    place = ahead.place
    may_decide = queries.may_decide(actor, found, ahead.mandate_roles)
    deciding = queries.deciding_about(actor.organisation_id, [found])[found.pk]
    asked = queries.open_request(found)
    missing, principles = words.missing_shown(found, ahead)
    waiting = queries.open_waiting(found)
    return render(
        request,
        "portfolio/gates/gate.html",
        {
            "initiative": found,
            "gate": ahead,
            "point": words.point(found, ahead),
            "model_label": words.text(place.used.model.label),
            "steps": words.steps(place.used.model, place.now.code if place.now else ""),
            "groups": words.groups_shown(found, ahead),
            "missing": missing,
            "principles": principles,
            "questions": words.questions_asked(found, ahead.obstacles.facts),
            "request_open": asked,
            "decided_by": words.decided_by(deciding, actor) if place.next else "",
            "deciders": deciding.asked_names if deciding.mandate is not None else [],
            "may_recommend": asked is not None
            and actor.person_id is not None
            and deciding.recommender == actor.person_id,
            "recommendation": content.label("gate_recommendation", asked.recommendation)
            if asked is not None and asked.recommendation
            else "",
            "waiting": waiting,
            "is_overdue": waiting is not None and waiting.review_on < today(),
            "decisions": [
                (row, content.label("gate_outcome", row.outcome))
                for row in queries.decisions_of(found)
            ],
            "may_answer": allowed(actor, ANSWER_FACTS, found.unit_id),
            "may_write": allowed(actor, KEEP_REQUIREMENTS, found.unit_id),
            "may_ask": allowed(actor, CHANGE_INITIATIVES, found.unit_id),
            "may_decide": may_decide and place.next is not None,
            "close_url": reverse("portfolio:phase", args=[found.pk]),
        },
    )
