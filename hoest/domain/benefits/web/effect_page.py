"""Where a benefit's effect is estimated: a page of a higher subject, told here by itself.

The ladder's rung Påvist lacks an estimate, and the subject that makes one stands above benefits.
It registers where its page is; until it has, the rung has no button.
"""

from __future__ import annotations

from collections.abc import Callable

from hoest.domain.benefits.models import Benefit
from hoest.foundation.access.actor import Actor

# The address of the page for one benefit, or an empty text when the actor may not use it.
Find = Callable[[Actor, Benefit], str]

_found: dict[str, Find] = {}
PAGE = "effect"


def register(find: Find) -> None:
    """Say where an effect is estimated; a later one replaces the former."""
    _found[PAGE] = find


def address_of(actor: Actor, benefit: Benefit) -> str:
    """Return where this benefit's effect is estimated, empty when nowhere or not by the actor."""
    find = _found.get(PAGE)
    return find(actor, benefit) if find is not None else ""
