"""The open page: read through the public door alone, the same for everybody who comes.

The view is bound to no municipality, also when a member visits: what she would see more of
inside, she does not see here. Source: docs/decisions/0018-public-door.md.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from hoest.domain.organisations.queries import organisations_at
from hoest.domain.trust import queries
from hoest.domain.trust.models import PublicPage, PublicSheet
from hoest.domain.trust.web.sheets.shown import heading
from hoest.foundation.access.middleware import open_to_everybody
from hoest.foundation.tenancy.middleware import unbound
from hoest.foundation.tenancy.public_door import looking_in

# Long enough to spare the installation, short enough that a withdrawn sheet is soon gone.
KEPT_SECONDS = 300


@dataclass(frozen=True)
class Open:
    """What a municipality shows everybody."""

    page: PublicPage
    sheets: list[PublicSheet]


@open_to_everybody
@unbound
@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Show which initiatives use which data, why, and how it is looked after."""
    found = _found(slug)
    units: dict[str, list[dict[str, Any]]] = {}
    for one in found.sheets:
        units.setdefault(one.unit_name, []).append(_shown(one))
    context = {"page": found.page, "units": list(units.items()), "count": len(found.sheets)}
    return _kept(request, found, lambda: render(request, "trust/public/page.html", context))


@open_to_everybody
@unbound
@require_safe
def sheet(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """Show one approved sheet to everybody."""
    found = _found(slug)
    one = next((one for one in found.sheets if one.number == number), None)
    if one is None:
        raise Http404
    context = {"page": found.page, "sheet": _shown(one)}
    return _kept(request, found, lambda: render(request, "trust/public/sheet.html", context))


def _found(slug: str) -> Open:
    """Return the open page with that word in its address. Raises Http404 for a closed one."""
    for organisation_id in organisations_at(slug):
        with looking_in(organisation_id):
            page = queries.public_page(organisation_id)
            if page is not None and page.slug == slug:
                return Open(page, list(queries.public_sheets(organisation_id)))
    raise Http404


def _shown(one: PublicSheet) -> dict[str, Any]:
    language = "en" if get_language() == "en" else "da"
    sections: dict[str, list[str]] = {}
    for statement in one.statements:
        sections.setdefault(statement["section"], []).append(statement[language])
    return {
        "number": one.number,
        "title": one.title,
        "unit": one.unit_name,
        "approved_on": one.approved_on,
        "version": one.version_number,
        "first": sections.get("data", [""])[0],
        "why": " ".join(sections.get("why", [])),
        "asked": [(heading(code), texts) for code, texts in sections.items()],
    }


def _kept(request: HttpRequest, found: Open, make: Callable[[], HttpResponse]) -> HttpResponseBase:
    """Answer so that browsers and caches may keep it for some minutes, and ask again cheaply."""
    told = [
        found.page.contact,
        found.page.mailbox,
        get_language(),
        *((one.number, one.version_id) for one in found.sheets),
    ]
    print_of = hashlib.sha256(json.dumps(told).encode()).hexdigest()[:32]
    etag = quote_etag(print_of)
    response = get_conditional_response(request, etag=etag) or make()
    response.headers["ETag"] = etag
    patch_cache_control(response, public=True, max_age=KEPT_SECONDS)
    return response
