"""Where a step leads: a page of Høst, or the reader's own thing when a subject finds one."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from django.urls import reverse

from hoest.foundation.access.actor import Actor
from hoest.foundation.content.first_steps import OWN, PAGES


class Place(NamedTuple):
    """An address, and the title of what is there (empty for a page everybody knows)."""

    url: str
    title: str = ""


Find = Callable[[Actor], Place | None]
_registry: dict[str, Find] = {}


def register(name: str, find: Find) -> None:
    """Say how to find a reader's own thing, by one of the names in content. Raises ValueError."""
    if name not in OWN:
        raise ValueError(f"No step leads to {name}. Known: {sorted(OWN)}")
    _registry[name] = find


def registered() -> frozenset[str]:
    """Return the names that a subject has registered."""
    return frozenset(_registry)


def place_of(actor: Actor, page: str, own: str) -> Place:
    """Return the reader's own thing when there is one, else the page. At most one query."""
    found = _registry[own](actor) if own in _registry else None
    return found or page_called(page)


def page_called(page: str) -> Place:
    """Return one of the pages a step may lead to."""
    name, query = PAGES[page]
    return Place(reverse(name) + query)
