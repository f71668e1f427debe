"""The shape of `facts.yaml`: the questions that decide what a gate asks.

Why here: the file is content like the others, so it is read, checked and replaced the same way.
Which requirements a fact triggers stands in `requirements.yaml`; the answers stand in portfolio.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from .schema import ContentFault, Text, entries_of, string_of, strings_of

FILE = "facts.yaml"
KNOWN = {
    *("da", "en", "ask_da", "ask_en", "about_da", "about_en"),
    *("examples_da", "examples_en", "early"),
}
CODE = re.compile(r"[a-z][a-z0-9_]{0,38}")


@dataclass(frozen=True, slots=True)
class InitiativeQuestion:
    """A fact as the file has it: its name, its question, what it means and what is a yes."""

    code: str
    label: Text
    ask: Text
    about: Text
    examples_da: tuple[str, ...]
    examples_en: tuple[str, ...]
    early: bool

    def examples(self, language: str) -> tuple[str, ...]:
        """Return what is a yes, in one language."""
        return self.examples_en if language == "en" else self.examples_da


def read_facts(file: str, raw: Any) -> dict[str, InitiativeQuestion]:
    """Check and build the facts, in the order of the file.

    Errors: `ContentFault` for an unknown field, a code that cannot be one, a missing text, or a
    file in which nothing is asked from the first day.
    """
    found = {code: _question(file, code, entry) for code, entry in entries_of(file, raw)}
    if not any(one.early for one in found.values()):
        raise ContentFault(
            f"{file}: mindst ét forhold skal have 'early: true', så der spørges fra første dag."
        )
    return found


def _question(file: str, code: str, entry: dict[str, Any]) -> InitiativeQuestion:
    for name in entry:
        if name not in KNOWN:
            raise ContentFault(f"{file}: kender ikke feltet '{name}' i '{code}'.")
    if not CODE.fullmatch(code):
        raise ContentFault(
            f"{file}: navnet '{code}' skal være små bogstaver, tal og _ og højst 39 tegn."
        )
    examples = tuple(strings_of(file, code, entry, f"examples_{one}") for one in ("da", "en"))
    if not all(examples):
        raise ContentFault(f"{file}: '{code}' skal have mindst ét eksempel på dansk og engelsk.")
    return InitiativeQuestion(
        code=code,
        label=_text(file, code, entry, ""),
        ask=_text(file, code, entry, "ask_"),
        about=_text(file, code, entry, "about_"),
        examples_da=examples[0],
        examples_en=examples[1],
        early=entry.get("early", False) is True,
    )


def _text(file: str, code: str, entry: dict[str, Any], begins: str) -> Text:
    return Text(
        string_of(file, code, entry, f"{begins}da"), string_of(file, code, entry, f"{begins}en")
    )
