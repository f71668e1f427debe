"""Danish words: endings, compounds and synonyms, for finding things that are about the same.

Why in Python and not only in the database: whoever is shown a similar thing is told which word
matched, and "aftale" shall not be found by "tale". So the database gives many (letters inside
words), and the words are weighed here. `stem` is the same algorithm as PostgreSQL's own
`danish_stem`; a test holds the two together over all words of the content files.

Source: Snowball, the Danish stemming algorithm.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from hoest.foundation import content

_FROM, _TO = "äöéèêëáàâóòôúùûüíìîïñçý", "æøeeeeaaaooouuuyiiiincy"
_TABLE = str.maketrans(_FROM, _TO)
_PAIRS = (("ae", "æ"), ("oe", "ø"))
_WORD = re.compile(r"[^\W_]+")
_VOWELS = frozenset("aeiouyæøå")
_CONSONANTS = frozenset("bcdfghjklmnpqrstvwxz")
_BEFORE_S = frozenset("abcdfghjklmnoprtvyzå")
_ALL_ENDINGS = (
    "hed ethed ered e erede ende erende ene erne ere en heden eren er heder erer heds es endes "
    "erendes enes ernes eres ens hedens erens ers ets erets et eret"
)
_ENDINGS = sorted(_ALL_ENDINGS.split(), key=len, reverse=True)
_PAIRED = ("gd", "dt", "gt", "kt")
SHORTEST_PART = 3
SHORTEST_UNKNOWN_PART = 5
SHORTEST_BEGUN = 5


def plain(text: str) -> str:
    """Return a text as words are compared: lower case, no accents, aa as å."""
    return unicodedata.normalize("NFC", text).lower().translate(_TABLE).replace("aa", "å")


def with_danish_letters(word: str) -> str:
    """Return a word with ae as æ and oe as ø: "aeldre" is ældre, but "kameraer" is itself."""
    for pair, letter in _PAIRS:
        word = word.replace(pair, letter)
    return word


def words_in(text: str) -> list[tuple[str, str]]:
    """Return the words of a text in order as (as written, as compared)."""
    return [(word, plain(word)) for word in _WORD.findall(unicodedata.normalize("NFC", text))]


def stem(word: str) -> str:
    """Return the stem of a word in lower case: what is left when the Danish ending is cut off."""
    start = _region(word)
    word = _first_step(word, start)
    word = _paired(word, start)
    word = _third_step(word, start)
    last = word[-1:]
    if len(word) - 1 >= start and last in _CONSONANTS and word[-2:-1] == last:
        word = word[:-1]
    return word


@lru_cache(maxsize=50_000)
def root(word: str) -> str:
    """Return the stem of the stem: "dørlåse" and "dørlås" meet only there."""
    return stem(stem(word))


def _region(word: str) -> int:
    """Return where R1 begins: after the first non-vowel that follows a vowel, not before 3."""
    for place in range(1, len(word)):
        if word[place - 1] in _VOWELS and word[place] not in _VOWELS:
            return max(place + 1, 3)
    return len(word)


def _first_step(word: str, start: int) -> str:
    for ending in _ENDINGS:
        if len(word) - len(ending) >= start and word.endswith(ending):
            return word[: -len(ending)]
    if len(word) - 1 >= start and word.endswith("s") and word[-2:-1] in _BEFORE_S:
        return word[:-1]
    return word


def _paired(word: str, start: int) -> str:
    return word[:-1] if len(word) - 2 >= start and word.endswith(_PAIRED) else word


def _third_step(word: str, start: int) -> str:
    if word.endswith("igst"):
        word = word[:-2]
    if len(word) - 4 >= start and word.endswith("løst"):
        return word[:-1]
    for ending in ("elig", "els", "lig", "ig"):
        if len(word) - len(ending) >= start and word.endswith(ending):
            return _paired(word[: -len(ending)], start)
    return word


@dataclass(frozen=True)
class Lexicon:
    """The words of the content by their stems."""

    group_of: dict[str, int]
    members: tuple[tuple[str, ...], ...]
    parts: frozenset[str]
    weak: frozenset[str]
    silent: frozenset[str]


@lru_cache(maxsize=8)
def _lexicon(words: content.SearchWords) -> Lexicon:
    members = tuple(tuple(root(plain(word)) for word in group) for group in words.synonyms)
    return Lexicon(
        group_of={one: number for number, group in enumerate(members) for one in group},
        members=members,
        parts=frozenset(root(plain(word)) for word in words.parts),
        weak=frozenset(root(plain(word)) for word in words.weak),
        silent=frozenset(plain(word) for word in words.silent),
    )


def lexicon() -> Lexicon:
    """Return the words of the content in force."""
    return _lexicon(content.words_to_search())


@lru_cache(maxsize=20_000)
def _split(word: str, words: content.SearchWords) -> tuple[str, ...]:
    known = _lexicon(words).parts
    if root(word) in known:
        return ()

    def rest(begin: int) -> tuple[str, ...] | None:
        if begin == len(word):
            return ()
        for end in range(len(word), begin + SHORTEST_PART - 1, -1):
            piece = root(word[begin:end])
            if piece not in known or (begin == 0 and end == len(word)):
                continue
            for link in (0, 1):
                if link and (end >= len(word) or word[end] not in "se"):
                    continue
                after = rest(end + link) if end + link < len(word) or not link else None
                if after is not None:
                    return (piece, *after)
        return None

    return rest(0) or ()


def parts_of(word: str) -> tuple[str, ...]:
    """Return the stems of the words a compound is made of; empty when it is no known compound.

    The word is given as `plain` returns it. Between two parts an s or an e may stand.
    """
    return _split(word, content.words_to_search()) if len(word) >= 2 * SHORTEST_PART else ()


def is_silent(word: str) -> bool:
    """Tell whether a word says nothing; a single letter never says anything."""
    return len(word) < 2 or word in lexicon().silent


def is_weak(stemmed: str) -> bool:
    """Tell whether nearly every text has the word."""
    return stemmed in lexicon().weak


def synonyms_of(stemmed: str) -> tuple[str, ...]:
    """Return the stems that mean the same, without the word itself."""
    known = lexicon()
    number = known.group_of.get(stemmed)
    if number is None:
        return ()
    return tuple(one for one in known.members[number] if one != stemmed)
