"""Pages of initiatives."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse


def create(request: HttpRequest) -> HttpResponse:
    """Create."""
    return HttpResponse("")


def initiative(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """Show."""
    return HttpResponse("")
