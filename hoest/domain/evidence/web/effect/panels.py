"""The effect on the pages of a benefit and of its initiative: one sentence and the way to more."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from hoest.domain.evidence import queries
from hoest.domain.evidence.permissions import VIEW_EVIDENCE
from hoest.domain.evidence.web.effect import shown
from hoest.domain.evidence.web.effect.reading import may_plan
from hoest.foundation import panels
from hoest.foundation.access.permissions import allowed_somewhere

MOST = 3


def register() -> None:
    """Put the panels in their places."""
    panels.register("initiative", "evidence.effects", of_initiative, order=12)
    if "benefit" in panels.PLACES:
        panels.register("benefit", "evidence.effect", of_benefit, order=10)


def of_benefit(request: HttpRequest, benefit: Any) -> str:
    """Say whether the effect of a benefit is there, or that nobody has looked."""
    actor = request.actor  # type: ignore[attr-defined]
    if not allowed_somewhere(actor, VIEW_EVIDENCE):
        return ""
    estimate = queries.latest_of_benefits(actor, [benefit.pk]).get(benefit.pk)
    if estimate is not None:
        estimate.study.benefit = benefit
    context = {
        "url": reverse("evidence:effect", args=[benefit.pk]),
        "said": _said(estimate) if estimate else None,
        "may_plan": may_plan(actor, benefit),
    }
    return render_to_string("evidence/effect/benefit_panel.html", context, request)


def of_initiative(request: HttpRequest, initiative: Any) -> str:
    """Say the effects that were looked for in an initiative's benefits; nothing for none."""
    actor = request.actor  # type: ignore[attr-defined]
    if not allowed_somewhere(actor, VIEW_EVIDENCE):
        return ""
    found = list(
        queries.latest_shown_to(actor).filter(study__benefit__initiative_id=initiative.pk)[
            : MOST + 1
        ]
    )
    if not found:
        return ""
    context = {
        "rows": [_said(one) for one in found[:MOST]],
        "has_more": len(found) > MOST,
        "more_url": reverse("evidence:effects"),
    }
    return render_to_string("evidence/effect/initiative_panel.html", context, request)


def _said(estimate: Any) -> dict[str, Any]:
    return {
        "sentence": shown.sentence_of(estimate.study, estimate),
        "graded": shown.graded_of(estimate.study, estimate),
        "title": estimate.study.benefit.title,
        "url": reverse("evidence:effect", args=[estimate.study.benefit_id]),
    }
