"""The page of a business case: the point, key figures, lines by year, versions side by side."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from hoest.domain.business_cases import queries
from hoest.domain.business_cases.models import CaseVersion
from hoest.domain.business_cases.permissions import (
    APPROVE_CASES,
    CHANGE_CASES,
    KEEP_INDEX,
)
from hoest.domain.business_cases.web import shown, words
from hoest.domain.business_cases.web.grounding import crumbs, figures_of
from hoest.domain.business_cases.web.guide.reading import reading_of
from hoest.domain.business_cases.web.prices import prices_of
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed


@require_GET
def case(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """Show what an initiative costs and gives: the version that holds, and all others."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.case_of(actor, initiative_id)
    initiative = found.initiative
    present = found.latest or found.draft
    lines_of = queries.figures_by_version(found.versions)
    prices = (
        prices_of(actor.organisation_id, present.price_level, request.GET.get("priser", ""))
        if present
        else None
    )
    lines = prices.lines(lines_of[present.pk]) if present and prices else []
    figures = figures_of(present, lines, asked_horizon(request))
    original = found.original
    first = lines_of[original.pk] if original and original != present else []
    if prices:
        first = prices.lines(first)
    return render(
        request,
        "business_cases/case.html",
        {
            "initiative": initiative,
            "crumbs": crumbs(initiative),
            "point": words.point(
                initiative.title,
                figures,
                bool(lines),
                present is not None and present == found.draft,
            ),
            "lead": words.lead(figures),
            "present": present,
            "figures": figures,
            "key_figures": shown.key_figures(figures) if figures else [],
            "rate": words.rate_words(figures) if figures else "",
            "cautions": words.cautions(figures),
            "tables": shown.line_tables(lines, figures),
            "pairs": shown.pairs(first, lines) if first else [],
            # The lines say which price level they are shown in; their versions the one written.
            "pair_first": first[0] if first else None,
            "pair_now": lines[0] if lines else None,
            "original": original,
            "latest": found.latest,
            "draft": found.draft,
            "versions": [
                _version(
                    version, lines_of[version.pk], after_live=queries.is_after_live(found, version)
                )
                for version in reversed(found.versions)
            ],
            "source": _source(present),
            "reading": reading_of(present, lines_of[present.pk]) if present else None,
            "prices": prices,
            "take_away_query": _kept(request),
            "may_keep_index": allowed(actor, KEEP_INDEX),
            "may_change": allowed(actor, CHANGE_CASES, initiative.unit_id),
            "may_approve": allowed(actor, APPROVE_CASES, initiative.unit_id),
        },
    )


def _kept(request: HttpRequest) -> str:
    """Return what the address asks of the figures, so that a file shows the same."""
    asked = {name: request.GET[name] for name in ("priser", "til") if name in request.GET}
    return f"?{urlencode(asked)}" if asked else ""


def asked_horizon(request: HttpRequest) -> int | None:
    """Return the last year the address asks to count to, if it is a year."""
    text = request.GET.get("til", "")
    return int(text) if text.isdecimal() and len(text) == 4 else None


def _version(version: CaseVersion, lines: list[Any], *, after_live: bool) -> dict[str, Any]:
    return {
        "after_live": after_live,
        "version": version,
        "tables": shown.line_tables(lines, figures_of(version, lines)),
        "source": _source(version),
    }


def _source(version: CaseVersion | None) -> dict[str, Any] | None:
    if version is None or version.source is None:
        return None
    place = f", {version.source_place}" if version.source_place else ""
    return {
        "title": f"{version.source.title}{place}",
        "at": version.source.entered_at,
        "who": version.source.entered_by_name,
    }
