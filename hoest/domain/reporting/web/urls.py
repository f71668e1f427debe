"""Addresses of the harvest account."""

from __future__ import annotations

from django.urls import path

from hoest.domain.reporting.web import views

app_name = "reporting"

urlpatterns = [
    path("", views.account, name="account"),
    path("raekker/", views.rows, name="rows"),
    path("hent/", views.download, name="download"),
]
