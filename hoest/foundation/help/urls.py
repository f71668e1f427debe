"""Addresses of the help pages."""

from __future__ import annotations

from django.urls import path

from hoest.foundation.help import views

app_name = "help"
urlpatterns = [
    path("", views.front, name="help"),
    path("stigen/", views.ladder, name="ladder"),
    path("tal/", views.figures, name="figures"),
]
