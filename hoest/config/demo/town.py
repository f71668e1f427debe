"""A demo municipality while it is being built: its units, committees and people by their words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from hoest.config.demo.days import Calendar
from hoest.config.demo.timeline import Timeline
from hoest.domain.organisations.actions import add_body, add_person, add_unit, give_role
from hoest.domain.organisations.queries import person_actor, system_actor
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.roles import ROLES
from hoest.foundation.faults import Fault

SOURCE = "demo"
KINDS = ("department", "section", "team")


class NotInTheStory(Fault):
    """A story names a unit, committee or person that its municipality does not have."""


@dataclass
class Town:
    """One municipality: what stands there so far, and who acts."""

    organisation_id: int
    code: str
    told: Mapping[str, Any]
    calendar: Calendar
    timeline: Timeline
    stories: list[Any] = field(default_factory=list)
    units: dict[str, Any] = field(default_factory=dict)
    bodies: dict[str, Any] = field(default_factory=dict)
    people: dict[str, Any] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)
    core_tasks: dict[str, Any] = field(default_factory=dict)
    """What each initiative is for, by the initiative's word."""
    actors: dict[str, Actor] = field(default_factory=dict)

    @property
    def system(self) -> Actor:
        """The installation itself, which opens the municipality."""
        if "" not in self.actors:
            self.actors[""] = system_actor(self.organisation_id, "Demoen", SOURCE)
        return self.actors[""]

    def day(self, spec: str, salt: str) -> dt.date:
        """Return the day a spec means in a story of this municipality."""
        return self.calendar.day(spec, f"{self.code}:{salt}")

    def actor(self, word: str) -> Actor:
        """Return a person as she acts, by her word."""
        if word not in self.actors:
            person = self.person(word)
            self.actors[word] = person_actor(self.organisation_id, person.pk, SOURCE)
        return self.actors[word]

    def with_role(self, role: str) -> Actor:
        """Return the first person who has a role for the whole municipality."""
        return self.actor(self.roles[role])

    def has_role(self, word: str | None, role: str) -> bool:
        """Tell whether a person has a role somewhere."""
        return word is not None and role in self.actor(word).roles

    def person(self, word: str | None) -> Any:
        """Return a person by her word; None for none."""
        return None if word is None else _found(self.people, word, "en person")

    def unit(self, name: str | None) -> Any:
        """Return a unit by its name; None for none."""
        return None if name is None else _found(self.units, name, "en enhed")

    def body(self, name: str | None) -> Any:
        """Return a committee by its name; None for none."""
        return None if name is None else _found(self.bodies, name, "et udvalg")

    def found(self) -> None:
        """Make units, committees and people, with the roles they have."""
        _add_units(self, self.told["units"], None, 0)
        for name in self.told["bodies"]:
            self.bodies[name] = add_body(actor=self.system, name=name)
        for word, person in self.told["people"].items():
            self._add_person(word, person)

    def _add_person(self, word: str, told: Mapping[str, Any]) -> None:
        unit = self.unit(told.get("unit"))
        person = add_person(
            actor=self.system,
            name=told["name"],
            email=email_of(self.told, word),
            unit=unit,
        )
        self.people[word] = person
        for role in told.get("roles", ()):
            scoped = ROLES[role].unit_scoped
            give_role(actor=self.system, person=person, role=role, unit=unit if scoped else None)
            if not scoped:
                self.roles.setdefault(role, word)


def email_of(town: Mapping[str, Any], word: str) -> str:
    """Return the address of a person of a demo municipality; `.example` is nobody's."""
    return f"{word.replace('_', '.')}@{town['domain']}"


def _add_units(town: Town, names: Mapping[str, Any] | None, parent: Any, depth: int) -> None:
    for name, below in (names or {}).items():
        town.units[name] = add_unit(actor=town.system, name=name, kind=KINDS[depth], parent=parent)
        _add_units(town, below, town.units[name], depth + 1)


def _found(rows: Mapping[str, Any], word: str, what: str) -> Any:
    if word not in rows:
        raise NotInTheStory(f"Demoen nævner '{word}', som ikke er {what} i kommunen.")
    return rows[word]
