"""Panels: what other subjects show on the page of a unit, a committee or an initiative.

Why: an initiative is reached from its unit and its committee, and its business case from the
initiative, although lower subjects may not import higher ones. The higher subject registers a
panel once, in its `apps.py`; the page of the lower subject asks for all panels of its kind.

    # hoest/domain/benefits/apps.py
    def ready(self) -> None:
        from hoest.domain.benefits.web.panels import benefits_of_initiative
        from hoest.foundation import panels

        panels.register("initiative", 20, benefits_of_initiative)

    # the function: (request, the initiative) -> SafeString, or None when it has nothing to show
    def benefits_of_initiative(request: HttpRequest, initiative: Any) -> SafeString | None:
        return render_to_string("benefits/panel.html", {...}, request)

    # the page that shows them
    {"panels": panels.render("initiative", request, initiative)}

A panel is a `<section class="panel">` with an `<h2>`; it shows only what the actor may see.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, get_args

from django.http import HttpRequest
from django.utils.safestring import SafeString

Kind = Literal["unit", "body", "initiative"]
Render = Callable[[HttpRequest, Any], SafeString | None]

_registry: dict[str, list[tuple[int, Render]]] = {kind: [] for kind in get_args(Kind)}


def register(kind: Kind, order: int, render: Render) -> None:
    """Add a panel to the pages of a kind; lower `order` stands higher. Twice is once.

    Raises: KeyError for an unknown kind.
    """
    entry = (order, render)
    if entry not in _registry[kind]:
        _registry[kind].append(entry)
        _registry[kind].sort(key=lambda one: one[0])


def render(kind: Kind, request: HttpRequest, thing: Any) -> list[SafeString]:
    """Return the panels of a thing in their order, without the empty ones."""
    shown = (show(request, thing) for _order, show in _registry[kind])
    return [panel for panel in shown if panel]
