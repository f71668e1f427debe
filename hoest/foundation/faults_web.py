"""Turns faults into pages: the outermost handler of expected errors in a request."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from hoest.foundation.faults import Conflict, Fault, NotAllowed, NotFound

STATUS_OF: dict[type[Fault], int] = {NotAllowed: 403, NotFound: 404, Conflict: 409}


class FaultMiddleware:
    """Shows a `Fault` that no view caught, with the status that fits its kind (else 422)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Render the page of an expected error; let every other error through."""
        if not isinstance(exception, Fault):
            return None
        status = next(
            (code for kind, code in STATUS_OF.items() if isinstance(exception, kind)), 422
        )
        return render(request, f"{status}.html", {"fault": str(exception)}, status=status)
