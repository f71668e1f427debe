"""The log-ins of the demo: one for each role, with one password that is drawn for this house."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from hoest.config.demo.reading import towns
from hoest.config.demo.town import email_of
from hoest.config.demo.words import DemoFault
from hoest.domain.organisations.actions import connect_demo_again, let_demo_sign_in
from hoest.domain.organisations.queries import find_organisation
from hoest.foundation import content


class LogIn(NamedTuple):
    """Whom a role signs in as."""

    role: str
    label: str
    name: str
    email: str


class LogIns(NamedTuple):
    """The log-ins of one demo municipality and the password they share."""

    municipality: str
    password: str
    people: list[LogIn]


def new_log_ins() -> list[LogIns]:
    """Draw a new password for the roles of each demo municipality that has log-ins."""
    found = []
    for told in _with_log_ins():
        organisation = find_organisation(told["code"])
        if organisation is None or not organisation.is_demo:
            raise DemoFault("Demoen er ikke her. Indlæs den med 'hoest demo load'.")
        people = log_ins_of(told)
        password = let_demo_sign_in(organisation=organisation, emails=[one.email for one in people])
        found.append(LogIns(told["name"], password, people))
    return found


def connect_again(told: dict[str, Any]) -> int:
    """Let the accounts of a demo that was built anew reach it with the password they have."""
    organisation = find_organisation(told["code"])
    if organisation is None:
        return 0
    emails = [one.email for one in log_ins_of(told)]
    return connect_demo_again(organisation=organisation, emails=emails)


def log_ins_of(told: dict[str, Any]) -> list[LogIn]:
    """Return the log-ins of a municipality as it is told."""
    return [
        LogIn(role, content.label("role", role), told["people"][word]["name"], email_of(told, word))
        for role, word in told.get("log_ins", {}).items()
    ]


def lines(log_ins: LogIns) -> Iterator[str]:
    """Say the log-ins in words, for a terminal."""
    yield f"Log ind i demoen {log_ins.municipality} (alle tal er opdigtede):"
    for one in log_ins.people:
        yield f"  {one.label:<28} {one.email}"
    yield f"  Adgangskode for dem alle:    {log_ins.password}"
    yield "  En ny adgangskode får du med 'hoest demo logins'."


def _with_log_ins() -> list[dict[str, Any]]:
    return [told for told in towns() if told.get("log_ins")]
