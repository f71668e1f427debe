"""Addresses of the pulse."""

from __future__ import annotations

from django.urls import path

from hoest.domain.evidence.web.pulse import pages

app_name = "pulse"
urlpatterns = [
    path("", pages.pulse, name="pulse"),
    path("svar/", pages.answer, name="answer"),
]
