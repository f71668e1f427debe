"""Search in Danish: each typed word is found at the start of a word, inside a compound, or bent.

Why: people write "aeldre" and "ældre", look for "pleje" and mean "hjemmeplejen". Both sides are
folded (æ = ae, ø = oe, å = aa, no accents), then a row is found when every word stands in it:
its letters anywhere, or its stem (PostgreSQL's Danish full text) at the start of a word. What is
typed can never break the query: only letters and digits reach it.

Source: PostgreSQL manual, chapter 12 (full text search); Snowball's Danish stemmer.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Any, TypeVar

from django.db.models import BooleanField, F, Func, Model, QuerySet, TextField, Value

LONGEST = 200
MOST_WORDS = 12
_WORD = re.compile(r"[^\W_]+")
_FROM, _TO = "äöéèêëáàâóòôúùûüíìîïñçý_", "æøeeeeaaaooouuuyiiiincy "
_DOUBLED = (("æ", "ae"), ("ø", "oe"), ("å", "aa"))

M = TypeVar("M", bound=Model)


def fold(text: str) -> str:
    """Return a text as search compares it: lower case, æøå as two letters, no accents."""
    folded = unicodedata.normalize("NFC", text).lower().translate(str.maketrans(_FROM, _TO))
    for letter, pair in _DOUBLED:
        folded = folded.replace(letter, pair)
    return folded


def words_of(text: str) -> list[str]:
    """Return the folded words of what was typed, at most twelve; signs are left out."""
    return _WORD.findall(fold(text[:LONGEST]))[:MOST_WORDS]


def search(rows: QuerySet[M], text: str, fields: Sequence[str]) -> QuerySet[M]:
    """Keep the rows in which every word of `text` is found in one of the `fields`.

    Fields may follow foreign keys to one row ("unit__name"). No word means all rows.
    """
    found = words_of(text)
    if not found:
        return rows
    narrowed: Any = rows.alias(searched_text=_document(fields))
    for word in found:
        # One or two letters would stand inside nearly every word: there the start must fit.
        letters = rf"\m{word}" if len(word) < 3 else word
        narrowed = narrowed.filter(
            _Stands(F("searched_text"), _LettersOrStem(Value(letters), Value(word)))
        )
    kept: QuerySet[M] = narrowed
    return kept


class _Stands(Func):
    """Whether a text matches a pattern."""

    template = "(%(expressions)s)"
    arg_joiner = " ~ "
    output_field = BooleanField()


class _LettersOrStem(Func):
    """The pattern of a word: its letters anywhere, or its Danish stem at the start of a word.

    A stem is what is left when endings are cut off, so the start of a bent form. PostgreSQL works
    it out once for the whole query. A full-text vector of every row took four times as long
    (9 s against 2 s for two words in 10,000 initiatives).
    """

    template = "(%(expressions)s))[1], ''))"
    arg_joiner = r" || coalesce('|\m' || (ts_lexize('danish_stem', "
    output_field = TextField()


def _document(fields: Sequence[str]) -> Func:
    """Return the folded text of the fields as SQL, the same folding as `fold`.

    Signs stay: a word starts after them (`\\m`), and so it does after "_", which becomes a space.
    """
    joined = Func(
        Value(" "),
        *(F(field) for field in fields),
        function="concat_ws",
        output_field=TextField(),
    )
    folded: Func = Func(
        Func(joined, function="lower", output_field=TextField()),
        Value(_FROM),
        Value(_TO),
        function="translate",
        output_field=TextField(),
    )
    for letter, pair in _DOUBLED:
        folded = Func(
            folded, Value(letter), Value(pair), function="replace", output_field=TextField()
        )
    return folded
