"""The XML parts of a workbook, walked once with a streaming parser before any library sees them.

Runs in the child process only. Every part must be well-formed UTF-8 without DOCTYPE. The walk
counts rows, finds the last cell with content, and notes formulas and error values with their
sheet and cell: the spreadsheet library returns stored values only and blanks for errors.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat

from hoest.foundation.imports import refusals
from hoest.foundation.imports.container import shown
from hoest.foundation.imports.limits import Limits
from hoest.foundation.imports.places import address

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384
SHOWN_TEXT = 64
WIDE_STARTS = (b"\xff\xfe", b"\xfe\xff", b"\x00<", b"<\x00", b"\x00\x00")
TYPE = re.compile(rb"""[Tt]ype\s*=\s*(?:"[^"]*"|'[^']*')""")
READ_PARTS = ("xl/", "[content_types].xml")
UTF_8 = {"", "utf-8", "utf8", "us-ascii", "ascii"}

Attributes = dict[str, str]


@dataclass
class SheetPart:
    """What one worksheet part holds: its extent, and the cells that are not plain values."""

    rows: int = 0
    last_row: int = 0
    last_column: int = 0
    last_cell: str = ""
    widest_cell: str = ""
    formulas: list[tuple[int, int, bool]] = field(default_factory=list)
    """Row, column (both from 1) and whether the formula has a stored value."""
    errors: list[tuple[int, int, str]] = field(default_factory=list)
    """Row, column and the error as it is shown, such as `#REF!`."""


@dataclass
class Anatomy:
    """All worksheet parts by name, and the sheets of the workbook in their order."""

    sheet_parts: dict[str, SheetPart] = field(default_factory=dict)
    sheets: list[tuple[str, str]] = field(default_factory=list)
    """Sheet name and relationship id."""
    relations: dict[str, dict[str, str]] = field(default_factory=dict)
    """For each .rels part: relationship id to target part."""

    def part_of(self, sheet: str) -> SheetPart | None:
        """Return the worksheet part of a sheet name, or None when the file has none."""
        targets = self.relations.get("xl/_rels/workbook.xml.rels", {})
        for name, relation in self.sheets:
            if name == sheet:
                return self.sheet_parts.get(targets.get(relation, "").lower())
        return None


def is_read(name: str) -> bool:
    """Tell whether a part belongs to the workbook itself, not to what others keep in the file."""
    return name.lower().startswith(READ_PARTS) or name.lower().endswith(".rels")


def examine(parts: dict[str, bytes], limits: Limits) -> Anatomy:
    """Walk every XML part; raise why the file is refused, or return its anatomy."""
    anatomy = Anatomy()
    for name, content in parts.items():
        _refuse_active_content(name.lower(), content)
        walker = _Walker(name, anatomy, limits)
        walker.walk(content)
    if len(anatomy.sheets) > limits.sheets:
        raise refusals.TooManySheets(f"Filen har {len(anatomy.sheets)} ark.")
    _check_extent(anatomy, limits)
    return anatomy


def _refuse_active_content(name: str, content: bytes) -> None:
    """Refuse macros and links that only the types of the parts reveal."""
    if not name.endswith((".rels", "[content_types].xml")):
        return
    types = b" ".join(TYPE.findall(content)).lower()
    if b"macroenabled" in types or b"vbaproject" in types or b"macrosheet" in types:
        raise refusals.FileHasMacros("Filen er en projektmappe med makroer (.xlsm).")
    if b"externallink" in types:
        raise refusals.FileHasExternalLinks("Filen henter tal fra en anden fil.")


def _check_extent(anatomy: Anatomy, limits: Limits) -> None:
    names = {
        anatomy.relations.get("xl/_rels/workbook.xml.rels", {}).get(relation, "").lower(): name
        for name, relation in anatomy.sheets
    }
    rows = sum(part.rows for part in anatomy.sheet_parts.values())
    if rows > limits.rows:
        raise refusals.TooManyRows(f"Filen har over {limits.rows:,} rækker.".replace(",", "."))
    cells = 0
    for part_name, part in anatomy.sheet_parts.items():
        sheet = shown(names.get(part_name, part_name))
        if part.last_column > limits.columns:
            raise refusals.CellIsFarAway(
                f"Cellen {part.widest_cell} i arket »{sheet}« ligger længere ude "
                f"end kolonne nummer {limits.columns}."
            )
        cells += part.last_row * part.last_column
        if cells > limits.grid_cells:
            raise refusals.CellIsFarAway(
                f"Cellen {part.last_cell} i arket »{sheet}« ligger meget langt fra de øvrige."
            )


class _Walker:
    """One walk through one part. The root element decides which elements matter."""

    def __init__(self, name: str, anatomy: Anatomy, limits: Limits) -> None:
        self.name = name
        self.anatomy = anatomy
        self.limits = limits
        self.encoding = ""
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.EntityDeclHandler = self._doctype
        self.parser.XmlDeclHandler = self._declaration
        self.parser.StartElementHandler = self._root

    def walk(self, content: bytes) -> None:
        try:
            self.parser.Parse(content, True)
        except (expat.ExpatError, ValueError, LookupError) as error:
            if self._declares_doctype(content):
                self._doctype()
            if not is_read(self.name):
                return
            raise refusals.FileIsDamaged(
                f"Delen »{shown(self.name)}« er beskadiget og kan ikke læses."
            ) from error
        if not is_read(self.name):
            return
        if self.encoding not in UTF_8 or content[:2] in WIDE_STARTS:
            raise refusals.FileIsDamaged(
                f"Delen »{shown(self.name)}« er ikke skrevet i tegnsættet UTF-8."
            )

    @staticmethod
    def _declares_doctype(content: bytes) -> bool:
        """Tell whether a part that does not parse declares a DOCTYPE in some encoding."""
        narrow = content.replace(b"\x00", b"").upper()
        return b"<!DOCTYPE" in narrow or b"<!ENTITY" in narrow

    def _doctype(self, *_declared: object) -> None:
        raise refusals.FileDeclaresDoctype(
            f"Delen »{shown(self.name)}« erklærer en dokumenttype (DOCTYPE)."
        )

    def _declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        self.encoding = (encoding or "").lower()

    def _root(self, tag: str, _attributes: Attributes) -> None:
        """Choose the handlers by the root element."""
        handlers: dict[str, Callable[[str, Attributes], None]] = {
            "workbook": self._workbook,
            "Relationships": self._relation,
        }
        local = tag.rpartition(":")[2]
        self.parser.StartElementHandler = handlers.get(local)
        if local == "worksheet":
            part = self.anatomy.sheet_parts.setdefault(self.name.lower(), SheetPart())
            _SheetWalk(self.parser, part, self.name, self.limits)

    def _workbook(self, tag: str, attributes: Attributes) -> None:
        if tag.rpartition(":")[2] != "sheet":
            return
        relation = next((v for k, v in attributes.items() if k.rpartition(":")[2] == "id"), "")
        self.anatomy.sheets.append((attributes.get("name", ""), relation))

    def _relation(self, _tag: str, attributes: Attributes) -> None:
        if attributes.get("TargetMode") == "External":
            return
        folder = posixpath.dirname(posixpath.dirname(self.name))
        target = attributes.get("Target", "")
        path = target[1:] if target.startswith("/") else posixpath.join(folder, target)
        relations = self.anatomy.relations.setdefault(self.name.lower(), {})
        relations[attributes.get("Id", "")] = posixpath.normpath(path)


class _SheetWalk:
    """The handlers of a worksheet: rows, cells, values, formulas, errors."""

    def __init__(
        self, parser: expat.XMLParserType, part: SheetPart, name: str, limits: Limits
    ) -> None:
        self.parser = parser
        self.part = part
        self.name = name
        self.max_rows = limits.rows
        self.row = self.column = 0
        self.counted_row = 0
        self.kind = self.text = ""
        self.formula = self.value = False
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end

    def start(self, tag: str, attributes: Attributes) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "c":
            self._cell(attributes)
        elif tag == "v" or tag == "is":
            self.value = True
            self.text = ""
            self.parser.CharacterDataHandler = self._characters
        elif tag == "f":
            self.formula = True
        elif tag == "row":
            self.row = self._number(attributes["r"]) if "r" in attributes else self.row + 1
            self.column = 0

    def _characters(self, text: str) -> None:
        if len(self.text) < SHOWN_TEXT:
            self.text += text

    def _cell(self, attributes: Attributes) -> None:
        self.kind = attributes.get("t", "")
        self.formula = self.value = False
        self.text = ""
        if "r" in attributes:
            self.row, self.column = self._place(attributes["r"])
        else:
            self.column += 1
        if not (1 <= self.row <= LAST_ROW and 1 <= self.column <= LAST_COLUMN):
            self._broken()

    def end(self, tag: str) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "v" or tag == "is":
            self.parser.CharacterDataHandler = None
        elif tag == "c" and (self.value or self.formula):
            self._close_cell()

    def _close_cell(self) -> None:
        part, row, column = self.part, self.row, self.column
        if self.formula:
            part.formulas.append((row, column, bool(self.text)))
        if self.kind == "e":
            part.errors.append((row, column, shown(self.text)))
        if not self.value:
            return
        if row != self.counted_row:
            self.counted_row = row
            part.rows += 1
            if part.rows > self.max_rows:
                shown_rows = f"{self.max_rows:,}".replace(",", ".")
                raise refusals.TooManyRows(f"Filen har over {shown_rows} rækker.")
        if row > part.last_row:
            part.last_row, part.last_cell = row, address(row, column)
        if column > part.last_column:
            part.last_column, part.widest_cell = column, address(row, column)

    def _number(self, text: str) -> int:
        if not (text.isascii() and text.isdigit() and len(text) <= 7):
            self._broken()
        return int(text)

    def _place(self, reference: str) -> tuple[int, int]:
        letters = reference.rstrip("0123456789")
        if not letters.isascii() or not letters.isalpha() or len(letters) > 3:
            self._broken()
        column = 0
        for letter in letters.upper():
            column = column * 26 + ord(letter) - 64
        return self._number(reference[len(letters) :]), column

    def _broken(self) -> None:
        raise refusals.FileIsDamaged(f"Delen »{shown(self.name)}« har en celle uden gyldig plads.")
