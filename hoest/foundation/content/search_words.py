"""The shape of `search_words.yaml`: synonyms, parts of compounds, weak and silent words.

Why here: the file is content like the others, so it is read, checked and replaced the same way.
How the words are used is in `foundation/search`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .schema import ContentFault

FILE = "search_words.yaml"
KEYS = ("synonyms", "parts", "weak", "silent")


@dataclass(frozen=True, slots=True)
class SearchWords:
    """The lists as the file has them, in lower case; synonyms by group."""

    synonyms: tuple[tuple[str, ...], ...]
    parts: frozenset[str]
    weak: frozenset[str]
    silent: frozenset[str]


def read_search_words(file: str, raw: Any) -> SearchWords:
    """Check and build the word lists.

    Errors: `ContentFault` for an unknown or missing list, what is no word, and a word that stands
    in two groups of synonyms.
    """
    if not isinstance(raw, dict) or set(raw) != set(KEYS):
        raise ContentFault(f"{file}: skal have netop listerne {', '.join(KEYS)}.")
    lists = {key: _rows(file, key, raw[key]) for key in KEYS}
    seen: set[str] = set()
    for group in lists["synonyms"]:
        if len(group) < 2:
            raise ContentFault(f"{file}: '{group[0]}' under 'synonyms' står alene i sin gruppe.")
        for word in group:
            if word in seen:
                raise ContentFault(f"{file}: '{word}' står to gange under 'synonyms'.")
            seen.add(word)
    flat = {key: frozenset(w for row in lists[key] for w in row) for key in KEYS[1:]}
    return SearchWords(tuple(lists["synonyms"]), flat["parts"], flat["weak"], flat["silent"])


def _rows(file: str, key: str, raw: Any) -> list[tuple[str, ...]]:
    if not isinstance(raw, list):
        raise ContentFault(f"{file}: '{key}' skal være en liste af lister.")
    rows = []
    for number, row in enumerate(raw, start=1):
        if not isinstance(row, list) or not row:
            raise ContentFault(f"{file}: række {number} i '{key}' skal være en liste af ord.")
        for word in row:
            if not isinstance(word, str) or not word.strip().isalnum():
                raise ContentFault(f"{file}: '{word}' i '{key}' er ikke ét ord.")
        rows.append(tuple(word.strip().lower() for word in row))
    return rows
