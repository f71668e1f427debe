"""Addresses of business_cases."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "business_cases"
urlpatterns: list[URLPattern] = []
