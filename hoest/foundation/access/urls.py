"""Addresses of one's own account; those of signing in are in urls_sign_in."""

from __future__ import annotations

from django.urls import path

from hoest.foundation.access import views

app_name = "access"

urlpatterns = [
    path("", views.me, name="me"),
    path("sprog/", views.language, name="language"),
    path("log-ud-overalt/", views.sign_out_everywhere, name="sign_out_everywhere"),
]
