"""What every list promises. A subject inherits it and says how one row is made.

class TestInitiatives(ListContract):
    page = Initiatives
    role = "portfolio_manager"          # may see the list
    role_without = "partner"            # may not; "" when everybody may

    def make(self, actor, title): ...   # one more row with this title, in actor's municipality
"""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from hoest.ui.messages import ways_of
from tests.support.world import HERE, MARKERS, THERE

STRANGE = (
    "'",
    '"',
    "\\",
    "a & b | c ! (d",
    "<->",
    ":*",
    "%_%",
    "--",
    "og",
    "²½ª",
    "ÆØÅ æøå éüñ",
    "a'b:*&!",
    "æ" * 200,
    "(" * 200,
    "x" * 5000,
    "1 OR 1=1",
    "\x00",
    "🐦 i hånden",
)


@pytest.mark.django_db
class ListContract:
    """The promises of a list."""

    page: Any
    role: str = "portfolio_manager"
    role_without: str = ""

    def make(self, actor: Any, title: str) -> Any:
        """Make one more row with a title, in the actor's municipality."""
        raise NotImplementedError

    @property
    def url(self) -> str:
        return reverse(self.page.url_name)

    @pytest.fixture
    def client(self, client_for):
        return client_for(self.role)

    def titles_in(self, client, query: str = "") -> dict[str, list[str]]:
        """Return the titles that the page (all its pages), CSV, XLSX and JSON show."""
        answer = client.get(f"{self.url}?format=json{query}").json()
        first = next(name for name in answer["rows"][0] if name != "id") if answer["rows"] else ""
        shown: list[str] = []
        number = 1
        while True:
            found = client.get(f"{self.url}?page={number}{query}")
            shown += [str(row.title) for row in found.context["rows"]]
            if not found.context["page"].has_next():
                break
            number += 1
        text = b"".join(client.get(f"{self.url}?format=csv{query}")).decode("utf-8-sig")
        book = load_workbook(
            io.BytesIO(b"".join(client.get(f"{self.url}?format=xlsx{query}"))), read_only=True
        )
        return {
            "page": shown,
            "json": [row[first] for row in answer["rows"]],
            "csv": [row[0] for row in list(csv.reader(io.StringIO(text), delimiter=";"))[1:]],
            "xlsx": [row[0] for row in list(book.active.iter_rows(values_only=True))[1:]],
        }

    def test_whoever_has_no_permission_is_refused_in_every_format(self, client_for):
        if not self.role_without:
            pytest.skip("every role may see this list")
        client = client_for(self.role_without)
        for query in ("", "?format=csv", "?format=xlsx", "?format=json"):
            assert client.get(self.url + query).status_code == 403

    def test_a_visitor_is_asked_to_sign_in_in_every_format(self, db, client_for):
        from django.test import Client

        for query in ("", "?format=csv", "?format=xlsx", "?format=json"):
            answer = Client().get(self.url + query)
            assert answer.status_code == 302
            assert "/konto/" in answer["Location"]

    def test_no_format_shows_a_row_of_the_neighbour(self, client, client_for):
        here = self.titles_in(client)
        there = self.titles_in(client_for(self.role, there=True))
        for face, titles in here.items():
            assert any(MARKERS[HERE] in title for title in titles), face
            assert not any(MARKERS[THERE] in title for title in titles), face
        assert any(MARKERS[THERE] in title for title in there["page"])

    def test_every_file_has_exactly_the_rows_of_the_page(self, client, actor):
        for number in range(self.page.page_size + 3):
            self.make(actor(self.role), f"Række {number:03}")
        for query in ("", "&q=række", "&sort=" + self.sortable()[0]):
            found = self.titles_in(client, query)
            assert len(found["page"]) > self.page.page_size
            assert found["page"] == found["json"] == found["csv"] == found["xlsx"]

    def sortable(self) -> list[str]:
        table = self.page.table_class([])
        return [name for name, _ in table.columns_in_order() if table.columns[name].orderable]

    def test_every_column_sorts_both_ways(self, client, actor):
        for title in ("Æble", "Zebra", "Ål", "Aal", "Øre", "abe"):
            self.make(actor(self.role), title)
        everything = sorted(self.titles_in(client)["json"])
        for name in self.sortable():
            up = self.titles_in(client, f"&sort={name}")["json"]
            down = self.titles_in(client, f"&sort=-{name}")["json"]
            assert sorted(up) == sorted(down) == everything
        first = self.sortable()[0]
        up = self.titles_in(client, f"&sort={first}&q=")["json"]
        placed = [t for t in up if t in ("Æble", "Zebra", "Ål", "Øre", "abe")]
        assert placed == ["abe", "Zebra", "Æble", "Øre", "Ål"]

    def test_the_number_of_queries_does_not_grow_with_the_list(self, client, actor):
        self.make(actor(self.role), "Den første")
        client.get(self.url)
        counts = []
        for _round in range(2):
            with CaptureQueriesContext(
                connection,
            ) as asked:
                assert client.get(self.url).status_code == 200
            counts.append(len(asked))
            for number in range(15):
                self.make(actor(self.role), f"Flere {_round} {number}")
        assert counts[0] == counts[1]

    def test_unknown_filter_values_are_ignored_with_a_message(self, client):
        table = self.page.filter_class.base_filters
        choices = [name for name in table if name != "q"]
        everything = client.get(self.url).context["page"].paginator.count
        for name in choices:
            for value in ("findes-ikke", "999999999999999999999", "<b>", "' or 1=1"):
                found = client.get(self.url, {name: value})
                assert found.status_code == 200
                assert found.context["page"].paginator.count == everything
                assert len(found.context["ignored"]) == 1
                assert "Filteret kender ikke" in found.content.decode()
                assert "<b>”" not in found.content.decode()

    def test_every_choice_of_the_filter_can_be_chosen(self, client):
        parts = client.get(self.url).context["parts"]
        for part in parts:
            for option in part.get("options", []):
                found = client.get(self.url, {part["name"]: option["value"]})
                assert found.status_code == 200
                assert found.context["ignored"] == []

    def test_unknown_sorting_and_pages_do_no_harm(self, client):
        found = client.get(self.url, {"sort": "password", "page": "-7"})
        assert found.status_code == 200
        assert "kan ikke sorteres" in found.content.decode()
        assert client.get(self.url, {"page": "abc"}).status_code == 200
        assert client.get(self.url, {"format": "exe"}).status_code == 200

    @pytest.mark.parametrize("typed", STRANGE)
    def test_nothing_that_is_typed_breaks_the_search(self, client, typed):
        for query in ({"q": typed}, {"q": typed, "format": "json"}):
            assert client.get(self.url, query).status_code == 200

    def test_titles_are_text_on_the_page_and_in_files(self, client, actor):
        evil = ("<script>alert(1)</script>", "=1+1", "+SUM(A1)", "-2+3", "@cmd", "\t=1")
        for title in evil:
            self.make(actor(self.role), title)
        page = client.get(self.url, {"q": "alert"}).content.decode()
        assert "<script>alert(1)" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
        found = self.titles_in(client)
        assert "=1+1" in found["json"]
        for face in ("csv", "xlsx"):
            assert "'=1+1" in found[face]
            assert not [t for t in found[face] if t.startswith(("=", "+", "-", "@", "\t"))]

    def test_the_csv_opens_in_danish_excel(self, client):
        body = b"".join(client.get(f"{self.url}?format=csv"))
        assert body.startswith(b"\xef\xbb\xbf")
        heading = body.decode("utf-8-sig").splitlines()[0]
        assert heading.count(";") == len(self.page.table_class([]).columns_in_order()) - 1

    def test_the_page_works_without_javascript(self, client):
        found = client.get(self.url)
        page = found.content.decode()
        assert '<form class="filter-sentence" method="get"' in page
        assert 'type="submit"' in page
        part = client.get(self.url, headers={"HX-Request": "true"}).content.decode()
        assert "<html" not in part
        assert part.strip().startswith('<div id="result"')
        assert str(found.context["rows"][0].title)[:10] in part

    def test_an_empty_list_teaches(self, client, monkeypatch):
        rows = self.page.rows
        monkeypatch.setattr(self.page, "rows", lambda page, actor: rows(page, actor).none())
        text = client.get(self.url).content.decode()
        assert str(self.page.empty.what) in text
        assert "filter-sentence" not in text

    def test_a_filter_that_fits_nothing_offers_the_way_back(self, client):
        text = client.get(self.url, {"q": "ordetsomingenhar"}).content.decode()
        assert "Intet passer til det, du har valgt." in text
        assert f'href="{self.url}"' in text

    def test_a_view_is_saved_shared_and_deleted_and_brought_back(self, client, client_for):
        saved = {"list": self.page.name, "name": "Min visning", "query": "q=r%C3%A6kke&page=3"}
        answer = client.post(reverse("lists:save"), saved)
        assert (answer.status_code, answer["Location"]) == (302, f"{self.url}?q=r%C3%A6kke")
        assert [view.name for view in client.get(self.url).context["views"]] == ["Min visning"]
        colleague = client_for("executive")
        assert colleague.get(self.url).context["views"] == []
        client.post(reverse("lists:save"), {**saved, "is_shared": "on"})
        (shared,) = colleague.get(self.url).context["views"]
        assert colleague.post(reverse("lists:delete", args=[shared.pk])).status_code == 404
        neighbour = client_for(self.role, there=True)
        assert neighbour.get(self.url).context["views"] == []
        assert neighbour.post(reverse("lists:delete", args=[shared.pk])).status_code == 404
        gone = client.post(reverse("lists:delete", args=[shared.pk]), follow=True)
        assert gone.context["views"] == []
        *_earlier, message = gone.context["messages"]
        undo = ways_of(message)["undo"]
        assert colleague.post(undo).status_code == 404
        client.post(undo)
        assert [view.name for view in client.get(self.url).context["views"]] == ["Min visning"]
