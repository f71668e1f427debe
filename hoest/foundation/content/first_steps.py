"""The shape of `first_steps.yaml`: five small steps for every role, and where each may lead.

Why here: the file is content like the others, so it is read, checked and replaced the same way.
What a step *is* (state, facts, page) belongs to `foundation/first_steps`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .schema import ContentFault, Text, entries_of, mapping_of, string_of, strings_of

FILE = "first_steps.yaml"
STEPS_PER_ROLE = 5
VERB = re.compile(r"[a-z_]+\.[a-z_]+")

# The pages a step may lead to: name in the file -> (name of the address, its query).
PAGES: Mapping[str, tuple[str, str]] = {
    "account": ("reporting:account", ""),
    "benefits": ("benefits:benefits", ""),
    "figures": ("help:figures", ""),
    "help": ("help:help", ""),
    "imports": ("exchange:imports", ""),
    "in_hand": ("benefits:benefits", "?rung=in_hand"),
    "initiatives": ("portfolio:initiatives", ""),
    "invite": ("organisations:invite", ""),
    "ladder": ("help:ladder", ""),
    "log": ("organisations:acts", ""),
    "me": ("access:me", ""),
    "municipality": ("organisations:overview", ""),
    "people": ("organisations:people", ""),
    "roles": ("organisations:roles", ""),
    "week": ("week:mine", ""),
    "words": ("organisations:glossary", ""),
}

# The reader's own things a step may lead to; each is found by the subject it belongs to.
OWN = ("benefit", "benefit_to_answer", "benefit_to_measure", "case", "initiative", "unit")


@dataclass(frozen=True, slots=True)
class FirstStep:
    """One step as the file has it: why, the button, where to, and which acts tell it is done."""

    code: str
    why: Text
    act: Text
    page: str
    own: str
    done_by: tuple[str, ...]


def read_first_steps(file: str, raw: Any) -> dict[str, tuple[FirstStep, ...]]:
    """Check and build the steps of every role, in the order of the file.

    Errors: `ContentFault` for a role without five steps, an unknown page or own thing, or a text
    that is missing.
    """
    return {role: _steps(file, role, entry) for role, entry in entries_of(file, raw)}


def _steps(file: str, role: str, entry: dict[str, Any]) -> tuple[FirstStep, ...]:
    if len(entry) != STEPS_PER_ROLE:
        raise ContentFault(f"{file}: '{role}' har {len(entry)} skridt og skal have fem.")
    return tuple(_step(file, f"{role}.{code}", code, fields) for code, fields in entry.items())


def _step(file: str, where: str, code: str, raw: Any) -> FirstStep:
    fields = mapping_of(file, where, raw)
    known = {"why_da", "why_en", "act_da", "act_en", "page", "own", "done_by"}
    for name in fields:
        if name not in known:
            raise ContentFault(f"{file}: kender ikke feltet '{name}' i '{where}'.")
    page = string_of(file, where, fields, "page")
    own = string_of(file, where, fields, "own") if "own" in fields else ""
    if page not in PAGES:
        raise ContentFault(
            f"{file}: siden '{page}' i '{where}' findes ikke. Vælg {_any_of(PAGES)}."
        )
    if own and own not in OWN:
        raise ContentFault(f"{file}: 'own: {own}' i '{where}' findes ikke. Vælg {_any_of(OWN)}.")
    verbs = strings_of(file, where, fields, "done_by")
    if not all(VERB.fullmatch(verb) for verb in verbs):
        raise ContentFault(f"{file}: 'done_by' i '{where}' skal være handlinger fra loggen.")
    return FirstStep(
        code=code,
        why=_text(file, where, fields, "why"),
        act=_text(file, where, fields, "act"),
        page=page,
        own=own,
        done_by=verbs,
    )


def _text(file: str, where: str, fields: dict[str, Any], name: str) -> Text:
    return Text(
        string_of(file, where, fields, f"{name}_da"), string_of(file, where, fields, f"{name}_en")
    )


def _any_of(names: Any) -> str:
    listed = sorted(names)
    return ", ".join(listed[:-1]) + " eller " + listed[-1]
