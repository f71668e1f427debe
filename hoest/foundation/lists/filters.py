"""Filters of lists as words in a sentence, declared with django-filter.

    class InitiativeFilter(ListFilter):
        sentence = _("Vis initiativer {phase} i {unit}, der nævner {q}")
        q = SearchFilter(fields=("title", "unit__name"))
        phase = WordFilter(any_word=_("i alle faser"), choices=lambda actor: [...])
        unit = WordFilter(any_word=_("hele kommunen"), choices=unit_choices, method="in_unit")

Every name in braces is a choice, or the search field, in the sentence. An unknown value is
ignored with a message.
"""

from __future__ import annotations

import string
from collections.abc import Callable, Sequence
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from hoest.foundation.access.actor import Actor
from hoest.foundation.lists.search import LONGEST, search

Choices = Callable[[Actor], list[tuple[str, Any]]]


class WordFilter(django_filters.ChoiceFilter):
    """One choice in the sentence: `any_word` is what stands there when nothing is chosen."""

    def __init__(self, *, any_word: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(empty_label=any_word, choices=[], **kwargs)
        self.any_word = any_word
        self.choices_for = choices


class SearchFilter(django_filters.CharFilter):
    """Free text over some fields; see `search`."""

    def __init__(self, *, fields: Sequence[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.searched = fields

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Keep the rows in which every typed word is found."""
        return search(qs, value, self.searched) if value else qs


class ListFilter(django_filters.FilterSet):
    """The filter of a list. `self.actor` is there for methods of filters."""

    sentence: Any = ""

    def __init__(self, data: QueryDict, rows: QuerySet[Any], actor: Actor) -> None:
        self.actor = actor
        super().__init__(data=_clean(data), queryset=rows)
        for one in self.filters.values():
            if isinstance(one, WordFilter):
                one.extra["choices"] = [(str(v), w) for v, w in one.choices_for(actor)]
        self.ignored = self._drop_unknown()

    def _drop_unknown(self) -> list[str]:
        """Take values no filter knows out of the data, and return a sentence for each."""
        unknown = [name for name in self.form.errors if name in self.data]
        sentences = [
            _("Filteret kender ikke »%(value)s«. Det er derfor set bort fra.")
            % {"value": str(self.data[name])[:60].replace("\x00", "")}
            for name in unknown
        ]
        if unknown:
            for name in unknown:
                del self.data[name]
            del self._form
        return sentences

    @property
    def chosen(self) -> dict[str, str]:
        """The values that narrow the list, by name."""
        return {name: self.data[name] for name in self.filters if self.data.get(name)}

    def parts(self) -> list[dict[str, Any]]:
        """Return the sentence as texts and choices for `<c-filter-sentence>`."""
        found: list[dict[str, Any]] = []
        for text, name, _spec, _conversion in string.Formatter().parse(str(self.sentence)):
            if text.strip():
                found.append({"text": text.strip()})
            if name:
                found.append(self._part(name))
        return found

    def _part(self, name: str) -> dict[str, Any]:
        one = self.filters[name]
        chosen = self.data.get(name, "")
        if isinstance(one, SearchFilter):
            label = one.label or _("Ord, der søges efter")
            return {"name": name, "label": label, "is_search": True, "value": chosen}
        options = [("", one.any_word), *one.extra["choices"]]
        return {
            "name": name,
            "label": str(one.label or name),
            "options": [
                {"value": value, "label": label, "selected": value == chosen}
                for value, label in options
            ],
        }


def _clean(data: QueryDict) -> QueryDict:
    """Return the address's query, with what is typed cut to the longest search."""
    cleaned = data.copy()
    if "q" in cleaned:
        cleaned["q"] = str(cleaned["q"]).replace("\x00", "").strip()[:LONGEST]
    return cleaned
