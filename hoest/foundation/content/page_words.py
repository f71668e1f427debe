"""The glossary as the look reads it when it explains the words of a page."""

from __future__ import annotations

from functools import lru_cache

from hoest.foundation.content import files, lookup
from hoest.foundation.content.language import Language, active_language
from hoest.ui.page_words import Explained, Index, index


def index_of_reader() -> Index:
    """Return the words in the reader's language, ordered for looking up."""
    return _index(files.own_folder(), active_language())


@lru_cache(maxsize=8)
def _index(_folder: str | None, language: Language) -> Index:
    return index(
        [
            Explained(
                code=word.code,
                word=word.word,
                simply=word.simply,
                means=word.means,
                forms=tuple(dict.fromkeys(form.casefold() for form in word.forms)),
            )
            for word in lookup.terms(language)
        ]
    )
