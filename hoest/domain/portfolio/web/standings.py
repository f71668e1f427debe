"""How each active initiative stands, as it is kept above, or by the rules themselves."""

from __future__ import annotations

from collections.abc import Mapping

from hoest.domain.portfolio import queries
from hoest.foundation.access.actor import Actor
from hoest.foundation.lists.beside import Standing, beside


def standings_of(actor: Actor) -> Mapping[int, Standing]:
    """Return how each active initiative the actor may see stands, by initiative."""
    said = beside("initiatives")
    known = said.standings(actor) if said else None
    if known is not None:
        return known
    rows = queries.visible_to(actor)
    return {pk: Standing(str(status), False) for pk, status in queries.statuses(rows)}
