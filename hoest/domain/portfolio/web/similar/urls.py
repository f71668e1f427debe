"""The address of what looks like a text."""

from __future__ import annotations

from django.urls import path

from hoest.domain.portfolio.web.similar import pages

app_name = "similar"
urlpatterns = [path("", pages.page, name="similar")]
