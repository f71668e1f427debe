"""Pages of the map: the map itself, a new node, and one node with all that can be done to it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from hoest.domain.benefits.actions import benefit_map as actions
from hoest.domain.benefits.permissions import CHANGE_BENEFITS
from hoest.domain.benefits.queries import benefit_map as queries
from hoest.domain.benefits.queries.benefit_map import ReadMap, ReadNode
from hoest.domain.benefits.rules.benefit_map import NodeKind, findings_of, refusal_of
from hoest.domain.benefits.rules.faults import NotOnTheMap
from hoest.domain.benefits.web.benefit_map.answering import (
    acted,
    from_picture,
    map_page,
    map_url,
)
from hoest.domain.benefits.web.benefit_map.forms import BEFORE, NEXT, NewNodeForm, NodeForm
from hoest.domain.benefits.web.benefit_map.picture import kind_label, owner_words
from hoest.domain.benefits.web.benefit_map.words import said_findings
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import allowed, require
from hoest.foundation.faults import NotFound
from hoest.foundation.forms.posting import carried_out, posted, posted_version
from hoest.ui.messages import tell


@require_GET
def benefit_map(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """Show the map of an initiative; `?led=` chooses a node."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return map_page(request, actor, initiative_id, chosen=_number(request.GET.get("led")))


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, initiative_id: int) -> HttpResponse:
    """Put a node on the map; `?ved=` and `?side=` say beside which one it stands."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.read_map(actor, initiative_id)
    require(actor, CHANGE_BENEFITS, found.initiative.unit_id)
    asked = request.POST if request.method == "POST" else request.GET
    beside = _beside(asked)
    near = found.node.get(beside.node_id) if beside else None
    form = NewNodeForm(
        posted(request),
        benefits=queries.benefits_off_the_map(actor, initiative_id),
        initial={"kind": _likely_kind(near, beside)},
    )

    def write(cleaned: dict[str, Any]) -> str:
        benefit = cleaned.get("benefit")
        is_benefit = cleaned["kind"] in (NodeKind.BENEFIT, NodeKind.DISBENEFIT)
        made = actions.add_node(
            actor=actor,
            initiative_id=initiative_id,
            kind=cleaned["kind"],
            title=cleaned["title"],
            benefit_id=benefit.pk if benefit and is_benefit else None,
            benefit_type=cleaned["benefit_type"],
            beside=beside,
        )
        form.made = made  # type: ignore[attr-defined]
        return _("»%(title)s« er sat på diagrammet.") % {"title": made}

    if from_picture(request):
        return acted(request, initiative_id, lambda _actor: _added(form, write))
    said = carried_out(form, write)
    if said is not None:
        tell(request, said)
        return redirect(map_url(initiative_id, form.made.pk))  # type: ignore[attr-defined]
    context = {
        "initiative": found.initiative,
        "form": form,
        "near": near,
        "beside": beside,
        "leave_url": map_url(initiative_id, near.id if near else 0),
    }
    return render(request, "benefits/map/add.html", context, status=422 if form.is_bound else 200)


def _added(form: NewNodeForm, write: Any) -> tuple[str, int]:
    """Write from the picture's own small form; a fault of a field is raised to be said."""
    if not form.is_valid():
        raise NotOnTheMap(" ".join(str(one[0]) for one in form.errors.values()))
    said = write(form.cleaned_data)
    return said, form.made.pk  # type: ignore[attr-defined]


@require_http_methods(["GET", "POST"])
def node(request: HttpRequest, initiative_id: int, node_id: int) -> HttpResponse:
    """Show one node and change it; its arrows have acts of their own."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.read_map(actor, initiative_id)
    one = found.node.get(node_id)
    if one is None:
        raise NotFound(_("Leddet er ikke på diagrammet længere. Måske har en anden fjernet det."))
    may_change = allowed(actor, CHANGE_BENEFITS, found.initiative.unit_id)
    if request.method == "POST":
        require(actor, CHANGE_BENEFITS, found.initiative.unit_id)
    form = None
    if one.benefit_id is None:
        initial = {"title": one.title, "kind": one.kind, "owner": one.owner_id}
        form = NodeForm(posted(request), actor=actor, node=one, initial=initial)

        def write(cleaned: dict[str, Any]) -> str:
            actions.change_node(
                actor=actor,
                initiative_id=initiative_id,
                node_id=node_id,
                version=posted_version(request),
                fields=cleaned,  # type: ignore[arg-type]
            )
            return _("Leddet er rettet.")

        said = carried_out(form, write)
        if said is not None:
            tell(request, said)
            return redirect(map_url(initiative_id, node_id))
    context = _of_node(found, one, may_change) | {
        "form": form,
        "version": posted_version(request) or one.version,
    }
    is_refused = request.method == "POST"
    return render(request, "benefits/map/node.html", context, status=422 if is_refused else 200)


def _of_node(found: ReadMap, one: ReadNode, may_change: bool) -> dict[str, Any]:
    """Return what the page of a node shows: its ways in and out, and what it could be joined to."""
    facts = found.facts
    before = [found.node[two] for two in facts.before[one.id]]
    after = [found.node[two] for two in facts.after[one.id]]
    others = [two for two in found.nodes if two.id != one.id]
    findings = [two for two in findings_of(facts) if one.id in two.node_ids]
    to = [t for t in others if t not in after and not refusal_of(facts, one.id, t.id)]
    back = [s for s in others if s not in before and not refusal_of(facts, s.id, one.id)]
    return {
        "initiative": found.initiative,
        "node": one,
        "kind_label": kind_label(one),
        "owner": owner_words(one),
        "may_change": may_change,
        "before": [(two, kind_label(two)) for two in before],
        "after": [(two, kind_label(two)) for two in after],
        "may_lead_to": [(two, kind_label(two)) for two in to] if may_change else [],
        "may_come_of": [(two, kind_label(two)) for two in back] if may_change else [],
        "seen": ",".join(str(two.id) for two in (*before, *after)),
        "findings": said_findings(found, findings),
        "leave_url": map_url(found.initiative.pk, one.id),
        "map_url": map_url(found.initiative.pk),
    }


def _beside(asked: Any) -> actions.Beside | None:
    near = _number(asked.get("ved"))
    if not near:
        return None
    return actions.Beside(near, "before" if asked.get("side") == "before" else "after")


def _likely_kind(near: ReadNode | None, beside: actions.Beside | None) -> str:
    if near is None or beside is None:
        return NodeKind.DELIVERABLE
    return (BEFORE if beside.side == "before" else NEXT)[near.kind]


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 19 else 0
