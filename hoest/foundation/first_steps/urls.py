"""Addresses of the first steps."""

from __future__ import annotations

from django.urls import path

from hoest.foundation.first_steps import views

app_name = "first_steps"
urlpatterns = [
    path("", views.path, name="path"),
    path("<int:number>/gaa/", views.go, name="go"),
    path("<int:number>/set/", views.seen, name="seen"),
    path("laeg-vaek/", views.put_away, name="put_away"),
    path("tag-frem/", views.take_up, name="take_up"),
    path("forfra/", views.again, name="again"),
    path("rolle/", views.role, name="role"),
]
