"""Panels: what higher subjects show on a page of a lower one.

A unit's page belongs to organisations, its initiatives to portfolio, which organisations may not
import. So portfolio registers a panel for the place "unit", and the page shows whatever panels
there are: `{% panels "unit" unit %}`. Register in the subject's `AppConfig.ready`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from django.http import HttpRequest
from django.utils.safestring import SafeString

# The places a panel can stand, with what the panel is about.
PLACES = {
    "unit": "an organisations.Unit",
    "body": "an organisations.Body",
    "initiative": "a portfolio.Initiative",
    "idea": "a portfolio.Idea",
    "benefit": "a benefits.Benefit",
    "effect": "a benefits.Benefit whose effect is looked at",
    "draft": "a business_cases.CaseVersion that is being written or waits for an answer",
    "case_benefits": "a business_cases.CaseVersion whose benefits somebody looks for",
    "account": "the filter of the harvest account: its unit_ids and body_id, None for all",
    "case_sum": "a business_cases.CaseVersion whose sum is shown",
    "ladder_help": "the hoest.foundation.access.actor.Actor who reads about the ladder",
    "me": "the hoest.foundation.access.actor.Actor herself",
}

Render = Callable[[HttpRequest, Any], str]


class Panel(NamedTuple):
    """A part of a page: where, in which order (low first), and how it is rendered."""

    place: str
    order: int
    name: str
    render: Render


_registry: dict[tuple[str, str], Panel] = {}


def register(place: str, name: str, render: Render, *, order: int = 100) -> None:
    """Add a panel; the same name at the same place replaces the former.

    `render` gets the request and the thing, looks only at what `request.actor` may see, and
    returns safe HTML, or an empty text for nothing. Raises ValueError for an unknown place.
    """
    if place not in PLACES:
        raise ValueError(f"No such place for a panel: {place}. Known: {sorted(PLACES)}")
    _registry[place, name] = Panel(place, order, name, render)


def rendered(place: str, request: HttpRequest, thing: Any) -> list[SafeString]:
    """Return the panels of a place for one thing, in order, without the empty ones."""
    panels = sorted((p for p in _registry.values() if p.place == place), key=lambda p: p[1:3])
    return [SafeString(html) for html in (p.render(request, thing) for p in panels) if html]
