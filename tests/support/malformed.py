"""Malformed workbooks: named ones with the refusal they deserve, and any number by mutation.

Each mutation starts from a good workbook and is chosen and aimed by a seeded generator, so a
failure can be made again from its number.
"""

from __future__ import annotations

import io
import random
import struct
import zipfile
from collections.abc import Callable
from functools import cache

from hoest.domain.exchange.rules import parse, write
from hoest.foundation.imports import refusals
from tests.support.workbooks import good, sheets

SHEET = "xl/worksheets/sheet3.xml"
HEAD = b'<?xml version="1.0" encoding="UTF-8"?>'
MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'

Parts = dict[str, bytes]


@cache
def good_file() -> bytes:
    """Return the good workbook as a file."""
    workbook = parse(sheets(good())).workbook
    assert workbook is not None
    return write(workbook)


def parts_of(content: bytes) -> Parts:
    """Return the parts of a file by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pack(parts: Parts | list[tuple[str, bytes]], packed: bool = True) -> bytes:
    """Return parts as a file; a list may name a part twice."""
    target = io.BytesIO()
    how = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    with zipfile.ZipFile(target, "w", how) as archive:
        for name, content in parts.items() if isinstance(parts, dict) else parts:
            information = zipfile.ZipInfo(name)
            information.compress_type = how
            if name in archive.NameToInfo:
                del archive.NameToInfo[name]  # a second one without zipfile's warning
            archive.writestr(information, content)
    return target.getvalue()


def with_part(name: str, content: bytes) -> bytes:
    """Return the good file with one part put in or replaced."""
    return pack({**parts_of(good_file()), name: content})


def with_rows(rows: bytes) -> bytes:
    """Return the good file with other rows on the sheet Økonomi."""
    sheet = b"<worksheet " + MAIN + b"><sheetData>" + rows + b"</sheetData></worksheet>"
    return with_part(SHEET, HEAD + sheet)


def far_cell(reference: bytes) -> bytes:
    """Return the good file with one more cell on Økonomi, far away."""
    content = parts_of(good_file())[SHEET]
    row = b"".join(digit for digit in (reference[i : i + 1] for i in range(len(reference)))
                   if digit.isdigit())  # fmt: skip
    cell = b'<row r="' + row + b'"><c r="' + reference + b'"><v>1</v></c></row></sheetData>'
    return with_part(SHEET, content.replace(b"</sheetData>", cell))


def lying(content: bytes, name: str, size: int) -> bytes:
    """Return a file whose directory and local header give one part another unpacked size."""
    changed = bytearray(content)
    encoded = name.encode()
    for mark, size_at, name_at in ((b"PK\x03\x04", 22, 30), (b"PK\x01\x02", 24, 46)):
        start = content.find(mark)
        while start >= 0:
            if content[start + name_at : start + name_at + len(encoded)] == encoded:
                struct.pack_into("<I", changed, start + size_at, size)
            start = content.find(mark, start + 4)
    return bytes(changed)


def flagged(content: bytes) -> bytes:
    """Return a file whose parts say that they are encrypted."""
    changed = bytearray(content)
    for mark, flag_at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = content.find(mark)
        while start >= 0:
            changed[start + flag_at] |= 1
            start = content.find(mark, start + 4)
    return bytes(changed)


def _shared_string_storm() -> bytes:
    text = b"<si><t>" + b"x" * 30_000 + b"</t></si>"
    parts = parts_of(good_file())
    parts["xl/sharedStrings.xml"] = HEAD + b"<sst " + MAIN + b">" + text + b"</sst>"
    cells = b"".join(b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (n, n)
                     for n in range(1, 60_001))  # fmt: skip
    parts[SHEET] = (
        HEAD + b"<worksheet " + MAIN + b"><sheetData>" + cells + b"</sheetData></worksheet>"
    )
    return pack(parts)


def _many_rows(count: int) -> bytes:
    return with_rows(
        b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(1, count + 1))
    )


def _many_sheets() -> bytes:
    import xlsxwriter

    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        for _ in range(51):
            book.add_worksheet()
    return target.getvalue()


def _content_type(value: bytes) -> bytes:
    types = parts_of(good_file())["[Content_Types].xml"]
    line = b'<Override PartName="/xl/x" ContentType="' + value + b'"/></Types>'
    return with_part("[Content_Types].xml", types.replace(b"</Types>", line))


NAMED: dict[str, tuple[Callable[[], bytes], type[refusals.FileRefused]]] = {
    "nothing at all": (lambda: b"", refusals.FileIsEmpty),
    "a text file": (lambda: b"kommune;titel\n", refusals.FileIsNotAWorkbook),
    "a page of HTML": (lambda: b"<html><table></table></html>", refusals.FileIsNotAWorkbook),
    "an old or encrypted file": (
        lambda: COMPOUND_FILE + bytes(512), refusals.FileIsEncryptedOrOld),
    "encrypted parts": (lambda: flagged(good_file()), refusals.FileIsEncryptedOrOld),
    "a cut file": (lambda: good_file()[:-200], refusals.FileIsDamaged),
    "over 20 MB packed": (lambda: b"PK\x03\x04" + bytes(20_000_001), refusals.FileIsTooLarge),
    "over 20 MB unpacked": (
        lambda: with_part("xl/media/a.bin", random.Random(1).randbytes(1_000) * 20_001),
        refusals.FileUnpacksTooLarge),
    "a part that grows a thousand times": (
        lambda: with_part("xl/a.xml", b" " * 5_000_000), refusals.FileUnpacksTooLarge),
    "a part larger than it says": (
        lambda: lying(with_part("xl/a.xml", HEAD + b"<a/>" + b" " * 900_000), "xl/a.xml", 100),
        refusals.FileIsDamaged),
    "a part smaller than it says": (
        lambda: lying(good_file(), SHEET, 900_000), refusals.FileIsDamaged),
    "too many parts": (
        lambda: pack({**parts_of(good_file()), **{f"xl/{n}.bin": b"" for n in range(2_001)}}),
        refusals.FileHasTooManyParts),
    "a part twice": (
        lambda: pack([*parts_of(good_file()).items(), (SHEET, b"<worksheet/>")]),
        refusals.PartAppearsTwice),
    "a part twice in other letters": (
        lambda: with_part(SHEET.upper(), b"<worksheet/>"), refusals.PartAppearsTwice),
    "a part outside": (lambda: with_part("../x.xml", b"<a/>"), refusals.PartNameIsUnsafe),
    "a part from the root": (lambda: with_part("/etc/x.xml", b"<a/>"), refusals.PartNameIsUnsafe),
    "a part on a drive": (lambda: with_part("C:/x.xml", b"<a/>"), refusals.PartNameIsUnsafe),
    "macros": (lambda: with_part("xl/vbaProject.bin", b"x"), refusals.FileHasMacros),
    "old macros": (
        lambda: with_part("xl/macrosheets/sheet1.xml", b"<a/>"), refusals.FileHasMacros),
    "macros by type": (
        lambda: _content_type(b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
        refusals.FileHasMacros),
    "a link to another file": (
        lambda: with_part("xl/externalLinks/externalLink1.xml", b"<a/>"),
        refusals.FileHasExternalLinks),
    "a link by type": (
        lambda: _content_type(b"application/vnd.x.spreadsheetml.externalLink+xml"),
        refusals.FileHasExternalLinks),
    "a connection": (
        lambda: with_part("xl/connections.xml", b"<a/>"), refusals.FileHasExternalLinks),
    "a billion laughs": (
        lambda: with_part(SHEET, HEAD + LAUGHS + b"<worksheet>&b;</worksheet>"),
        refusals.FileDeclaresDoctype),
    "a doctype in UTF-16": (
        lambda: with_part(SHEET, (LAUGHS + b"<worksheet/>").decode().encode("utf-16")),
        refusals.FileDeclaresDoctype),
    "a doctype in UTF-16 without a mark": (
        lambda: with_part(SHEET, (LAUGHS + b"<worksheet/>").decode().encode("utf-16-be")),
        refusals.FileDeclaresDoctype),
    "a doctype in UTF-32": (
        lambda: with_part(SHEET, (LAUGHS + b"<worksheet/>").decode().encode("utf-32")),
        refusals.FileDeclaresDoctype),
    "a doctype far down": (
        lambda: with_part(SHEET, HEAD + b"<!--" + b"x" * 9_000 + b"-->" + LAUGHS + b"<worksheet/>"),
        refusals.FileDeclaresDoctype),
    "another encoding": (
        lambda: with_part(SHEET, b'<?xml version="1.0" encoding="ISO-8859-1"?><worksheet/>'),
        refusals.FileIsDamaged),
    "a sheet in UTF-16": (
        lambda: with_part(SHEET, "<worksheet/>".encode("utf-16")), refusals.FileIsDamaged),
    "broken XML": (lambda: with_part(SHEET, b"<worksheet><sheetData>"), refusals.FileIsDamaged),
    "a sheet that is missing": (
        lambda: pack({n: c for n, c in parts_of(good_file()).items() if n != SHEET}),
        refusals.FileIsDamaged),
    "no content types": (
        lambda: pack({n: c for n, c in parts_of(good_file()).items() if "Types" not in n}),
        refusals.FileIsNotAWorkbook),
    "no workbook": (
        lambda: pack({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<a/>"}),
        refusals.FileIsNotAWorkbook),
    "an OpenDocument file": (
        lambda: pack({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}),
        refusals.FileIsNotAWorkbook),
    "a binary workbook": (
        lambda: pack({"[Content_Types].xml": b"<Types/>", "xl/workbook.bin": b"x"}),
        refusals.FileIsNotAWorkbook),
    "the farthest cell": (lambda: far_cell(b"XFD1048576"), refusals.CellIsFarAway),
    "a cell far down": (lambda: far_cell(b"J1048576"), refusals.CellIsFarAway),
    "a cell beyond the sheet": (lambda: far_cell(b"ZZZ9999999"), refusals.FileIsDamaged),
    "100,001 rows": (lambda: _many_rows(100_001), refusals.TooManyRows),
    "51 sheets": (_many_sheets, refusals.TooManySheets),
    "a cell of 32,768 letters": (
        lambda: with_rows(b'<row r="1"><c r="A1" t="inlineStr"><is><t>' + b"x" * 32_768
                          + b"</t></is></c></row>"),
        refusals.TextIsTooLong),
    "one long text in 60,000 cells": (_shared_string_storm, refusals.FileRefused),
}  # fmt: skip


def _flip(random_: random.Random, content: bytes) -> bytes:
    changed = bytearray(content)
    for _ in range(random_.randint(1, 30)):
        changed[random_.randrange(len(changed))] = random_.randrange(256)
    return bytes(changed)


def _truncate(random_: random.Random, content: bytes) -> bytes:
    return content[: random_.randrange(len(content))]


def _part(random_: random.Random, parts: Parts) -> str:
    return random_.choice(sorted(parts))


def _swap(random_: random.Random, content: bytes) -> bytes:
    parts = parts_of(content)
    one, other = _part(random_, parts), _part(random_, parts)
    parts[one], parts[other] = parts[other], parts[one]
    return pack(parts)


def _drop(random_: random.Random, content: bytes) -> bytes:
    parts = parts_of(content)
    del parts[_part(random_, parts)]
    return pack(parts)


def _flip_part(random_: random.Random, content: bytes) -> bytes:
    parts = parts_of(content)
    name = _part(random_, parts)
    parts[name] = _flip(random_, parts[name])
    return pack(parts)


def _cut_part(random_: random.Random, content: bytes) -> bytes:
    parts = parts_of(content)
    name = _part(random_, parts)
    parts[name] = _truncate(random_, parts[name])
    return pack(parts)


def _dimension(random_: random.Random, content: bytes) -> bytes:
    parts = parts_of(content)
    reference = random_.choice([b"A1:XFD1048576", b"A1:A1", b"XFD1:A9", b"hej", b"A0:B0", b""])
    name = random_.choice([n for n in sorted(parts) if "worksheets/sheet" in n and "rels" not in n])
    start, _, rest = parts[name].partition(b'<dimension ref="')
    parts[name] = start + b'<dimension ref="' + reference + b'"' + rest.partition(b'"')[2]
    return pack(parts)


def _far(random_: random.Random, _content: bytes) -> bytes:
    column = random_.choice([b"A", b"Z", b"ALM", b"XFD", b"XFE", b"AAAA", b"1", b""])
    row = random_.choice([0, 1, 99_999, 100_001, 999_999, 1_048_576, 1_048_577, 10**9])
    return far_cell(column + str(row).encode())


CELLS = [
    b"<v>1E999</v>", b"<v>-1</v>", b"<v>nan</v>", b"<v>abc</v>", b"<v></v>", b"<v>9999999</v>",
    b"<f>1+1</f>", b"<f>1+1</f><v>2</v>", b"<is><t>&#0;</t></is>", b"<is><t>_x0000_</t></is>",
    b"<v>&amp;&lt;</v>", b"<is><r><t>a</t></r><r><t>b</t></r></is>", b"<v>1</v><v>2</v>",
    b"<is><t>" + "Æ".encode() * 500 + b"</t></is>", b"<v> 5 </v>", b"<v>0x1F</v>", b"<v>1,5</v>",
]  # fmt: skip
TYPES = [b"", b"s", b"str", b"inlineStr", b"b", b"e", b"n", b"d", b"zz"]
STYLES = [b"", b' s="1"', b' s="4"', b' s="99999"', b' s="-1"', b' s="x"']


def _random_cells(random_: random.Random, _content: bytes) -> bytes:
    rows = []
    for _ in range(random_.randint(1, 30)):
        number = random_.choice([1, 2, 3, 3, 50, 2, 1])
        cells = b"".join(
            b'<c r="%s%d" t="%s"%s>%s</c>'
            % (
                bytes([65 + random_.randrange(10)]), number, random_.choice(TYPES),
                random_.choice(STYLES), random_.choice(CELLS),
            )
            for _ in range(random_.randint(0, 9))
        )  # fmt: skip
        rows.append(b'<row r="%d">%s</row>' % (number, cells.replace(b' t=""', b"")))
    return with_rows(b"".join(rows))


def _strings(random_: random.Random, content: bytes) -> bytes:
    """Point at shared strings that do not exist, or leave some out."""
    parts = parts_of(content)
    name = "xl/sharedStrings.xml"
    texts = parts[name].split(b"<si>")
    random_.shuffle(texts)
    parts[name] = HEAD + b"<sst " + MAIN + b">"
    parts[name] += b"".join(
        b"<si>" + t.replace(b"</sst>", b"") for t in texts[: random_.randrange(len(texts))]
        if t.startswith(b"<t")
    ) + b"</sst>"  # fmt: skip
    return pack(parts)


def _doctype(random_: random.Random, content: bytes) -> bytes:
    parts = parts_of(content)
    name = random_.choice([n for n in sorted(parts) if n.endswith((".xml", ".rels"))])
    body = parts[name].partition(b"?>")[2].lstrip()
    encoding = random_.choice(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
    parts[name] = (LAUGHS + body).decode().encode(encoding)
    return pack(parts)


def _twice(random_: random.Random, content: bytes) -> bytes:
    parts = parts_of(content)
    name = _part(random_, parts)
    return pack([*parts.items(), (random_.choice([name, name.upper(), name]), b"<a/>")])


def _names(random_: random.Random, content: bytes) -> bytes:
    names = ["../a.xml", "/a.xml", "a\\b.xml", "..\\a.xml", "C:a.xml", "xl/../../a.xml", "\x01.xml"]
    return pack({**parts_of(content), random_.choice(names): b"<a/>"})


def _active(random_: random.Random, content: bytes) -> bytes:
    names = [
        "xl/vbaProject.bin", "xl/VBAPROJECT.BIN", "xl/macrosheets/sheet1.xml", "a/vbaProject.bin",
        "xl/externalLinks/externalLink1.xml", "XL/EXTERNALLINKS/a.xml", "xl/connections.xml",
        "x.exe",
    ]  # fmt: skip
    return pack({**parts_of(content), random_.choice(names): b"<a/>"})


def _sizes(random_: random.Random, content: bytes) -> bytes:
    name = _part(random_, parts_of(content))
    return lying(content, name, random_.choice([0, 1, 10, 2**31, 2**32 - 1, 19_000_000]))


def _bomb(random_: random.Random, content: bytes) -> bytes:
    name = random_.choice([SHEET, "xl/sharedStrings.xml", "xl/a.xml", "docProps/app.xml"])
    return pack({**parts_of(content), name: b" " * random_.randint(3_000_000, 19_000_000)})


def _encrypt(random_: random.Random, content: bytes) -> bytes:
    return random_.choice([flagged(content), COMPOUND_FILE + random_.randbytes(2_000)])


def _nest(random_: random.Random, _content: bytes) -> bytes:
    depth = random_.choice([100, 10_000, 200_000])
    return with_part(
        SHEET, HEAD + b"<worksheet>" + b"<a>" * depth + b"</a>" * depth + b"</worksheet>"
    )


def _wrap(random_: random.Random, content: bytes) -> bytes:
    noise = random_.randbytes(random_.randint(1, 400))
    return random_.choice([noise + content, content + noise, b"PK\x03\x04" + noise, noise])


ALWAYS_REFUSED = (_truncate, _doctype, _twice, _names, _active, _bomb, _encrypt)
MAY_BE_READ = (
    _flip, _swap, _drop, _flip_part, _cut_part, _dimension, _far, _random_cells, _strings, _sizes,
    _nest, _wrap,
)  # fmt: skip
MUTATIONS = ALWAYS_REFUSED + MAY_BE_READ


def malformed(number: int) -> tuple[str, bool, bytes]:
    """Return mutation `number`: its kind, whether it must be refused, and the file."""
    mutate = MUTATIONS[number % len(MUTATIONS)]
    content = mutate(random.Random(number), good_file())
    return mutate.__name__.strip("_"), mutate in ALWAYS_REFUSED, content
