"""Statements of a reassurance sheet: each is a sentence made of registered facts, nothing else.

A template belongs to one fact and one value of it. A statement is the template filled with that
fact, and carries it. What is not registered is said to be missing, in one fixed sentence, and is
never guessed. `refuse_unbacked` is the gate: a sentence no registered fact gives is refused.
Source: requirement P-08 (generated from registered facts, never free claims).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from hoest.foundation.faults import Fault as Failure

VALUE = "{value}"
# The value of a template that takes whatever text the fact has.
ANY = ""


class Section(StrEnum):
    """The five questions of the sheet, in order."""

    DATA = "data"
    WHY = "why"
    PROTECTION = "protection"
    IF_WRONG = "if_wrong"
    WHOM = "whom"


@dataclass(frozen=True, order=True)
class Fact:
    """Something that is registered: what, which value, by whom, on which day, and where."""

    code: str
    value: str
    who: str = ""
    on: dt.date | None = None
    url: str = ""


@dataclass(frozen=True)
class Template:
    """A sentence that holds when a fact has a value; `{value}` stands for the value itself."""

    code: str
    section: Section
    fact: str
    when: str
    da: str
    en: str


@dataclass(frozen=True)
class Question:
    """A section of the sheet: at least one of `needs` must be registered to answer it."""

    section: Section
    needs: tuple[str, ...]


@dataclass(frozen=True)
class Statement:
    """One sentence of a sheet with the facts it comes from; none only when it says it is missing.

    `template` is empty for what is missing.
    """

    section: Section
    template: str
    da: str
    en: str
    facts: tuple[Fact, ...] = ()

    @property
    def is_missing(self) -> bool:
        """Tell whether the statement says that something is not told yet."""
        return not self.template


NOT_TOLD = ("Det er ikke oplyst endnu.", "This has not been stated yet.")


class StatementWithoutFact(Failure):
    """A sheet says something that no registered fact gives."""


def composed(
    questions: Sequence[Question], templates: Sequence[Template], facts: Iterable[Fact]
) -> tuple[Statement, ...]:
    """Return what the facts say, question by question, in the order of the templates."""
    known: dict[str, list[Fact]] = {}
    for fact in sorted(facts, key=lambda one: (one.code, one.value)):
        known.setdefault(fact.code, []).append(fact)
    said: list[Statement] = []
    for question in questions:
        mine = [
            _filled(template, fact)
            for template in templates
            if template.section is question.section
            for fact in known.get(template.fact, ())
            if template.when in (ANY, fact.value)
        ]
        if not any(one.facts[0].code in question.needs for one in mine):
            mine.append(Statement(question.section, "", *NOT_TOLD))
        said += mine
    return tuple(said)


def _filled(template: Template, fact: Fact) -> Statement:
    return Statement(
        template.section,
        template.code,
        template.da.replace(VALUE, fact.value),
        template.en.replace(VALUE, fact.value),
        (fact,),
    )


def unbacked(
    statements: Iterable[Statement], templates: Sequence[Template], facts: Iterable[Fact]
) -> list[Statement]:
    """Return the statements that the registered facts do not give, word for word."""
    by_code = {template.code: template for template in templates}
    registered = set(facts)
    return [one for one in statements if not _is_backed(one, by_code, registered)]


def _is_backed(one: Statement, templates: Mapping[str, Template], registered: set[Fact]) -> bool:
    if one.is_missing:
        return (one.da, one.en) == NOT_TOLD and not one.facts
    template = templates.get(one.template)
    if template is None or len(one.facts) != 1:
        return False
    (fact,) = one.facts
    return (
        fact in registered
        and fact.code == template.fact
        and template.when in (ANY, fact.value)
        and one == _filled(template, fact)
    )


def refuse_unbacked(
    statements: Iterable[Statement], templates: Sequence[Template], facts: Iterable[Fact]
) -> None:
    """Raise StatementWithoutFact with the first sentence no registered fact gives."""
    found = unbacked(statements, templates, facts)
    if found:
        raise StatementWithoutFact(f"Ingen registreret oplysning siger: »{found[0].da}«")


def missing(statements: Iterable[Statement]) -> tuple[Section, ...]:
    """Return the questions that are not answered yet, in order."""
    return tuple(one.section for one in statements if one.is_missing)


def as_kept(statements: Iterable[Statement]) -> list[dict[str, Any]]:
    """Return the statements as they are kept with a version of the sheet."""
    return [
        {
            "section": one.section.value,
            "template": one.template,
            "da": one.da,
            "en": one.en,
            "facts": [
                {
                    "code": fact.code,
                    "value": fact.value,
                    "who": fact.who,
                    "on": fact.on.isoformat() if fact.on else "",
                    "url": fact.url,
                }
                for fact in one.facts
            ],
        }
        for one in statements
    ]


def from_kept(kept: Iterable[Mapping[str, Any]]) -> tuple[Statement, ...]:
    """Return kept statements as they were."""
    return tuple(
        Statement(
            Section(one["section"]),
            one["template"],
            one["da"],
            one["en"],
            tuple(
                Fact(
                    fact["code"],
                    fact["value"],
                    fact["who"],
                    dt.date.fromisoformat(fact["on"]) if fact["on"] else None,
                    fact["url"],
                )
                for fact in one["facts"]
            ),
        )
        for one in kept
    )


def fingerprint(statements: Iterable[Statement]) -> str:
    """Return what changes when a sentence or the value behind it changes.

    Who registered a fact and when is left out: the same fact said again is the same source.
    """
    plain = [
        [one.section.value, one.template, one.da, one.en, [[f.code, f.value] for f in one.facts]]
        for one in statements
    ]
    return hashlib.sha256(json.dumps(plain, ensure_ascii=False).encode()).hexdigest()
