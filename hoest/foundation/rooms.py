"""Rooms: the pages that lie under a word of the navigation, told by the subjects they belong to.

The navigation has few words, so what is below one of them is shown on a page of its own, each
room with a sentence. A subject registers its rooms in `AppConfig.ready`:

    rooms.register("portfolio", "ideas:ideas", _("Idéer"), _("Hvad medarbejderne foreslår."),
                   group="start", order=10, permission=VIEW_IDEAS)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import Permission, allowed_somewhere

# The words that have rooms, and the groups their rooms stand in, in order.
GROUPS: dict[str, tuple[str, ...]] = {
    "portfolio": ("start", "decide", "deliver", "ground", "trust"),
}


@dataclass(frozen=True)
class Room:
    """A page: its address, what it is called and what it is for, in lazy texts."""

    place: str
    group: str
    order: int
    url_name: str
    label: Any
    about: Any
    permission: Permission | None = None


_registry: dict[tuple[str, str], Room] = {}


def register(
    place: str,
    url_name: str,
    label: Any,
    about: Any,
    *,
    group: str,
    order: int = 100,
    permission: Permission | None = None,
) -> None:
    """Add a room; the same address at the same place replaces the former. ValueError: unknown."""
    if group not in GROUPS.get(place, ()):
        raise ValueError(f"No such group of rooms: {place}/{group}. Known: {GROUPS}")
    _registry[place, url_name] = Room(place, group, order, url_name, label, about, permission)


def rooms_of(place: str, actor: Actor) -> list[tuple[str, list[Room]]]:
    """Return the rooms an actor may enter, group by group, without the empty groups."""
    mine = [
        room
        for room in _registry.values()
        if room.place == place
        and (room.permission is None or allowed_somewhere(actor, room.permission))
    ]
    mine.sort(key=lambda room: (room.order, room.url_name))
    found = [(group, [r for r in mine if r.group == group]) for group in GROUPS[place]]
    return [(group, those) for group, those in found if those]
