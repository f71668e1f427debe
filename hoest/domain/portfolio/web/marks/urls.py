"""Addresses of the marks of solutions."""

from __future__ import annotations

from django.urls import path

from hoest.domain.portfolio.web.marks import pages

app_name = "marks"
urlpatterns = [
    path("", pages.page, name="marks"),
    path("<int:initiative_id>/", pages.mark, name="mark"),
]
