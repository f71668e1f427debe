"""The shape of `effect_indicators.yaml`: kinds of effect that many municipalities measure.

Why content: two municipalities that choose the same kind count the same way, and the words are
theirs to change.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from . import files
from .schema import ContentFault, Text, entries_of, string_of

FILE = "effect_indicators.yaml"
WANTED = ("lower", "higher")
STEPS = ("month", "quarter", "year")
TEXTS = ("measure_unit", "definition", "how", "domain")
KNOWN = {
    *("da", "en", "wanted", "step", "source"),
    *(f"{name}_{language}" for name in TEXTS for language in ("da", "en")),
}
LONGEST = {"measure_unit": 60, "definition": 1000}


@dataclass(frozen=True, slots=True)
class EffectIndicator:
    """A kind of effect: its name, unit, wished direction, definition and how it is found."""

    code: str
    label: Text
    measure_unit: Text
    wanted: str
    step: str
    definition: Text
    how: Text
    domain: Text
    source: str


def read_effect_indicators(file: str, raw: Any) -> dict[str, EffectIndicator]:
    """Check and build the kinds, in the order of the file.

    Errors: `ContentFault` for an unknown field, direction or period, or a missing text.
    """
    return {code: _indicator(file, code, entry) for code, entry in entries_of(file, raw)}


def _indicator(file: str, code: str, entry: dict[str, Any]) -> EffectIndicator:
    for name in entry:
        if name not in KNOWN:
            raise ContentFault(f"{file}: kender ikke feltet '{name}' i '{code}'.")
    chosen = {}
    for name, known in (("wanted", WANTED), ("step", STEPS)):
        chosen[name] = string_of(file, code, entry, name)
        if chosen[name] not in known:
            raise ContentFault(
                f"{file}: '{name}: {chosen[name]}' i '{code}' findes ikke. Vælg {', '.join(known)}."
            )
    if len(code) > 60:
        raise ContentFault(f"{file}: navnet '{code}' må højst være på 60 tegn.")
    texts = {name: _text(file, code, entry, name) for name in TEXTS}
    return EffectIndicator(
        code=code,
        label=Text(string_of(file, code, entry, "da"), string_of(file, code, entry, "en")),
        source=string_of(file, code, entry, "source"),
        wanted=chosen["wanted"],
        step=chosen["step"],
        **texts,
    )


def _text(file: str, code: str, entry: dict[str, Any], name: str) -> Text:
    pair = [string_of(file, code, entry, f"{name}_{language}") for language in ("da", "en")]
    most = LONGEST.get(name)
    if most is not None and max(map(len, pair)) > most:
        raise ContentFault(f"{file}: '{name}' i '{code}' må højst være på {most} tegn.")
    return Text(*pair)


def effect_indicators() -> Mapping[str, EffectIndicator]:
    """Return the kinds of effect by code, in the order of the file."""
    return _read(files.own_folder())


@lru_cache(maxsize=8)
def _read(folder: str | None) -> Mapping[str, EffectIndicator]:
    path = files.locate(FILE, folder)
    return read_effect_indicators(path.name, files.read_yaml(path))


READERS = (_read,)
