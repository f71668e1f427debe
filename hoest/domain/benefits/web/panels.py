"""The benefits of an initiative, a unit and a committee, shown on their pages."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import ngettext

from hoest.domain.benefits import queries
from hoest.domain.benefits.models import Benefit
from hoest.domain.benefits.permissions import CHANGE_BENEFITS, VIEW_BENEFITS
from hoest.domain.benefits.queries.benefit_map import size_of_map
from hoest.domain.benefits.rules import Rung
from hoest.domain.benefits.web import words
from hoest.domain.benefits.web.tables import BenefitTable
from hoest.domain.organisations.queries import UnitTree
from hoest.foundation import panels
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed, allowed_somewhere
from hoest.ui import formats

MOST = 10
SHOWN = ("title", "rung", "dkk", "verdict")


def register() -> None:
    """Put the panels in their places."""
    panels.register("initiative", "benefits.benefits", of_initiative, order=10)
    panels.register("initiative", "benefits.map", map_of_initiative, order=11)
    panels.register("unit", "benefits.benefits", of_unit, order=20)
    panels.register("body", "benefits.benefits", of_body, order=20)
    panels.register("account", "benefits.disbenefits", beside_account)


def of_initiative(request: HttpRequest, initiative: Any) -> str:
    """Show the benefits of an initiative."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    may_create = allowed(actor, CHANGE_BENEFITS, initiative.unit_id)
    create_url = reverse("benefits:create") + f"?initiativ={initiative.pk}" if may_create else ""
    rows = queries.visible_to(actor).filter(initiative_id=initiative.pk)
    return _panel(request, rows, f"initiative={initiative.pk}", create_url)


def map_of_initiative(request: HttpRequest, initiative: Any) -> str:
    """Show the way to the benefit map of an initiative, and how large it is."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not allowed_somewhere(actor, VIEW_BENEFITS):
        return ""
    nodes = size_of_map(actor, initiative.pk)
    may_change = allowed(actor, CHANGE_BENEFITS, initiative.unit_id)
    if not nodes and not may_change:
        return ""
    url = reverse("benefits:map", args=[initiative.pk])
    return render_to_string("benefits/map/panel.html", {"nodes": nodes, "url": url}, request)


def of_unit(request: HttpRequest, unit: Any) -> str:
    """Show the benefits of a unit and the units below it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    takeout_url = reverse("benefits:takeout_unit", args=[unit.pk])
    below = UnitTree.of(actor.organisation_id).below(unit.pk)
    rows = queries.visible_to(actor).filter(
        Q(unit_id__in=below) | Q(unit__isnull=True, initiative__unit_id__in=below)
    )
    return _panel(request, rows, f"unit={unit.pk}", takeout_url=takeout_url)


def of_body(request: HttpRequest, body: Any) -> str:
    """Show the benefits of a committee's initiatives."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    rows = queries.visible_to(actor).filter(initiative__body_id=body.pk)
    return _panel(request, rows, f"body={body.pk}")


def beside_account(request: HttpRequest, wanted: Any) -> str:
    """Show the dis-benefits beside the harvest account: counted for themselves, never netted."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    rows = queries.disbenefits_of(actor).filter(lapsed_on__isnull=True)
    if wanted.unit_ids is not None:
        rows = rows.filter(
            Q(unit_id__in=wanted.unit_ids)
            | Q(unit__isnull=True, initiative__unit_id__in=wanted.unit_ids)
        )
    if wanted.body_id is not None:
        rows = rows.filter(initiative__body_id=wanted.body_id)
    counts = queries.count_by_rung(rows)
    count = sum(counts.values())
    if not count:
        return ""
    return render_to_string(
        "benefits/beside_account.html",
        {
            "count": count,
            "measured": counts[Rung.MEASURED] + counts[Rung.PROVEN],
            "rows": _apart(rows.order_by("title", "pk")),
            "url": reverse("benefits:disbenefits"),
        },
        request,
    )


def _panel(
    request: HttpRequest,
    rows: QuerySet[Benefit],
    query: str,
    create_url: str = "",
    takeout_url: str = "",
) -> str:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not allowed_somewhere(actor, VIEW_BENEFITS):
        return ""
    against = rows.filter(is_disbenefit=True).order_by("title", "pk")
    rows = rows.filter(is_disbenefit=False)
    read = queries.with_noted(queries.with_rows(rows)).order_by("title", "pk")
    found = list(read[: MOST + 1])
    counts = _counted(found) if len(found) <= MOST else queries.count_by_rung(rows)
    count, found = sum(counts.values()), found[:MOST]
    table = BenefitTable([])
    return render_to_string(
        "benefits/panel.html",
        {
            "columns": [heading for heading in table.headings() if heading.name in SHOWN],
            "rows": table.page_rows(found, only=SHOWN),
            "point": _point(counts),
            "count": count,
            "most": MOST,
            "more_url": f"{reverse('benefits:benefits')}?{query}",
            "create_url": create_url,
            "disbenefits": _apart(against),
            "disbenefits_url": reverse("benefits:disbenefits"),
            "takeout_url": takeout_url,
        },
        request,
    )


def _counted(found: list[Benefit]) -> dict[Rung, int]:
    """Count benefits that are read already by the rung they stand on."""
    counts = dict.fromkeys(Rung, 0)
    for standing in queries.standings_of(found).values():
        counts[standing.rung] += 1
    return counts


def _apart(rows: QuerySet[Benefit]) -> list[dict[str, Any]]:
    """Return the dis-benefits as sentences: title, rung, what is expected."""
    found = list(queries.with_rows(rows)[:MOST])
    standings = queries.standings_of(found)
    return [
        {
            "title": one.title,
            "url": reverse("benefits:benefit", args=[one.pk]),
            "said": words.predicate(standings[one.pk], one),
        }
        for one in found
    ]


def _point(counts: dict[Rung, int]) -> str:
    alive = sum(count for rung, count in counts.items() if rung is not Rung.LAPSED)
    if not alive:
        return ""
    return ngettext(
        "%(in_hand)s af %(alive)s er i hånden.", "%(in_hand)s af %(alive)s er i hånden.", alive
    ) % {"in_hand": formats.number(counts[Rung.IN_HAND]), "alive": formats.number(alive)}
