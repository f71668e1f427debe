"""The map as a picture: on the page, as an example, and in a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from hoest.domain.benefits.queries.benefit_map import ReadMap, ReadNode
from hoest.domain.benefits.rules.benefit_map import (
    OWNED_KINDS,
    Finding,
    MapFacts,
    NodeFacts,
    NodeKind,
    columns_of,
)
from hoest.foundation import content
from hoest.foundation.content.benefit_maps import BENEFITS, PURPOSE, MapTemplate
from hoest.foundation.content.language import active_language
from hoest.ui.pictures.flow_map import FlowMap, FlowNode, flow_map

# The kinds whose names stand over the columns, by their place in the flow.
HEADINGS = (
    NodeKind.DELIVERABLE,
    NodeKind.CAPABILITY,
    NodeKind.BEHAVIOUR,
    NodeKind.EFFECT,
    NodeKind.BENEFIT,
    NodeKind.PURPOSE,
)


def picture_of(
    found: ReadMap,
    findings: Sequence[Finding],
    *,
    is_live: bool,
    has_handles: bool = False,
    top_lines: Sequence[str] = (),
) -> FlowMap:
    """Draw a map; `is_live` with links and handles, else as it stands in a file."""
    lacking = Counter(node_id for one in findings for node_id in one.node_ids[:1])
    numbers, headings = _columns(found.facts)
    nodes = [
        FlowNode(
            id=one.id,
            kind=one.kind.value,
            kind_label=kind_label(one),
            title=one.title,
            owner=owner_words(one),
            mark=_("! mangler") if lacking[one.id] else "",
            column=numbers[one.id],
            label=spoken(found, one, lacking[one.id]) if is_live else "",
            href=reverse("benefits:map_node", args=[found.initiative.pk, one.id])
            if is_live
            else "",
            is_gone=one.has_lapsed,
        )
        for one in found.nodes
    ]
    return flow_map(
        nodes,
        found.arrows,
        headings=headings,
        label=_("Gevinstdiagram for »%(title)s«") % {"title": found.initiative.title},
        is_live=is_live,
        has_handles=has_handles,
        dashed=_dashed(found.facts),
        top_lines=top_lines,
    )


def example_of(template: MapTemplate, prefix: str) -> FlowMap:
    """Draw a template with its examples where the benefits would stand."""
    language = active_language()
    named = {
        **{one.name: (one.kind, one.title.in_language(language)) for one in template.nodes},
        **{
            f"{BENEFITS}:{one.name}": (one.kind, one.title.in_language(language))
            for one in template.examples
        },
        PURPOSE: (PURPOSE, template.purpose.in_language(language)),
    }
    ids = {name: place for place, name in enumerate(named, start=1)}
    benefits = [name for name in named if name.startswith(f"{BENEFITS}:")]
    arrows = [
        (ids[source], ids[one])
        for source, target in template.arrows
        for one in (benefits if target == BENEFITS else [target])
    ] + [(ids[one], ids[PURPOSE]) for one in benefits]
    facts = MapFacts(
        tuple(NodeFacts(ids[name], NodeKind(kind)) for name, (kind, _title) in named.items()),
        tuple(arrows),
    )
    numbers, headings = _columns(facts)
    nodes = [
        FlowNode(
            id=ids[name],
            kind=kind,
            kind_label=content.label("map_node", kind),
            title=title,
            column=numbers[ids[name]],
        )
        for name, (kind, title) in named.items()
    ]
    return flow_map(
        nodes,
        arrows,
        headings=headings,
        label=_("Eksempel på et gevinstdiagram: %(title)s")
        % {"title": template.title.in_language(language)},
        prefix=prefix,
        dashed=_dashed(facts),
    )


def kind_label(node: ReadNode) -> str:
    """Return what a node is, in a word or two."""
    label = content.label("map_node", node.kind)
    return _("%(kind)s, bortfaldet") % {"kind": label} if node.has_lapsed else label


def owner_words(node: ReadNode) -> str:
    """Return who answers for a node; that nobody does is said where somebody must."""
    if node.owner_name:
        return _("Ejer: %(name)s") % {"name": node.owner_name}
    if node.kind in OWNED_KINDS and not node.has_lapsed:
        return _("Ingen ejer endnu")
    return ""


def spoken(found: ReadMap, node: ReadNode, lacks: int) -> str:
    """Return a node in one line for whoever hears it, beginning with the words that are drawn."""
    mark = f" {_('! mangler')}" if lacks else ""
    parts = [f"{kind_label(node)}{mark}: {node.title}"]
    owner = owner_words(node)
    if owner:
        parts.append(owner)
    before, after = found.facts.before[node.id], found.facts.after[node.id]
    if before:
        parts.append(_("kommer af %(count)s") % {"count": len(before)})
    if after:
        names = ", ".join(found.node[one].title for one in after)
        parts.append(_("fører til %(names)s") % {"names": names})
    return ". ".join(parts)


def _columns(facts: MapFacts) -> tuple[dict[int, int], list[str]]:
    """Return each node's column (0, 1, …) and what stands over the columns."""
    places = columns_of(facts)
    used = sorted(set(places.values()))
    numbers = {place: number for number, place in enumerate(used)}
    headings = [
        content.label("map_node", HEADINGS[band]) if not depth else "" for band, depth in used
    ]
    return {one: numbers[place] for one, place in places.items()}, headings


def _dashed(facts: MapFacts) -> frozenset[int]:
    return frozenset(one.id for one in facts.nodes if one.kind is NodeKind.ASSUMPTION)
