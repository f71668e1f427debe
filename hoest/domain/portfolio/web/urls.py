"""Addresses of the portfolio."""

from __future__ import annotations

from django.urls import path

from hoest.domain.portfolio.web import views
from hoest.domain.portfolio.web.lists import Initiatives

app_name = "portfolio"
urlpatterns = [
    path("", Initiatives.as_view(), name="initiatives"),
    path("ny/", views.create, name="create"),
    path("<int:initiative_id>/", views.initiative, name="initiative"),
]
