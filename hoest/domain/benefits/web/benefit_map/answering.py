"""How an act on the map is answered: the map drawn again, or back to the page.

From the picture (htmx, target `benefit-map`) the part of the page with the map comes back, also
when an act is refused, with what is to be said. From a plain form: a redirect, or the page with
the fault (422). A lost update is 409 in both.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hoest.domain.benefits.permissions import CHANGE_BENEFITS
from hoest.domain.benefits.queries import benefit_map as queries
from hoest.domain.benefits.queries.benefit_map import ReadMap
from hoest.domain.benefits.rules.benefit_map import NodeKind, findings_of
from hoest.domain.benefits.web.benefit_map.forms import BEFORE, NEXT, NewNodeForm
from hoest.domain.benefits.web.benefit_map.listing import listing_of
from hoest.domain.benefits.web.benefit_map.listing_html import Writer
from hoest.domain.benefits.web.benefit_map.picture import example_of, picture_of
from hoest.domain.benefits.web.benefit_map.words import said_findings
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed
from hoest.foundation.audit.words import say
from hoest.foundation.content.language import active_language
from hoest.foundation.faults import Conflict, Fault, NotAllowed, NotFound
from hoest.ui.messages import tell

PART = "benefit-map"
# What was done, and the node that is to be chosen afterwards (0: as before).
Done = tuple[str, int]


def from_picture(request: HttpRequest) -> bool:
    """Tell whether the act came from the picture, so that only the map is answered."""
    return request.headers.get("HX-Target") == PART


def acted(request: HttpRequest, initiative_id: int, act: Callable[[Actor], Done]) -> HttpResponse:
    """Do an act and answer it; a refusal is said in its own words. Raises NotFound, NotAllowed."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    try:
        said, node_id = act(actor)
    except (NotAllowed, NotFound):
        raise
    except Fault as fault:
        status = 409 if isinstance(fault, Conflict) else 422
        if isinstance(fault, Conflict) and not from_picture(request):
            raise
        return map_page(request, actor, initiative_id, fault=str(fault), status=status)
    if from_picture(request):
        return map_page(request, actor, initiative_id, said=said, chosen=node_id)
    tell(request, said)
    return redirect(map_url(initiative_id, node_id))


def map_url(initiative_id: int, node_id: int = 0) -> str:
    """Return the address of a map, at one of its nodes."""
    here = reverse("benefits:map", args=[initiative_id])
    return f"{here}?led={node_id}#led-{node_id}" if node_id else here


def map_page(
    request: HttpRequest,
    actor: Actor,
    initiative_id: int,
    *,
    said: str = "",
    fault: str = "",
    chosen: int = 0,
    status: int = 200,
) -> HttpResponse:
    """Show the map, or only the part of the page with it when that was asked for."""
    found = queries.read_map(actor, initiative_id)
    may_change = allowed(actor, CHANGE_BENEFITS, found.initiative.unit_id)
    context = {
        "initiative": found.initiative,
        "found": found,
        "may_change": may_change,
        "said": said,
        "fault": fault,
        "chosen": chosen if chosen in found.node else 0,
        **(_drawn(actor, found, may_change) if found.nodes else _empty(may_change)),
    }
    part = "#map" if from_picture(request) else ""
    return render(request, f"benefits/map/map.html{part}", context, status=status)


def _drawn(actor: Actor, found: ReadMap, may_change: bool) -> dict[str, Any]:
    findings = findings_of(found.facts)
    listing = listing_of(found, findings)
    writer = Writer(found.initiative.pk, may_change=may_change)
    step = queries.last_step(actor, found.initiative.pk) if may_change else None
    nexts = {"after": NEXT, "before": BEFORE}
    return {
        "point": point_of(found),
        "picture": picture_of(found, findings, is_live=True, has_handles=may_change),
        "findings": said_findings(found, findings),
        "listed": writer.written(listing.rooted),
        "listed_loose": writer.written(listing.loose),
        "form": NewNodeForm(auto_id="nyt_%s", initial={"kind": NodeKind.BEHAVIOUR}),
        "undo_words": f"{say(step.verb)}: {step.about}".rstrip(": ")[:120] if step else "",
        "nexts": json.dumps(
            {side: {k.value: v.value for k, v in one.items()} for side, one in nexts.items()}
        ),
    }


def point_of(found: ReadMap) -> str:
    """Return the point of a map: how many benefits have a whole way."""
    benefits = [o for o in found.nodes if o.kind is NodeKind.BENEFIT and not o.has_lapsed]
    if not benefits:
        return _("Diagrammet har ingen gevinster endnu.")
    whole = 0
    for one in benefits:
        behind = {found.node[two].kind for two in found.facts.all_before(one.id)}
        ahead = {found.node[two].kind for two in found.facts.all_after(one.id)}
        needs = {NodeKind.DELIVERABLE, NodeKind.BEHAVIOUR}
        whole += needs <= behind and NodeKind.PURPOSE in ahead
    if whole == len(benefits):
        return ngettext(
            "Gevinsten har en hel vej fra leverance over ny praksis til formål.",
            "Alle %(count)s gevinster har en hel vej fra leverance over ny praksis til formål.",
            len(benefits),
        ) % {"count": len(benefits)}
    return ngettext(
        "Gevinsten mangler noget af vejen fra leverance til formål.",
        "%(whole)s af %(count)s gevinster har en hel vej fra leverance til formål.",
        len(benefits),
    ) % {"count": len(benefits), "whole": whole}


def _empty(may_change: bool) -> dict[str, Any]:
    language = active_language()
    templates = list(content.map_templates().values())
    return {
        "point": _("Der er ikke tegnet et gevinstdiagram endnu."),
        "example": example_of(templates[0], "example") if templates else None,
        "templates": [
            {
                "code": one.code,
                "title": one.title.in_language(language),
                "about": one.about.in_language(language),
            }
            for one in templates
            if may_change
        ],
    }
