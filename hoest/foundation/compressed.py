"""Sends styles and scripts packed, so that a first visit over a phone is a third as heavy.

Why here: `hoest start` serves the packages' own folders, where no packed copies lie beside the
files; an operator who collects files has them from WhiteNoise, and these are left alone. Only
static files are packed: a page that carries a secret and something typed must not be (BREACH).
Each file is packed once for each process and kept.

Source: RFC 9110, section 8.4; Gluck, Harris and Prado (2013), BREACH.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.utils.cache import patch_vary_headers

PACKED = ("text/css", "text/javascript", "application/javascript", "image/svg+xml")
SMALLEST = 512


class CompressedStaticMiddleware:
    """Packs static files that come unpacked; stands before WhiteNoise."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Take the rest of the stack."""
        self.get_response = get_response
        self.kept: dict[tuple[str, str], bytes] = {}

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with the packed file where the browser reads it."""
        if not request.path_info.startswith(settings.STATIC_URL):
            return self.get_response(request)
        # The mark was made weak below, and WhiteNoise compares it byte by byte.
        if asked := request.META.get("HTTP_IF_NONE_MATCH"):
            request.META["HTTP_IF_NONE_MATCH"] = asked.removeprefix("W/")
        response = self.get_response(request)
        if not _may_pack(response):
            return response
        patch_vary_headers(response, ["Accept-Encoding"])
        if request.method != "GET" or "gzip" not in request.headers.get("Accept-Encoding", ""):
            return response
        mark = response.get("ETag") or response.get("Last-Modified") or ""
        key = request.path_info, mark
        if key not in self.kept:
            self.kept[key] = gzip.compress(_body(response), 9, mtime=0)
        packed = HttpResponse(self.kept[key], status=response.status_code)
        for name, value in response.items():
            packed[name] = value
        packed["Content-Encoding"] = "gzip"
        packed["Content-Length"] = str(len(self.kept[key]))
        if "ETag" in packed:
            packed["ETag"] = f"W/{mark.removeprefix('W/')}"
        response.close()  # the file; no view has run, so nothing else ends with it
        return packed


def _may_pack(response: HttpResponseBase) -> bool:
    kind = response.get("Content-Type", "").partition(";")[0].strip()
    return (
        response.status_code == 200
        and kind in PACKED
        and not response.has_header("Content-Encoding")
        and int(response.get("Content-Length") or SMALLEST) >= SMALLEST
    )


def _body(response: HttpResponseBase) -> bytes:
    if isinstance(response, StreamingHttpResponse):
        return b"".join(response.streaming_content)  # type: ignore[arg-type]
    assert isinstance(response, HttpResponse)
    return response.content
