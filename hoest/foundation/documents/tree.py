"""What a document consists of: headings, paragraphs, lists, tables; a front page and an annex.

A document is a value without behaviour; the writers give it its look. The front has one page,
whatever stands on it, and the annex begins on the next. Every text is plain text.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum


class Tone(StrEnum):
    """How a paragraph is said: the point, the plain text, or a remark beside it."""

    LEAD = "lead"
    BODY = "body"
    NOTE = "note"


class Weight(StrEnum):
    """What a row of a table is: an ordinary one, a sum, or a remark that spans the table."""

    PLAIN = "plain"
    SUM = "sum"


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 is the title of the document, and levels are never skipped."""

    text: str
    level: int = 2


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of plain text."""

    text: str
    tone: Tone = Tone.BODY


@dataclass(frozen=True)
class Items:
    """A list of points."""

    texts: tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """A row of a table: its cells, the first of which names it."""

    cells: tuple[str, ...]
    weight: Weight = Weight.PLAIN


@dataclass(frozen=True)
class Table:
    """A table with its headings; `caption` says what it shows, also to who cannot see it.

    `numeric` are the columns that hold numbers and stand to the right. `widths` are shares of the
    page's width; without any, the first column is wide and the others share the rest.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[Row, ...]
    numeric: frozenset[int] = frozenset()
    widths: tuple[float, ...] = ()
    shows_caption: bool = False

    def __post_init__(self) -> None:
        """Refuse rows that do not fit the headings."""
        for row in self.rows:
            if len(row.cells) != len(self.head):
                raise ValueError(
                    f"{self.caption}: {len(row.cells)} cells under {len(self.head)} headings"
                )
        if self.widths and len(self.widths) != len(self.head):
            raise ValueError(f"{self.caption}: {len(self.widths)} widths")

    @property
    def shares(self) -> tuple[float, ...]:
        """The share of the width each column gets."""
        if self.widths:
            return self.widths
        return (2.6,) + (1.0,) * (len(self.head) - 1) if len(self.head) > 1 else (1.0,)


Block = Heading | Paragraph | Items | Table


@dataclass(frozen=True)
class Document:
    """A document for people: who made it, when, what it says first and what stands behind it.

    `marking` ("Kladde") and `notice` ("Demo – opdigtede tal") stand on every page. `top` is what
    the top of every page says: municipality, what it is, version. `language` is a tag such as
    da-DK.
    """

    title: str
    author: str
    organisation: str
    made_at: dt.datetime
    top: tuple[str, str]
    bottom: str
    front: tuple[Block, ...]
    annex_title: str = ""
    annex: tuple[Block, ...] = ()
    marking: str = ""
    notice: str = ""
    subject: str = ""
    language: str = "da-DK"
    page_words: str = field(default="Side {page} af {pages}")

    def blocks(self) -> Iterator[Block]:
        """Yield every block in the order it is read: title, front, annex."""
        yield Heading(self.title, 1)
        yield from self.front
        if self.annex:
            yield Heading(self.annex_title, 2)
            yield from self.annex


def texts(document: Document) -> Iterator[str]:
    """Yield every text of a document in the order it is read."""
    for block in document.blocks():
        match block:
            case Heading(text=text) | Paragraph(text=text):
                yield text
            case Items(texts=several):
                yield from several
            case Table():
                if block.shows_caption:
                    yield block.caption
                yield from block.head
                for row in block.rows:
                    yield from row.cells
