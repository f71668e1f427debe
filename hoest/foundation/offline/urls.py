"""Addresses a browser asks for by itself: they stand at the root, because a worker's reach does."""

from __future__ import annotations

from django.urls import path

from hoest.foundation.offline import views

app_name = "offline"

urlpatterns = [
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("sw.js", views.worker, name="worker"),
    path("uden-forbindelse/", views.page, name="page"),
    path("uden-forbindelse/noegle/", views.key, name="key"),
    path("uden-forbindelse/skemaer/", views.forms, name="forms"),
]
