"""Columns of lists: each knows how it is read on a page, in a sheet and by a program.

Why: the same column must say the same in the page's words, in Excel's cells and in JSON's facts.
`render` gives the page's text, `value` a typed value for the sheet (number, date, text) and
`fact` what a program gets. A unit stands in the heading, never in the cell.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import django_tables2 as tables
from django.db.models import F, Func, IntegerField, TextField, Value
from django.db.models.functions import Cast, NullIf
from django.utils.functional import lazy
from django.utils.translation import get_language

from hoest.foundation import content
from hoest.ui import formats

Plain = str | int | float | bool | Decimal | dt.date | dt.datetime | None

_kind_label = lazy(content.kind_label, str)


def _language() -> str:
    return get_language() or "da"


class Column(tables.Column):
    """A column of text, in Danish order (æ, ø, å and aa last)."""

    number = False

    def __init__(
        self,
        heading: Any = None,
        *,
        unit: str = "",
        said: Any = "",
        wide: bool = False,
        sheet: bool = False,
        **kwargs: Any,
    ) -> None:
        """Take what is shown where; the rest is django-tables2's.

        `wide`: left out at 360 px. `sheet`: only in files and JSON. `said`: the word beside a
        number at 360 px, where unit and heading do not read as one; before a text, which stands
        bare without it.
        """
        super().__init__(heading, **kwargs)
        self.unit = unit
        self.said = said
        self.wide = wide
        self.sheet = sheet

    def render(self, value: Any) -> Any:
        """Return the page's text."""
        return value

    def value(self, value: Any) -> Plain:
        """Return the sheet's value."""
        return None if value is None else str(value)

    def fact(self, value: Any) -> Plain:
        """Return what a program gets."""
        return None if value is None else str(value)

    def sort_key(self, path: str) -> Any:
        """Return what rows are sorted by: the text in Danish order."""
        return Func(NullIf(F(path), Value("")), function="da_key", output_field=TextField())


class NumberColumn(Column):
    """A number with the same decimals all the way down; right-aligned."""

    number = True

    def __init__(self, heading: Any = None, *, decimals: int = 0, **kwargs: Any) -> None:
        super().__init__(heading, **kwargs)
        self.decimals = decimals

    def render(self, value: Any) -> str:
        """Return the number as Danes write it."""
        return formats.number(value, self.decimals, _language())

    def value(self, value: Any) -> Plain:
        """Return the number itself."""
        return value

    def fact(self, value: Any) -> Plain:
        """Return the number itself."""
        return value

    def sort_key(self, path: str) -> Any:
        """Return what rows are sorted by: the size."""
        return F(path)


class ShareColumn(NumberColumn):
    """A share (0.62), shown in per cent: the heading carries the sign."""

    def __init__(self, heading: Any = None, **kwargs: Any) -> None:
        super().__init__(heading, **{"unit": "%", **kwargs})

    def render(self, value: Any) -> str:
        """Return the per cent without its sign."""
        return formats.number(value * 100, self.decimals, _language())

    def value(self, value: Any) -> Plain:
        """Return the per cent, as the heading says."""
        return None if value is None else value * 100


class DateColumn(NumberColumn):
    """A date."""

    def render(self, value: Any) -> str:
        """Return the short Danish date."""
        return formats.short_date(value, _language())


class CodeColumn(Column):
    """A coded value, shown by its label from the content; sorted by the codes' own order."""

    def __init__(self, heading: Any = None, *, kind: str, **kwargs: Any) -> None:
        super().__init__(heading or _kind_label(kind), **kwargs)
        self.kind = kind

    def render(self, value: Any) -> str:
        """Return the label."""
        return content.label(self.kind, value) if value in content.codes(self.kind) else value

    def value(self, value: Any) -> Plain:
        """Return the label."""
        return self.render(value) if value else None

    def sort_key(self, path: str) -> Any:
        """Return what rows are sorted by: the place of the code in its list."""
        return Func(
            Func(Value(",".join(content.codes(self.kind))), Value(","), function="string_to_array"),
            Cast(F(path), TextField()),
            function="array_position",
            output_field=IntegerField(),
        )


class RungColumn(CodeColumn):
    """A rung of the ladder, drawn small. The accessor gives the code."""

    def __init__(self, heading: Any = None, **kwargs: Any) -> None:
        super().__init__(heading, **{"kind": "rung", "orderable": False, **kwargs})


class PersonColumn(Column):
    """A person by name; empty means that nobody is named."""

    def __init__(self, heading: Any = None, *, nobody: Any = "", **kwargs: Any) -> None:
        super().__init__(heading, default=nobody, **kwargs)
