"""Asks: what a subject needs of a person this week, shown in Min uge.

Min uge belongs to reporting, which stands above the subjects. So a subject registers, once in its
`AppConfig.ready`, who tells what it needs of somebody; Min uge puts it beside everything else, and
a person may put it aside until a day.

    asks.register("idea_answer", ideas_to_answer)

A teller reads in a constant number of queries and returns only what is this person's own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from hoest.foundation.access.actor import Actor

KIND_LENGTH = 24


@dataclass(frozen=True)
class Ask:
    """One thing that is needed of a person, in words in her language.

    `kind` is the name it was registered with; with `subject_id` it stays the same from day to
    day. `because` says what makes it hers; `why` are the facts behind, in the order of weight.
    `act_url` is the page where it is met, without a way back; `in_sheet` when that page is a
    short form. `news_until` is for what need only be read: the day it goes by itself, and the
    reader can put it away before.
    """

    kind: str
    subject_id: int
    title: str
    reason: str
    act_url: str
    act_label: str
    subject_url: str
    subject_title: str = ""
    because: str = ""
    why: tuple[str, ...] = ()
    due_on: dt.date | None = None
    in_sheet: bool = False
    is_quick: bool = False
    news_until: dt.date | None = None


Teller = Callable[[Actor, dt.date], Iterable[Ask]]

_registry: dict[str, Teller] = {}


def register(kind: str, teller: Teller) -> None:
    """Let a teller be asked; the same kind replaces the former. ValueError: the kind is long."""
    if not 0 < len(kind) <= KIND_LENGTH:
        raise ValueError(f"The kind of an ask has 1 to {KIND_LENGTH} letters: {kind!r}")
    _registry[kind] = teller


def kinds() -> tuple[str, ...]:
    """Return the registered kinds in the order of their registration."""
    return tuple(_registry)


def asked_of(actor: Actor, today: dt.date) -> list[Ask]:
    """Return everything the subjects need of a person, in the order of registration."""
    return [ask for teller in _registry.values() for ask in teller(actor, today)]
