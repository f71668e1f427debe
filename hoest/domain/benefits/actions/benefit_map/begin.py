"""Beginning a map: the purpose, the benefits there are, and if one likes a template around them."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from hoest.domain.benefits.actions.benefit_map.held import Held, held_map
from hoest.domain.benefits.models import BenefitMap, MapArrow, MapNode
from hoest.domain.benefits.queries.benefit_map import benefits_off_the_map
from hoest.domain.benefits.rules.benefit_map import NodeKind
from hoest.domain.benefits.rules.faults import NodeNotWhole
from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.content.benefit_maps import BENEFITS, PURPOSE, MapTemplate
from hoest.foundation.content.language import active_language

# A dis-benefit that is written down stands on the map; what gives it is for people to say.
LOSS = "disbenefit"


@transaction.atomic
def begin_map(*, actor: Actor, initiative_id: int, template: str = "") -> BenefitMap:
    """Put the purpose and the benefits on the map, and the template's nodes when one is named.

    A map that has nodes stays as it is. Raises NodeNotWhole for a template that is not there.
    """
    held = held_map(actor, initiative_id, is_new=True)
    if held.nodes:
        return held.row
    chosen = content.map_templates().get(template) if template else None
    if template and chosen is None:
        raise NodeNotWhole(_("Skabelonen findes ikke længere. Vælg en anden."))
    named = _nodes(held, chosen)
    ends = [(one, PURPOSE) for one in named if one.startswith(f"{BENEFITS}:")]
    arrows = [*(chosen.arrows if chosen else ()), *ends]
    MapArrow.objects.bulk_create(
        MapArrow(**held.place, source=named[source], target=named[target])
        for source, target in _spread(arrows, named)
    )
    held.done(
        "benefits.begin_map",
        chosen.title.in_language(active_language()) if chosen else "",
        {
            "do": "clear",
            "nodes": {str(one.pk): one.version for one in named.values()},
            "arrows": held.arrows(),
        },
    )
    return held.row


def _nodes(held: Held, chosen: MapTemplate | None) -> dict[str, MapNode]:
    """Make the nodes; by their names in the template, `benefits:…` and `purpose`."""
    language = active_language()
    wanted = {
        one.name: MapNode(
            **held.place, kind=NodeKind(one.kind), title=one.title.in_language(language)
        )
        for one in (chosen.nodes if chosen else ())
    }
    for benefit in benefits_off_the_map(held.actor, held.initiative.pk):
        is_loss = benefit.is_disbenefit
        wanted[f"{LOSS if is_loss else BENEFITS}:{benefit.pk}"] = MapNode(
            **held.place,
            kind=NodeKind.DISBENEFIT if is_loss else NodeKind.BENEFIT,
            benefit=benefit,
        )
    wanted[PURPOSE] = MapNode(**held.place, kind=NodeKind.PURPOSE)
    for place, node in enumerate(wanted.values(), start=1):
        node.place = place
    MapNode.objects.bulk_create(wanted.values())
    return wanted


def _spread(arrows: list[tuple[str, str]], named: dict[str, MapNode]) -> list[tuple[str, str]]:
    """Let an arrow to `benefits` go to each benefit there is."""
    benefits = [one for one in named if one.startswith(f"{BENEFITS}:")]
    return [
        (source, one)
        for source, target in arrows
        for one in (benefits if target == BENEFITS else [target])
    ]
