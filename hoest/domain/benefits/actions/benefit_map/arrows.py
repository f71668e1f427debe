"""Drawing and taking away an arrow of the map."""

from __future__ import annotations

from django.db import transaction

from hoest.domain.benefits.actions.benefit_map.held import held_map
from hoest.domain.benefits.queries.benefit_map import arrows_of
from hoest.foundation.access.actor import Actor


@transaction.atomic
def connect(*, actor: Actor, initiative_id: int, source_id: int, target_id: int) -> bool:
    """Let one node lead to another; False when it did already. Raises ArrowRefused."""
    held = held_map(actor, initiative_id)
    source, target = held.node(source_id), held.node(target_id)
    if not held.draw(source, target):
        return False
    held.done(
        "benefits.connect_in_map",
        f"»{held.title(source)}« → »{held.title(target)}«",
        {"do": "disconnect", "arrow": [source_id, target_id]},
    )
    return True


@transaction.atomic
def disconnect(*, actor: Actor, initiative_id: int, source_id: int, target_id: int) -> bool:
    """Take an arrow away; False when somebody has done it already."""
    held = held_map(actor, initiative_id)
    source, target = held.node(source_id), held.node(target_id)
    gone, _each = arrows_of(held.row).filter(source=source, target=target).delete()
    if not gone:
        return False
    held.done(
        "benefits.disconnect_in_map",
        f"»{held.title(source)}« → »{held.title(target)}«",
        {"do": "connect", "arrow": [source_id, target_id]},
    )
    return True
