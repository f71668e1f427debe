"""Addresses of gates, facts, deviations, waiting and phase models."""

from __future__ import annotations

from django.urls import path

from hoest.domain.portfolio.web.gates import (
    decisions,
    deviations,
    facts,
    page,
    phase_models,
    principles,
    requirements,
    waiting,
)
from hoest.domain.portfolio.web.gates.lists import Deviations, Requests, WaitingList

app_name = "gates"
urlpatterns = [
    path("porte/", Requests.as_view(), name="requests"),
    path("fravigelser/", Deviations.as_view(), name="deviations"),
    path("fravigelser/<int:deviation_id>/", deviations.answer, name="answer_deviation"),
    path("venter/", WaitingList.as_view(), name="waiting"),
    path("venter/<int:waiting_id>/", waiting.review, name="review"),
    path("afgoerelser/<int:decision_id>/", decisions.decision, name="decision"),
    path("faser/", phase_models.models, name="models"),
    path("faser/skriv/", phase_models.write, name="write_model"),
    path("faser/<int:version_id>/brug/", phase_models.take, name="take_model"),
    path("<int:initiative_id>/port/", page.gate, name="gate"),
    path("<int:initiative_id>/port/fakta/", facts.facts, name="facts"),
    path("<int:initiative_id>/port/model/", phase_models.choose, name="choose_model"),
    path("<int:initiative_id>/port/principper/", principles.principles, name="principles"),
    path(
        "<int:initiative_id>/port/krav/<slug:code>/", requirements.requirement, name="requirement"
    ),
    path("<int:initiative_id>/port/krav/<slug:code>/fravig/", deviations.ask, name="ask_deviation"),
    path("<int:initiative_id>/port/bed/", decisions.ask, name="ask"),
    path("<int:initiative_id>/port/anbefal/", decisions.recommend, name="recommend"),
    path("<int:initiative_id>/port/afgoer/", decisions.decide, name="decide"),
    path("<int:initiative_id>/port/afvent/", decisions.wait, name="wait"),
]
