"""Sheets: a small page that lies over another one, and goes where it was sent when it is saved.

Why: a two-minute task should not cost the place in the page behind. `sheet.js` fetches the page of
a link marked `data-sheet` and sends its form in the sheet. What a view answers is the same as
without JavaScript: 422 shows the form again, and a redirect, which a script would follow in
silence, is told to the browser here. So no view knows whether it stood in a sheet.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.http import url_has_allowed_host_and_scheme

HEADER = "X-Sheet"
BACK = "tilbage"


class SheetMiddleware:
    """Turns a redirect after a form in a sheet into one that the whole page follows."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        asked = request.method == "POST" and HEADER in request.headers
        if not asked or response.status_code not in (301, 302, 303, 307, 308):
            return response
        response.headers["HX-Redirect"] = response.headers["Location"]
        del response.headers["Location"]
        response.status_code = 204
        return response


def back_address(request: HttpRequest, otherwise: str = "") -> str:
    """Return where the reader came from (`?tilbage=/…`), or `otherwise`.

    Only an address on this site: anything else is left out in silence.
    """
    wanted = request.POST.get(BACK) or request.GET.get(BACK) or ""
    is_own = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if is_own else otherwise
