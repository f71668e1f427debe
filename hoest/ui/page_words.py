"""The domain words of a page: which of them stand in its text, to be explained on that page.

Why: every domain term is explained where it stands. Templates would have to repeat each word's
explanation everywhere; so the page is read once when it is made, and the words found are explained
at its foot (without JavaScript, for touch and keyboard). `ui/js/words.js` then lets the first place
of each word in the text open the same explanation.

The words themselves are content and live above: `set_words` says once where they are.
Cost: about 1.5 ms for a page of 100 kB (a set of its words, no search per term).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import unescape

_HIDDEN = re.compile(
    r"<(script|style|svg|template)\b.*?</\1>|<span class=\"term-text\".*?</span>", re.S
)
# The name of the product is no domain word, though it is spelled like one.
_NAME = re.compile(r"\bHøst\b")
_TAG = re.compile(r"<[^>]*>")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Explained:
    """A word with its explanation, and all the forms it may stand in (lower case)."""

    code: str
    word: str
    simply: str
    means: str
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Index:
    """The words by form: those of one word, and those of several by their first word."""

    words: Mapping[str, Explained]
    phrases: Mapping[str, tuple[tuple[str, Explained], ...]]


@dataclass(frozen=True, slots=True)
class Found:
    """A word that stands on a page, in these forms."""

    entry: Explained
    forms: tuple[str, ...]


_index_of_reader: Callable[[], Index] | None = None


def set_words(index_of_reader: Callable[[], Index] | None) -> None:
    """Say where the words in the reader's language are; None forgets it again."""
    global _index_of_reader
    _index_of_reader = index_of_reader


def index(entries: list[Explained]) -> Index:
    """Order entries for looking up; the first of two with the same form keeps it."""
    words: dict[str, Explained] = {}
    phrases: dict[str, list[tuple[str, Explained]]] = {}
    for entry in entries:
        for form in entry.forms:
            parts = _WORD.findall(form)
            if parts == [form]:
                words.setdefault(form, entry)
            elif parts:
                phrases.setdefault(parts[0], []).append((form, entry))
    return Index(words, {first: tuple(found) for first, found in phrases.items()})


def text_of(html: str) -> str:
    """Return what a page says, in lower case, with single spaces; nothing of its attributes."""
    shown = _TAG.sub(" ", _HIDDEN.sub(" ", html))
    return " ".join(_NAME.sub(" ", unescape(shown)).casefold().split())


def words_in(html: str) -> list[Found]:
    """Return the domain words that stand in a page, in the order of the word list."""
    if _index_of_reader is None:
        return []
    known = _index_of_reader()
    text = text_of(html)
    tokens = set(_WORD.findall(text))
    forms: dict[str, set[str]] = {}
    entries: dict[str, Explained] = {}
    for token in tokens & known.words.keys():
        entry = known.words[token]
        entries[entry.code] = entry
        forms.setdefault(entry.code, set()).add(token)
    for first in tokens & known.phrases.keys():
        for phrase, entry in known.phrases[first]:
            if phrase in text and _stands(phrase, text):
                entries[entry.code] = entry
                forms.setdefault(entry.code, set()).add(phrase)
    return [Found(entries[code], tuple(sorted(forms[code]))) for code in _in_order(entries)]


def _stands(phrase: str, text: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(phrase)}(?![\w-])", text) is not None


def _in_order(entries: Mapping[str, Explained]) -> list[str]:
    last = {ord("æ"): "{1", ord("ø"): "{2", ord("å"): "{3"}
    return sorted(entries, key=lambda code: entries[code].word.casefold().translate(last))
