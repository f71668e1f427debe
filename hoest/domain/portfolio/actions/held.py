"""Holding an initiative for a change that the forms of gates make."""

from __future__ import annotations

from typing import Any

from hoest.domain.portfolio import queries
from hoest.domain.portfolio.models import Initiative
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import Permission, require


def held_initiative(actor: Actor, initiative_id: int, wanted: Permission | None) -> Initiative:
    """Return a visible initiative, locked and fresh. Raises NotFound, then NotAllowed."""
    found = queries.initiative_of(actor, initiative_id)
    if wanted is not None:
        require(actor, wanted, found.unit_id)
    Initiative.objects.select_for_update().only("id").get(pk=found.pk)
    found.refresh_from_db()
    return found


def changed(row: Any, **changes: Any) -> None:
    """Write some fields of a versioned row and count its version up."""
    for name, value in changes.items():
        setattr(row, name, value)
    row.version += 1
    row.save(update_fields=[*changes, "version", "changed_at"])


def squeezed(text: str, longest: int) -> str:
    """Return a text without outer and double spaces, no longer than its column."""
    return " ".join(text.split())[:longest]
