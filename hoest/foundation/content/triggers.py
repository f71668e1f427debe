"""Facts of an initiative and the small language in which a requirement says what triggers it.

A fact is yes, no or unknown, and unknown is never taken for no: a trigger that hangs on a fact
nobody has answered is itself unknown, and the gate asks for the answer (three-valued logic of
Kleene). No Django.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class FactAnswer(StrEnum):
    """What somebody answers to a question about an initiative."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Trigger:
    """When a requirement is asked: `always`, `all` of its parts, or `any` of them.

    A part is the code of a fact or another trigger.
    """

    how: str
    parts: tuple[Any, ...] = ()

    def codes(self) -> tuple[str, ...]:
        """Return the facts it reads, in the order they stand, each once."""
        found: dict[str, None] = {}
        for part in self.parts:
            found.update(dict.fromkeys((part,) if isinstance(part, str) else part.codes()))
        return tuple(found)

    def holds(self, facts: Mapping[str, FactAnswer]) -> FactAnswer:
        """Return yes, no, or unknown while a fact that would decide it is not answered."""
        if self.how == "always":
            return FactAnswer.YES
        answers = [_answer(part, facts) for part in self.parts]
        decisive = FactAnswer.NO if self.how == "all" else FactAnswer.YES
        if decisive in answers:
            return decisive
        if FactAnswer.UNKNOWN in answers:
            return FactAnswer.UNKNOWN
        return FactAnswer.YES if self.how == "all" else FactAnswer.NO

    def because(self, facts: Mapping[str, FactAnswer]) -> tuple[str, ...]:
        """Return the facts answered yes that it stands on; nothing when it is always asked."""
        return tuple(code for code in self.codes() if facts.get(code) is FactAnswer.YES)

    def waits_for(self, facts: Mapping[str, FactAnswer]) -> tuple[str, ...]:
        """Return the facts that must be answered before it is known; nothing when it is known."""
        if self.holds(facts) is not FactAnswer.UNKNOWN:
            return ()
        unknown = FactAnswer.UNKNOWN
        return tuple(code for code in self.codes() if facts.get(code, unknown) is unknown)


ALWAYS = Trigger("always")


def _answer(part: str | Trigger, facts: Mapping[str, FactAnswer]) -> FactAnswer:
    if isinstance(part, str):
        return facts.get(part, FactAnswer.UNKNOWN)
    return part.holds(facts)


class TriggerFault(ValueError):
    """A trigger is not written as one; the message says what to write instead."""


def read_trigger(raw: Any, known: Sequence[str] | Mapping[str, Any]) -> Trigger:
    """Build a trigger from `always`, `{all: [...]}` or `{any: [...]}` over known fact codes.

    Errors: `TriggerFault` in Danish, naming the word that is wrong.
    """
    if raw == "always":
        return ALWAYS
    if not isinstance(raw, dict) or len(raw) != 1 or next(iter(raw)) not in ("all", "any"):
        raise TriggerFault(
            "'when' skal være 'always' eller ét af ordene 'all' og 'any' med en liste under"
        )
    how, parts = next(iter(raw.items()))
    if not isinstance(parts, list) or not parts:
        raise TriggerFault(f"'{how}' skal have en liste med mindst ét forhold")
    built: list[str | Trigger] = []
    for part in parts:
        if isinstance(part, str) and part != "always":
            if part not in known:
                raise TriggerFault(f"forholdet '{part}' findes ikke i facts.yaml")
            built.append(part)
        else:
            built.append(read_trigger(part, known))
    return Trigger(how, tuple(built))
