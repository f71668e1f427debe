"""The table of a list: django-tables2's declaration with a link, and three faces of every row."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

import django_tables2 as tables
from django.db.models import QuerySet
from django.utils.encoding import force_str
from django.utils.functional import cached_property
from django_tables2.rows import BoundRow
from django_tables2.utils import signature

from hoest.foundation import content
from hoest.foundation.access.actor import Actor
from hoest.foundation.lists.columns import Column, DateColumn, Plain, RungColumn


@dataclass(frozen=True)
class Heading:
    """One heading of the page's table; `said` is its word beside a number on a phone."""

    name: str
    label: str
    number: bool
    sort_url: str = ""
    sorted: str = ""
    said: str = ""


@dataclass(frozen=True)
class Cell:
    """One cell of the page's table; a rung has a number and is drawn, a day's word comes first.

    `named`: a text with its column's word before it on a phone.
    """

    text: Any
    number: bool = False
    only_wide: bool = False
    rung: int | None = None
    lapsed: bool = False
    day: bool = False
    named: bool = False


@dataclass(frozen=True)
class Row:
    """One row of the page: the title is the link, the cells follow."""

    href: str
    title: Any
    cells: list[Cell]


class _PageRow(BoundRow):
    """A row whose columns are asked once a page what their renderer takes, not once a cell.

    Reading the signature of a function is a third of the cost of a cell.
    """

    def _call_render(self, bound_column: Any, value: Any = None) -> Any:
        asked = self._table.taken_by_renderers
        if bound_column.name not in asked:
            asked[bound_column.name] = signature(bound_column.render)
        names, takes_all = asked[bound_column.name]
        given = self._optional_cell_arguments(bound_column, value)
        wanted = given if takes_all else {name: given[name] for name in names}
        content = bound_column.render(**wanted)
        return bound_column.link(content, **given) if bound_column.link else content


class ListTable(tables.Table):
    """Declare columns as with django-tables2; the first one is the row's title and its link.

    `render_x(self, record)` changes a column on the page, `value_x` in sheets and `fact_x` in
    JSON, all from the record (`value` is None for a column that is no field).
    """

    actor: Actor | None = None
    """Whose list it is, for what is said beside a row; None in a short list in a panel."""

    class Meta:
        orderable = True

    def href(self, record: Any) -> str:
        """Return the address of a row's own page."""
        raise NotImplementedError

    def columns_in_order(self) -> list[tuple[str, Column]]:
        """Return the columns as (name, column)."""
        return [(bound.name, bound.column) for bound in self.columns.iterall()]

    def page_columns(self) -> list[tuple[str, Column]]:
        """Return the columns a page shows: all but those for files alone."""
        return [(name, column) for name, column in self.columns_in_order() if not column.sheet]

    def heading_of(self, name: str) -> str:
        """Return a column's heading with its unit in brackets."""
        column: Column = self.columns[name].column
        heading = force_str(column.verbose_name or self.columns[name].header)
        bare = not column.unit or heading.lower() == column.unit
        return heading if bare else f"{heading} ({column.unit})"

    def said_of(self, name: str) -> str:
        """Return what is said beside a number on a phone: the unit first, as one reads it."""
        column: Column = self.columns[name].column
        heading = force_str(column.verbose_name or self.columns[name].header)
        unit = force_str(column.unit)
        if column.said:
            return force_str(column.said)
        return unit if heading.lower() == unit else f"{unit} {heading}".strip()

    def headings(self) -> list[Heading]:
        """Return the headings without sorting, for a short list in a panel."""
        return [
            Heading(name, self.heading_of(name), column.number, said=self.said_of(name))
            for name, column in self.page_columns()
        ]

    def page_rows(self, records: list[Any], only: Collection[str] = ()) -> list[Row]:
        """Return the rows of one page; `only` names the columns of a short list."""
        columns = [one for one in self.page_columns() if not only or one[0] in only]
        return [self._row(_PageRow(record, table=self), columns) for record in records]

    @cached_property
    def taken_by_renderers(self) -> dict[str, tuple[tuple[str, ...], str | None]]:
        """What the renderer of each column takes: the names, and that of a catch-all."""
        return {}

    def _row(self, bound: BoundRow, columns: list[tuple[str, Column]]) -> Row:
        (title, _column), *others = columns
        cells = [self._cell(bound, name, column) for name, column in others]
        return Row(self.href(bound.record), bound.get_cell(title), cells)

    def _cell(self, bound: BoundRow, name: str, column: Column) -> Cell:
        shown = bound.get_cell(name)
        text = "" if shown is None else shown
        if isinstance(column, RungColumn):
            rung = content.number("rung", str(self.raw(bound.record, name)))
            return Cell(text, False, column.wide, rung if rung is not None else 0, rung is None)
        day, named = isinstance(column, DateColumn), bool(column.said) and not column.number
        return Cell(text, column.number, column.wide, day=day, named=named)

    def sheet_rows(self, records: QuerySet[Any] | list[Any]) -> Iterator[list[Plain]]:
        """Yield the values of each row for a sheet, one row at a time."""
        columns = self.columns_in_order()
        chunks = records.iterator(chunk_size=500) if isinstance(records, QuerySet) else records
        for record in chunks:
            yield [self._faced(record, name, column, "value") for name, column in columns]

    def facts(self, record: Any) -> dict[str, Plain]:
        """Return a row as a program gets it, by column name; `id` is the row's own."""
        columns = self.columns_in_order()
        found = {name: self._faced(record, name, column, "fact") for name, column in columns}
        return {"id": record.pk, **found}

    def raw(self, record: Any, name: str) -> Any:
        """Return the value a column's accessor finds, or None. A table may answer itself."""
        value = record
        for part in self._path_of_columns[name]:
            value = getattr(value, part, None)
            if value is None:
                return None
        return value

    @cached_property
    def _path_of_columns(self) -> dict[str, list[str]]:
        """The attributes that lead to each column's value; a file asks for them in every row."""
        return {
            bound.name: str(bound.accessor).replace(".", "__").split("__")
            for bound in self.columns.iterall()
        }

    def _faced(self, record: Any, name: str, column: Column, face: str) -> Plain:
        own = getattr(self, f"{face}_{name}", None)
        if own is not None:
            found: Plain = own(record=record)
            return found
        raw = self.raw(record, name)
        shown: Plain = getattr(column, face)(raw)
        return shown

    def sorted_by(self, rows: QuerySet[Any], wanted: str) -> QuerySet[Any] | None:
        """Return the rows sorted by "name" or "-name"; None when no such column can be sorted."""
        name = wanted.removeprefix("-")
        if name not in self.columns.names() or not self.columns[name].orderable:
            return None
        column: Column = self.columns[name].column
        paths = column.order_by or (self.columns[name].accessor,)
        keys = [column.sort_key(str(path).replace(".", "__")) for path in paths]
        if wanted.startswith("-"):
            return rows.order_by(*(key.desc(nulls_last=True) for key in keys), "pk")
        return rows.order_by(*(key.asc(nulls_last=True) for key in keys), "pk")
