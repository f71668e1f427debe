"""Finds or makes what a workbook names by name: units, committees and people."""

from __future__ import annotations

from hoest.domain.exchange.actions.recorder import Recorder
from hoest.domain.organisations.actions import add_body, add_person, add_unit
from hoest.domain.organisations.queries import bodies_of, people_of, units_of
from hoest.foundation.access.actor import Actor


class Places:
    """The units, committees and people of one municipality, by the names a file uses."""

    def __init__(self, actor: Actor, recorder: Recorder) -> None:
        # Reading a file is one act; what it names is made on the file's behalf.
        self.actor = Actor(
            organisation_id=actor.organisation_id,
            organisation_name=actor.organisation_name,
            person_id=actor.person_id,
            name=actor.name,
            account_id=actor.account_id,
            is_system=True,
            source="import",
        )
        self.recorder = recorder
        self._units = {unit.name.lower(): unit for unit in units_of(actor)}
        self._bodies = {body.name.lower(): body for body in bodies_of(actor)}
        people = list(people_of(actor))
        self._people = {person.email.lower(): person for person in people if person.email}
        self._people_by_name = {person.name.lower(): person for person in people}

    def unit_id(self, name: str | None, place: str) -> int | None:
        """Return the id of the unit with a name; an unknown one becomes a department."""
        if not name:
            return None
        unit = self._units.get(name.lower())
        if unit is None:
            unit = self._units[name.lower()] = add_unit(actor=self.actor, name=name)
            self.recorder.note_made(unit, "unit", place)
        return unit.pk

    def body_id(self, name: str | None, place: str) -> int | None:
        """Return the id of the committee with a name; an unknown one is made."""
        if not name:
            return None
        body = self._bodies.get(name.lower())
        if body is None:
            body = self._bodies[name.lower()] = add_body(actor=self.actor, name=name)
            self.recorder.note_made(body, "body", place)
        return body.pk

    def person_id(self, name_or_email: str | None, place: str) -> int | None:
        """Return the id of the person with an address or a name; an unknown one is made.

        She gets no role and cannot sign in until somebody invites her.
        """
        if not name_or_email:
            return None
        wanted = name_or_email.strip().lower()
        person = self._people.get(wanted) or self._people_by_name.get(wanted)
        if person is None:
            email = wanted if "@" in wanted else ""
            name = _name_from(wanted) if email else name_or_email.strip()
            person = add_person(actor=self.actor, name=name, email=email)
            if email:
                self._people[wanted] = person
            self._people_by_name[wanted] = person
            self.recorder.note_made(person, "person", place)
        return person.pk


def _name_from(email: str) -> str:
    """Return a readable name until somebody writes the right one: `anna.hansen@…` → Anna Hansen."""
    words = email.split("@")[0].replace("_", ".").replace("-", ".").split(".")
    return " ".join(word.capitalize() for word in words if word) or email
