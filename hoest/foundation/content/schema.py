"""The shape of the content files: what each must hold, and the faults when it does not.

Every check names file, entry and field in one Danish sentence, so the person who edited the file
can mend it. Source: the heads of the files in `hoest/content`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from hoest.foundation.faults import Fault

from .language import Language

LANGUAGES: tuple[Language, ...] = ("da", "en")


class ContentFault(Fault):
    """A content file is missing, unreadable or lacks something."""


@dataclass(frozen=True, slots=True)
class Text:
    """One text in both languages."""

    da: str
    en: str

    def in_language(self, language: Language) -> str:
        """Return the text in one language."""
        return self.en if language == "en" else self.da


@dataclass(frozen=True, slots=True)
class Value:
    """One coded value: its label, one line about it and, on a way up, what holds and lifts."""

    label: Text
    about: Text
    number: int | None = None
    holds: Text | None = None
    lifts: Text | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """A coded field: its name and its values by code, in the order of the file."""

    label: Text
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Term:
    """A glossary entry in both languages."""

    code: str
    word: Text
    simply: Text
    means: Text
    forms: tuple[str, ...]
    forms_en: tuple[str, ...]
    stem: str | None
    hard: bool


@dataclass(frozen=True, slots=True)
class Word:
    """A glossary entry for the reader: `word`, the word in the `other` language, `simply`, `means`.

    `forms` are all spellings of the word in the reader's language, itself first.
    """

    code: str
    word: str
    other: str
    simply: str
    means: str
    forms: tuple[str, ...]
    hard: bool


@dataclass(frozen=True, slots=True)
class Limit:
    """A named threshold with its unit, the reason for it and where the number comes from."""

    name: str
    value: Decimal
    unit: str
    reason: Text
    source: str


@dataclass(frozen=True, slots=True)
class Municipality:
    """One of the 98 municipalities: code of four digits, names, region and municipality group."""

    code: str
    name: str
    official_name: str
    region_code: str
    region: str
    group_code: str
    group: str


MUNICIPALITY_COLUMNS = tuple(Municipality.__slots__)


# The kinds that are a way up: each value says what holds it and what lifts from it.
LADDERS = ("rung", "method_grade")


def read_vocabulary(file: str, raw: Any) -> dict[str, Kind]:
    """Check and build the kinds of a vocabulary file."""
    return {
        code: Kind(
            label=_text(file, code, entry),
            values={
                value: _value(file, f"{code}.{value}", fields, ladder=code in LADDERS)
                for value, fields in mapping_of(
                    file, f"{code}.values", _field(file, code, entry, "values")
                ).items()
            },
        )
        for code, entry in entries_of(file, raw)
    }


def read_glossary(file: str, raw: Any) -> dict[str, Term]:
    """Check and build the terms of a glossary file."""
    return {
        code: Term(
            code=code,
            word=_text(file, code, entry),
            simply=_text(file, f"{code}.simply", _field(file, code, entry, "simply")),
            means=_text(file, f"{code}.means", _field(file, code, entry, "means")),
            forms=strings_of(file, code, entry, "forms"),
            forms_en=strings_of(file, code, entry, "forms_en"),
            stem=string_of(file, code, entry, "stem") if "stem" in entry else None,
            hard=entry.get("hard", False) is True,
        )
        for code, entry in entries_of(file, raw)
    }


def read_limits(file: str, raw: Any) -> dict[str, Limit]:
    """Check and build the named thresholds."""
    return {
        name: Limit(
            name=name,
            value=_decimal(file, name, _field(file, name, entry, "value")),
            unit=string_of(file, name, entry, "unit"),
            reason=Text(
                string_of(file, name, entry, "reason_da"), string_of(file, name, entry, "reason_en")
            ),
            source=string_of(file, name, entry, "source"),
        )
        for name, entry in entries_of(file, raw)
    }


def read_municipalities(file: str, rows: list[dict[str, str]]) -> tuple[Municipality, ...]:
    """Check and build the municipalities, in the order of the file; codes and names are unique."""
    found: list[Municipality] = []
    seen: set[str] = set()
    for line, row in enumerate(rows, start=2):
        for column in MUNICIPALITY_COLUMNS:
            if not (row.get(column) or "").strip():
                raise ContentFault(f"{file}, linje {line}: kolonnen '{column}' er tom.")
        one = Municipality(**{column: row[column].strip() for column in MUNICIPALITY_COLUMNS})
        if len(one.code) != 4 or not one.code.isascii() or not one.code.isdigit():
            raise ContentFault(
                f"{file}, linje {line}: koden '{one.code}' skal være fire cifre, for eksempel 0101."
            )
        for key in (one.code, one.name.casefold()):
            if key in seen:
                raise ContentFault(f"{file}, linje {line}: '{one.name}' står der to gange.")
            seen.add(key)
        found.append(one)
    if not found:
        raise ContentFault(f"{file}: filen har ingen kommuner.")
    return tuple(found)


def require_same(file: str, expected: set[str], found: set[str], *, may_add: bool = False) -> None:
    """Refuse a replaced file that lacks a code Høst uses, or has one that nothing uses."""
    missing = sorted(expected - found)
    if missing:
        raise ContentFault(f"{file}: mangler {_listed(missing)}, som Høst bruger.")
    extra = sorted(found - expected)
    if extra and not may_add:
        raise ContentFault(f"{file}: kender ikke {_listed(extra)}. Er der en tastefejl?")


def _listed(names: list[str]) -> str:
    quoted = [f"'{name}'" for name in names]
    return quoted[0] if len(quoted) == 1 else ", ".join(quoted[:-1]) + " og " + quoted[-1]


def mapping_of(file: str, where: str, raw: Any) -> dict[str, Any]:
    """Return names with fields under them. Errors: `ContentFault` for anything else."""
    if not isinstance(raw, dict) or not all(isinstance(key, str) for key in raw):
        raise ContentFault(f"{file}: '{where}' skal være en liste af navne med felter under.")
    return raw


def entries_of(file: str, raw: Any) -> list[tuple[str, dict[str, Any]]]:
    """Return the outermost names of a file, each with its fields, in the order of the file."""
    top = raw if isinstance(raw, dict) and raw else None
    if top is None:
        raise ContentFault(f"{file}: filen er tom eller har ikke navne yderst til venstre.")
    return [
        (code, mapping_of(file, code, entry)) for code, entry in mapping_of(file, "", top).items()
    ]


def _field(file: str, where: str, entry: dict[str, Any], name: str) -> Any:
    if name not in entry:
        raise ContentFault(f"{file}: '{where}' mangler feltet '{name}'.")
    return entry[name]


def string_of(file: str, where: str, entry: dict[str, Any], name: str) -> str:
    """Return a text that must be there and say something."""
    raw = _field(file, where, entry, name)
    if not isinstance(raw, str) or not raw.strip():
        raise ContentFault(f"{file}: feltet '{name}' i '{where}' skal være en tekst.")
    return raw.strip()


def strings_of(file: str, where: str, entry: dict[str, Any], name: str) -> tuple[str, ...]:
    """Return a list of texts, empty when it is not there."""
    raw = entry.get(name, [])
    if not isinstance(raw, list) or not all(isinstance(item, str) for item in raw):
        raise ContentFault(f"{file}: feltet '{name}' i '{where}' skal være en liste af tekster.")
    return tuple(raw)


def _text(file: str, where: str, raw: Any, suffix: str = "") -> Text:
    entry = mapping_of(file, where, raw)
    da, en = (
        string_of(file, where, entry, f"{suffix}_{language}" if suffix else language)
        for language in LANGUAGES
    )
    return Text(da, en)


def _value(file: str, where: str, raw: Any, *, ladder: bool) -> Value:
    fields = mapping_of(file, where, raw)
    number = fields.get("number")
    if number is not None and (not isinstance(number, int) or isinstance(number, bool)):
        raise ContentFault(f"{file}: feltet 'number' i '{where}' skal være et helt tal.")
    return Value(
        label=_text(file, where, fields),
        about=_text(file, where, fields, "about"),
        number=number,
        holds=_text(file, where, fields, "holds") if ladder else None,
        lifts=_text(file, where, fields, "lifts") if ladder else None,
    )


def _decimal(file: str, name: str, raw: Any) -> Decimal:
    if isinstance(raw, (int, str)) and not isinstance(raw, bool):
        try:
            value = Decimal(raw)
        except InvalidOperation:
            value = Decimal("NaN")
        if value.is_finite() and value >= 0:
            return value
    raise ContentFault(
        f"{file}: 'value' i '{name}' skal være et helt tal eller et decimaltal i anførselstegn, "
        f'for eksempel "0.8".'
    )
