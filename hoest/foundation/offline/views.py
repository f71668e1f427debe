"""Manifest, service worker, the page without a connection, and what a device asks before it sends.

All five are asked for by a browser and not by a person, so they are open; what is personal is
answered only to who has signed in, and never kept by a cache.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from hoest.foundation.access.middleware import open_to_everybody
from hoest.foundation.offline import cached
from hoest.foundation.offline.small_forms import person_key, waiting_for

PAPER, ACCENT = "#fffdf8", "#0b4f4a"


@open_to_everybody
@require_GET
def manifest(request: HttpRequest) -> HttpResponse:
    """Tell a phone how Høst stands on its home screen."""
    icons = [
        {"src": static("ui/img/icon.svg"), "sizes": "any", "type": "image/svg+xml"},
        *(
            {"src": static(f"ui/img/icon-{size}.png"), "sizes": f"{size}x{size}"}
            for size in (192, 512)
        ),
        {
            "src": static("ui/img/icon-maskable-512.png"),
            "sizes": "512x512",
            "purpose": "maskable",
        },
    ]
    told: dict[str, Any] = {
        "id": "/",
        "name": _("Høst – gevinster fra løfte til hånd"),
        "short_name": "Høst",
        "description": _("Følger kommunens gevinster fra løfte til hånd."),
        "lang": "da",
        "dir": "ltr",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": PAPER,
        "categories": ["business", "government"],
        "icons": [{"type": "image/png", **icon} for icon in icons],
    }
    return JsonResponse(told, content_type="application/manifest+json")


@open_to_everybody
@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """Give the service worker with its version and its files written into it."""
    facts = {
        "version": cached.version(),
        "files": [static(name) for name in cached.FILES],
        "page": reverse("offline:page"),
        "outbox": static("ui/js/outbox.js"),
    }
    code = f"const KEPT = {json.dumps(facts)};\n{cached.text_of(cached.WORKER)}"
    answer = HttpResponse(code, content_type="text/javascript; charset=utf-8")
    answer["Service-Worker-Allowed"] = "/"
    answer["Cache-Control"] = "no-cache"
    return answer


@open_to_everybody
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Say that there is no connection, and draw what can be done meanwhile. Nothing personal."""
    return render(request, "offline/page.html")


@open_to_everybody
@never_cache
@require_GET
def key(request: HttpRequest) -> JsonResponse:
    """Tell a device who is signed in now, and give it a fresh token for what it will send."""
    person = person_key(request.actor)  # type: ignore[attr-defined]
    return JsonResponse({"person": person, "token": get_token(request) if person else ""})


@open_to_everybody
@never_cache
@require_GET
def forms(request: HttpRequest) -> JsonResponse:
    """List the small forms that wait for the person; none for who has not signed in."""
    actor = request.actor  # type: ignore[attr-defined]
    person = person_key(actor)
    found = [asdict(one) for one in waiting_for(actor)] if person else []
    return JsonResponse({"person": person, "forms": found})
