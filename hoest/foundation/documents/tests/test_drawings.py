"""A drawing as PDF and PNG: one page, large enough to read, whatever characters stand in it."""

from __future__ import annotations

import datetime as dt

import pytest

from hoest.foundation.documents.drawings import Drawing, as_pdf, as_png, paper_of


def _drawing(width: float = 400, height: float = 100, words: str = "Ny praksis") -> Drawing:
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
        f' width="{width}" height="{height}"><text x="10" y="30" font-size="13"'
        f' font-family="IBM Plex Sans, sans-serif">{words}</text></svg>'
    )
    made_at = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
    return Drawing(svg, width, height, "Gevinstdiagram", "A fører til B.", "da", made_at)


def test_a_small_drawing_is_on_a4_and_a_large_one_on_a3() -> None:
    assert paper_of(_drawing(1160, 400)) == "a4"
    assert paper_of(_drawing(1160, 3900)) == "a3"


@pytest.mark.parametrize("words", ["Ny praksis", "Høst 🐦 og \u4f60", "æøå ÆØÅ »«"])
def test_a_drawing_becomes_a_file_whatever_stands_in_it(words: str) -> None:
    assert as_pdf(_drawing(words=words)).startswith(b"%PDF")
    assert as_png(_drawing(words=words)).startswith(b"\x89PNG")


def test_the_same_drawing_is_the_same_file() -> None:
    assert as_png(_drawing()) == as_png(_drawing())


def test_a_picture_has_two_pixels_to_a_unit() -> None:
    body = as_png(_drawing(400, 100))
    width, height = int.from_bytes(body[16:20], "big"), int.from_bytes(body[20:24], "big")
    assert (width, height) == (800, 200)
