"""The benefits an initiative follows, beside the lines that give them their amounts in its case."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from hoest.domain.benefits import queries
from hoest.domain.benefits.permissions import CHANGE_BENEFITS, VIEW_BENEFITS
from hoest.domain.business_cases import queries as business_cases
from hoest.domain.business_cases.permissions import CHANGE_CASES
from hoest.domain.business_cases.rules import LineKind, VersionState
from hoest.foundation import panels
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed, allowed_somewhere


def register() -> None:
    """Put the panel in its place."""
    panels.register("case_benefits", "benefits.of_case", of_case, order=10)


def of_case(request: HttpRequest, version: Any) -> str:
    """Show each followed benefit with its line, and the lines that nobody follows."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not allowed_somewhere(actor, VIEW_BENEFITS):
        return ""
    initiative = version.case.initiative
    lines = [x for x in business_cases.figures_of(version) if x.kind == LineKind.BENEFIT]
    keys = {line.line_key for line in lines}
    rows = (
        queries.visible_to(actor)
        .filter(initiative_id=initiative.pk, lapsed_on__isnull=True)
        .order_by("title", "pk")
        .values_list("pk", "title", "line_key", "owner__name")
    )
    found: list[dict[str, Any]] = [
        {"title": title, "url": reverse("benefits:benefit", args=[pk]), "line": key, "owner": owner}
        for pk, title, key, owner in rows
    ]
    may_write = version.state == VersionState.DRAFT and allowed(
        actor, CHANGE_CASES, initiative.unit_id
    )
    new_line = reverse("business_cases:new_line", args=[version.pk])
    for row in found:
        row["is_in_case"] = row["line"] in keys
        asked = {"trin": "gevinster", "art": "benefit", "navn": row["line"] or row["title"]}
        row["write_url"] = f"{new_line}?{urlencode(asked)}" if may_write else ""
    followed = {row["line"] for row in found}
    create = reverse("benefits:create") + f"?initiativ={initiative.pk}"
    return render_to_string(
        "benefits/case_panel.html",
        {
            "rows": found,
            "unfollowed": [line.line_key for line in lines if line.line_key not in followed],
            "create_url": create if allowed(actor, CHANGE_BENEFITS, initiative.unit_id) else "",
        },
        request,
    )
