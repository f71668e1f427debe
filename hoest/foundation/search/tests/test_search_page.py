"""The search: grouped, Danish, in a constant number of queries, and only what one may see."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hoest.foundation.search import finders
from tests.support.world import HERE, MARKERS, THERE

Clients = Callable[..., Client]


def _page(client: Client, text: str) -> str:
    answer = client.get(reverse("search:search"), {"q": text})
    assert answer.status_code == 200
    return answer.content.decode()


def _groups(client: Client, text: str) -> dict[str, list[str]]:
    groups = client.get(reverse("search:search"), {"q": text}).context["groups"]
    return {str(one.label): [find.title for find in one.finds.found] for one in groups}


def test_everything_is_found_in_its_group_with_rung_and_status(client_for: Clients) -> None:
    client = client_for("portfolio_manager")
    found = _groups(client, "ældre")
    assert found["Enheder"] == [f"Ældre og Sundhed {MARKERS[HERE]}"]
    assert found["Initiativer"]
    assert _groups(client, "økonomi")["Udvalg"] == ["Økonomiudvalget"]
    assert "Baseline" in [
        word.capitalize() for word in _groups(client, "baseline")["Ord i ordbogen"]
    ]
    page = _page(client, "færre")
    assert "ladder-small" in page
    assert 'class="status' in _page(client, "skærmbesøg")


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("hjemmetr", "Digital hjemmetræning"),
        ("traening", "Digital hjemmetræning"),
        ("FÆRRE", "Fær"),
    ],
)
def test_it_is_found_as_danes_write(client_for: Clients, typed: str, title: str) -> None:
    found = _groups(client_for("portfolio_manager"), typed)
    assert any(one.startswith(title) for titles in found.values() for one in titles)


def test_what_stands_in_a_title_comes_before_what_mentions_it(client_for: Clients) -> None:
    found = _groups(client_for("portfolio_manager"), "hjemme")["Initiativer"]
    assert found[0].startswith("Digital hjemmetræning")


def test_the_neighbour_is_never_found(client_for: Clients) -> None:
    client = client_for("portfolio_manager")
    assert not any(
        MARKERS[THERE] in title for one in _groups(client, "bakkeby").values() for title in one
    )
    assert MARKERS[THERE] not in _page(client, "færre")


def test_who_may_see_one_unit_finds_nothing_in_the_others(client_for: Clients) -> None:
    assert _groups(client_for("portfolio_manager"), "robotter")["Initiativer"]
    assert "Initiativer" not in _groups(client_for("unit_leader"), "robotter")
    assert _groups(client_for("unit_leader"), "hjemmetræning")["Initiativer"]


def test_a_long_answer_leads_to_the_list_with_the_same_words(client_for: Clients) -> None:
    page = _page(client_for("portfolio_manager"), MARKERS[HERE].lower())
    assert f"/gevinster/?q={'%C3%A5dalm%C3%A6rke'}" in page
    assert "Vis alle gevinster, der passer" in page
    assert all(len(one) <= finders.MOST for one in _groups(client_for("executive"), "a").values())


def test_nothing_typed_and_nothing_found_teach(client_for: Clients) -> None:
    client = client_for("executive")
    assert "Her finder du initiativer" in _page(client, "")
    assert "Her finder du initiativer" in _page(client, " … ")
    nothing = _page(client, "xyzzyx")
    assert "Intet passer til »xyzzyx«." in nothing
    assert "kortere ord" in nothing


@pytest.mark.parametrize(
    "typed", ["%", "'; drop table", "\\", "a" * 5000, "<script>", "\x00a", "æ" * 300]
)
def test_nothing_that_is_typed_can_break_it(client_for: Clients, typed: str) -> None:
    assert "<script>" not in _page(client_for("executive"), typed)


def test_it_reads_in_as_many_queries_however_much_is_found(client_for: Clients) -> None:
    client = client_for("portfolio_manager")
    _page(client, "skærmbesøg")
    counts = []
    for typed in ("hjemmetræning", "mærke"):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            _page(client, typed)
        counts.append(len(asked))
    assert max(counts) <= 49
    assert counts[1] - counts[0] <= 4
