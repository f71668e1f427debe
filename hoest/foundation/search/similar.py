"""Things that look like what somebody is writing: every subject offers its own.

Words: what is *typed* becomes *terms* (a word with its stem, its parts and its synonyms); an
*offerer* is a subject's way to give the things that may fit; a *like* is one of them with the
words that both have.

How: every offered table has a column `similar_words` that PostgreSQL keeps itself (`column_sql`):
the words of its texts and what is left of them when the beginning is cut off, so that a part of a
compound is found by its first letters. The database gives at most `similar_recalled` rows in which
most terms stand; the words of those are weighed here, by rules one can read, and the weights are
the same each time. Under row-level security PostgreSQL uses no index for this, since the operator
is not leakproof: the municipality's own rows are looked at one by one, which the stored column
keeps cheap.

    similar.register("initiatives", offer_initiatives, order=10, label=_("initiativer"))
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from django.db.models import BooleanField, FloatField, Model, QuerySet
from django.db.models.expressions import RawSQL
from django.utils.functional import Promise

from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import Permission, allowed_somewhere
from hoest.foundation.search import danish

LONGEST = 2_000
MOST_TERMS = 12
COLUMN = "similar_words"
M = TypeVar("M", bound=Model)

# How much a term counts when it stands in a thing: as itself, as a part, by another word.
SAME, PART, SYNONYM, BEGUN = 1.0, 0.9, 0.8, 0.8
IN_TEXT, WEAK = 0.6, 0.15
# A text of so many telling words is more than a search: one word in common is then often chance.
# It is enough when it stands in the first sentence, which says what a text is about, and in what
# the thing is called, and is long; a shorter one must be the whole word, beside another word, and
# a very long one may stand anywhere.
WORDS_OF_A_TEXT, TELLING_LETTERS, TELLING_BESIDE, TELLING_ANYWHERE = 3, 6, 4, 11
_FIRST_SENTENCE = re.compile(r"\s*[^.!?\n]*")

FUNCTION = """
create or replace function public.hoest_word_parts(said text) returns tsvector
  language sql immutable parallel safe as $$
  with word as (
    select distinct w from pg_catalog.regexp_split_to_table(
      replace(translate(lower(coalesce(said, '')),
        'äöéèêëáàâóòôúùûüíìîïñçý', 'æøeeeeaaaooouuuyiiiincy'), 'aa', 'å'), '[^[:alnum:]]+') w
    where length(w) > 1)
  select array_to_tsvector(array(
    select left(w, 60) from word
    union
    select left(substr(w, begin), 60)
      from word cross join lateral generate_series(3, length(w) - 2) begin)) $$;
"""


def column_sql(table: str, *columns: str) -> str:
    """Return the SQL that lets PostgreSQL keep the words of a table's texts, for a migration."""
    said = " || ' ' || ".join(f"coalesce(\"{column}\", '')" for column in columns)
    return (
        f'alter table "{table}" add column {COLUMN} tsvector '
        f"generated always as (public.hoest_word_parts({said})) stored"
    )


def drop_sql(table: str) -> str:
    """Return the SQL that takes the column away."""
    return f'alter table "{table}" drop column {COLUMN}'


@dataclass(frozen=True)
class Term:
    """A typed word: as written, as compared, its stems, parts of a compound and synonyms.

    `is_first` when it stands in the first sentence. It has two stems when it was typed without
    Danish letters: "aeldre" is also ældre.
    """

    written: str
    word: str
    stems: tuple[str, ...]
    parts: tuple[str, ...]
    synonyms: tuple[str, ...]
    is_weak: bool
    is_last: bool = False
    is_first: bool = True

    @cached_property
    def query(self) -> str:
        """The full-text query that finds rows which may have the term."""
        beginnings = {*self.stems, *self.parts, *self.synonyms}
        return " | ".join(f"'{one}':*" for one in sorted(beginnings))


# How much a term weighs in a thing, the term, the word as it stands there, whether in its title.
Fit = tuple[float, Term, str, bool]


@dataclass(frozen=True)
class Thing:
    """What a subject offers: where it is, what it is called, what it says, what kind it is.

    `names` are further words that weigh like the title but are not shown.
    """

    url: str
    title: str
    text: str = ""
    kind: str | Promise = ""
    about: str = ""
    names: str = ""


@dataclass(frozen=True)
class Like:
    """A thing with the words that both have: (typed, as it stands there when it differs).

    `own_words` is how many telling words they share; `is_telling` that one of them is enough.
    """

    thing: Thing
    score: float
    words: Sequence[tuple[str, str]]
    own_words: int = 0
    is_telling: bool = False


@dataclass(frozen=True)
class Typed:
    """What somebody writes, as terms. `terms` is empty when it says nothing."""

    text: str
    terms: Sequence[Term] = field(default_factory=tuple)

    @cached_property
    def strong(self) -> int:
        """How many of the words say what it is about."""
        return sum(not term.is_weak for term in self.terms)

    @property
    def is_text(self) -> bool:
        """Whether it is a text about something and not a few words to search by."""
        return self.strong >= WORDS_OF_A_TEXT

    def among(self, rows: QuerySet[M]) -> QuerySet[M]:
        """Keep the rows that may fit, those with most terms first; the newest of equals."""
        table = rows.model._meta.db_table
        asked = [term for term in self.terms if not term.is_weak] or list(self.terms)
        if not asked:
            return rows.none()
        words = f'"{table}"."{COLUMN}"'
        any_term = " | ".join(term.query for term in asked)
        found: Any = rows.filter(
            RawSQL(f"({words} @@ %s::tsquery)", [any_term], output_field=BooleanField())  # noqa: S611
        )
        # One look at each row: a sum over the terms unpacked the words of a row once for each.
        found = found.annotate(
            terms_there=RawSQL(  # noqa: S611 - a table's name and a question mark
                f"ts_rank({words}, %s::tsquery)", [any_term], output_field=FloatField()
            )
        )
        return found.order_by("-terms_there", "-pk")[: content.limit("similar_recalled")]


def typed(text: str) -> Typed:
    """Return what somebody writes as terms: silent words left out, each stem once."""
    cut = text[:LONGEST].replace("\x00", "")
    words = danish.words_in(cut)
    ends_inside = bool(cut) and not cut[-1].isspace() and cut[-1].isalnum()
    found: dict[str, Term] = {}
    opening = _FIRST_SENTENCE.match(cut)
    first = len(danish.words_in(opening.group() if opening else ""))
    for place, (written, word) in enumerate(words):
        is_last = ends_inside and place == len(words) - 1 and len(word) >= danish.SHORTEST_BEGUN
        if danish.is_silent(word) or word.isdigit():
            continue
        danish_word = danish.with_danish_letters(word)
        stems = tuple(dict.fromkeys((danish.root(word), danish.root(danish_word))))
        found.setdefault(
            stems[0],
            Term(
                written=_cased(written),
                word=word,
                stems=stems,
                parts=danish.parts_of(word) or danish.parts_of(danish_word),
                synonyms=tuple(one for stem in stems for one in danish.synonyms_of(stem)),
                is_weak=any(danish.is_weak(stem) for stem in stems),
                is_last=is_last,
                is_first=place < first,
            ),
        )
    # Long words say most.
    kept = sorted(found.values(), key=lambda term: (term.is_weak, -len(term.word)))[:MOST_TERMS]
    return Typed(" ".join(cut.split()), tuple(kept))


Offerer = Callable[[Actor, Typed], Iterable[Thing]]


@dataclass(frozen=True)
class _Offered:
    """A registered offerer: its place, what its things are called, who it offers them to."""

    order: int
    offerer: Offerer
    label: str | Promise
    permission: Permission | None


_registry: dict[str, _Offered] = {}


def register(
    name: str,
    offerer: Offerer,
    *,
    order: int = 100,
    label: str | Promise = "",
    permission: Permission | None = None,
) -> None:
    """Let a subject offer its things; the same name again replaces the former.

    `label` is what the things are called in the middle of a sentence, and `permission` what one
    must have somewhere to be offered any: both are for telling what was searched.
    """
    _registry[name] = _Offered(order, offerer, label, permission)


def searched(actor: Actor) -> list[str]:
    """Return what the things are called that `find` looks among for this actor."""
    known = sorted(_registry.items(), key=lambda one: (one[1].order, one[0]))
    return [
        str(one.label)
        for _name, one in known
        if one.label and (one.permission is None or allowed_somewhere(actor, one.permission))
    ]


def find(actor: Actor, text: str, *, but: str = "", most: int = 5) -> list[Like]:
    """Return what looks like `text`, the most alike first; `but` is the address left out.

    One query for each offerer. Equals stand in the order of the registry, then by title.
    """
    wanted = typed(text)
    if not wanted.terms:
        return []
    found = []
    for order, name in sorted((one.order, name) for name, one in _registry.items()):
        for thing in _registry[name].offerer(actor, wanted):
            like = compare(wanted, thing)
            if thing.url != but and is_alike(wanted, like):
                found.append((-like.score, order, danish.plain(thing.title), thing.url, like))
    return [like for *_key, like in sorted(found, key=lambda one: one[:4])[:most]]


def is_alike(wanted: Typed, like: Like) -> bool:
    """Tell whether enough is shared: a text shares two telling words, or one that says it all."""
    least = "similar_least_long" if wanted.strong > 4 else "similar_least"
    if like.score < float(content.limit_decimal(least)):
        return False
    return not wanted.is_text or like.own_words > 1 or like.is_telling


def compare(wanted: Typed, thing: Thing) -> Like:
    """Weigh how much of what is typed stands in a thing, and by which of its words."""
    called = f"{thing.title} {thing.names}"
    title, text = (list(dict.fromkeys(danish.words_in(said))) for said in (called, thing.text))
    fits: list[Fit] = []
    for term in wanted.terms:
        best, there = _best(term, title, wanted.is_text)
        in_title = best >= IN_TEXT
        if not in_title:
            said, said_there = _best(term, text, wanted.is_text)
            best, there = max((best, there), (said * IN_TEXT, said_there), key=lambda one: one[0])
        if best:
            fits.append((best * (WEAK if term.is_weak else 1.0), term, there, in_title))
    fits.sort(key=lambda one: -one[0])
    words = list(_kept(fits))
    # What hardly counts is no reason: a part of a word in a text beside a word in the title.
    said_words = [
        _said(term, there)
        for weighed, term, there, _in_title in words[:3]
        if weighed * 2 >= words[0][0]
    ]
    own = [one for one in words if not one[1].is_weak]
    return Like(
        thing,
        round(sum(weighed for weighed, *_rest in words), 6),
        # Both parts of a compound count, but it is told of once.
        list({there or said: (said, there) for said, there in reversed(said_words)}.values())[::-1],
        own_words=len(own),
        is_telling=any(
            in_title and _says_it_all(term, weighed, len(words) > 1)
            for weighed, term, _there, in_title in own
        ),
    )


def _kept(fits: Iterable[Fit]) -> Iterable[Fit]:
    """Yield the best use of each word of the thing; the parts of a compound count beside another.

    What fits a whole word has used it: "skærm" and "besøg" say no more beside "skærmbesøg".
    """
    used: dict[str, bool] = {}
    for weighed, term, there, in_title in fits:
        stems = {danish.root(danish.plain(word)) for word in there.split()}
        is_part = not stems & {*term.stems, *term.synonyms} and len(stems) == 1
        if all(is_part and used.get(stem, True) for stem in stems & used.keys()):
            used |= dict.fromkeys(stems, is_part)
            yield weighed, term, there, in_title


def _says_it_all(term: Term, weighed: float, is_beside: bool) -> bool:
    """Tell whether a word that stands in what the thing is called is enough by itself."""
    letters = len(term.stems[0])
    whole = weighed in (SAME, SYNONYM)
    return letters >= TELLING_ANYWHERE or (
        term.is_first
        and (letters >= TELLING_LETTERS or (whole and is_beside and letters >= TELLING_BESIDE))
    )


def _best(term: Term, words: list[tuple[str, str]], in_a_text: bool) -> tuple[float, str]:
    """Return how well the best words fit a term, and that word as it is written there."""
    best, there = 0.0, ""
    pieces: dict[str, str] = {}
    for written, word in words:
        fit = _fit(term, word, in_a_text)
        if fit > best:
            best, there = fit, written
        if term.parts:
            for piece in (danish.root(word), *danish.parts_of(word)):
                if piece in term.parts:
                    pieces.setdefault(piece, written)
    share = len(pieces) / len(set(term.parts)) if term.parts else 0.0
    # The parts may stand in several words: "planlægning af ruter". In a text half of them is
    # chance: a driving licence is no driving list.
    if share * PART > best and (share == 1 or not in_a_text):
        best, there = share * PART, " ".join(dict.fromkeys(pieces.values()))
    return best, there


def _fit(term: Term, word: str, in_a_text: bool) -> float:
    stem = danish.root(word)
    if stem in term.stems:
        return SAME
    if stem in term.synonyms:
        return SYNONYM
    if term.is_last and word.startswith(term.word):
        return BEGUN
    # In a text a short stem says nothing of a compound: keys are not key figures.
    shortest = danish.SHORTEST_UNKNOWN_PART if in_a_text else 0
    parts = [one for one in danish.parts_of(word) if len(one) >= shortest]
    if any(one in parts or _is_unknown_part(one, word) for one in term.stems):
        return PART
    if any(one in parts or _is_unknown_part(one, word) for one in term.synonyms):
        return SYNONYM * PART
    return 0.0


def _is_unknown_part(stem: str, word: str) -> bool:
    """Tell whether a long word begins or ends a longer one that the content cannot split."""
    if len(stem) < danish.SHORTEST_UNKNOWN_PART or len(word) < len(stem) + danish.SHORTEST_PART:
        return False
    if word.startswith(stem):
        return True
    place = word.find(stem, danish.SHORTEST_PART)
    return place > 0 and danish.root(word[place:]) == stem


def _said(term: Term, there: str) -> tuple[str, str]:
    """Return the word as typed, and as it stands there when it is another one."""
    if not there or danish.root(danish.plain(there)) in term.stems:
        return (there if there.isupper() else term.written, "")
    return (term.written, _cased(there))


def _cased(word: str) -> str:
    """Return a word in lower case; AI and PPR stay as they are written."""
    return word if word.isupper() else word.lower()
