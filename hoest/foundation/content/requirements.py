"""The shape of `requirements.yaml`: what a gate asks for, and which facts trigger it.

Why here: the file is content like the others, so it is read, checked and replaced the same way.
What is asked of one initiative is computed by the rules of portfolio.
Source: requirements S-01, S-02, S-05, B-08, D-03, L-12; the law stands in each entry.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from .initiative_facts import CODE
from .schema import ContentFault, Text, entries_of, mapping_of, string_of, strings_of
from .triggers import Trigger, TriggerFault, read_trigger

FILE = "requirements.yaml"
STAGES = ("analysis", "execution", "realisation")
WEIGHTS = ("blocking", "recommended")
FORMS = ("document", "choice", "questions", "principle", "told")
DEFAULT_APPROVERS = ("executive", "portfolio_manager")
KNOWN = {
    *("da", "en", "asks_da", "asks_en", "why_da", "why_en", "who_da", "who_en"),
    *("group", "when", "from", "weight", "responsible", "form", "choices", "number"),
    *("questions_da", "questions_en", "law", "statutory", "unconfirmed", "approvers"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers of a requirement of the form choice."""

    label: Text
    about: Text


@dataclass(frozen=True, slots=True)
class Requirement:
    """A requirement as the file has it; `stage` is the first gate that asks."""

    code: str
    label: Text
    asks: Text
    why: Text
    who: Text
    group: str
    when: Trigger
    stage: str
    is_blocking: bool
    responsible: str
    form: str
    law: str
    is_statutory: bool
    is_unconfirmed: bool
    approvers: tuple[str, ...]
    number: str
    choices: Mapping[str, Choice] = field(default_factory=dict)
    questions_da: tuple[str, ...] = ()
    questions_en: tuple[str, ...] = ()

    def questions(self, language: str) -> tuple[str, ...]:
        """Return the questions to be answered, in one language."""
        return self.questions_en if language == "en" else self.questions_da


def read_requirements(
    file: str, raw: Any, *, facts: Collection[str], roles: Collection[str], groups: Collection[str]
) -> dict[str, Requirement]:
    """Check and build the requirements, in the order of the file.

    Errors: `ContentFault` naming entry and field for an unknown field, fact, role, group, stage or
    form, for a statutory entry without law or that does not block, and for a missing text.
    """
    known = list(facts)
    return {
        code: _requirement(_Entry(file, code, entry), known, roles, groups)
        for code, entry in entries_of(file, raw)
    }


@dataclass(frozen=True)
class _Entry:
    """One entry while it is read."""

    file: str
    code: str
    raw: dict[str, Any]

    def fault(self, said: str) -> ContentFault:
        return ContentFault(f"{self.file}: {said} i '{self.code}'.")

    def text(self, begins: str) -> Text:
        return Text(
            string_of(self.file, self.code, self.raw, f"{begins}da"),
            string_of(self.file, self.code, self.raw, f"{begins}en"),
        )

    def one_of(self, name: str, allowed: Collection[str]) -> str:
        found = string_of(self.file, self.code, self.raw, name)
        if found not in allowed:
            raise self.fault(f"'{name}: {found}' findes ikke; vælg {', '.join(allowed)}")
        return found

    def flag(self, name: str) -> bool:
        return self.raw.get(name, False) is True


def _requirement(
    entry: _Entry, facts: list[str], roles: Collection[str], groups: Collection[str]
) -> Requirement:
    for name in entry.raw:
        if name not in KNOWN:
            raise entry.fault(f"kender ikke feltet '{name}'")
    if not CODE.fullmatch(entry.code):
        raise entry.fault("et navn skal være små bogstaver, tal og _ og højst 39 tegn")
    try:
        when = read_trigger(entry.raw.get("when"), facts)
    except TriggerFault as fault:
        raise entry.fault(str(fault)) from fault
    form = entry.one_of("form", FORMS)
    law = str(entry.raw.get("law", "")).strip()
    made = Requirement(
        code=entry.code,
        label=entry.text(""),
        asks=entry.text("asks_"),
        why=entry.text("why_"),
        who=entry.text("who_"),
        group=entry.one_of("group", groups),
        when=when,
        stage=entry.one_of("from", STAGES),
        is_blocking=entry.one_of("weight", WEIGHTS) == "blocking",
        responsible=entry.one_of("responsible", roles),
        form=form,
        law=law,
        is_statutory=entry.flag("statutory"),
        is_unconfirmed=entry.flag("unconfirmed"),
        approvers=_approvers(entry, roles),
        number=str(entry.raw.get("number", "")),
        choices=_choices(entry, form),
        **_questions(entry, form),
    )
    if made.is_statutory and not (made.law and made.is_blocking):
        raise entry.fault("et lovkrav skal have 'law' og 'weight: blocking'")
    return made


def _approvers(entry: _Entry, roles: Collection[str]) -> tuple[str, ...]:
    found = strings_of(entry.file, entry.code, entry.raw, "approvers") or DEFAULT_APPROVERS
    for role in found:
        if role not in roles:
            raise entry.fault(f"rollen '{role}' under 'approvers' findes ikke")
    return found


def _choices(entry: _Entry, form: str) -> dict[str, Choice]:
    raw = entry.raw.get("choices")
    if (raw is not None) != (form == "choice"):
        raise entry.fault("'choices' skal stå, når 'form' er choice, og kun da")
    found = {}
    for code, one in mapping_of(entry.file, f"{entry.code}.choices", raw or {}).items():
        inner = _Entry(entry.file, f"{entry.code}.{code}", mapping_of(entry.file, code, one))
        found[code] = Choice(inner.text(""), inner.text("about_"))
    return found


def _questions(entry: _Entry, form: str) -> dict[str, Any]:
    da, en = (
        strings_of(entry.file, entry.code, entry.raw, f"questions_{one}") for one in ("da", "en")
    )
    if bool(da) != (form == "questions") or len(da) != len(en):
        raise entry.fault(
            "'questions_da' og 'questions_en' skal have lige mange, når 'form' er questions"
        )
    return {"questions_da": da, "questions_en": en}


def require_as_strict(
    file: str, shipped: Mapping[str, Requirement], own: Mapping[str, Requirement]
) -> None:
    """Refuse a copy in which a statutory entry no longer is one. Errors: `ContentFault`."""
    for code, before in shipped.items():
        if before.is_statutory and not own[code].is_statutory:
            raise ContentFault(
                f"{file}: '{code}' er et lovkrav og skal blive ved med at have 'statutory: true'."
            )
