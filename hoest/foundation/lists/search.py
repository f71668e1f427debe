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

from django.db.models import (
    BooleanField,
    Case,
    F,
    Func,
    Model,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)

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
    narrowed: Any = rows.alias(searched_text=_document(fields)).filter(_all_stand(found))
    kept: QuerySet[M] = narrowed
    return kept


def title_first(
    rows: QuerySet[M], text: str, titles: Sequence[str], others: Sequence[str]
) -> QuerySet[M]:
    """Keep the rows that `search` finds in all the fields; those whose titles fit stand first.

    Both are in the order the rows have.
    """
    found = words_of(text)
    if not found:
        return rows
    ordering = rows.query.order_by or rows.model._meta.ordering or ()
    all_fields: Any = search(rows, text, [*titles, *others]).alias(titled_text=_document(titles))
    in_title = Case(When(_all_stand(found, "titled_text"), then=0), default=1)
    ordered: QuerySet[M] = all_fields.order_by(in_title, *ordering)
    return ordered


def _all_stand(found: Sequence[str], name: str = "searched_text") -> Q:
    """Return that every word stands in a text."""
    every = Q()
    for word in found:
        # One or two letters would stand inside nearly every word: there the start must fit.
        letters = rf"\m{word}" if len(word) < 3 else word
        every &= Q(_Stands(F(name), _LettersOrStem(Value(letters), Value(word))))
    return every


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


def _document(fields: Sequence[str]) -> Func | Case:
    """Return the folded text of the fields as SQL, the same folding as `fold`.

    Signs stay: a word starts after them (`\\m`), and so it does after "_", which becomes a space.
    """
    joined = Func(
        Value(" "),
        *(F(field) for field in fields),
        function="concat_ws",
        output_field=TextField(),
    )
    lowered = Func(joined, function="lower", output_field=TextField())
    # `translate` goes through its whole list for every letter, and was nine tenths of a search
    # (65 of 72 ms for 5,000 ideas). Few texts have what it is for.
    folded: Func | Case = Case(
        When(
            _Stands(lowered, Value(f"[{_FROM}]")),
            then=Func(
                lowered, Value(_FROM), Value(_TO), function="translate", output_field=TextField()
            ),
        ),
        default=lowered,
        output_field=TextField(),
    )
    for letter, pair in _DOUBLED:
        folded = Func(
            folded, Value(letter), Value(pair), function="replace", output_field=TextField()
        )
    return folded
