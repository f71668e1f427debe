"""The Django side of content: tells the look where words are explained."""

from __future__ import annotations

from django.apps import AppConfig

from hoest.foundation import content
from hoest.foundation.content.page_words import index_of_reader
from hoest.ui import glossary, page_words


class ContentConfig(AppConfig):
    """Content as a Django application, for its template tags."""

    name = "hoest.foundation.content"
    label = "content"

    def ready(self) -> None:
        """Give the look the glossary, and stop here if a content file has a fault."""
        content.replaced()
        glossary.set_lookup(explain_term)
        page_words.set_words(index_of_reader)


def explain_term(code: str) -> str | None:
    """Return a term in everyday words first, then its explanation; None when it is unknown."""
    try:
        word = content.term(code)
    except content.ContentFault:
        return None
    first = word.word[:1].upper() + word.word[1:]
    return f"{first}: {word.simply}. {word.means}"
