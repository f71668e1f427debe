"""Static files are sent packed to those who read it, and pages never."""

from __future__ import annotations

import gzip

import pytest
from django.test import Client

STYLES = "/static/ui/css/components.css"


def _read(answer) -> bytes:
    body = b"".join(answer) if answer.streaming else answer.content
    answer.close()
    return body


@pytest.mark.django_db
def test_styles_are_packed_and_say_the_same():
    plain = Client().get(STYLES, headers={"Accept-Encoding": "identity"})
    packed = Client().get(STYLES, headers={"Accept-Encoding": "br, gzip"})
    body = _read(plain)
    assert "Content-Encoding" not in plain
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == body
    assert int(packed["Content-Length"]) == len(packed.content) < len(body) / 3
    for answer in (plain, packed):
        assert answer["Content-Type"].startswith("text/css")
        assert "Accept-Encoding" in answer["Vary"]
        assert answer["Cache-Control"] == plain["Cache-Control"]


@pytest.mark.django_db
def test_a_file_the_browser_has_is_not_sent_again():
    first = Client().get(STYLES, headers={"Accept-Encoding": "gzip"})
    both = {"If-Modified-Since": first["Last-Modified"], "If-None-Match": first["ETag"]}
    again = Client().get(STYLES, headers={"Accept-Encoding": "gzip", **both})
    assert again.status_code == 304
    assert not _read(again)
    changed = both | {"If-None-Match": 'W/"0-0"'}
    assert Client().get(STYLES, headers={"Accept-Encoding": "gzip", **changed}).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/konto/log-ind/", "/static/ui/findes-ikke.css", "/static/ui/vendor/VENDORED.md"]
)
def test_nothing_else_is_packed(path):
    answer = Client().get(path, headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in answer
    assert _read(answer)


@pytest.mark.django_db
def test_a_part_of_a_file_is_sent_as_it_is():
    part = Client().get(STYLES, headers={"Accept-Encoding": "gzip", "Range": "bytes=0-9"})
    assert part.status_code == 206
    assert "Content-Encoding" not in part
    assert len(_read(part)) == 10
