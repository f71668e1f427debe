"""Milestones: what the subjects themselves know of a municipality's way from zero.

The plan for getting started belongs to portfolio, which stands below most subjects. So a subject
registers, once in its `AppConfig.ready`, how it tells that something has come true:

    milestones.register("first_case_approved", first_case_approved)

A teller answers with the day and one sentence, or with what is still missing. One query each.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from hoest.foundation.access.actor import Actor


@dataclass(frozen=True)
class Told:
    """What a subject knows: the day it came true (None: not yet), in words, and where to look."""

    on: dt.date | None
    words: str = ""
    url: str = ""


Teller = Callable[[Actor], Told]

_registry: dict[str, Teller] = {}


def register(fact: str, teller: Teller) -> None:
    """Let a fact be told; the same name replaces the former."""
    _registry[fact] = teller


def facts() -> tuple[str, ...]:
    """Return the facts that somebody tells, in the order of their registration."""
    return tuple(_registry)


def told(actor: Actor, wanted: Iterable[str]) -> dict[str, Told]:
    """Return what is known of the wanted facts; one that nobody tells is left out."""
    return {name: _registry[name](actor) for name in dict.fromkeys(wanted) if name in _registry}
