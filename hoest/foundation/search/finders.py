"""Finders: each subject finds its own things, and the page puts them side by side.

What is typed is compared as in the lists (`foundation.lists.search`): Danish letters either way,
beginnings and parts of words. What stands in a title comes before what only mentions it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from django.utils.safestring import SafeString

from hoest.foundation.access.actor import Actor
from hoest.foundation.lists.search import fold, title_first, words_of

MOST = 6

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Find:
    """One thing: where it is, what it is called, and what tells it apart.

    `mark` is a status with its word; `rung` a step of the ladder (0-5) with its label.
    """

    url: str
    title: str
    about: str = ""
    mark: SafeString | None = None
    rung: int | None = None
    rung_label: str = ""
    is_lapsed: bool = False


@dataclass(frozen=True)
class Finds:
    """What one finder found: at most MOST things, and where all of them are listed."""

    found: Sequence[Find] = ()
    more_url: str = ""


@dataclass(frozen=True)
class Group:
    """The finds of one subject under their heading."""

    label: str | Promise
    finds: Finds = field(default_factory=Finds)


Finder = Callable[[Actor, str], Finds]

_registry: dict[str, tuple[int, str | Promise, Finder]] = {}


def register(name: str, label: str | Promise, finder: Finder, *, order: int = 100) -> None:
    """Add a finder under a heading; the same name again replaces the former."""
    _registry[name] = (order, label, finder)


def find(actor: Actor, text: str) -> list[Group]:
    """Return what the actor may see of what was typed, group by group, without the empty ones."""
    if not words_of(text):
        return []
    groups = [
        Group(label, finder(actor, text))
        for _order, _name, label, finder in sorted(
            (order, name, label, finder) for name, (order, label, finder) in _registry.items()
        )
    ]
    return [group for group in groups if group.finds.found]


def best_of(
    rows: QuerySet[M], text: str, titles: Sequence[str], others: Sequence[str]
) -> tuple[list[M], bool]:
    """Return at most MOST rows, those whose title fits first, and whether there are more.

    One query. `others` are fields that only mention what was typed.
    """
    found = list(title_first(rows, text, titles, others)[: MOST + 1])
    return found[:MOST], len(found) > MOST


def fits(text: str, *said: str) -> bool:
    """Tell whether every typed word stands in what is said: for what is not in the database."""
    there = fold(" ".join(said))
    return all(word in there for word in words_of(text))
