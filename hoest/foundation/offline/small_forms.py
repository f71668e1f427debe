"""Small forms: what a person can fill in without cover, as the subjects offer it.

Why: the device knows nothing of benefits. A subject registers a finder of the forms that wait for a
person; the page keeps their few words on her own device and can then draw them without the server.
Register in the subject's `AppConfig.ready`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from hoest.foundation.access.actor import Actor


@dataclass(frozen=True)
class SmallForm:
    """A number with its day, to be sent to an address; every text is written out.

    `unit` stands after the number; `known` are lines that help her, such as the last value.
    """

    address: str
    title: str
    unit: str
    known: tuple[str, ...] = ()


Finder = Callable[[Actor], Iterable[SmallForm]]

_finders: dict[str, Finder] = {}


def register(subject: str, finder: Finder) -> None:
    """Add a subject's finder; it looks only at what the actor may see, and returns few."""
    _finders[subject] = finder


def waiting_for(actor: Actor) -> list[SmallForm]:
    """Return the forms that wait for a person, subject by subject."""
    return [form for _name, find in sorted(_finders.items()) for form in find(actor)]


def person_key(actor: Actor | None) -> str:
    """Return what a device knows a person in a municipality by; empty for nobody."""
    if actor is None or actor.person_id is None:
        return ""
    return f"{actor.organisation_id}-{actor.person_id}"
