"""Reads a tutorial as a list of things to do: commands with answers, sheets, cells, pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

FENCE = re.compile(r"^```(\w*)$")
PICTURE = re.compile(r"^!\[(?P<says>[^\]]+)\]\((?P<file>[^)]+)\)$")
SHEET = re.compile(r"^\*\*(?P<name>[^*]+)\*\*$")
MEND = ["Ark", "Række", "Kolonne", "Skriv"]


@dataclass
class Command:
    """A command to run, and the answer that is written after it (None when none is)."""

    line: str
    answer: str | None = None


@dataclass
class FilledSheet:
    """Rows to write into a sheet, the headings first."""

    name: str
    rows: list[list[str]] = field(default_factory=list)


@dataclass
class MendedCell:
    """A cell to write anew."""

    sheet: str
    row: int
    heading: str
    value: str


@dataclass
class Picture:
    """A picture of what the reader sees now."""

    says: str
    file: str


Thing = Command | FilledSheet | MendedCell | Picture


def things_to_do(page: Path) -> list[Thing]:
    """Return what a tutorial asks for, in its order. Raises ValueError for an answer to nothing."""
    found: list[Thing] = []
    lines = iter(page.read_text(encoding="utf-8").splitlines())
    sheet = ""
    for line in lines:
        if fence := FENCE.match(line):
            _take_block(found, fence[1], list(_until_fence(lines)))
        elif named := SHEET.match(line):
            sheet = named["name"]
        elif picture := PICTURE.match(line):
            found.append(Picture(picture["says"], picture["file"]))
        elif line.startswith("|"):
            found += _table([line, *_while_table(lines)], sheet)
            sheet = ""
    return found


def _until_fence(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        if line.startswith("```"):
            return
        yield line


def _while_table(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        if not line.startswith("|"):
            return
        yield line


def _take_block(found: list[Thing], kind: str, block: list[str]) -> None:
    if kind == "sh":
        found += [Command(line) for line in block if line.strip()]
    elif kind == "text":
        last = found[-1] if found else None
        if not isinstance(last, Command) or last.answer is not None:
            raise ValueError(f"An answer to no command: {block[:1]}")
        last.answer = "\n".join(block)


def _table(lines: list[str], sheet: str) -> list[Thing]:
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    del rows[1]
    if rows[0] == MEND:
        return [MendedCell(one[0], int(one[1]), one[2], one[3]) for one in rows[1:]]
    return [FilledSheet(sheet, rows)] if sheet else []


def same(written: str, answered: str) -> bool:
    """Tell whether an answer stands as written; `…` at the end of a line stands for anything."""
    want = [line.rstrip() for line in written.strip("\n").splitlines()]
    got = [line.rstrip() for line in answered.strip("\n").splitlines()]
    return len(want) == len(got) and all(
        g.startswith(w.removesuffix("…")) if w.endswith("…") else g == w
        for w, g in zip(want, got, strict=True)
    )
