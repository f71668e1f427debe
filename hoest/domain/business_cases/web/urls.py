"""Addresses of business_cases."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path

app_name = "business_cases"


def _soon(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


urlpatterns = []
