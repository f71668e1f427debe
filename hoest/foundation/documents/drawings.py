"""A drawing of our own (SVG) as PNG or as a PDF of one page, without any system package.

Typst reads the SVG with the house's own letters. The page is A4 on its side; a drawing whose words
would be smaller than `smallest_print_points` there goes on A3. The PDF is tagged, and what the
drawing tells stands as its alternative text. Source: typst 0.15, `pdf_standards="ua-1"`.
"""

from __future__ import annotations

import datetime as dt
import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import typst

from hoest.foundation import content
from hoest.foundation.documents.characters import FONTS, printable

# The letters of a drawing are 13 of its units high; a page is so many points wide inside its edge.
LETTER = 13.0
ROOM = {"a4": (842 - 2 * 28, 595 - 2 * 28), "a3": (1191 - 2 * 28, 842 - 2 * 28)}
PIXELS_PER_UNIT = 2
# typst counts 72 points to an inch, and so does a drawing's unit here.
POINTS = 72

_PAGE = """
#let told = json(bytes(sys.inputs.told))
#set document(title: told.title, date: datetime(year: told.day.at(0), month: told.day.at(1),
  day: told.day.at(2)))
#set text(lang: told.lang, font: "IBM Plex Sans")
#set page(paper: told.paper, flipped: true, margin: 28pt)
#align(center + horizon, image("drawing.svg", alt: told.alt, width: 100%, height: 100%,
  fit: "contain"))
"""
_PICTURE = """
#let told = json(bytes(sys.inputs.told))
#set page(width: told.width * 1pt, height: told.height * 1pt, margin: 0pt)
#image("drawing.svg", width: 100%, height: 100%)
"""


@dataclass(frozen=True)
class Drawing:
    """An SVG with its size, what it is called and what it tells in words."""

    svg: str
    width: float
    height: float
    title: str
    told: str
    language: str
    made_at: dt.datetime


def paper_of(drawing: Drawing) -> Literal["a4", "a3"]:
    """Return the page on which the words of a drawing are large enough to read."""
    across, down = ROOM["a4"]
    points = LETTER * min(across / drawing.width, down / drawing.height)
    return "a4" if points >= content.limit("smallest_print_points") else "a3"


def as_pdf(drawing: Drawing) -> bytes:
    """Return the drawing as a tagged PDF of one page."""
    lang = drawing.language.partition("-")[0]
    day = drawing.made_at
    told = {
        "title": printable(drawing.title),
        "alt": printable(f"{drawing.title}. {drawing.told}".strip()),
        "lang": lang,
        "paper": paper_of(drawing),
        "day": [day.year, day.month, day.day],
    }
    return _compiled(_PAGE, drawing.svg, told, "pdf", day)


def as_png(drawing: Drawing) -> bytes:
    """Return the drawing as a picture, two pixels to a unit."""
    told = {"width": drawing.width, "height": drawing.height}
    return _compiled(_PICTURE, drawing.svg, told, "png", drawing.made_at)


def _compiled(
    source: str,
    svg: str,
    told: Mapping[str, object],
    form: Literal["pdf", "png"],
    made_at: dt.datetime,
) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "drawing.svg").write_text(printable(svg), encoding="utf-8")
        (Path(folder) / "page.typ").write_text(source, encoding="utf-8")
        done = typst.compile(
            str(Path(folder) / "page.typ"),
            root=folder,
            format=form,
            ppi=float(POINTS * PIXELS_PER_UNIT),
            sys_inputs={"told": json.dumps(told)},
            font_paths=_letters(),
            ignore_system_fonts=True,
            pdf_standards=["ua-1"] if form == "pdf" else [],
            timestamp=int(made_at.timestamp()),
        )
    if not isinstance(done, bytes):
        raise TypeError("typst gives one file for one page")
    return done


@cache
def _letters() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(FONTS)]
    )
