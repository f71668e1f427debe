"""From a document to a tagged PDF: PDF/UA-1 structure, language, title, headings, table headings.

Typst lays it out and refuses to write a file that breaks what it checks of PDF/UA-1 (ISO 14289-1).
The words go in as JSON and are never read as markup; no file and no network is reached.

Source: ISO 14289-1; typst 0.14 and later, `pdf_standards="ua-1"`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import typst

from hoest.foundation.documents.characters import FONTS, lost, printable
from hoest.foundation.documents.tree import (
    Block,
    Document,
    Heading,
    Items,
    Paragraph,
    Table,
    Tone,
    texts,
)

LOOK = Path(__file__).parent / "document.typ"
# From this many columns on a table is written smaller.
MANY_COLUMNS = 7


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(FONTS)]
    )


def written(document: Document, *, box_words: str = "") -> bytes:
    """Return the document as a tagged PDF.

    `box_words` is said at the end when a character was lost to a box.
    """
    done = typst.compile(
        LOOK.read_bytes(),
        sys_inputs={"document": json.dumps(_plain(document, box_words))},
        font_paths=_fonts(),
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
        timestamp=int(document.made_at.timestamp()),
    )
    if not isinstance(done, bytes):
        raise TypeError("typst gives one file for one document")
    return done


def _plain(document: Document, box_words: str) -> dict[str, Any]:
    """Return the document as JSON has it, every text of it printable."""
    lang, _, region = document.language.partition("-")
    annex = list(_blocks(document.annex))
    if box_words and any(lost(text) for text in texts(document)):
        annex.append({"kind": "paragraph", "tone": "note", "text": printable(box_words)})
    day = document.made_at
    return {
        "title": _said(document.title),
        "author": printable(document.author),
        "subject": printable(document.subject),
        "keywords": [printable(document.organisation)],
        "lang": lang,
        "region": region or None,
        "day": [day.year, day.month, day.day],
        "top": [printable(words) for words in document.top],
        "bottom": printable(document.bottom),
        "page_words": printable(document.page_words),
        "marking": printable(document.marking),
        "notice": printable(document.notice),
        "front": list(_blocks(document.front)),
        "annex_title": _said(document.annex_title),
        "annex": annex,
    }


def _said(heading: str) -> str:
    """Return a heading that is not empty: PDF/UA has no use for one that is."""
    return printable(heading).strip() or "–"


def _blocks(blocks: Iterable[Block]) -> Iterable[dict[str, Any]]:
    for block in blocks:
        match block:
            case Heading():
                yield {"kind": "heading", "text": _said(block.text), "level": block.level}
            case Paragraph():
                yield {
                    "kind": "paragraph",
                    "tone": Tone(block.tone).value,
                    "text": printable(block.text),
                }
            case Items():
                yield {"kind": "items", "texts": [printable(text) for text in block.texts]}
            case Table():
                yield _table(block)


def _table(block: Table) -> dict[str, Any]:
    return {
        "kind": "table",
        "caption": printable(block.caption) if block.shows_caption else "",
        "small": len(block.head) >= MANY_COLUMNS,
        "head": [printable(words) for words in block.head],
        "numeric": sorted(block.numeric),
        "widths": list(block.shares),
        "rows": [
            {"weight": row.weight.value, "cells": [printable(words) for words in row.cells]}
            for row in block.rows
        ],
    }
