"""Characters a document can carry: what the fonts have, and what XML allows.

Why: PDF/UA demands that every character has a glyph, so a PDF with one that no font has is not
made at all. Such a character becomes a box, and the document says so at its end. DOCX lets the
reader's own computer find a font, so there the text stays as it was written.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

BOX = "□"
FONTS = Path(__file__).parent / "fonts"
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
# Marks without a shape of their own: they steer the text beside them and are left out.
_SHAPELESS = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff\u00ad]")


@cache
def covered() -> frozenset[int]:
    """Return the code points IBM Plex Sans has a shape for, in both its weights."""
    found: set[int] = set()
    for span in (FONTS / "covered.txt").read_text(encoding="ascii").split():
        first, _, last = span.partition("-")
        found.update(range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(found)


def clean(text: str) -> str:
    """Return a text that XML can carry: composed, without control characters."""
    return unicodedata.normalize("NFC", _NOT_XML.sub("", text.replace("\r\n", "\n")))


def printable(text: str) -> str:
    """Return a text every character of which has a shape; the others are boxes."""
    kept = _SHAPELESS.sub("", clean(text)).replace("\t", " ").replace("\u2028", "\n")
    known = covered()
    return "".join(c if c == "\n" or ord(c) in known else BOX for c in kept)


def lost(text: str) -> bool:
    """Tell whether a text has a character that becomes a box."""
    return printable(text).count(BOX) > text.count(BOX)
