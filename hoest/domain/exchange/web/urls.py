"""Addresses of the workbooks."""

from __future__ import annotations

from django.urls import path

from hoest.domain.exchange.web import views

app_name = "exchange"

urlpatterns = [
    path("", views.imports, name="imports"),
    path("skabelon/", views.template, name="template"),
    path("hent/", views.export, name="export"),
    path("<int:run_id>/", views.run, name="run"),
    path("<int:run_id>/bekraeft/", views.confirm, name="confirm"),
    path("<int:run_id>/fortryd/", views.undo, name="undo"),
    path("<int:run_id>/kasser/", views.discard, name="discard"),
]
