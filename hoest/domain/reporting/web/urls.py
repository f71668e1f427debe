"""Addresses of the harvest account and of the track record."""

from __future__ import annotations

from django.urls import path

from hoest.domain.reporting.web import comparing, track_record, views

app_name = "reporting"

urlpatterns = [
    path("", views.account, name="account"),
    path("raekker/", views.rows, name="rows"),
    path("hent/", views.download, name="download"),
    path("to-dage/", comparing.compare, name="compare"),
    path("traefsikkerhed/", track_record.page, name="track_record"),
    path("traefsikkerhed/gevinster/", track_record.rows, name="track_record_rows"),
    path("traefsikkerhed/hent/", track_record.download, name="track_record_download"),
]
