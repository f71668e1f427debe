"""A reassurance sheet as its page shows it: question by question, each sentence with its facts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hoest.domain.trust.queries import OfInitiative
from hoest.domain.trust.rules.sheets import SheetFactCode
from hoest.domain.trust.rules.statements import Fact, Statement
from hoest.foundation import content
from hoest.foundation.content.language import active_language


@dataclass(frozen=True)
class Asked:
    """A question of the sheet, what is said to it, and the facts behind."""

    heading: str
    statements: list[tuple[str, bool]]
    facts: list[dict[str, Any]]


def said(one: Statement) -> str:
    """Return a statement in the reader's language."""
    return one.en if get_language() == "en" else one.da


def heading(section: str) -> str:
    """Return the question of a section."""
    found = next(one for one in content.sheet_content().questions if one.code == section)
    return found.label.in_language(active_language())


def asked(statements: Sequence[Statement]) -> list[Asked]:
    """Return the statements question by question; each fact stands once under its question."""
    return [
        Asked(
            heading(question.code),
            [(said(one), one.is_missing) for one in mine],
            _facts(fact for one in mine for fact in one.facts),
        )
        for question in content.sheet_content().questions
        for mine in ([one for one in statements if one.section == question.code],)
    ]


def all_facts(shown: Iterable[Asked]) -> list[dict[str, Any]]:
    """Return the facts behind every question, each once."""
    seen: dict[tuple[Any, ...], dict[str, Any]] = {}
    for one in shown:
        for fact in one.facts:
            seen.setdefault((fact["text"], fact["href"]), fact)
    return list(seen.values())


def _facts(facts: Iterable[Fact]) -> list[dict[str, Any]]:
    seen: dict[tuple[Any, ...], dict[str, Any]] = {}
    for fact in facts:
        seen.setdefault(
            (fact.code, fact.value),
            {
                "text": f"{fact_name(fact.code)}: {fact_value(fact)}",
                "href": fact.url,
                "date": fact.on,
                "who": fact.who,
            },
        )
    return list(seen.values())


def fact_name(code: str) -> str:
    """Return what a fact is called."""
    own = {
        SheetFactCode.DATA_KIND: _("Slags oplysninger"),
        SheetFactCode.WHY: _("Formålet med ord"),
        SheetFactCode.PROTECTION: _("Beskyttelse"),
        SheetFactCode.IF_WRONG: _("Hvis det går galt"),
        SheetFactCode.CONTACT: _("Hvem man kan spørge"),
        SheetFactCode.MAILBOX: _("Fælles postkasse"),
    }
    for known, words in own.items():
        if known == code:
            return str(words)
    question = content.initiative_questions().get(code)
    return question.label.in_language(active_language()) if question else code


def fact_value(fact: Fact) -> str:
    """Return the value of a fact in words."""
    if fact.value in ("yes", "no"):
        return content.label("ethics_consequence", fact.value).lower()
    found = content.sheet_content()
    choices = {
        SheetFactCode.DATA_KIND.value: found.data_kinds,
        SheetFactCode.PROTECTION.value: found.protections,
    }.get(fact.code, {})
    chosen = choices.get(fact.value)
    return chosen.label.in_language(active_language()) if chosen else f"»{fact.value}«"


def changes(before: Sequence[Statement], now: Sequence[Statement]) -> tuple[list[str], list[str]]:
    """Return (sentences that came, sentences that went) since a version."""
    old, new = [said(one) for one in before], [said(one) for one in now]
    return [one for one in new if one not in old], [one for one in old if one not in new]


def point(about: OfInitiative, is_open: bool) -> str:
    """Say where the sheet stands in one sentence."""
    if about.waiting is not None and about.sees_unfinished:
        return _("Tryghedsbladet venter på at blive godkendt")
    if about.is_changed and about.sees_unfinished:
        return _("Svarene er ændret siden godkendelsen, så tryghedsbladet skal godkendes igen")
    if about.standing is not None:
        return (
            _("Tryghedsbladet er godkendt, og alle kan læse det")
            if is_open
            else _("Tryghedsbladet er godkendt til brug i kommunen")
        )
    if not about.sees_unfinished:
        return _("Der er ikke et godkendt tryghedsblad endnu")
    if about.lacks:
        return _("Tryghedsbladet mangler svar på noget endnu")
    return _("Tryghedsbladet er klar til at blive lagt frem")
