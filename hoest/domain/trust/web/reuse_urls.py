"""Addresses of reuse and of the plan for where a solution goes next."""

from __future__ import annotations

from django.urls import path

from hoest.domain.trust.web.reuse import pages

app_name = "reuse"
urlpatterns = [
    path("", pages.overview, name="overview"),
    path("skridt/<int:step_id>/", pages.change_step, name="change_step"),
    path("skridt/<int:step_id>/fjern/", pages.drop_step, name="drop_step"),
    path("<int:initiative_id>/", pages.check, name="check"),
    path("<int:initiative_id>/skridt/", pages.add_step, name="add_step"),
]
