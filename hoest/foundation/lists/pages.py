"""The list as a view: page, htmx partial, CSV, XLSX and JSON from one declaration."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, JsonResponse, QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views import View

from hoest.foundation import clock
from hoest.foundation.access.actor import Actor
from hoest.foundation.access.permissions import Permission, allowed_somewhere, require
from hoest.foundation.lists.exports import csv_lines, xlsx_file
from hoest.foundation.lists.filters import ListFilter
from hoest.foundation.lists.queries import views_of
from hoest.foundation.lists.tables import Heading, ListTable
from hoest.ui import formats

CONTROLS = ("page", "format", "sort")


@dataclass(frozen=True)
class Act:
    """A link to the one thing to do on a page."""

    label: Any
    url: str


@dataclass(frozen=True)
class Empty:
    """What an empty list teaches: what will stand here, an example, why."""

    what: Any
    example: Any = ""
    why: Any = ""


@dataclass
class Found:
    """The rows an address asks for, in their order, and what was ignored."""

    filter: ListFilter
    table: ListTable
    rows: QuerySet[Any]
    sort: str
    ignored: list[str]


class ListPage(View):
    """A list, declared by its attributes and `rows`. See the docstring of `foundation.lists`."""

    by_name: ClassVar[dict[str, type[ListPage]]] = {}
    name: ClassVar[str] = ""
    url_name: ClassVar[str] = ""
    title: Any = ""
    permission: Permission
    table_class: type[ListTable]
    filter_class: type[ListFilter]
    empty: Empty
    default_sort: str = ""
    page_size: int = 25
    json_page_size: int = 500
    template_name: str = "lists/page.html"
    # Pages that stand beside the list, as (words, name of the address).
    beside: tuple[tuple[Any, str], ...] = ()

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Remember every declared list by its name, for saved views."""
        super().__init_subclass__(**kwargs)
        if cls.name:
            ListPage.by_name[cls.name] = cls

    def rows(self, actor: Actor) -> QuerySet[Any]:
        """Return every row the actor may see, with its relations: begin at `visible_to(actor)`."""
        raise NotImplementedError

    def point(self, actor: Actor, total: int) -> str:
        """Return the page's point in one sentence; `total` counts everything visible."""
        return f"{self.title}: {formats.number(total)}"

    def at_first(self, actor: Actor, rows: QuerySet[Any]) -> QuerySet[Any] | None:
        """Return the rows in the order of nobody's choice; None for `default_sort`."""
        return None

    def act(self, actor: Actor) -> Act | None:
        """Return the page's one primary action, or None."""
        return None

    def pages_beside(self, actor: Actor) -> tuple[tuple[Any, str], ...]:
        """Return the pages that stand beside the list for this reader."""
        return self.beside

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with the page, its part for htmx, or the file asked for."""
        actor: Actor = request.actor  # type: ignore[attr-defined]
        if not allowed_somewhere(actor, self.permission):
            require(actor, self.permission)
        found = self.find(actor, request.GET)
        wanted = request.GET.get("format", "")
        if wanted == "csv":
            return self._csv(found)
        if wanted == "xlsx":
            return self._xlsx(found)
        if wanted == "json":
            return self._json(request, found)
        if wanted:
            found.ignored.append(
                _("Listen findes ikke i formatet »%(format)s«.") % {"format": wanted[:20]}
            )
        template = self.template_name
        if getattr(request, "htmx", False) and not request.htmx.history_restore_request:  # type: ignore[attr-defined]
            # The rows are the same on a page of its own: a partial is not inherited.
            template = "lists/page.html#result"
        response = render(request, template, self.context(request, actor, found))
        if "#" in template:
            response["HX-Push-Url"] = _address(request)
        patch_vary_headers(response, ["HX-Request"])
        return response

    def find(self, actor: Actor, query: QueryDict) -> Found:
        """Filter and sort what the actor may see by an address's query."""
        table = self.table_class([])
        table.actor = actor
        chosen = self.filter_class(query, self.rows(actor), actor)
        ignored = list(chosen.ignored)
        rows = None
        sort = query.get("sort", "")
        if sort:
            rows = table.sorted_by(chosen.qs, sort)
            if rows is None:
                ignored.append(
                    _("Listen kan ikke sorteres efter »%(column)s«.") % {"column": sort[:40]}
                )
        if rows is None and not ignored[len(chosen.ignored) :]:
            rows = self.at_first(actor, chosen.qs)
        if rows is None:
            sort = self.default_sort or table.columns_in_order()[0][0]
            rows = table.sorted_by(chosen.qs, sort)
        assert rows is not None
        return Found(chosen, table, rows, sort, ignored)

    def context(self, request: HttpRequest, actor: Actor, found: Found) -> dict[str, Any]:
        """Return what the template needs."""
        # Words are looked for in every row, so that is done once for the count and the page.
        is_searched = bool(request.GET.get("q", "").strip())
        wanted = list(found.rows.values_list("pk", flat=True)) if is_searched else found.rows
        page = Paginator(wanted, self.page_size).get_page(request.GET.get("page"))
        shown = page.paginator.count
        total = self.rows(actor).count() if found.filter.chosen else shown
        return {
            "list": self,
            "point": self.point(actor, total),
            "act": self.act(actor),
            "beside": self.pages_beside(actor),
            "page": page,
            "count_sentence": _count_sentence(page),
            "total": total,
            "columns": self._headings(request, found),
            "rows": found.table.page_rows(
                self._records(actor, page) if is_searched else list(page.object_list)
            ),
            "parts": found.filter.parts(),
            "is_narrowed": bool(found.filter.chosen),
            "ignored": found.ignored,
            "views": list(views_of(actor, self.name)),
            "person_id": actor.person_id,
            "query": _without(request.GET, *CONTROLS[:2]),
            "sort": request.GET.get("sort", ""),
        }

    def _records(self, actor: Actor, page: Any) -> list[Any]:
        """Return the rows of a page of ids, in their order."""
        known = {row.pk: row for row in self.rows(actor).filter(pk__in=list(page.object_list))}
        return [known[pk] for pk in page.object_list if pk in known]

    def _headings(self, request: HttpRequest, found: Found) -> list[Heading]:
        headings = []
        for name, column in found.table.page_columns():
            url = state = ""
            if found.table.columns[name].orderable:
                state = {name: "ascending", f"-{name}": "descending"}.get(found.sort, "")
                query = request.GET.copy()
                for control in CONTROLS:
                    query.pop(control, None)
                query["sort"] = f"-{name}" if state == "ascending" else name
                url = f"{request.path}?{query.urlencode()}"
            label, said = found.table.heading_of(name), found.table.said_of(name)
            headings.append(Heading(name, label, column.number, url, state, said))
        return headings

    def _sheet_headings(self, found: Found) -> list[str]:
        return [found.table.heading_of(name) for name, _column in found.table.columns_in_order()]

    def _file_name(self, ending: str) -> str:
        return f"{self.name}-{clock.today().isoformat()}.{ending}"

    def _csv(self, found: Found) -> StreamingHttpResponse:
        language = get_language() or "da"

        def lines() -> Iterator[bytes]:
            # The body is read after the request, when no language is chosen any more.
            with override(language):
                yield from csv_lines(
                    self._sheet_headings(found), found.table.sheet_rows(found.rows)
                )

        response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{self._file_name("csv")}"'
        return response

    def _xlsx(self, found: Found) -> FileResponse:
        file = xlsx_file(
            str(self.title), self._sheet_headings(found), found.table.sheet_rows(found.rows)
        )
        return FileResponse(
            file,
            as_attachment=True,
            filename=self._file_name("xlsx"),
            content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        )

    def _json(self, request: HttpRequest, found: Found) -> JsonResponse:
        page = Paginator(found.rows, self.json_page_size).get_page(request.GET.get("page"))
        following = None
        if page.has_next():
            query = request.GET.copy()
            query["page"] = str(page.next_page_number())
            following = f"{request.path}?{query.urlencode()}"
        return JsonResponse(
            {
                "list": self.name,
                "count": page.paginator.count,
                "filter": found.filter.chosen,
                "ignored": found.ignored,
                "next": following,
                "rows": [found.table.facts(record) for record in page.object_list],
            },
            json_dumps_params={"ensure_ascii": False},
        )


def _count_sentence(page: Page[Any]) -> str:
    count = page.paginator.count
    if count <= page.paginator.per_page:
        return _("Viser alle %(count)s") % {"count": formats.number(count)} if count > 1 else ""
    return _("Viser %(first)s–%(last)s af %(count)s") % {
        "first": formats.number(page.start_index()),
        "last": formats.number(page.end_index()),
        "count": formats.number(count),
    }


def _address(request: HttpRequest) -> str:
    """Return the address of what is shown, without the choices that choose nothing."""
    chosen = QueryDict(mutable=True)
    for name, value in request.GET.items():
        if value:
            chosen[name] = str(value)
    return f"{request.path}?{chosen.urlencode()}" if chosen else request.path


def _without(query: QueryDict, *names: str) -> str:
    kept = query.copy()
    for name in names:
        kept.pop(name, None)
    return kept.urlencode()
