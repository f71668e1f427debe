"""What is answered to a person is kept by no cache, and the cache is emptied when she leaves."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

Clients = Callable[..., Client]


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    cache.clear()


@pytest.mark.parametrize(
    "address", ["/", "/gevinster/", "/konto/", "/hjaelp/", "/findes/ikke/", "/konto/log-ud/"]
)
def test_no_answer_to_a_person_is_kept(client_for: Clients, address: str) -> None:
    kept = client_for("controller").get(address)["Cache-Control"]
    assert "no-store" in kept
    assert "private" in kept


def test_a_part_of_a_page_and_a_refused_form_are_not_kept_either(client_for: Clients) -> None:
    client = client_for("controller")
    part = client.get("/gevinster/", headers={"HX-Request": "true"})
    refused = client.post("/lister/", {})
    assert "no-store" in part["Cache-Control"]
    assert "no-store" in refused["Cache-Control"]


@pytest.mark.django_db
def test_the_page_of_a_visitor_may_be_kept_as_ever(client: Client) -> None:
    assert "no-store" not in client.get(reverse("offline:page")).get("Cache-Control", "")


def test_the_worker_keeps_its_own_word(client_for: Clients) -> None:
    assert client_for("controller").get("/sw.js")["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("way_out", ["account_logout", "access:sign_out_everywhere"])
def test_signing_out_empties_the_cache_of_the_device(client_for: Clients, way_out: str) -> None:
    client = client_for("controller")
    assert "Clear-Site-Data" not in client.get("/")
    out = client.post(reverse(way_out))
    assert out["Clear-Site-Data"] == '"cache"'
    assert "no-store" in out["Cache-Control"]
    assert "Clear-Site-Data" not in client.get(reverse("account_login"))
