"""Answers from the content files, read once per folder and kept for the life of the process.

A changed file is seen at the next start: a half-saved edit can never reach a page that is being
read. `forget()` is for tests and for the command that checks a folder.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from . import benefit_maps, files, first_steps, mandates, messages, schema, search_words
from . import building_blocks as blocks
from . import idea_scales as scales
from . import takeout_models as takeout
from .benefit_maps import MapTemplate
from .building_blocks import BuildingBlock
from .effect_indicators import READERS as EFFECTS
from .first_steps import FirstStep
from .idea_scales import IdeaScale
from .language import Language, active_language
from .mandates import MandateEntry
from .messages import MessageKind, QuietTimes
from .planning import READERS as PLANNING
from .reassurance import READERS as REASSURANCE
from .schema import ContentFault, Kind, Limit, Municipality, Term, Value, Word
from .search_words import SearchWords
from .shared_solutions import READERS as SOLUTIONS
from .takeout_models import TakeoutModel

_DANISH_LAST = {ord("æ"): "{1", ord("ø"): "{2", ord("å"): "{3"}


def label(kind: str, code: str, language: Language | None = None) -> str:
    """Return what a coded value is called, in the reader's language.

    Errors: `ContentFault` for an unknown kind or code.
    """
    return _value(kind, code).label.in_language(language or active_language())


def explanation(kind: str, code: str, language: Language | None = None) -> str:
    """Return the one line that explains a coded value."""
    return _value(kind, code).about.in_language(language or active_language())


def kind_label(kind: str, language: Language | None = None) -> str:
    """Return the name of a coded field, such as "Fase"."""
    return _kind(kind).label.in_language(language or active_language())


def kinds() -> tuple[str, ...]:
    """Return the names of all coded fields in the order of the file."""
    return tuple(_vocabulary(files.own_folder()))


def codes(kind: str) -> tuple[str, ...]:
    """Return the codes of a kind in their order."""
    return tuple(_kind(kind).values)


def choices(kind: str, language: Language | None = None) -> list[tuple[str, str]]:
    """Return (code, label) for every value of a kind, in order, ready for a form field."""
    return [(code, label(kind, code, language)) for code in codes(kind)]


def code_of(kind: str, word: str) -> str | None:
    """Return the code whose Danish or English label, or own name, is the word; None when none is.

    Upper and lower case and outer spaces do not matter.
    """
    wanted = word.strip().casefold()
    for code, value in _kind(kind).values.items():
        if wanted in (code.casefold(), value.label.da.casefold(), value.label.en.casefold()):
            return code
    return None


def number(kind: str, code: str) -> int | None:
    """Return the number of a value, such as the place of a rung; None when it has none."""
    return _value(kind, code).number


def holds(rung: str, language: Language | None = None, *, kind: str = "rung") -> str:
    """Return the sentence on what puts a benefit on a rung, or a figure on a method grade."""
    return _ladder_text(kind, rung, "holds").in_language(language or active_language())


def lifts(rung: str, language: Language | None = None, *, kind: str = "rung") -> str:
    """Return the sentence on what lifts a benefit from a rung, or a figure from its grade."""
    return _ladder_text(kind, rung, "lifts").in_language(language or active_language())


def term(code: str, language: Language | None = None) -> Word:
    """Return a glossary word in the reader's language.

    Errors: `ContentFault` for a code that is not in the glossary.
    """
    found = _glossary(files.own_folder()).get(code)
    if found is None:
        raise ContentFault(f"Ordbogen har ikke ordet '{code}'.")
    return _word(found, language or active_language())


def terms(language: Language | None = None) -> list[Word]:
    """Return all glossary words in the reader's language, in Danish alphabetical order."""
    chosen = language or active_language()
    words = [_word(one, chosen) for one in _glossary(files.own_folder()).values()]
    return sorted(words, key=lambda word: _danish_key(word.word))


def limit(name: str) -> int:
    """Return a threshold that is a whole number, in the unit the content file names.

    Errors: `ContentFault` for an unknown name, or for a decimal (`limit_decimal` reads those).
    """
    value = _limit(name).value
    if value != value.to_integral_value():
        raise ContentFault(f"Grænsen '{name}' er et decimaltal og skal læses som et.")
    return int(value)


def limit_decimal(name: str) -> Decimal:
    """Return a threshold as a decimal, such as a share between 0 and 1."""
    return _limit(name).value


def limits() -> tuple[Limit, ...]:
    """Return every threshold with its unit, reason and source."""
    return tuple(_limits(files.own_folder()).values())


def steps_of_roles() -> Mapping[str, tuple[FirstStep, ...]]:
    """Return the first steps of every role, in the order of the file."""
    return _first_steps(files.own_folder())


def map_templates() -> Mapping[str, MapTemplate]:
    """Return the benefit maps one can begin from, in the order of the file."""
    return _benefit_maps(files.own_folder())


def message_kinds() -> Mapping[str, MessageKind]:
    """Return the kinds of messages by code, in the order of the file."""
    return _messages(files.own_folder()).kinds


def message_kind(code: str) -> MessageKind:
    """Return a kind of message. Errors: `ContentFault` for an unknown code."""
    found = message_kinds().get(code)
    if found is None:
        raise ContentFault(f"Der er ingen slags besked med navnet '{code}'.")
    return found


def quiet_times() -> QuietTimes:
    """Return the hours mail may come in, and the days without any."""
    return _messages(files.own_folder()).times


def building_blocks() -> Mapping[str, BuildingBlock]:
    """Return the shared building blocks by code, in the order of the file."""
    return _building_blocks(files.own_folder())


def takeout_models() -> Mapping[str, TakeoutModel]:
    """Return the models a take-out agreement can follow, by code, in the order of the file."""
    return _takeout_models(files.own_folder())


def idea_scales() -> Mapping[str, IdeaScale]:
    """Return the scales ideas are put on, by code, in the order of the file."""
    return _idea_scales(files.own_folder())


def mandate_entries() -> tuple[MandateEntry, ...]:
    """Return who may approve up to which amount, smallest first."""
    return _mandates(files.own_folder())


def words_to_search() -> SearchWords:
    """Return synonyms, parts of compounds, weak and silent words."""
    return _search_words(files.own_folder())


def municipalities() -> tuple[Municipality, ...]:
    """Return the municipalities in the order of their codes."""
    return _municipalities(files.own_folder())


def municipality(name_or_code: str) -> Municipality | None:
    """Return the municipality with that four-digit code, name or official name; None if none."""
    wanted = name_or_code.strip().casefold()
    for one in municipalities():
        if wanted in (one.code, one.name.casefold(), one.official_name.casefold()):
            return one
    return None


def path(name: str) -> Path:
    """Return the path of a content file or folder, the municipality's own before the shipped."""
    return files.locate(name, files.own_folder())


def replaced() -> tuple[list[str], list[str]]:
    """Read all content and return (files the own folder replaces, files nothing reads).

    Errors: `ContentFault` for the first fault in any file.
    """
    folder = files.own_folder()
    for read in (*_READERS, *_MORE):
        read(folder)
    if folder is None:
        return [], []
    names = sorted(one.name for one in Path(folder).iterdir() if one.is_file())
    known = [name for name in names if name in files.REPLACEABLE]
    return known, [name for name in names if name not in known]


def forget() -> None:
    """Forget what was read, so the files are read again."""
    for read in (*_READERS, *_MORE):
        read.cache_clear()


def _kind(kind: str) -> Kind:
    found = _vocabulary(files.own_folder()).get(kind)
    if found is None:
        raise ContentFault(f"Ordlisten har ikke feltet '{kind}'.")
    return found


def _value(kind: str, code: str) -> Value:
    found = _kind(kind).values.get(code)
    if found is None:
        raise ContentFault(f"Ordlisten har ikke '{code}' under '{kind}'.")
    return found


def _ladder_text(kind: str, rung: str, name: str) -> schema.Text:
    text: schema.Text | None = getattr(_value(kind, rung), name)
    if text is None:
        raise ContentFault(f"Trinnet '{rung}' mangler teksten '{name}'.")
    return text


def _limit(name: str) -> Limit:
    found = _limits(files.own_folder()).get(name)
    if found is None:
        raise ContentFault(f"Der er ingen grænse med navnet '{name}'.")
    return found


def _word(one: Term, language: Language) -> Word:
    other: Language = "da" if language == "en" else "en"
    own = one.word.in_language(language)
    more = one.forms_en if language == "en" else one.forms
    return Word(
        code=one.code,
        word=own,
        other=one.word.in_language(other),
        simply=one.simply.in_language(language),
        means=one.means.in_language(language),
        forms=(own, *more),
        hard=one.hard,
    )


def _danish_key(text: str) -> str:
    """Order æ, ø, å last, as a Danish dictionary does."""
    return text.casefold().translate(_DANISH_LAST)


@lru_cache(maxsize=8)
def _vocabulary(folder: str | None) -> Mapping[str, Kind]:
    path = files.locate("vocabulary.yaml", folder)
    found = schema.read_vocabulary(path.name, files.read_yaml(path))
    if folder is not None:
        shipped = _vocabulary(None)
        schema.require_same(path.name, set(shipped), set(found))
        for kind, entry in shipped.items():
            schema.require_same(
                path.name,
                {f"{kind}.{code}" for code in entry.values},
                {f"{kind}.{code}" for code in found[kind].values},
            )
    return found


@lru_cache(maxsize=8)
def _glossary(folder: str | None) -> Mapping[str, Term]:
    path = files.locate("glossary.yaml", folder)
    found = schema.read_glossary(path.name, files.read_yaml(path))
    if folder is not None:
        schema.require_same(path.name, set(_glossary(None)), set(found), may_add=True)
    return found


@lru_cache(maxsize=8)
def _limits(folder: str | None) -> Mapping[str, Limit]:
    path = files.locate("limits.yaml", folder)
    found = schema.read_limits(path.name, files.read_yaml(path))
    if folder is not None:
        schema.require_same(path.name, set(_limits(None)), set(found))
    return found


@lru_cache(maxsize=8)
def _first_steps(folder: str | None) -> Mapping[str, tuple[FirstStep, ...]]:
    path = files.locate(first_steps.FILE, folder)
    found = first_steps.read_first_steps(path.name, files.read_yaml(path))
    if folder is not None:
        schema.require_same(path.name, set(_first_steps(None)), set(found))
    return found


@lru_cache(maxsize=8)
def _benefit_maps(folder: str | None) -> Mapping[str, MapTemplate]:
    path = files.locate(benefit_maps.FILE, folder)
    return benefit_maps.read_benefit_maps(path.name, files.read_yaml(path))


@lru_cache(maxsize=8)
def _building_blocks(folder: str | None) -> Mapping[str, BuildingBlock]:
    path = files.locate(blocks.FILE, folder)
    return blocks.read_building_blocks(path.name, files.read_yaml(path))


@lru_cache(maxsize=8)
def _takeout_models(folder: str | None) -> Mapping[str, TakeoutModel]:
    path = files.locate(takeout.FILE, folder)
    return takeout.read_takeout_models(path.name, files.read_yaml(path))


@lru_cache(maxsize=8)
def _search_words(folder: str | None) -> SearchWords:
    path = files.locate(search_words.FILE, folder)
    return search_words.read_search_words(path.name, files.read_yaml(path))


@lru_cache(maxsize=8)
def _idea_scales(folder: str | None) -> Mapping[str, IdeaScale]:
    path = files.locate(scales.FILE, folder)
    return scales.read_idea_scales(path.name, files.read_yaml(path))


@lru_cache(maxsize=8)
def _messages(folder: str | None) -> messages.MessageContent:
    path = files.locate(messages.FILE, folder)
    found = messages.read_messages(path.name, files.read_yaml(path))
    if folder is not None:
        schema.require_same(path.name, set(_messages(None).kinds), set(found.kinds))
    return found


@lru_cache(maxsize=8)
def _municipalities(folder: str | None) -> tuple[Municipality, ...]:
    path = files.locate("municipalities.csv", folder)
    return schema.read_municipalities(path.name, files.read_csv(path))


@lru_cache(maxsize=8)
def _mandates(folder: str | None) -> tuple[MandateEntry, ...]:
    path = files.locate(mandates.FILE, folder)
    roles = _vocabulary(folder)["role"].values
    return mandates.read_mandates(path.name, files.read_yaml(path), set(roles))


_READERS = (
    _search_words,
    _vocabulary,
    _glossary,
    _limits,
    _first_steps,
    _benefit_maps,
    _idea_scales,
    _mandates,
    _messages,
    _building_blocks,
    _takeout_models,
    *PLANNING,
    *SOLUTIONS,
    *EFFECTS,
    *REASSURANCE,
    _municipalities,
)
_MORE: list[Any] = []


def also_read(*readers: Any) -> None:
    """Let more files be checked and forgotten with the others; a reader takes the own folder."""
    _MORE.extend(readers)
