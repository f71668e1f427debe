"""Addresses of saved views."""

from __future__ import annotations

from django.urls import path

from hoest.foundation.lists import views

app_name = "lists"
urlpatterns = [
    path("gem/", views.save, name="save"),
    path("<int:view_id>/slet/", views.delete, name="delete"),
    path("hent-tilbage/<str:token>/", views.restore, name="restore"),
]
