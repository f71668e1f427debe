"""The shape of `reassurance_sheet.yaml`: the questions of the sheet and the sentences facts give.

Why here: the file is content like the others, so it is read, checked and replaced the same way.
How sentences are made of facts belongs to the rules of trust.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .schema import ContentFault, Text, entries_of, string_of, strings_of

FILE = "reassurance_sheet.yaml"
# The five questions are fixed: the sheet is one page, and everybody finds the same place on it.
QUESTIONS = ("data", "why", "protection", "if_wrong", "whom")
PARTS = ("questions", "statements", "data_kinds", "protections")


@dataclass(frozen=True, slots=True)
class SheetQuestion:
    """A question with its heading, and the facts of which one must be registered."""

    code: str
    label: Text
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SheetSentence:
    """A sentence that a fact gives when it has a value; an empty `when` takes any text."""

    code: str
    question: str
    fact: str
    when: str
    text: Text


@dataclass(frozen=True, slots=True)
class SheetChoice:
    """Something a person may choose for a sheet: its short name, and the sentence it gives."""

    code: str
    label: Text
    text: Text


@dataclass(frozen=True, slots=True)
class SheetContent:
    """The whole file."""

    questions: tuple[SheetQuestion, ...]
    sentences: tuple[SheetSentence, ...]
    data_kinds: Mapping[str, SheetChoice]
    protections: Mapping[str, SheetChoice]


def read_reassurance_sheet(file: str, raw: Any) -> SheetContent:
    """Check and build the sheet's content.

    Errors: `ContentFault` for a missing part or question, or a sentence under no question.
    """
    parts = dict(entries_of(file, raw))
    if sorted(parts) != sorted(PARTS):
        raise ContentFault(f"{file}: skal have {', '.join(PARTS)}.")
    asked = dict(entries_of(file, parts["questions"]))
    if tuple(asked) != QUESTIONS:
        raise ContentFault(f"{file}: spørgsmålene skal være {', '.join(QUESTIONS)}.")
    return SheetContent(
        questions=tuple(
            SheetQuestion(code, _text(file, code, one), strings_of(file, code, one, "needs"))
            for code, one in asked.items()
        ),
        sentences=tuple(
            _sentence(file, code, one) for code, one in entries_of(file, parts["statements"])
        ),
        data_kinds=_choices(file, parts["data_kinds"]),
        protections=_choices(file, parts["protections"]),
    )


def _text(file: str, code: str, entry: dict[str, Any], start: str = "") -> Text:
    return Text(
        string_of(file, code, entry, f"{start}da"), string_of(file, code, entry, f"{start}en")
    )


def _sentence(file: str, code: str, entry: dict[str, Any]) -> SheetSentence:
    question = string_of(file, code, entry, "question")
    if question not in QUESTIONS:
        raise ContentFault(f"{file}: 'question: {question}' i '{code}' findes ikke.")
    when = entry.get("when", "")
    if not isinstance(when, str):
        raise ContentFault(f"{file}: 'when' i '{code}' skal stå i anførselstegn.")
    text = _text(file, code, entry)
    if ("{value}" in text.da) != (when == ""):
        raise ContentFault(f"{file}: '{code}' skal have {{value}}, netop når 'when' er tom.")
    return SheetSentence(code, question, string_of(file, code, entry, "fact"), when, text)


def _choices(file: str, raw: Any) -> dict[str, SheetChoice]:
    return {
        code: SheetChoice(code, _text(file, code, one, "label_"), _text(file, code, one))
        for code, one in entries_of(file, raw)
    }
