"""Parts of a document that higher subjects add to one of a lower subject.

A business case on paper names the benefits with their owners, but business cases may not import
benefits. So benefits register a part for the place "case", and the document takes in whatever
parts there are. Register in the subject's `AppConfig.ready`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from hoest.foundation.access.actor import Actor
from hoest.foundation.documents.tree import Block

# The documents that take parts, with what they are about.
PLACES = {"case": "a portfolio.Initiative whose business case is printed"}


@dataclass(frozen=True)
class Part:
    """What a subject adds: blocks for the front page (few), and for the annex."""

    front: tuple[Block, ...] = ()
    annex: tuple[Block, ...] = ()


Build = Callable[[Actor, Any], Part]


class _Registered(NamedTuple):
    order: int
    name: str
    build: Build


_registry: dict[tuple[str, str], _Registered] = {}


def register(place: str, name: str, build: Build, *, order: int = 100) -> None:
    """Add a part; the same name at the same place replaces the former.

    `build` looks only at what the actor may see, and returns an empty part for nothing. Raises
    ValueError for an unknown place.
    """
    if place not in PLACES:
        raise ValueError(f"No such place for a part: {place}. Known: {sorted(PLACES)}")
    _registry[place, name] = _Registered(order, name, build)


def built(place: str, actor: Actor, thing: Any) -> list[Part]:
    """Return the parts of a place for one thing, in order."""
    parts = sorted(one for (where, _name), one in _registry.items() if where == place)
    return [one.build(actor, thing) for one in parts]
