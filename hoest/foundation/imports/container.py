"""The zip container of a workbook: checked from its directory, then unpacked with a count.

Runs in the child process only. Nothing is believed: the declared sizes are compared with what
comes out, names are checked, and what is handed on is a dictionary of verified XML parts from
which `repack` makes a clean container, so the spreadsheet library sees what the guard saw.
"""

from __future__ import annotations

import copy
import io
import zipfile
import zlib

from hoest.foundation.imports import refusals
from hoest.foundation.imports.limits import MEGABYTE, Limits

COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP_START = b"PK\x03\x04"
CONTENT_TYPES = "[content_types].xml"
XML_ENDINGS = (".xml", ".rels", ".vml")
ENCRYPTED_FLAG = 0x1
UNPACKING = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
DAMAGES = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, OSError, ValueError,
    NotImplementedError, RuntimeError, OverflowError, IndexError,
)  # fmt: skip


def unpack(content: bytes, limits: Limits) -> dict[str, bytes]:
    """Return the XML parts of a workbook by name, or raise why the file is refused."""
    _check_beginning(content)
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except DAMAGES as error:
        raise refusals.FileIsDamaged("Filen er beskadiget eller ikke hentet helt ned.") from error
    with archive:
        entries = archive.infolist()
        check_directory(entries, limits)
        return _read_parts(archive, entries, limits)


def _check_beginning(content: bytes) -> None:
    if not content:
        raise refusals.FileIsEmpty
    if content.startswith(COMPOUND_FILE):
        raise refusals.FileIsEncryptedOrOld
    if not content.startswith(ZIP_START):
        raise refusals.FileIsNotAWorkbook


def check_directory(entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    """Refuse what can be seen from the directory alone, before anything is unpacked."""
    if len(entries) > limits.parts:
        raise refusals.FileHasTooManyParts(f"Filen består af {len(entries)} dele.")
    total = sum(entry.file_size for entry in entries)
    if total > limits.unpacked_bytes:
        raise refusals.FileUnpacksTooLarge(
            f"Filen fylder {total / MEGABYTE:.0f} MB, når den pakkes ud."
        )
    seen: set[str] = set()
    for entry in entries:
        _check_entry(entry, limits)
        name = entry.filename.lower()
        if name in seen:
            raise refusals.PartAppearsTwice(f"Delen »{shown(entry.filename)}« findes to gange.")
        seen.add(name)
    _check_contents(seen)


def _check_entry(entry: zipfile.ZipInfo, limits: Limits) -> None:
    name = entry.filename
    if entry.flag_bits & ENCRYPTED_FLAG:
        raise refusals.FileIsEncryptedOrOld("Filen er krypteret med en adgangskode.")
    steps = name.replace("\\", "/").split("/")
    odd = any(ord(character) < 32 for character in entry.orig_filename)
    if name.startswith(("/", "\\")) or ".." in steps or ":" in name or "\\" in name or odd:
        raise refusals.PartNameIsUnsafe(
            f"Delen »{shown(name)}« har et navn, der peger ud af filen."
        )
    if entry.compress_type not in UNPACKING:
        raise refusals.FileIsDamaged(f"Delen »{shown(name)}« er pakket på en ukendt måde.")
    grown = entry.file_size > limits.pack_ratio * max(1, entry.compress_size)
    if entry.file_size > MEGABYTE and grown:
        raise refusals.FileUnpacksTooLarge(
            f"Delen »{shown(name)}« vokser over {limits.pack_ratio} gange, når den pakkes ud."
        )


def _check_contents(names: set[str]) -> None:
    if CONTENT_TYPES not in names:
        if "mimetype" in names:
            raise refusals.FileIsNotAWorkbook("Filen er et OpenDocument-regneark (.ods).")
        raise refusals.FileIsNotAWorkbook("Filen er et zip-arkiv, men ikke et regneark.")
    for name in sorted(names):
        if name.endswith("vbaproject.bin") or "/macrosheets/" in name or "vbadata.xml" in name:
            raise refusals.FileHasMacros(f"Filen indeholder makroer ({shown(name)}).")
        if name.endswith((".exe", ".dll", ".scr", ".js", ".vbs", ".bat", ".ps1")):
            raise refusals.FileHasMacros(f"Filen indeholder et program ({shown(name)}).")
        if "/externallinks/" in f"/{name}":
            raise refusals.FileHasExternalLinks(
                f"Filen henter tal fra en anden fil ({shown(name)})."
            )
        if name in ("xl/connections.xml",) or "/querytables/" in name:
            raise refusals.FileHasExternalLinks(
                f"Filen henter tal gennem en dataforbindelse ({shown(name)})."
            )
    if "xl/workbook.bin" in names:
        raise refusals.FileIsNotAWorkbook("Filen er en binær projektmappe (.xlsb).")
    if "xl/workbook.xml" not in names:
        raise refusals.FileIsNotAWorkbook("Filen er et kontordokument, men ikke et regneark.")


def _read_parts(
    archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], limits: Limits
) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    left = limits.unpacked_bytes
    for entry in entries:
        if entry.is_dir() or not entry.filename.lower().endswith(XML_ENDINGS):
            continue
        parts[entry.filename] = content = _read_part(archive, entry)
        left -= len(content)
        if left < 0:
            raise refusals.FileUnpacksTooLarge(
                f"Filen fylder over {limits.unpacked_bytes // MEGABYTE} MB, når den pakkes ud."
            )
    return parts


def _read_part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Unpack one part and refuse a size that differs from the declared one."""
    probe = copy.copy(entry)
    probe.file_size = entry.file_size + 1  # one byte more than declared shows a lie
    try:
        with archive.open(probe) as part:
            content = part.read(probe.file_size)
    except DAMAGES as error:
        raise refusals.FileIsDamaged(f"Delen »{shown(entry.filename)}« er beskadiget.") from error
    if len(content) != entry.file_size:
        raise refusals.FileIsDamaged(
            f"Delen »{shown(entry.filename)}« har en anden størrelse, end filen selv oplyser."
        )
    return content


def repack(parts: dict[str, bytes]) -> bytes:
    """Return a container with exactly these parts, stored as they are."""
    clean = io.BytesIO()
    with zipfile.ZipFile(clean, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return clean.getvalue()


def shown(name: str) -> str:
    """Return a part's name fit for a sentence: printable and short."""
    clean = "".join(character if character.isprintable() else "?" for character in name)
    return clean if len(clean) <= 60 else f"{clean[:57]}..."
