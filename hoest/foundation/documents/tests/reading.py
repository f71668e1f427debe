"""Read back what was written: the tags of a PDF, the structure and the text of both files."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import Any

import docx
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

_NO_TEXT = re.compile(r"[\s\u00ad\u2010-]+")


@dataclass(frozen=True)
class Tag:
    """An element of the structure tree: its type, how deep it stands, what it says of itself."""

    kind: str
    depth: int
    attributes: dict[str, Any]
    alternative: str
    marks: int


def reader(pdf: bytes) -> PdfReader:
    """Open a PDF."""
    return PdfReader(io.BytesIO(pdf))


def tags(pdf: bytes) -> list[Tag]:
    """Return the structure tree in reading order."""
    root = reader(pdf).trailer["/Root"]["/StructTreeRoot"]
    found: list[Tag] = []
    _walk(root.get("/K"), 0, found)
    return found


def _walk(node: Any, depth: int, found: list[Tag]) -> None:
    node = node.get_object() if node is not None else None
    if isinstance(node, ArrayObject):
        for one in node:
            _walk(one, depth, found)
        return
    if not isinstance(node, DictionaryObject) or "/S" not in node:
        return
    kids = node.get("/K")
    attributes: dict[str, Any] = {}
    given = node.get("/A", ArrayObject()).get_object()
    for one in given if isinstance(given, ArrayObject) else [given]:
        attributes.update(one.get_object())
    found.append(
        Tag(str(node["/S"])[1:], depth, attributes, str(node.get("/Alt", "")), _marks(kids))
    )
    _walk(kids, depth + 1, found)


def _marks(kids: Any) -> int:
    """Count the pieces of marked content right below an element."""
    kids = kids.get_object() if kids is not None else []
    several = kids if isinstance(kids, ArrayObject) else [kids]
    return sum(isinstance(one, int) or "/MCID" in (one.get_object() or {}) for one in several)


def pdf_text(pdf: bytes) -> str:
    """Return all text of a PDF, page by page."""
    return "\n".join(page.extract_text() for page in reader(pdf).pages)


def docx_of(file: bytes) -> Any:
    """Open a DOCX."""
    return docx.Document(io.BytesIO(file))


def docx_texts(file: bytes) -> list[str]:
    """Return every text of the body of a DOCX in the order it is read."""
    found: list[str] = []
    for block in docx_of(file).iter_inner_content():
        if hasattr(block, "rows"):
            found += [cell.text for row in block.rows for cell in row.cells]
        elif block.text:
            found.append(block.text)
    return found


def bare(text: str) -> str:
    """Return a text without spaces and hyphens, which a page may break at."""
    return _NO_TEXT.sub("", text)
