"""What a device is given, and what it never is: nothing personal, nothing old."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from hoest.foundation import clock
from hoest.foundation.offline import cached
from tests.support.world import HERE, MARKERS

Clients = Callable[..., Client]
UI = Path(__file__).resolve().parents[3] / "ui"
PNG = b"\x89PNG\r\n\x1a\n"


def _size(name: str) -> tuple[int, int]:
    """Return width and height of a PNG (its first chunk, RFC 2083)."""
    place = finders.find(name)
    assert isinstance(place, str)
    data = Path(place).read_bytes()
    assert data[:8] == PNG
    return int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")


def test_the_manifest_has_danish_words_and_pictures_of_the_sizes_it_says(client: Client) -> None:
    answer = client.get(reverse("offline:manifest"))
    assert answer["Content-Type"] == "application/manifest+json"
    told = answer.json()
    assert (told["lang"], told["start_url"], told["scope"]) == ("da", "/", "/")
    assert "gevinster" in told["name"]
    pictures = [one for one in told["icons"] if one["type"] == "image/png"]
    assert {one["sizes"] for one in pictures} == {"192x192", "512x512"}
    assert [one["sizes"] for one in pictures if one.get("purpose") == "maskable"] == ["512x512"]
    for one in pictures:
        width, height = _size(one["src"].removeprefix("/static/"))
        assert f"{width}x{height}" == one["sizes"]


def test_the_worker_reaches_the_whole_site_and_is_asked_for_anew(client: Client) -> None:
    answer = client.get(reverse("offline:worker"))
    assert answer["Service-Worker-Allowed"] == "/"
    assert answer["Content-Type"].startswith("text/javascript")
    assert "no-cache" in answer["Cache-Control"]
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    facts = json.loads(re.search(r"^const KEPT = (.*);$", answer.text, re.M)[1])  # type: ignore[index]
    assert facts["page"] == reverse("offline:page")
    assert len(facts["files"]) == len(cached.FILES)
    for file in facts["files"]:
        assert finders.find(file.removeprefix("/static/")), file


def test_every_file_of_a_page_is_kept() -> None:
    head = (UI / "templates/layout/head.html").read_text(encoding="utf-8")
    asked = set(re.findall(r"{% static '(ui/[^']+\.(?:css|js|woff2|svg))' %}", head))
    assert asked <= set(cached.FILES), asked - set(cached.FILES)


def test_another_file_gives_another_version(monkeypatch: pytest.MonkeyPatch) -> None:
    before = cached.version.__wrapped__()
    monkeypatch.setattr(cached, "FILES", cached.FILES[1:])
    assert cached.version.__wrapped__() != before


def test_the_addresses_the_scripts_name_are_ours() -> None:
    script = (UI / "static/ui/js/outbox.js").read_text(encoding="utf-8")
    assert f'const ASK = "{reverse("offline:key")}"' in script
    keep = (UI / "static/ui/js/keep.js").read_text(encoding="utf-8")
    assert f'"{reverse("offline:forms")}"' in keep
    assert f'register("{reverse("offline:worker")}")' in keep


def test_the_page_without_a_connection_knows_nobody(client_for: Clients) -> None:
    answer = client_for("benefit_owner").get(reverse("offline:page"))
    page = answer.content.decode()
    assert "Du har ingen forbindelse" in page
    for personal in (MARKERS[HERE], "Gevinstejer i", "data-person", "csrfmiddlewaretoken"):
        assert personal not in page


def test_a_stranger_is_nobody_and_gets_no_token(client: Client) -> None:
    assert client.get(reverse("offline:key")).json() == {"person": "", "token": ""}
    assert client.get(reverse("offline:forms")).json() == {"person": "", "forms": []}


def test_two_people_have_two_keys_and_none_is_kept_by_a_cache(client_for: Clients) -> None:
    answers = [
        client_for(role, there=there).get(reverse("offline:key"))
        for role, there in (("benefit_owner", False), ("controller", False), ("controller", True))
    ]
    assert len({one.json()["person"] for one in answers}) == 3
    assert all(one.json()["token"] for one in answers)
    assert all("no-store" in one["Cache-Control"] for one in answers)


def test_the_small_forms_are_ones_own_due_measurements(client_for: Clients, here: int) -> None:
    with clock.frozen_at(clock.today().replace(year=clock.today().year + 1)):
        own = client_for("benefit_owner").get(reverse("offline:forms")).json()["forms"]
        others = client_for("executive").get(reverse("offline:forms")).json()["forms"]
    assert own
    assert not {one["address"] for one in own} & {one["address"] for one in others}
    for one in own:
        assert re.fullmatch(r"/gevinster/\d+/maaling/", one["address"])
        assert one["title"]
