"""Addresses of organisations."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path

app_name = "organisations"


def _soon(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


urlpatterns = [path("", _soon, name="overview"), path("choose/", _soon, name="choose")]
