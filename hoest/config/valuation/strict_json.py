"""JSON read strictly: exact decimals, no repeated keys, no NaN, and faults that say the place.

What stands at a place is quoted in the fault, shortened and printable.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal, InvalidOperation

from hoest.foundation.faults import Fault

LONGEST_QUOTE = 40
LARGEST_FILE_BYTES = 5_000_000


class CaseNotUnderstood(Fault):
    """The file cannot be valued; the sentence says what stands there, what should, and where."""


def quoted(value: object) -> str:
    """Show what stands in the file: JSON-like, on one line, at most 40 characters."""
    if isinstance(value, Mapping):
        return f"et objekt med {len(value)} felter" if value else "et tomt objekt"
    if isinstance(value, list):
        return f"en liste med {len(value)} led" if value else "en tom liste"
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    text = f'"{value}"' if isinstance(value, str) else str(value)
    text = "".join(sign if sign.isprintable() else "?" for sign in text)
    return text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE]} …"


def place(parent: str, name: str | int) -> str:
    """Name a place as in JavaScript: `lines[2].kind`; keys that are no names stand in brackets."""
    if isinstance(name, int):
        return f"{parent}[{name}]"
    if name.isidentifier():
        return f"{parent}.{name}" if parent else name
    return f"{parent}[{quoted(name)}]"


def refuse(where: str, found: object, expected: str) -> CaseNotUnderstood:
    """Make the fault: what stands there, what is expected, and where."""
    return CaseNotUnderstood(f"I {where} står {quoted(found)}, men der skal stå {expected}.")


def _no_repeats(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    read: dict[str, object] = {}
    for key, value in pairs:
        if key in read:
            raise CaseNotUnderstood(f"Feltet {quoted(key)} står to gange i samme objekt.")
        read[key] = value
    return read


def _no_constant(name: str) -> object:
    raise CaseNotUnderstood(f"I filen står {name}, men der skal stå et almindeligt tal.")


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise CaseNotUnderstood(
            f"I filen står tallet {text[:LONGEST_QUOTE]}, som er for stort til at regne med."
        ) from None


def parsed(raw: bytes, source: str) -> dict[str, object]:
    """Return the file's outermost object, or raise CaseNotUnderstood."""
    start = source[:1].upper() + source[1:]
    if len(raw) > LARGEST_FILE_BYTES:
        raise CaseNotUnderstood(f"{start} er over 5 MB; en sag fylder normalt få kB.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CaseNotUnderstood(
            f"{start} er ikke tekst i UTF-8 (byte nr. {error.start + 1} kan ikke læses)."
        ) from None
    if not text.strip():
        raise CaseNotUnderstood(f"{start} er tom, men der skal stå et JSON-objekt.")
    try:
        read: object = json.loads(
            text,
            parse_float=_decimal,
            parse_int=_decimal,
            parse_constant=_no_constant,
            object_pairs_hook=_no_repeats,
        )
    except json.JSONDecodeError as error:
        raise CaseNotUnderstood(
            f"{start} kan ikke læses som JSON: der er en fejl i linje {error.lineno}, "
            f"tegn {error.colno}."
        ) from None
    except RecursionError:
        raise CaseNotUnderstood(f"{start} er indlejret for dybt til at være en sag.") from None
    if not isinstance(read, dict):
        raise CaseNotUnderstood(
            f"I {source} står yderst {quoted(read)}, men der skal stå et JSON-objekt."
        )
    return read


def check_fields(
    found: Mapping[str, object], where: str, required: Collection[str], optional: Collection[str]
) -> None:
    """Refuse missing and unknown fields of an object; `where` is "" for the outermost."""
    inside = where or "det yderste objekt"
    for name in required:
        if name not in found:
            raise CaseNotUnderstood(f'I {inside} mangler feltet "{name}".')
    for name in found:
        if name not in required and name not in optional:
            known = ", ".join((*required, *optional))
            raise CaseNotUnderstood(
                f"I {inside} står feltet {quoted(name)}, som ikke kendes; de kendte er {known}."
            )


def whole_number(value: object, where: str, low: int, high: int, expected: str) -> int:
    """Return a whole number within bounds, or raise the fault."""
    if isinstance(value, Decimal) and value == value.to_integral_value() and low <= value <= high:
        return int(value)
    raise refuse(where, value, expected)


def truth(value: object, where: str) -> bool:
    """Return true or false, or raise the fault."""
    if isinstance(value, bool):
        return value
    raise refuse(where, value, "true eller false uden anførselstegn")
