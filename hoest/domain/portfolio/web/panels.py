"""The initiatives of a unit and of a committee, shown on their pages."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from hoest.domain.portfolio import queries
from hoest.domain.portfolio.models import Initiative
from hoest.domain.portfolio.permissions import CREATE_INITIATIVES, VIEW_INITIATIVES
from hoest.domain.portfolio.web.tables import InitiativeTable
from hoest.foundation import panels
from hoest.foundation.access.permissions import allowed, allowed_somewhere

MOST = 10


def register() -> None:
    """Put the panels in their places."""
    panels.register("unit", "portfolio.initiatives", of_unit, order=10)
    panels.register("body", "portfolio.initiatives", of_body, order=10)


def of_unit(request: HttpRequest, unit: Any) -> str:
    """Show the initiatives of a unit and the units below it."""
    actor = request.actor  # type: ignore[attr-defined]
    if not allowed_somewhere(actor, VIEW_INITIATIVES):
        return ""
    may_create = allowed(actor, CREATE_INITIATIVES, unit.pk)
    return _panel(request, queries.in_unit(actor, unit.pk), f"unit={unit.pk}", may_create)


def of_body(request: HttpRequest, body: Any) -> str:
    """Show the initiatives of a committee."""
    actor = request.actor  # type: ignore[attr-defined]
    if not allowed_somewhere(actor, VIEW_INITIATIVES):
        return ""
    return _panel(request, queries.in_body(actor, body.pk), f"body={body.pk}", False)


def _panel(request: HttpRequest, rows: QuerySet[Initiative], query: str, may_create: bool) -> str:
    table = InitiativeTable([])
    shown = ("title", "status", "phase")
    found = list(rows.select_related("unit", "body", "lead")[:MOST])
    count = rows.count() if len(found) == MOST else len(found)
    return render_to_string(
        "portfolio/panel.html",
        {
            "columns": [heading for heading in table.headings() if heading.name in shown],
            "rows": table.page_rows(found, only=shown),
            "count": count,
            "more_url": f"{reverse('portfolio:initiatives')}?{query}",
            "most": MOST,
            "create_url": reverse("portfolio:create") if may_create else "",
        },
        request,
    )
