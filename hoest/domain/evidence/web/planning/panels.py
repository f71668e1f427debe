"""One sentence on the initiative's page before go-live; the plan's record on the effect page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from hoest.domain.benefits import queries as benefits
from hoest.domain.evidence.permissions import PLAN_STUDY, VIEW_EVIDENCE
from hoest.domain.evidence.queries import primary_of
from hoest.domain.evidence.web.planning.record import record_of
from hoest.domain.portfolio.queries import has_begun
from hoest.domain.portfolio.rules import Phase
from hoest.foundation import clock, panels
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed, allowed_somewhere

NOT_YET = (Phase.ANALYSIS, Phase.EXECUTION)


def register() -> None:
    """Put the panels in their places."""
    panels.register("initiative", "evidence.plan", of_initiative, order=13)
    panels.register("effect", "evidence.plan", beside_effect, order=10)


def of_initiative(request: HttpRequest, initiative: Any) -> str:
    """Say that one can still come to see whether it works, while nothing is live."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if initiative.phase not in NOT_YET or not allowed_somewhere(actor, VIEW_EVIDENCE):
        return ""
    if initiative.live_on is not None and initiative.live_on <= clock.today():
        return ""
    if not allowed(actor, PLAN_STUDY, initiative.unit_id):
        return ""
    first = (
        benefits.visible_to(actor)
        .filter(initiative_id=initiative.pk, lapsed_on__isnull=True, is_disbenefit=False)
        .exclude(measure_unit="")
        .order_by("pk")
        .first()
    )
    if first is None or has_begun(initiative):
        return ""
    url = reverse("planning:plan", args=[first.pk])
    return render_to_string(
        "evidence/planning/initiative_panel.html", {"url": url, "benefit": first}, request
    )


def beside_effect(request: HttpRequest, benefit: Any) -> str:
    """Tell what was planned and whether it went so, and lead to the plan and the neighbours."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not allowed_somewhere(actor, VIEW_EVIDENCE):
        return ""
    study = primary_of(actor, benefit.pk)
    facts = {
        "record": record_of(study) if study is not None else None,
        "plan_url": reverse("planning:plan", args=[benefit.pk]),
        "neighbours_url": reverse("planning:neighbours", args=[benefit.pk]),
    }
    return render_to_string("evidence/planning/effect_panel.html", facts, request)
