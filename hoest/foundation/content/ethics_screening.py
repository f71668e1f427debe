"""The shape of `ethics_screening.yaml`: the instrument of the ethics screening, with its version.

Why here: the file is content like the others, so it is read, checked and replaced the same way.
What the answers ask for belongs to the rules of trust.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .schema import ContentFault, Text, entries_of, mapping_of, string_of, strings_of

FILE = "ethics_screening.yaml"
COLOURS = ("green", "yellow", "red")
LONGEST_VERSION = 40


@dataclass(frozen=True, slots=True)
class EthicsQuestion:
    """A question, and what green, yellow and red mean there."""

    code: str
    label: Text
    colours: Mapping[str, Text]


@dataclass(frozen=True, slots=True)
class EthicsInstrument:
    """The instrument as the file has it."""

    version: str
    source: str
    asked_by: tuple[str, ...]
    questions: Mapping[str, EthicsQuestion]
    consequences: Mapping[str, Text]
    groups: Mapping[str, Text]


def read_ethics_screening(file: str, raw: Any) -> EthicsInstrument:
    """Check and build the instrument. Errors: `ContentFault` for what is missing."""
    whole = mapping_of(file, "", raw)
    version = string_of(file, "version", whole, "version")
    if len(version) > LONGEST_VERSION:
        raise ContentFault(f"{file}: 'version' må højst være på {LONGEST_VERSION} tegn.")
    return EthicsInstrument(
        version=version,
        source=string_of(file, "source", whole, "source"),
        asked_by=strings_of(file, "asked_by", whole, "asked_by"),
        questions={
            code: EthicsQuestion(
                code,
                _text(file, code, one),
                {colour: _text(file, code, one, f"{colour}_") for colour in COLOURS},
            )
            for code, one in entries_of(file, whole.get("questions"))
        },
        consequences=_texts(file, whole.get("consequences")),
        groups=_texts(file, whole.get("groups")),
    )


def _texts(file: str, raw: Any) -> dict[str, Text]:
    return {code: _text(file, code, one) for code, one in entries_of(file, raw)}


def _text(file: str, code: str, entry: dict[str, Any], start: str = "") -> Text:
    return Text(
        string_of(file, code, entry, f"{start}da"), string_of(file, code, entry, f"{start}en")
    )
