"""Addresses of the open pages of municipalities."""

from __future__ import annotations

from django.urls import path

from hoest.domain.trust.web.public import views

app_name = "open"
urlpatterns = [
    path("<slug:slug>/", views.page, name="page"),
    path("<slug:slug>/<int:number>/", views.sheet, name="sheet"),
]
